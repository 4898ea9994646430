// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/rows.h"
#include "models/arrivals.h"

#include <QHash>
#include <QObject>
#include <QStringList>
#include <QTime>

class QSystemTrayIcon;

namespace outrigger::gui {

class Settings;

/// Tells the person on the desktop that a lead has written: org.freedesktop.Notifications where there is one, the
/// platform's own balloon elsewhere. One notification a lead, replaced as more comes, withdrawn when the thread is opened.
/// Nothing here sends: what is written into the notification's reply field goes to the composer.
class Notifier : public QObject
{
    Q_OBJECT
public:
    explicit Notifier(Settings *settings, QObject *parent = nullptr);
    ~Notifier() override;

    void show(const models::Arrival &arrival);
    /// The thread is open: what was said about it is taken back.
    void withdraw(const ContactId &contact);
    /// Shows one now, whatever the settings say, and tells with `tested` what became of it.
    void test();
    /// Whether this moment is one in which the person does not want to be told.
    static bool isQuiet(const QTime &now, const QTime &from, const QTime &to);

Q_SIGNALS:
    void tested(const QString &sentence);
    void openRequested(const outrigger::ContactId &contact);
    void doneRequested(const outrigger::ConversationRow &row);
    /// For the composer of that contact; empty: only go there and write.
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
    QString bodyOf(const models::Arrival &arrival, int count) const;
    void balloon(const QString &title, const QString &body, const ContactId &contact);
    std::optional<ContactId> contactOf(uint id) const;

    Settings *m_settings;
    bool m_daemon = false;
    bool m_known = false; ///< the daemon has said what it can
    QStringList m_abilities;
    QVector<models::Arrival> m_early; ///< came before it had
    QHash<ContactId, Shown> m_shown;
    QHash<uint, QString> m_earlyActs; ///< chosen before the daemon's answer told whose notification it is
    QSystemTrayIcon *m_icon = nullptr;
};

} // namespace outrigger::gui
