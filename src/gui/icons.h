// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QPixmap>
#include <QString>

#include "domain/conversation.h"

class QPainter;

/// The program's own line icons, recoloured from the palette. Names are the file names under resources/icons.
namespace outrigger::gui::icons {

/// Follows the palette by itself: normal, disabled, checked or selected (accent). For buttons, actions, menus.
QIcon icon(const QString &name);
/// A recoloured pixmap from the cache; size in logical px.
QPixmap pixmap(const QString &name, int size, const QColor &colour, qreal devicePixelRatio);
/// Paints into the rectangle; with `mirrored` those icons that point somewhere are turned round.
void paint(QPainter *painter, const QRectF &rect, const QString &name, const QColor &colour, bool mirrored = false);
/// Icon of a channel: "sms", "email", "phone", "whatsapp" ...
QString ofChannel(Channel channel);
QStringList names();

} // namespace outrigger::gui::icons
