// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/loopbackhead.h"

using namespace Qt::StringLiterals;

namespace outrigger::auth::loopback {

namespace {

struct Head {
    QByteArray method;
    QByteArray target;
    QByteArray host;
    bool whole = false;
};

Head parseHead(const QByteArray &bytes)
{
    Head head;
    const QList<QByteArray> lines = bytes.split('\n');
    const QList<QByteArray> first = lines.first().trimmed().split(' ');
    if (first.size() != 3 || !(first.at(2) == "HTTP/1.1" || first.at(2) == "HTTP/1.0"))
        return head;
    head.method = first.at(0);
    head.target = first.at(1);
    int hosts = 0;
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const QByteArray line = lines.at(i).trimmed();
        const auto colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).compare("host", Qt::CaseInsensitive) == 0) {
            head.host = line.mid(colon + 1).trimmed().toLower();
            ++hosts;
        }
    }
    head.whole = hosts == 1;
    return head;
}

} // namespace

Visit read(const QByteArray &bytes, int port, const QString &path)
{
    const Head head = parseHead(bytes);
    const QByteArray behind = ':' + QByteArray::number(port);
    const bool ourHost =
        head.whole && (head.host == "localhost" + behind || head.host == "127.0.0.1" + behind || head.host == "[::1]" + behind);
    if (!ourHost)
        return {"400 Bad Request", {}};
    if (head.method != "GET")
        return {"405 Method Not Allowed", {}};
    const auto mark = head.target.indexOf('?');
    if (QString::fromLatin1(mark < 0 ? head.target : head.target.left(mark)) != path)
        return {"404 Not Found", {}};
    Visit visit;
    visit.returned = oauth::fromQuery(mark < 0 ? QString() : QString::fromLatin1(head.target.mid(mark + 1)));
    if (visit.returned.isEmpty())
        visit.refusal = "400 Bad Request";
    return visit;
}

} // namespace outrigger::auth::loopback
