// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/maillink.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace outrigger::mail {

namespace {

constexpr qsizetype longestAddress = 2048;
constexpr qsizetype largestInline = 256 * 1024;

/// Browsers leave out white space and controls before they look for the scheme; so do we, or "java\nscript:" passes.
QString squeezed(const QString &address)
{
    QString result;
    result.reserve(address.size());
    for (const QChar c : address) {
        if (c.unicode() > 0x20 && c.unicode() != 0x7f && c.category() != QChar::Other_Control && c.category() != QChar::Other_Format)
            result += c;
    }
    return result;
}

bool isHost(const QString &host)
{
    return !host.isEmpty() && host.size() <= 253 && !host.contains(u".."_s) && !host.startsWith(u'.');
}

struct Rgb {
    double r, g, b;
};

std::optional<Rgb> rgbOf(QStringView text)
{
    static constexpr std::array<std::pair<const char *, unsigned>, 20> names{{
        {"black", 0x000000}, {"white", 0xffffff}, {"red", 0xff0000}, {"green", 0x008000}, {"blue", 0x0000ff},
        {"gray", 0x808080}, {"grey", 0x808080}, {"silver", 0xc0c0c0}, {"maroon", 0x800000}, {"navy", 0x000080},
        {"teal", 0x008080}, {"purple", 0x800080}, {"orange", 0xffa500}, {"yellow", 0xffff00}, {"brown", 0xa52a2a},
        {"darkblue", 0x00008b}, {"darkgray", 0xa9a9a9}, {"darkgrey", 0xa9a9a9}, {"darkred", 0x8b0000}, {"darkgreen", 0x006400},
    }};
    const auto split = [](unsigned v) { return Rgb{double((v >> 16) & 255), double((v >> 8) & 255), double(v & 255)}; };
    for (const auto &[name, value] : names) {
        if (text.compare(QLatin1String(name), Qt::CaseInsensitive) == 0)
            return split(value);
    }
    if (text.startsWith(u'#') && (text.size() == 4 || text.size() == 7)) {
        QString hex = text.mid(1).toString();
        if (hex.size() == 3)
            hex = QString(2, hex[0]) + QString(2, hex[1]) + QString(2, hex[2]);
        bool ok = false;
        const unsigned value = hex.toUInt(&ok, 16);
        return ok ? std::optional(split(value)) : std::nullopt;
    }
    static const QRegularExpression triple(u"^rgb\\(\\s*(\\d{1,3})\\s*,\\s*(\\d{1,3})\\s*,\\s*(\\d{1,3})\\s*\\)$"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    if (text.size() < 40) {
        const auto match = triple.match(text.toString());
        if (match.hasMatch())
            return Rgb{std::min(255.0, match.captured(1).toDouble()), std::min(255.0, match.captured(2).toDouble()),
                       std::min(255.0, match.captured(3).toDouble())};
    }
    return std::nullopt;
}

double luminance(const Rgb &c)
{
    const auto linear = [](double v) {
        v /= 255;
        return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

/// Points for the sizes a mail may ask for; 0: leave it.
double points(QStringView value)
{
    const auto number = [&](QStringView unit) {
        bool ok = false;
        const double n = value.endsWith(unit, Qt::CaseInsensitive) ? value.chopped(unit.size()).toDouble(&ok) : 0;
        return ok ? n : 0.0;
    };
    double size = number(u"pt");
    if (size <= 0)
        size = number(u"px") * 0.75;
    return size <= 0 ? 0 : std::clamp(size, 8.0, 24.0);
}

QString keptValue(QStringView property, QStringView value, bool dark)
{
    const auto oneOf = [&](std::initializer_list<const char *> words) {
        for (const char *word : words) {
            if (value.compare(QLatin1String(word), Qt::CaseInsensitive) == 0)
                return QString::fromLatin1(word);
        }
        return QString();
    };
    if (property == u"color")
        return readColour(value, dark);
    if (property == u"font-weight")
        return oneOf({"normal", "bold", "600", "700", "800", "900"});
    if (property == u"font-style")
        return oneOf({"normal", "italic"});
    if (property == u"text-decoration" || property == u"text-decoration-line")
        return oneOf({"none", "underline", "line-through"});
    if (property == u"text-align")
        return oneOf({"left", "right", "center", "justify"});
    if (property == u"white-space")
        return oneOf({"pre", "pre-wrap", "nowrap", "normal"}).replace(u"nowrap"_s, u"normal"_s);
    if (property == u"font-size") {
        const double size = points(value);
        return size > 0 ? QString::number(size) + u"pt"_s : QString();
    }
    return {};
}

} // namespace

std::optional<Link> readLink(const QString &address)
{
    if (address.size() > longestAddress)
        return std::nullopt;
    const QString plain = squeezed(address);
    QUrl url(plain, QUrl::TolerantMode);
    if (!url.isValid())
        return std::nullopt;
    Link link;
    const QString scheme = url.scheme(); // QUrl makes it lower case
    if (scheme == u"mailto") {
        // Only whom to write to: headers and bodies that a stranger wrote are not put into anybody's mouth.
        const QString who = url.path();
        if (!who.contains(u'@') || who.contains(u','))
            return std::nullopt;
        link.address = u"mailto:"_s + QString::fromLatin1(QUrl::toPercentEncoding(who, "@+.-_"));
        link.host = QString::fromLatin1(QUrl::toAce(who.section(u'@', -1)));
        return isHost(link.host) ? std::optional(link) : std::nullopt;
    }
    if (scheme == u"tel") {
        QString number;
        for (const QChar c : url.path()) {
            if ((c >= u'0' && c <= u'9') || c == u'+')
                number += c;
        }
        if (number.size() < 3)
            return std::nullopt;
        link.address = u"tel:"_s + number;
        return link;
    }
    if (scheme != u"https" && scheme != u"http")
        return std::nullopt;
    link.host = url.host(QUrl::FullyEncoded).toLower();
    if (!isHost(link.host))
        return std::nullopt;
    link.secure = scheme == u"https";
    if (!url.userInfo().isEmpty()) {
        link.misleading = true; // https://bank.example@elsewhere
        url.setUserInfo({});
    }
    if (link.host.split(u'.').size() > 0 && link.host.contains(u"xn--"_s))
        link.misleading = true; // letters of another script can look like ours: the machine's form is shown beside it
    link.address = QString::fromLatin1(url.toEncoded());
    return link;
}

QString namedHost(QStringView words)
{
    QString text = squeezed(words.trimmed().toString());
    if (text.size() > longestAddress || words.trimmed().contains(u' '))
        return {};
    const qsizetype scheme = text.indexOf(u"://"_s);
    if (scheme >= 0)
        text = text.mid(scheme + 3);
    for (const QChar end : u"/?#\\"_s) {
        const qsizetype at = text.indexOf(end);
        if (at >= 0)
            text.truncate(at);
    }
    text = text.section(u'@', -1).section(u':', 0, 0);
    while (text.endsWith(u'.'))
        text.chop(1);
    const QString top = text.section(u'.', -1);
    if (!text.contains(u'.') || top.size() < 2 || !std::all_of(top.begin(), top.end(), [](QChar c) { return c.isLetter(); }))
        return {};
    const bool plausible = std::all_of(text.begin(), text.end(), [](QChar c) { return c.isLetterOrNumber() || c == u'.' || c == u'-'; });
    if (!plausible)
        return {};
    return QString::fromLatin1(QUrl::toAce(text)).toLower();
}

bool sameSite(const QString &one, const QString &other)
{
    const auto bare = [](const QString &host) { return host.startsWith(u"www."_s) ? host.mid(4) : host; };
    const QString a = bare(one);
    const QString b = bare(other);
    return a == b || a.endsWith(u'.' + b) || b.endsWith(u'.' + a);
}

QString readPicture(const QString &address)
{
    if (address.size() > longestAddress)
        return {};
    QString plain = squeezed(address);
    if (plain.startsWith(u"//"_s))
        plain.prepend(u"https:"_s);
    const QUrl url(plain, QUrl::TolerantMode);
    const bool web = url.scheme() == u"https" || url.scheme() == u"http";
    if (!url.isValid() || !web || !isHost(url.host()) || !url.userInfo().isEmpty())
        return {};
    return QString::fromLatin1(url.toEncoded(QUrl::RemoveFragment));
}

QByteArray readInlinePicture(const QString &address)
{
    const QString start = address.trimmed().left(64).toLower();
    const qsizetype comma = start.indexOf(u',');
    if (!start.startsWith(u"data:image/"_s) || comma < 0 || !start.left(comma).endsWith(u";base64"_s) || address.size() > largestInline * 3 / 2)
        return {};
    const QByteArray coded = squeezed(address.trimmed().mid(comma + 1)).toLatin1();
    const QByteArray bytes = QByteArray::fromBase64(coded);
    const bool known = bytes.startsWith("\x89PNG\r\n\x1a\n") || bytes.startsWith("\xff\xd8\xff") || bytes.startsWith("GIF8") ||
                       (bytes.startsWith("RIFF") && bytes.mid(8, 4) == "WEBP");
    return known && bytes.size() <= largestInline ? bytes : QByteArray();
}

QString readColour(QStringView colour, bool dark)
{
    const auto rgb = rgbOf(colour.trimmed());
    if (!rgb)
        return {};
    // 4.5 to 1 against a white or nearly black ground: what is quieter than that may be there to hide something.
    const double light = luminance(*rgb);
    const bool readable = dark ? (light + 0.05) / (0.012 + 0.05) >= 4.5 : 1.05 / (light + 0.05) >= 4.5;
    if (!readable)
        return {};
    const unsigned value = unsigned(rgb->r) << 16 | unsigned(rgb->g) << 8 | unsigned(rgb->b);
    return u'#' + QString::number(value, 16).rightJustified(6, u'0');
}

Style readStyle(const QString &style, bool dark)
{
    Style result;
    if (style.size() > 4096 || style.contains(u'\\') || style.contains(u"/*"_s))
        return result; // escapes and comments are there to be read differently by different readers
    for (const QStringView one : QStringView(style).split(u';')) {
        const qsizetype colon = one.indexOf(u':');
        if (colon < 0)
            continue;
        const QString property = one.left(colon).trimmed().toString().toLower();
        QString value = one.mid(colon + 1).trimmed().toString().toLower();
        if (value.endsWith(u"!important"_s))
            value = value.chopped(10).trimmed();
        result.hidden |= (property == u"display" && value == u"none") || (property == u"visibility" && value == u"hidden");
        const QString kept = keptValue(property, value, dark);
        if (!kept.isEmpty())
            result.css += property + u':' + kept + u';';
    }
    return result;
}

} // namespace outrigger::mail
