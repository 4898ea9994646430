// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/uri.h"

#include "domain/segments.h"

#include <QRegularExpression>
#include <QUrl>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace outrigger::gui::uri {

namespace {

/// Digits, a leading plus and what people put between them; nothing else can come in through a link.
QString numberOf(const QString &text)
{
    QString number;
    for (const QChar c : QUrl::fromPercentEncoding(text.toUtf8()).left(64)) {
        if (c.isDigit())
            number += QChar(u'0' + c.digitValue()); // in whichever script they are written
        else if (c == u'+' && number.isEmpty())
            number += c;
        else if (c == u';' || c == u',' || c == u'?')
            break;
    }
    return number;
}

QString bodyOf(const QString &query)
{
    QString given = QUrlQuery(query).queryItemValue(u"body"_s, QUrl::FullyDecoded).left(smsCharacterCap);
    if (!given.isEmpty() && given.back().isHighSurrogate())
        given.chop(1); // half of what was there
    QString body;
    for (const char32_t c : given.toUcs4()) { // by whole characters: marks that hide exist beyond the first 65,536 as well
        const auto category = QChar::category(c);
        const bool kept = c == U'\n' || (category != QChar::Other_Control && category != QChar::Other_Format);
        if (kept)
            body += QChar::fromUcs4(c);
    }
    return body;
}

} // namespace

Target parse(const QString &text)
{
    Target target;
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return target;
    target.kind = Kind::Unknown;
    const QString scheme = trimmed.section(u':', 0, 0).toLower();
    const QString rest = trimmed.section(u':', 1);
    if (scheme == "tel"_L1 || scheme == "sms"_L1) {
        target.value = numberOf(rest.section(u'?', 0, 0).remove(u'/'));
        if (target.value.isEmpty())
            return target; // words for nobody are nothing
        target.kind = Kind::Number;
        if (scheme == "sms"_L1)
            target.text = bodyOf(rest.section(u'?', 1));
        return target;
    }
    if (trimmed == "outrigger:quick"_L1 || trimmed == "outrigger://quick"_L1) {
        target.kind = Kind::Quick;
        return target;
    }
    static const QRegularExpression own(u"^outrigger://(contact|conversation|opportunity)/([A-Za-z0-9_-]{1,64})/?$"_s);
    const auto match = own.match(trimmed);
    if (!match.hasMatch())
        return target;
    target.value = match.captured(2);
    target.kind = match.captured(1) == "contact"_L1 ? Kind::Contact
        : match.captured(1) == "conversation"_L1    ? Kind::Conversation
                                                    : Kind::Opportunity;
    return target;
}

} // namespace outrigger::gui::uri
