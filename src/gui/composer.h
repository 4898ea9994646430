// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "domain/contact.h"
#include "domain/ids.h"
#include "domain/outboxrecord.h"
#include "domain/sendguard.h"
#include "gui/widgets.h"

#include <QTimer>

#include <optional>

class QComboBox;
class QToolButton;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class Actions;
class Attachments;
class ChannelTabs;
class ComposerHelp;
class ComposerText;
class FieldFrame;
class SchedulePanel;
class SegmentMeter;
class Settings;

/// Where a text is written. It knows for whom, says what stands against sending, and asks its page to send; the text
/// stays in the field until the page says that its record is durable.
class Composer : public Pane
{
    Q_OBJECT
public:
    /// `area` begins the object names of its controls: "composer.text" under a conversation, "newtext.text" elsewhere.
    Composer(models::Desk *desk, Settings *settings, Actions *actions, QWidget *parent = nullptr,
             const QString &area = QStringLiteral("composer"));

    /// Who gets it. The field is emptied when the contact is another one; a draft is put in by setText().
    void setContact(const Contact &contact);
    /// What the send guard knows of the talk with this contact; setContact() for another one forgets it.
    void setFacts(const SendFacts &facts);
    void setNobody(const QString &why); ///< nobody to write to: shut, with the reason
    const Contact &contact() const { return m_contact; }
    QString text() const;
    int caret() const;
    void setText(const QString &text, int caret);
    QString fromNumber() const;
    /// On which channel it is written. The first facts about a contact choose the one on which they wrote last; from
    /// then on only a person, or a draft that comes back, changes it.
    Channel channel() const;
    /// False when there is no such way to this contact; then the channel stays.
    bool chooseChannel(Channel channel);
    /// The send call's word for it, for drafts and records.
    QString sendType() const { return channelSendType(channel()); }
    /// Fills in what depends on the channel: type, provider, numbers.
    void address(MessageDraft &draft) const;
    void focusText();
    /// The record is durable: what was sent leaves the field, what was typed since stays.
    void accepted(const QString &sent);
    void refused(const QString &sentence);
    void setBusy(bool busy) { m_busy = busy; }
    void setNewText(bool newText); ///< the button says "Add and text"
    Attachments *attachments() const { return m_attachments; }
    QWidget *textField() const;
    /// Nothing blocks it. What the guard only asks about does not count: that is answered in the strip.
    bool canSend() const;
    void setClock(const Clock &clock) { m_clock = &clock; } ///< tests; must outlive the composer

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void scheduleRequested(const QString &text, const QDateTime &at, bool cancelOnReply); ///< at: UTC
    void sendRequested(const QString &text, bool andDone);
    void leaveRequested();
    void takeBackRequested();
    void draftChanged();
    void typed(); ///< the text has changed, by a person or by sending
    void announced(const QString &sentence); ///< to screen readers

private:
    QString id(QStringView what) const; ///< the object name of a control
    QWidget *buildTop();
    QWidget *buildField();
    QWidget *buildMeter();
    void showNumbers();
    void showWays();
    void showChannel();
    void onChannel();
    QString sendWords(const QString &name) const;
    QString sendTip() const;
    QString placeholder(const QString &name) const;
    QString shutWay() const;
    void showState();
    void showStrip(const GuardAnswer &answer, const QString &against);
    GuardAnswer guard(const QDateTime &when = {}) const; ///< invalid: now
    bool mayWait() const; ///< what is written can be sent at a chosen time
    QString sendLaterWords(const GuardAnswer &answer) const; ///< empty: that is not offered
    void sendWhenAwake(); ///< scheduled for the end of their quiet hours
    void openSchedule();
    void closeSchedule();
    QString obstacle(const GuardAnswer &answer) const;
    void send(bool andDone);
    void sendAnyway();
    void onTextFacts();
    void repair();
    void applySettings();

    QString m_area;
    models::Desk *m_desk;
    Settings *m_settings;
    const Clock *m_clock = &Clock::system();
    Contact m_contact;
    SendFacts m_facts;
    QString m_shut;      ///< why nobody can be written to
    QString m_refusal;   ///< why the last try was not taken
    bool m_busy = false;
    bool m_newText = false;
    std::optional<bool> m_sendWhenKnown; ///< and done?; Enter came before it was known whom the text means
    bool m_andDone = false; ///< what the asking send was to do besides
    Strip *m_strip;
    QPushButton *m_anyway; ///< the strip's
    ChannelTabs *m_channel;
    bool m_wayOpen = false; ///< the channel has not been chosen yet
    QComboBox *m_from;
    Label *m_fromWord;
    ComposerText *m_text;
    FieldFrame *m_frame;
    Attachments *m_attachments;
    QToolButton *m_attach;
    ComposerHelp *m_help;
    QString m_seenText; ///< marks in the field count as changes for Qt, not for us
    QPushButton *m_send;
    QToolButton *m_later;
    SchedulePanel *m_schedule = nullptr; ///< made when it is first wanted
    SegmentMeter *m_meter;
    QPushButton *m_repair;
    Label *m_inside; ///< only the team sees it
    Label *m_hint;
    QString m_saved;       ///< what repair() has saved, said for a moment where the hint is
    QTimer m_savedTimer;
    QTimer m_draftTimer;
};

} // namespace outrigger::gui
