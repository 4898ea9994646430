// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/style.h"

#include "gui/proxystyle.h"
#include "gui/schemewatch.h"

#include <QApplication>
#include <QFontDatabase>
#include <QHash>
#include <QPixmapCache>
#include <QPointer>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace outrigger::gui {

namespace {

QColor rgb(quint32 value)
{
    return QColor::fromRgb(value);
}

QPointer<Style> theStyle;

/// Not QFontDatabase::hasFamily, which searches the whole font configuration for aliases, 1 ms each time.
bool isThere(const QString &family)
{
    static const QStringList known = QFontDatabase::families();
    return known.contains(family);
}

/// The desktop's font when it has chosen one; Inter instead of the fallback that a bare display gives.
QString textFamily(const QFont &system)
{
    static const QStringList fallbacks{QStringLiteral("Sans Serif"), QStringLiteral("Sans"), QStringLiteral("DejaVu Sans"),
                                       QStringLiteral("Bitstream Vera Sans"), QStringLiteral("Helvetica"), QString()};
    if (fallbacks.contains(system.family()) && isThere(QStringLiteral("Inter")))
        return QStringLiteral("Inter");
    return system.family();
}

/// A family that exists: an alias such as "monospace" would leave the digits to the emoji font, which has some.
QString fixedFamily()
{
    const QString chosen = QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
    for (const QString &family : {chosen, QStringLiteral("DejaVu Sans Mono"), QStringLiteral("Noto Sans Mono"), QStringLiteral("Liberation Mono")}) {
        if (isThere(family))
            return family;
    }
    return chosen;
}

QStringList families(const QString &first)
{
    // The emoji font must be named, or half of the emoji come black and white from another font.
    QStringList list{first};
    for (const char *name : {"Noto Color Emoji", "Noto Sans CJK SC", "Droid Sans Fallback"}) {
        const QString family = QString::fromLatin1(name);
        if (isThere(family))
            list << family;
    }
    return list;
}

} // namespace

struct Style::Private {
    QFont system;
    QPalette systemPalette;
    SchemeChoice choice = SchemeChoice::System;
    Scheme scheme = Scheme::Light;
    int scale = 100;
    int generation = 1;
    Colours colours = Style::coloursOf(Scheme::Light);
    SchemeWatch *watch = nullptr;
    bool installed = false;
    mutable QHash<int, QFont> fonts; // asking the font database for families costs more than laying out a bubble

    Scheme wanted() const;
    QFont make(TextRole role) const;
    void apply(Style *self, bool always);
};

Style::Style(QObject *parent) : QObject(parent), d(std::make_unique<Private>())
{
    d->system = QApplication::font();
    // On a bare display Qt falls back to a small font that nobody chose.
    const double least = textFamily(d->system) == d->system.family() ? 9 : 10;
    if (d->system.pointSizeF() < least)
        d->system.setPointSizeF(least);
    d->systemPalette = QApplication::palette();
    d->watch = new SchemeWatch(this);
    connect(d->watch, &SchemeWatch::changed, this, [this] { d->apply(this, false); });
}

Style::~Style() = default;

Style *Style::instance()
{
    if (!theStyle)
        theStyle = new Style(qApp);
    return theStyle;
}

Style *Style::install(QApplication *application)
{
    Style *style = instance();
    if (!style->d->installed) {
        style->d->installed = true;
        application->setStyle(new ProxyStyle);
        style->d->watch->start();
        style->d->apply(style, true);
    }
    return style;
}

SchemeChoice Style::choice() const
{
    return d->choice;
}

void Style::setChoice(SchemeChoice choice)
{
    d->choice = choice;
    d->apply(this, false);
}

Scheme Style::scheme() const
{
    return d->scheme;
}

int Style::scale() const
{
    return d->scale;
}

void Style::setScale(int percent)
{
    percent = std::clamp(percent, 80, 200);
    if (percent == d->scale)
        return;
    d->scale = percent;
    d->apply(this, true);
}

const Colours &Style::colours() const
{
    return d->colours;
}

int Style::px(int designPx) const
{
    if (designPx <= 0)
        return int(std::lround(designPx * d->scale / 100.0));
    return std::max(1, int(std::lround(designPx * d->scale / 100.0)));
}

int Style::generation() const
{
    return d->generation;
}

bool Style::reducedMotion() const
{
    return d->watch->reducedMotion();
}

Scheme Style::Private::wanted() const
{
    switch (choice) {
    case SchemeChoice::Light: return Scheme::Light;
    case SchemeChoice::Dark: return Scheme::Dark;
    case SchemeChoice::HighContrast: return Scheme::HighContrast;
    case SchemeChoice::System: break;
    }
    switch (watch->preference()) {
    case SchemeWatch::Preference::HighContrast: return Scheme::HighContrast;
    case SchemeWatch::Preference::Dark: return Scheme::Dark;
    case SchemeWatch::Preference::Light: return Scheme::Light;
    case SchemeWatch::Preference::Unknown: break;
    }
    // No portal: a desktop with dark windows says so through its palette.
    const bool dark = systemPalette.color(QPalette::Window).lightness() < systemPalette.color(QPalette::WindowText).lightness();
    return dark ? Scheme::Dark : Scheme::Light;
}

void Style::Private::apply(Style *self, bool always)
{
    const Scheme next = wanted();
    if (next == scheme && !always)
        return;
    scheme = next;
    colours = coloursOf(next);
    fonts.clear();
    ++generation;
    QPixmapCache::clear();
    if (installed) {
        QApplication::setPalette(paletteOf(next));
        QApplication::setFont(self->font(TextRole::Body));
        QToolTip::setPalette(paletteOf(next));
        QToolTip::setFont(self->font(TextRole::Small));
    }
    Q_EMIT self->changed();
}

QFont Style::font(TextRole role) const
{
    const auto known = d->fonts.constFind(int(role));
    if (known != d->fonts.constEnd())
        return *known;
    return *d->fonts.insert(int(role), d->make(role));
}

QFont Style::Private::make(TextRole role) const
{
    QFont font = system;
    const double base = std::max(9.0, system.pointSizeF() > 0 ? system.pointSizeF() : 10.0);
    double size = base;
    QFont::Weight weight = QFont::Normal;
    switch (role) {
    case TextRole::Title: size = base + 5; weight = QFont::DemiBold; break;
    case TextRole::Heading: size = base + 2; weight = QFont::DemiBold; break;
    case TextRole::Body: break;
    case TextRole::BodyStrong: weight = QFont::DemiBold; break;
    case TextRole::Small: size = std::max(9.0, base - 1); break;
    case TextRole::SmallStrong: size = std::max(9.0, base - 1); weight = QFont::DemiBold; break;
    case TextRole::Mono: break;
    }
    font.setFamilies(families(role == TextRole::Mono ? fixedFamily() : textFamily(system)));
    font.setPointSizeF(size * scale / 100.0);
    font.setWeight(weight);
    return font;
}

Colours Style::coloursOf(Scheme scheme)
{
    Colours c;
    switch (scheme) {
    case Scheme::Light:
        c = {rgb(0xF5F6F8), rgb(0xFFFFFF), rgb(0xEBEDF1), rgb(0xEEF1F5), rgb(0xDCEBF1), rgb(0xD5D9E0), rgb(0x808A9A),
             rgb(0x1B1F27), rgb(0x566072), rgb(0x616B7B), rgb(0x1F6F8B), rgb(0xFFFFFF), rgb(0xECEFF3), rgb(0xD6ECF3),
             rgb(0x1A7141), rgb(0x855600), rgb(0xB3261E), rgb(0x2B5FB3), rgb(0x0B5CAD)};
        break;
    case Scheme::Dark:
        c = {rgb(0x14171C), rgb(0x1B1F26), rgb(0x101318), rgb(0x232832), rgb(0x1F3A45), rgb(0x343B47), rgb(0x707B8C),
             rgb(0xE8EBF0), rgb(0xA7B0BF), rgb(0x97A1B1), rgb(0x5BB8D4), rgb(0x08222B), rgb(0x2A303B), rgb(0x1D4452),
             rgb(0x6FCB95), rgb(0xE0B04C), rgb(0xF59A92), rgb(0x8AB4F8), rgb(0x8CCBFF)};
        break;
    case Scheme::HighContrast: {
        // The system's colours where they contrast strongly, else white on black; no tints, edges of 2 px.
        QPalette system = theStyle ? theStyle->d->systemPalette : QPalette();
        QColor ground = system.color(QPalette::Base);
        QColor ink = system.color(QPalette::Text);
        if (std::abs(ground.lightness() - ink.lightness()) < 200) {
            ground = Qt::black;
            ink = Qt::white;
        }
        const bool dark = ground.lightness() < 128;
        const QColor accent = dark ? rgb(0x6FD6FF) : rgb(0x00407A);
        c = {ground, ground, ground, ground, ground, ink, ink, ink, ink, ink, accent, ground, ground, ground,
             dark ? rgb(0x7CFFB0) : rgb(0x00552A), dark ? rgb(0xFFD75E) : rgb(0x5C3A00),
             dark ? rgb(0xFFB0A8) : rgb(0x8C0000), accent, dark ? rgb(0xFFFF00) : rgb(0x00407A)};
        c.tints = false;
        c.edge = 2;
        break;
    }
    }
    return c;
}

QPalette Style::paletteOf(Scheme scheme)
{
    const Colours c = coloursOf(scheme);
    QPalette p;
    p.setColor(QPalette::Window, c.window);
    p.setColor(QPalette::WindowText, c.text);
    p.setColor(QPalette::Base, c.surface);
    p.setColor(QPalette::AlternateBase, mixed(c.surface, c.window, 0.6));
    p.setColor(QPalette::Text, c.text);
    p.setColor(QPalette::PlaceholderText, c.text3);
    p.setColor(QPalette::Button, c.surface);
    p.setColor(QPalette::ButtonText, c.text);
    p.setColor(QPalette::BrightText, c.danger);
    p.setColor(QPalette::ToolTipBase, c.tints ? mixed(c.surface, c.text, 0.9) : c.surface);
    p.setColor(QPalette::ToolTipText, c.tints ? c.surface : c.text);
    // Selected text in lists stays dark on a light tint; in text fields too.
    p.setColor(QPalette::Highlight, c.tints ? c.selection : c.accent);
    p.setColor(QPalette::HighlightedText, c.tints ? c.text : c.onAccent);
    p.setColor(QPalette::Link, c.accent);
    p.setColor(QPalette::LinkVisited, c.accent);
    p.setColor(QPalette::Light, mixed(c.surface, c.window, 0.5));
    p.setColor(QPalette::Midlight, c.hover);
    p.setColor(QPalette::Mid, c.line);
    p.setColor(QPalette::Dark, c.inputBorder);
    p.setColor(QPalette::Shadow, mixed(c.window, c.text, 0.5));
    const QColor faded = mixed(c.surface, c.text3, c.tints ? 0.75 : 1.0);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, faded);
    p.setColor(QPalette::Disabled, QPalette::Button, c.window);
    p.setColor(QPalette::Disabled, QPalette::Highlight, c.hover);
    p.setColor(QPalette::Disabled, QPalette::HighlightedText, faded);
    return p;
}

const Colours &colours()
{
    return Style::instance()->colours();
}

int px(int designPx)
{
    return Style::instance()->px(designPx);
}

QColor mixed(const QColor &ground, const QColor &top, double share)
{
    const auto mix = [share](int a, int b) { return int(std::lround(a + (b - a) * share)); };
    return QColor(mix(ground.red(), top.red()), mix(ground.green(), top.green()), mix(ground.blue(), top.blue()));
}

} // namespace outrigger::gui
