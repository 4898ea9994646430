// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/contact.h"
#include "domain/offer.h"
#include "domain/rows.h"
#include "gui/widgets.h"

#include <QSet>

#include <optional>

class QPushButton;

namespace outrigger::models {
class Desk;
class FreeTimes;
}

namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class Work;

/// Above the composer, when the talk is about a time: what the lead's answer to an offer of times seems to mean, asked
/// for again whether it is free; or, when they ask for a time, the next free ones. A click opens the booking sheet with
/// that time picked; nothing is booked from here.
class ThreadTimes : public QWidget
{
    Q_OBJECT
public:
    ThreadTimes(sync::Engine *engine, models::Desk *desk, Work *work, QWidget *parent);
    /// The lead whose conversation is open; an empty one: nobody.
    void setContact(const Contact &contact);

Q_SIGNALS:
    void offerRequested(const QString &text); ///< three times, to be looked at and sent by the person
    void announced(const QString &sentence);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Answer {
        offers::Offer offer;
        Slot slot;
        QString message; ///< the lead's
    };
    enum class Free { Yes, No, Unknown };
    void look();
    static Task<void> read(ThreadTimes *self);
    static Task<Free> stillFree(ThreadTimes *self, Answer answer);
    void showAnswer(const Answer &answer, Free free);
    void showNext(const QString &message);
    void clear();
    QPushButton *add(const QString &text, const QString &name, const QString &spoken);
    void addOffer(const CalendarId &calendar);
    QString whenWords(const QDateTime &at) const;
    void say(const QString &sentence);

    models::Desk *m_desk;
    models::FreeTimes *m_free;
    Contact m_contact;
    QTimeZone m_theirs;
    QString m_checked;       ///< the answer for which HighLevel was asked what is free
    QString m_shown;         ///< what is shown, so that it is not made anew for nothing
    QSet<QString> m_closed;  ///< messages after which the next free times were put away
    Label *m_text;
    QVector<QWidget *> m_buttons;
    Task<void> m_reading;
};

} // namespace outrigger::gui
