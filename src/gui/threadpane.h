// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/rows.h"
#include "gui/widgets.h"

#include <QTimer>

class QStackedWidget;

namespace outrigger::models {
class Desk;
class ThreadAhead;
class ThreadModel;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class Actions;
class CallActs;
class ChipRow;
class Composer;
class EmptyState;
class MailDesk;
class Settings;
class ThreadSearch;
class ThreadTimes;
class ThreadView;
class Work;

/// The open conversation: who, their local time, the messages, the composer.
class ThreadPane : public Pane
{
    Q_OBJECT
public:
    ThreadPane(sync::Engine *engine, models::Desk *desk, models::ThreadModel *model, Settings *settings, Work *work,
               Actions *actions, QWidget *parent = nullptr);
    ~ThreadPane() override;

    /// Opens the contact's conversation; one that does not exist yet is an empty thread that can be written to.
    /// row: its conversation, when that is known; then its messages need not be looked for.
    void open(const ContactId &contact, const std::optional<ConversationRow> &row = {});
    /// Pages that are here before they are asked for; outlives the pane.
    void setAhead(models::ThreadAhead *ahead) { m_ahead = ahead; }
    /// Nobody is open.
    void close();
    const ContactId &contactId() const { return m_contactId; }
    const std::optional<ConversationRow> &row() const { return m_row; }
    Composer *composer() const { return m_composer; }
    ThreadView *view() const { return m_view; }
    ThreadSearch *search() const { return m_search; }
    void lastReply(); ///< to the last message that a person wrote; from there to the one before
    MailDesk *mail() const { return m_mail; }
    /// Goes to one message of this contact, as soon as the conversation is open; needle (folded) is marked in it.
    void showMessage(const ContactId &contact, qint64 key, const QString &needle);
    void saveDraft(); ///< at once
    /// A text comes back into the composer; what is written there stays below it.
    /// type: the send call's word of the channel it was written on.
    void putBack(const QString &text, int caret, const QString &type);
    void setBackShown(bool shown);
    void setPanelShown(bool shown);
    /// Pre-fills the composer when it is empty, for sms: links.
    void suggest(const QString &text);
    /// Below what is written there, whatever that is: the person's own words that found no other way out.
    void addText(const QString &text);

Q_SIGNALS:
    void backRequested();
    void panelToggled();
    void contactShown(const outrigger::Contact &contact);
    void doneRequested(const outrigger::ConversationRow &row);
    void snoozeRequested(const outrigger::ConversationRow &row, const QPoint &globalPosition);
    void starRequested(const outrigger::ConversationRow &row);
    void readRequested(const outrigger::ConversationRow &row);
    void menuRequested(const outrigger::ConversationRow &row, const QPoint &globalPosition);
    void leaveRequested(); ///< Esc in the composer: back to the list
    void outboxRequested();
    void announced(const QString &sentence);

private:
    QWidget *buildHeader();
    void connectView();
    void connectComposer();
    void connectSearch();
    void connectTeam();
    void showWanted();
    void showTeam();
    bool isWriting() const; ///< a text or an e-mail
    bool asksAboutTeam(); ///< a teammate has answered meanwhile: the first send asks
    static Task<void> load(ThreadPane *self, ContactId id);
    static Task<bool> onItsWay(ThreadPane *self, ContactId id, QString text);
    static Task<void> refresh(ThreadPane *self, ContactId id);
    static Task<void> fromServer(ThreadPane *self, ConversationRow row);
    static Task<void> older(ThreadPane *self);
    void showHeader();
    void showTime();
    void openRow(const ConversationRow &row);
    void send(const QString &text, bool andDone);
    void schedule(const QString &text, const QDateTime &at, bool cancelOnReply);
    MessageDraft draftOf(const QString &text) const;
    void seen();

    sync::Engine *m_engine;
    models::Desk *m_desk;
    models::ThreadModel *m_model;
    models::ThreadAhead *m_ahead = nullptr;
    Settings *m_settings;
    Work *m_work;
    ContactId m_contactId;
    Contact m_contact;
    std::optional<ConversationRow> m_row;
    QString m_suggestion;
    struct Wanted {
        ContactId contact;
        qint64 key = 0;
        QString needle;
    };
    std::optional<Wanted> m_wanted; ///< a message to go to; waits for the conversation to be open
    struct TakenBack {
        QString text;
        int caret = 0;
        QString type;
    };
    TakenBack m_takenBack; ///< waits as m_added does
    QString m_added; ///< waits for the thread to be read
    QString m_savedDraft;
    QString m_savedType;
    bool m_loaded = false;
    bool m_messagesSeen = false;

    CallActs *m_calls = nullptr;
    QWidget *m_header = nullptr;
    QToolButton *m_back = nullptr;
    Label *m_name = nullptr;
    Label *m_time = nullptr;
    ChipRow *m_chips = nullptr;
    QToolButton *m_done = nullptr;
    QToolButton *m_snooze = nullptr;
    QToolButton *m_star = nullptr;
    QToolButton *m_menu = nullptr;
    QToolButton *m_panel = nullptr;
    Strip *m_strip = nullptr;
    ThreadSearch *m_search = nullptr;
    Strip *m_team = nullptr; ///< above the composer
    ThreadTimes *m_times = nullptr;
    struct Answered {
        QString name;
        QDateTime when;
        bool asked = false;
    };
    std::optional<Answered> m_answered; ///< by a teammate, while something was being written
    QString m_needle; ///< of the message that is being loaded
    QStackedWidget *m_stack = nullptr;
    ThreadView *m_view = nullptr;
    EmptyState *m_empty = nullptr;
    Composer *m_composer = nullptr;
    MailDesk *m_mail = nullptr;
    QTimer m_seenTimer;
    QTimer m_clock;
    Task<void> m_loading;
    Task<void> m_refreshing;
    Task<void> m_serverWork;
    Task<void> m_olderWork;
    TaskScope m_tasks;
};

} // namespace outrigger::gui
