// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contact.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

class QWidget;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

/// Who a teammate is, beside where the name stands: a card with name, role, e-mail and number, as the local copy has
/// them. It comes when the pointer rests there or the keys have brought the focus, stays while the pointer is in it, and
/// goes with Esc. What it says is also the description of the widget for a screen reader.
class TeamCard : public QObject
{
    Q_OBJECT
public:
    ~TeamCard() override;
    /// On `widget`, for as long as that lives. Nobody of `users` known here: no card.
    static void attach(QWidget *widget, models::Desk *desk, const QVector<UserId> &users);
    /// One person as a sentence.
    static QString sentence(const User &user, const QString &region);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    TeamCard(QWidget *widget, QVector<User> users, const QString &region);
    QPoint placeFor(const QSize &size) const;
    void open();
    void close();
    void closeSoon(); ///< unless the pointer went into the card
    QWidget *m_widget;
    QVector<User> m_users;
    QString m_region;
    QPointer<QWidget> m_card;
    QTimer m_rest;
    QTimer m_leave;
};

} // namespace outrigger::gui
