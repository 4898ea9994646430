// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace outrigger::gui {

/// Fusion with flat panels, our radii, a focus ring of 2 px and thin scroll bars. All colours come from Colours, so a
/// change of scheme needs nothing but a repaint. Buttons with the property "primary" (or the default button of a
/// dialog) are filled with the accent; "danger" buttons have danger text; "quiet" ones have no edge until hovered.
class ProxyStyle : public QProxyStyle
{
    Q_OBJECT
public:
    ProxyStyle();
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl subControl,
                         const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    /// The program's own icon where a widget has a small button; the theme's would cost 3 ms of the start to find.
    QIcon standardIcon(StandardPixmap which, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returnData) const override;
    void polish(QWidget *widget) override;
    using QProxyStyle::polish;
};

} // namespace outrigger::gui
