// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"

#include "domain/mailhtml.h"
#include "domain/maillink.h"
#include "support/mailmarkup.h"

using namespace outrigger;
using namespace Qt::StringLiterals;

namespace {

/// Every number in the result leads somewhere.
void numbersLeadSomewhere(const mail::Clean &clean)
{
    static const QRegularExpression reference(u"=\"(link|picture|inline):(\\d+)\""_s);
    const QString html = test::allMarkup(clean);
    for (auto it = reference.globalMatch(html); it.hasNext();) {
        const auto match = it.next();
        const QString kind = match.captured(1);
        const qsizetype many = kind == "link"_L1 ? clean.links.size() : kind == "picture"_L1 ? clean.remotePictures.size() : clean.inlinePictures.size();
        fuzz::promise(match.captured(2).toLongLong() < many, "a number that leads nowhere");
    }
}

void judge(const mail::Clean &clean, bool twice)
{
    const QString foreign = test::foreignMarkup(clean);
    if (!foreign.isEmpty())
        std::fprintf(stderr, "%s\n", qPrintable(foreign));
    fuzz::promise(foreign.isEmpty(), "markup that is not on the list");
    numbersLeadSomewhere(clean);
    fuzz::promise(clean.links.size() <= mail::mostLinks, "too many links");
    for (const mail::Link &link : clean.links) {
        static const QStringList schemes{u"https:"_s, u"http:"_s, u"mailto:"_s, u"tel:"_s};
        fuzz::promise(std::any_of(schemes.cbegin(), schemes.cend(), [&](const QString &scheme) { return link.address.startsWith(scheme); }),
                      "a link of another kind");
        fuzz::promise(std::all_of(link.address.cbegin(), link.address.cend(), [](QChar c) { return c > u' ' && c.unicode() < 127; }),
                      "a link that is not encoded");
    }
    for (const QString &picture : clean.remotePictures)
        fuzz::promise(picture.startsWith("https://"_L1) || picture.startsWith("http://"_L1), "a picture from elsewhere");
    // What was cleaned is clean: a second time changes nothing about what may stay.
    if (twice)
        fuzz::promise(test::foreignMarkup(mail::clean(test::allMarkup(clean))).isEmpty(), "markup that comes to life in a second reading");
}

} // namespace

/// First byte: how it is shown, and what is looked at; the rest: the mail.
int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 1)
        return -1;
    const QString text = QString::fromUtf8(fuzz::bytes(data + 1, size - 1));
    mail::CleanOptions options;
    options.dark = data[0] & 1;
    options.pictures = data[0] & 2;
    if (mail::looksLikeHtml(text, data[0] & 4 ? u"text/html"_s : QString()))
        judge(mail::clean(text, options), data[0] & 8);
    if (!(data[0] & 4) || data[0] & 16)
        judge(mail::cleanText(text), data[0] & 8);
    return 0;
}
