// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/focusback.h"

#include <QApplication>
#include <QPointer>
#include <QWidget>

#include <memory>

namespace outrigger::gui {

void giveFocusBack(QWidget *widget)
{
    const auto before = std::make_shared<QPointer<QWidget>>();
    QObject::connect(qApp, &QApplication::focusChanged, widget, [widget, before](QWidget *old, QWidget *now) {
        const bool had = old && widget->isAncestorOf(old);
        const bool has = now && widget->isAncestorOf(now);
        if (has && !had && old)
            *before = old;
        else if (had && !has && widget->isHidden() && *before && (*before)->isVisible())
            (*before)->setFocus(Qt::OtherFocusReason);
    });
}

} // namespace outrigger::gui
