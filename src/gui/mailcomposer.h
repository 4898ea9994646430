// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contact.h"
#include "domain/mail.h"
#include "domain/outboxrecord.h"
#include "domain/quiethours.h"
#include "domain/sendguard.h"
#include "gui/widgets.h"

#include <QTimer>

class QGridLayout;
class QLineEdit;
class QPlainTextEdit;
class QToolButton;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class MailFiles;
class SchedulePanel;

/// Where an e-mail is written: to the lead, with copies, a subject, plain words and files. What is written stays until
/// the page says that its record is durable.
class MailComposer : public Pane
{
    Q_OBJECT
public:
    explicit MailComposer(models::Desk *desk, QWidget *parent = nullptr);

    /// Whom it goes to; what is written is left alone when it is the same contact.
    void setContact(const Contact &contact, const SendFacts &facts);
    const Contact &contact() const { return m_contact; }
    void set(const MessageDraft &draft, const QVector<OutgoingFile> &files = {});
    MessageDraft draft() const; ///< without contact and conversation ids of the page
    bool isEmpty() const;
    MailFiles *files() const { return m_files; }
    void focusFirst(); ///< the subject when it is empty, else the words
    void setBusy(bool busy);
    void refused(const QString &sentence);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void sendRequested();
    void scheduleRequested(const QDateTime &at, bool cancelOnReply); ///< at: UTC, in the future
    void leaveRequested();
    void discardRequested();
    void draftChanged();
    void announced(const QString &sentence);

private:
    QLineEdit *line(const QString &id, const QString &name, QGridLayout *grid, int row);
    void trySend();
    void openSchedule();
    GuardAnswer judge(const QDateTime &when) const;
    /// What is missing or wrong in what is written; empty when nothing is.
    QString fault() const;
    /// What stands against sending; empty when nothing does. asks: only until it is answered.
    QString obstacle(bool *asks) const;
    void showState();

    models::Desk *m_desk;
    Contact m_contact;
    SendFacts m_facts;
    MessageId m_replyTo;
    bool m_busy = false;
    bool m_answered = false; ///< what the guard asks about has been answered
    bool m_tried = false;    ///< addresses that are half typed are not scolded before
    QString m_refusal;
    Label *m_title;
    Label *m_to;
    QLineEdit *m_cc;
    QLineEdit *m_bcc;
    QLineEdit *m_subject;
    QPlainTextEdit *m_text;
    MailFiles *m_files;
    Strip *m_strip;
    QToolButton *m_later;
    QPushButton *m_send;
    SchedulePanel *m_schedule = nullptr; ///< made when it is first wanted
    QTimer m_draftTimer;
};

} // namespace outrigger::gui
