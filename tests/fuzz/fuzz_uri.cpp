// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"

#include "auth/oauth.h"
#include "domain/maillink.h"
#include "domain/segments.h"
#include "gui/uri.h"

#include <algorithm>

using namespace outrigger;
using namespace Qt::StringLiterals;

namespace {

bool isPlain(const QString &text)
{
    return std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c > u' ' && c.unicode() < 127; });
}

/// tel:, sms: and outrigger: links, from web pages and mails.
void ownLink(const QString &text)
{
    using Kind = gui::uri::Kind;
    const auto target = gui::uri::parse(text);
    if (target.kind == Kind::Number) {
        fuzz::promise(!target.value.isEmpty() && target.value.size() <= 64, "a number of a length");
        for (qsizetype i = 0; i < target.value.size(); ++i) {
            const QChar c = target.value[i];
            fuzz::promise((c >= u'0' && c <= u'9') || (c == u'+' && i == 0), "digits and nothing else");
        }
    }
    if (target.kind == Kind::Contact || target.kind == Kind::Conversation || target.kind == Kind::Opportunity) {
        fuzz::promise(!target.value.isEmpty() && target.value.size() <= 64, "an id of a length");
        for (const QChar c : target.value)
            fuzz::promise(c.unicode() < 128 && (c.isLetterOrNumber() || c == u'-' || c == u'_'), "an id's characters and nothing else");
    }
    fuzz::promise(target.kind == Kind::Number || target.text.isEmpty(), "words only for a number");
    fuzz::promise(target.text.size() <= smsCharacterCap, "words of a length");
    fuzz::promise(target.text.isValidUtf16(), "whole characters");
    for (const char32_t c : target.text.toUcs4()) {
        const auto category = QChar::category(c);
        fuzz::promise(c == U'\n' || (category != QChar::Other_Control && category != QChar::Other_Format), "no characters that hide or steer");
    }
}

/// http:, mailto: and tel: links inside mails.
void linkInMail(const QString &text)
{
    if (const auto link = mail::readLink(text)) {
        static const QStringList schemes{u"https://"_s, u"http://"_s, u"mailto:"_s, u"tel:"_s};
        fuzz::promise(std::any_of(schemes.cbegin(), schemes.cend(), [&](const QString &scheme) { return link->address.startsWith(scheme); }),
                      "a link of another kind");
        fuzz::promise(isPlain(link->address), "a link that is not encoded");
        fuzz::promise(link->address.startsWith("tel:"_L1) || !link->host.isEmpty(), "a link to nowhere");
        fuzz::promise(isPlain(link->host), "a host as machines know it");
    }
    const QString picture = mail::readPicture(text);
    fuzz::promise(picture.isEmpty() || picture.startsWith("https://"_L1) || picture.startsWith("http://"_L1), "a picture from elsewhere");
    mail::namedHost(text);
    mail::readInlinePicture(text);
}

/// What a person pasted after the browser had come back.
void pasted(const QString &text)
{
    const auto returned = auth::oauth::fromPasted(text);
    fuzz::promise(returned.code.size() <= 4096 && returned.state.size() <= 4096, "a code of a length");
    auth::oauth::locationInToken(text);
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(fuzz::bytes(data, size));
    ownLink(text);
    linkInMail(text);
    pasted(text);
    return 0;
}
