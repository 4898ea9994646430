// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/mailhtml.h"

#include <QRegularExpression>

namespace outrigger::test {

inline QString allMarkup(const mail::Clean &clean)
{
    QString html;
    for (const auto &part : clean.parts)
        html += part.html;
    return html;
}

/// Empty when every piece of markup is on the list: tag, attributes, and the shape of each value.
inline QString foreignMarkup(const mail::Clean &clean)
{
    using namespace Qt::StringLiterals;
    static const QRegularExpression fine(
        u"^</?(?:b|strong|i|em|u|s|strike|del|ins|sub|sup|small|big|tt|code|span|cite|kbd|samp|var|p|div|h[1-6]|blockquote|center|dl|dt|"
        "dd|pre|br|hr|a|img|ul|ol|li|table|tbody|thead|tfoot|tr|td|th)"
        "(?: (?:style=\"[a-z0-9#:;. -]*\"|dir=\"(?:ltr|rtl)\"|align=\"(?:center|right)\"|colspan=\"\\d+\"|cellpadding=\"\\d+\"|"
        "cellspacing=\"\\d\"|border=\"[01]\"|width=\"\\d+\"|height=\"\\d+\"|href=\"link:\\d+\"|src=\"(?:picture|inline):\\d+\"))*>$"_s);
    static const QRegularExpression markup(u"<[^>]*>?"_s);
    const QString html = allMarkup(clean);
    for (auto it = markup.globalMatch(html); it.hasNext();) {
        const QString one = it.next().captured();
        if (!fine.match(one).hasMatch())
            return one;
    }
    for (const auto &part : clean.parts) { // what is opened is closed, part by part
        QStringList open;
        static const QRegularExpression tag(u"<(/?)([a-z0-9]+)[^>]*>"_s);
        for (auto it = tag.globalMatch(part.html); it.hasNext();) {
            const auto match = it.next();
            const QString name = match.captured(2);
            if (name == u"br" || name == u"hr" || name == u"img")
                continue;
            if (match.captured(1).isEmpty())
                open.append(name);
            else if (open.isEmpty() || open.takeLast() != name)
                return u"unbalanced "_s + name;
        }
        if (!open.isEmpty())
            return u"unclosed "_s + open.constLast();
    }
    return {};
}

} // namespace outrigger::test
