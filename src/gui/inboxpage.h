// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/rows.h"
#include "gui/widgets.h"

#include <QTimer>

class QMenu;
class QSplitter;
class QStackedWidget;

namespace outrigger::models {
class Desk;
class InboxCounts;
class InboxModel;
class ThreadAhead;
class ThreadModel;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

enum class Command;
class Actions;
class InboxList;
class LeadPanel;
class NewText;
class Settings;
class ThreadPane;
class Work;

/// The inbox workspace: list, thread (or a new text) and the lead's panel. Under 900 px the panel takes the thread's
/// place when it is asked for; under 640 px one pane is shown at a time.
class InboxPage : public QWidget
{
    Q_OBJECT
public:
    InboxPage(sync::Engine *engine, models::Desk *desk, Settings *settings, Work *work, Actions *actions, QWidget *parent = nullptr);
    ~InboxPage() override;

    void setPlace(const LocationId &location, const UserId &me, const QString &locationZone);
    void openContact(const ContactId &contact, const QString &suggestion = {}, const std::optional<ConversationRow> &row = {});
    /// openContact() from elsewhere: the thread is shown where there is room for one pane only, and has the focus.
    void goToContact(const ContactId &contact, const QString &suggestion = {});
    void newText(const QString &to = {}, const QString &text = {});
    bool run(Command command); ///< false when it is not this page's
    void nextPane(int step);
    void saveDrafts();
    void saveLayout();
    InboxList *list() const { return m_list; }
    ThreadPane *thread(); ///< made when it is first asked for
    bool hasThread() const { return m_thread; }
    models::InboxCounts *counts() const { return m_counts; }

Q_SIGNALS:
    void outboxRequested();
    void announced(const QString &sentence);
    void contactOpened(const outrigger::ContactId &contact);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    enum class Width { Wide, Medium, Single };
    void connectPanes();
    NewText *newTextPane();
    void applyWidth();
    void showThread();
    void leaveNewText();
    void findInThread(Command command);
    static Task<void> goToUnread(InboxPage *self);
    void done(const ConversationRow &row);
    void snoozeMenu(const ConversationRow &row, const QPoint &globalPosition);
    void rowMenu(const ConversationRow &row, const QPoint &globalPosition);
    void star(const ConversationRow &row);
    void assignMenu(const ConversationRow &row);
    static Task<void> openTags(InboxPage *self, ConversationRow row);
    /// The next rows' messages, before anybody asks for them.
    void fetchAhead();
    static Task<void> fromServerAhead(InboxPage *self, ConversationRow row);
    QPoint belowCurrent() const;
    void readUnread(const ConversationRow &row);
    std::optional<ConversationRow> actedOn() const;
    static Task<void> addToDraft(InboxPage *self, ContactId contact, QString text);

    sync::Engine *m_engine;
    models::Desk *m_desk;
    Settings *m_settings;
    Work *m_work;
    Actions *m_actions;
    models::InboxModel *m_model;
    models::InboxCounts *m_counts;
    models::ThreadModel *m_threadModel;
    models::ThreadAhead *m_ahead;
    QTimer m_aheadTimer;
    Task<void> m_aheadWork;
    QSplitter *m_splitter;
    InboxList *m_list;
    QStackedWidget *m_middle;
    ThreadPane *m_thread = nullptr;
    NewText *m_newText = nullptr; ///< made when it is first asked for
    LeadPanel *m_lead;
    Width m_width = Width::Wide;
    bool m_threadAsked = false; ///< one pane at a time: the thread is the one
    bool m_panelAsked = false;  ///< medium width: the panel instead of the thread
    TaskScope m_tasks;
};

} // namespace outrigger::gui
