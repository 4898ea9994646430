// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>

#include <memory>

class QApplication;

namespace outrigger::gui {

enum class Scheme { Light, Dark, HighContrast };
/// What a person chose. System follows the desktop.
enum class SchemeChoice { System, Light, Dark, HighContrast };

/// The named colours of one scheme. Painting code uses these and nothing else; widgets get them through QPalette.
struct Colours {
    QColor window, surface, rail, hover, selection;
    QColor line;        ///< decoration only; not for edges that must be seen
    QColor inputBorder; ///< edges that must be seen
    QColor text, text2;
    QColor text3;       ///< on surface only: never on `selection` nor on `bubbleOut`, use text2 there
    QColor accent, onAccent;
    QColor bubbleIn, bubbleOut;
    QColor ok, warn, danger, info;
    QColor focus;
    bool tints = true;  ///< false in high contrast: edges instead of tinted areas
    int edge = 1;       ///< width of lines and borders in px
};

enum class TextRole { Title, Heading, Body, BodyStrong, Small, SmallStrong, Mono };

/// Palette, fonts and measures of the whole program; one per process, made by install(). Everything follows at once
/// when the scheme or the factor changes; `changed()` is for those who cache pixmaps or heights.
class Style : public QObject
{
    Q_OBJECT
public:
    /// Sets Fusion with our drawing, the palette and the font on the application, and begins to follow the desktop.
    static Style *install(QApplication *application);
    static Style *instance(); ///< made with defaults when install() has not been called (tests)
    ~Style() override;

    SchemeChoice choice() const;
    void setChoice(SchemeChoice choice);
    Scheme scheme() const; ///< what is shown now
    int scale() const;     ///< percent
    void setScale(int percent); ///< kept within 80 to 200
    const Colours &colours() const;
    QFont font(TextRole role) const;
    /// A measure of the design in px at the person's factor; never under 1 for a positive measure.
    int px(int designPx) const;
    /// Counts changes of scheme, fonts and factor; part of cache keys.
    int generation() const;
    /// No movement wanted (the desktop's setting, or OUTRIGGER_NO_MOTION).
    bool reducedMotion() const;

    static Colours coloursOf(Scheme scheme);
    static QPalette paletteOf(Scheme scheme);

Q_SIGNALS:
    void changed();

private:
    explicit Style(QObject *parent);
    struct Private;
    std::unique_ptr<Private> d;
};

/// Short forms for painting code.
const Colours &colours();
int px(int designPx);
/// `top` laid over `ground` with this share (0 to 1), opaque: for tints.
QColor mixed(const QColor &ground, const QColor &top, double share);

} // namespace outrigger::gui
