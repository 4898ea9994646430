// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"

#include <QColor>
#include <QHash>
#include <QPixmap>
#include <QWidget>

class QPainter;

namespace outrigger::gui {

/// The ground of a contact's avatar: from a hash of the id, so it survives renames.
QColor avatarColour(const ContactId &id);
/// Of a person of the team, whose name comes in one piece: at most two letters.
QString initialsOf(const QString &name);
/// Colours for the people of a team, by id: the ground of each one's avatar, and where two would have the same the next
/// that is free, as long as there are enough.
QHash<QString, QColor> teamColours(QStringList ids);
/// Round, with these initials on this ground; for people of the team.
QPixmap personPixmap(const QColor &ground, const QString &initials, int size, qreal devicePixelRatio);
/// A round avatar with initials; `local` (not in HighLevel yet) has a dashed edge instead of a filled ground.
void paintAvatar(QPainter *painter, const QRectF &rect, const ContactId &id, const QString &initials, bool local = false);
QPixmap avatarPixmap(const ContactId &id, const QString &initials, bool local, int size, qreal devicePixelRatio);

/// An avatar as a widget, for headers and panels. Decorative: it has no place in the focus order.
class AvatarLabel : public QWidget
{
    Q_OBJECT
public:
    explicit AvatarLabel(int designSize, QWidget *parent = nullptr);
    void setContact(const ContactId &id, const QString &initials, bool local = false);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_designSize;
    ContactId m_id;
    QString m_initials;
    bool m_local = false;
};

} // namespace outrigger::gui
