// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/contact.h"
#include "domain/outboxrecord.h"
#include "domain/rows.h"
#include "sync/draftfiles.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <functional>

class QStackedWidget;
class QWidget;

namespace outrigger::models {
class Desk;
class ThreadModel;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class Actions;
class MailComposer;
class MailReader;
class Settings;
class ThreadView;
class Work;

/// E-mail in the open conversation: which message is read, what is being written, and its drafts. The panes are made when
/// they are first wanted and stand in the place of the messages; the composer for texts hides meanwhile.
class MailDesk : public QObject
{
    Q_OBJECT
public:
    struct Place {
        QStackedWidget *stack = nullptr;
        ThreadView *view = nullptr;
        QWidget *composer = nullptr; ///< for texts
    };
    MailDesk(sync::Engine *engine, models::Desk *desk, models::ThreadModel *model, Settings *settings, Work *work, Actions *actions,
             Place place, QObject *parent);
    ~MailDesk() override;

    /// Whose conversation it is. Another contact, or none, closes what is open; what is written is kept.
    void setContact(const Contact &contact, const std::optional<ConversationRow> &row);
    void leave();
    /// Reads this message when it is an e-mail. Answers whether it is.
    bool open(qint64 key);
    void write(); ///< a new e-mail to the contact, or an answer to the one that is open
    void reply(bool toAll);
    bool isShown() const; ///< an e-mail is read or written
    bool isWriting() const; ///< there are words that have not been sent
    /// Asked before an e-mail is sent; true when the person has to see something first, then nothing leaves.
    void setAsk(std::function<bool()> ask) { m_ask = std::move(ask); }
    MailReader *reader() const { return m_reader; }
    MailComposer *composer() const { return m_composer; }

Q_SIGNALS:
    void written(); ///< the words of the e-mail have changed
    void announced(const QString &sentence);

private:
    MailReader *needReader();
    MailComposer *needComposer();
    void show(QWidget *pane);
    void back();
    void compose(const MessageDraft &start);
    static Task<void> begin(MailDesk *self, MessageDraft start);
    void keepDraft();
    void keepDraft(const ContactId &contact, const MessageDraft &draft);
    void send(const QDateTime &at = {}, bool cancelOnReply = false);
    void keepFiles(const ContactId &contact, const QVector<OutgoingFile> &files);
    QString draftName(const ContactId &contact) const;

    sync::Engine *m_engine;
    models::Desk *m_desk;
    models::ThreadModel *m_model;
    Settings *m_settings;
    Work *m_work;
    Place m_place;
    Contact m_contact;
    std::optional<ConversationRow> m_row;
    QPointer<QWidget> m_before; ///< what the stack showed
    MailReader *m_reader = nullptr;
    MailComposer *m_composer = nullptr;
    sync::DraftFiles m_kept;
    QHash<ContactId, QVector<OutgoingFile>> m_files; ///< of drafts that were open in this run
    Task<void> m_beginning;
    std::function<bool()> m_ask;
    TaskScope m_tasks;
};

} // namespace outrigger::gui
