// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/mailhtml.h"
#include "domain/maillink.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

// Mail that is plain text, in both directions.
namespace outrigger::mail {

namespace {

constexpr int mostLines = 10'000;
constexpr qsizetype longestLine = 3'000;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Mail)
};

/// Characters that change what others look like, and those that no text has.
bool isTrick(QChar c)
{
    const ushort u = c.unicode();
    return (u < 0x20 && u != '\n' && u != '\t') || (u >= 0x7f && u < 0xa0) || (u >= 0x202a && u <= 0x202e) || u == 0xfffc || u == 0xfeff ||
           u == 0x2028 || u == 0x2029 || u == 0xfdd0;
}

} // namespace

QString withoutTricks(QString text)
{
    text.removeIf(isTrick);
    return text;
}

QString largerThanShown()
{
    return Words::tr("This e-mail is larger than can be shown safely. Here is its beginning; read the rest in HighLevel.");
}

namespace {

/// One stretch of plain text: escaped, with its web addresses as links.
void writePlain(Clean &clean, Part &part, const QString &text)
{
    static const QRegularExpression address(u"\\bhttps?://[^\\s<>\"]+"_s, QRegularExpression::CaseInsensitiveOption);
    qsizetype from = 0;
    for (auto it = address.globalMatch(text); it.hasNext() && clean.links.size() < mostLinks;) {
        const auto match = it.next();
        QString shown = match.captured();
        while (!shown.isEmpty() && u".,;:!?)]'"_s.contains(shown.back()))
            shown.chop(1);
        const auto link = readLink(shown);
        if (!link)
            continue;
        part.html += text.mid(from, match.capturedStart() - from).toHtmlEscaped();
        part.html += u"<a href=\"link:%1\">"_s.arg(clean.links.size()) + shown.toHtmlEscaped() + u"</a>"_s;
        if (link->misleading)
            part.html += u"<b> ["_s + Words::tr("leads to %1").arg(link->host).toHtmlEscaped() + u"]</b>"_s;
        clean.links.append(*link);
        from = match.capturedStart() + shown.size();
    }
    part.html += text.mid(from).toHtmlEscaped();
}

} // namespace

QString Clean::text() const
{
    QStringList all;
    for (const Part &part : parts)
        all.append(part.text);
    return all.join(u"\n\n"_s);
}

Clean cleanText(const QString &text)
{
    Clean result;
    const bool cut = text.size() > mostOutput / 2;
    const QString plain = withoutTricks(text.left(mostOutput / 2));
    int lines = 0;
    for (const QString &line : plain.split(u'\n')) {
        if (++lines > mostLines)
            break;
        const bool quoted = line.startsWith(u'>');
        if (result.parts.isEmpty() || result.parts.constLast().quoted != quoted) {
            result.parts.append(Part{});
            result.parts.last().quoted = quoted;
        }
        Part &part = result.parts.last();
        for (qsizetype at = 0; at == 0 || at < line.size(); at += longestLine) { // a longer one takes seconds to lay out
            part.html += u"<div style=\"white-space:pre-wrap;\">"_s;
            writePlain(result, part, line.isEmpty() ? QString(QChar::Nbsp) : line.mid(at, longestLine));
            part.html += u"</div>"_s;
        }
        part.text += line + u'\n';
    }
    result.parts.removeIf([](const Part &p) { return p.text.trimmed().isEmpty(); });
    for (Part &p : result.parts)
        p.text = p.text.trimmed();
    result.cut = cut || lines > mostLines;
    if (result.cut)
        result.problem = largerThanShown();
    return result;
}

bool looksLikeHtml(const QString &body, const QString &contentType)
{
    if (contentType.startsWith(u"text/plain", Qt::CaseInsensitive))
        return false;
    static const QRegularExpression tag(u"<(?:!doctype|html|body|head|div|p|br|table|span|a|img|b|i|font|ul|ol|h[1-6]|blockquote|script|style)\\b"_s,
                                        QRegularExpression::CaseInsensitiveOption);
    return tag.match(body.left(20'000)).hasMatch() || (contentType.startsWith(u"text/html", Qt::CaseInsensitive) && body.contains(u"&"_s));
}

QString htmlFor(const QString &plain)
{
    QString result;
    QString text = withoutTricks(plain);
    static const QRegularExpression gap(u"\\n[ \\t]*(?:\\n[ \\t]*)+"_s);
    for (const QString &paragraph : text.split(gap, Qt::SkipEmptyParts))
        result += u"<p>"_s + paragraph.trimmed().toHtmlEscaped().replace(u'\n', u"<br>"_s) + u"</p>"_s;
    return result;
}

} // namespace outrigger::mail
