// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/alarms.h"
#include "domain/rows.h"
#include "models/arrivals.h"

#include <QHash>
#include <QObject>
#include <QStringList>
#include <QTime>

#include <functional>

namespace outrigger::gui {

class Settings;
class Tray;

/// Tells the person on the desktop that a lead has written: org.freedesktop.Notifications where there is one, the
/// tray's balloon elsewhere. One notification a lead, replaced as more comes, withdrawn when the thread is opened; when
/// more leads have written than `mostAlone`, one summary takes the place of all.
/// Nothing here sends: what is written into the notification's reply field is handed on with `replyRequested`.
class Notifier : public QObject
{
    Q_OBJECT
public:
    static constexpr int mostAlone = 3;
    /// tray may be null; it outlives this.
    explicit Notifier(Settings *settings, Tray *tray, QObject *parent = nullptr);
    ~Notifier() override;

    void show(const models::Arrival &arrival);
    /// The thread is open: what was said about it is taken back.
    void withdraw(const ContactId &contact);
    /// The window is looked at: the summary has said its part.
    void withdrawSummary();
    /// Something that is no lead's message: what a watch of the console has found. Not while the person wants quiet.
    void tell(const QString &title, const QString &body);
    /// Shows one now, whatever the settings say, and tells with `tested` what became of it.
    void test();
    /// A task of the person's is due, or an appointment is near: its words, for whom, and the acts.
    void tellAlarm(const alarms::Alarm &alarm);
    /// The person has chosen an act of it: "default" opens what it is about.
    void onAlarm(const alarms::Alarm &alarm, const QString &action);
    /// So many at once; choosing it leads to the calendar, else to the list of tasks.
    void tellAlarms(const QVector<alarms::Alarm> &all);
    /// The person does not want to be told now: off, quiet hours, paused.
    bool isSilent() const;
    /// Whether this moment is one in which the person does not want to be told.
    static bool isQuiet(const QTime &now, const QTime &from, const QTime &to);

Q_SIGNALS:
    void tested(const QString &sentence);
    /// A reminder that nothing on this desktop can show: for the window, which then calls onAlarm with "default".
    void untold(const QString &sentence, const outrigger::alarms::Alarm &alarm);
    void openRequested(const outrigger::ContactId &contact);
    void inboxRequested(); ///< the summary was chosen
    void tasksRequested(); ///< the one that tells of many tasks was chosen
    void taskDoneRequested(const outrigger::TaskRow &row);
    void taskLaterRequested(const outrigger::TaskRow &row); ///< in ten minutes
    void calendarRequested(); ///< an appointment without a lead was chosen, or many
    void lateRequested(const outrigger::EventRow &row); ///< to be told to the lead, by the person
    void joinRequested(const QUrl &link);
    void doneRequested(const outrigger::ConversationRow &row);
    /// To be sent to that contact, if nothing stands against it; empty: only go there and write.
    void replyRequested(const outrigger::ContactId &contact, const QString &text);

private Q_SLOTS:
    void onAction(uint id, const QString &action);
    void onReplied(uint id, const QString &text);
    void onClosed(uint id, uint reason);

private:
    struct Shown {
        uint id = 0; ///< 0: the daemon has not answered yet
        bool asked = false; ///< its answer is under way
        std::optional<models::Arrival> next; ///< came meanwhile; only the last counts
        int count = 0;
        ConversationRow row;
    };
    void ask(const models::Arrival &arrival);
    void gather(const models::Arrival &arrival);
    void askSummary();
    QString bodyOf(const models::Arrival &arrival, int count) const;
    void askAbilities();
    bool balloon(const QString &title, const QString &body, const ContactId &contact); ///< false: there is no tray
    std::optional<ContactId> contactOf(uint id) const;

    struct Summary {
        uint id = 0;
        bool asked = false;
        bool again = false; ///< something changed while its answer was under way
        QVector<QPair<ContactId, QString>> leads; ///< newest last
    };
    Settings *m_settings;
    Tray *m_tray;
    bool m_daemon = false;
    bool m_known = false; ///< the daemon has said what it can
    QStringList m_abilities;
    QVector<models::Arrival> m_early; ///< came before it had
    QHash<ContactId, Shown> m_shown;
    Summary m_summary;
    QVector<std::function<void()>> m_earlyAlarms; ///< told before the daemon has said what it can
    QHash<uint, alarms::Alarm> m_alarms; ///< what is on the screen; about nothing: the one of many
    void notifyAlarm(const QString &title, const QString &body, const alarms::Alarm &alarm, const QStringList &more);
    ContactId m_ballooned; ///< whom the tray's balloon is about
    bool isEarly(uint id) const;
    QHash<uint, QString> m_earlyReplies; ///< as the acts
    QHash<uint, QString> m_earlyActs; ///< chosen before the daemon's answer told whose notification it is
};

} // namespace outrigger::gui
