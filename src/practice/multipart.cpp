// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/multipart.h"

#include <QRegularExpression>

namespace outrigger::practice
{

namespace
{

QString parameter(const QString &header, const QString &name)
{
    const QRegularExpression pattern(QStringLiteral("(?:^|;)\\s*%1=(?:\"([^\"]*)\"|([^;\\s]+))").arg(name),
                                     QRegularExpression::CaseInsensitiveOption);
    const auto match = pattern.match(header);
    const QString text = match.captured(1) + match.captured(2);
    return QString(text).replace(QStringLiteral("%22"), QStringLiteral("\""));
}

} // namespace

std::vector<Part> parseMultipart(const QByteArray &contentType, const QByteArray &body)
{
    const QByteArray border = "--" + parameter(QString::fromLatin1(contentType), QStringLiteral("boundary")).toLatin1();
    if (border.size() < 3 || !body.startsWith(border))
        return {};
    std::vector<Part> parts;
    qsizetype at = border.size();
    while (body.mid(at, 2) == "\r\n") {
        const qsizetype head = at + 2;
        const qsizetype text = body.indexOf("\r\n\r\n", head);
        const qsizetype end = text < 0 ? -1 : body.indexOf("\r\n" + border, text + 2);
        if (end < 0)
            return {};
        Part part;
        const auto lines = QString::fromUtf8(body.mid(head, text - head)).split(QStringLiteral("\r\n"));
        for (const QString &line : lines) {
            const QString value = line.section(u':', 1).trimmed();
            if (line.startsWith(u"content-disposition:", Qt::CaseInsensitive)) {
                part.name = parameter(value, QStringLiteral("name"));
                part.fileName = parameter(value, QStringLiteral("filename"));
            } else if (line.startsWith(u"content-type:", Qt::CaseInsensitive)) {
                part.type = value.toLatin1();
            }
        }
        part.bytes = end > text + 4 ? body.mid(text + 4, end - text - 4) : QByteArray();
        parts.push_back(std::move(part));
        at = end + 2 + border.size();
    }
    return body.mid(at, 2) == "--" ? parts : std::vector<Part>();
}

} // namespace outrigger::practice
