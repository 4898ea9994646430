// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contact.h"
#include "domain/conversation.h"
#include "domain/quiethours.h"
#include "domain/replyways.h"
#include "domain/textguard.h"

#include <QDateTime>
#include <QMetaType>
#include <QString>
#include <QVector>

/// Whether a message may be sent now: one function for the window, the command line and the outbox.
namespace outrigger {

/// What the cache knows of the talk with one contact.
struct SendFacts {
    struct Heard {
        QString text;
        QDateTime when;
    };
    struct Failed {
        QString error; ///< the server's words
        QString to;    ///< the number; empty when not known
        QDateTime when;
    };
    QVector<Heard> heard;   ///< their latest texts, newest first, at most `most`
    QVector<Failed> failed; ///< our texts that failed since anything last arrived in either direction, newest first
    bool textedBefore = false; ///< a text of ours has left before
    QVector<ChannelTalk> talks; ///< every channel that the talk has used
    bool known = false;     ///< false: nothing could be read, so nothing is concluded from what is not there
    QDateTime readAt;       ///< when contacts were last read from HighLevel; invalid: not known
    QString locationZone;   ///< IANA, of the location
    static constexpr int most = 50;
};

enum class Verdict { Allow, Ask, Block };

struct GuardReason {
    QString id;      ///< stable word: dnd_permanent dnd stop_word soft_stop quiet_hours landline failed_before dnd_age first_text
                     ///< window_closed chat_left for_the_team,
                     ///< and those of TextDoubt
    Verdict weight = Verdict::Allow;
    QString sentence; ///< what happened, what it means, what to do
};

struct GuardAnswer {
    Verdict verdict = Verdict::Allow;
    QVector<GuardReason> reasons; ///< the heaviest first
    QDateTime nextAllowed;        ///< the end of their quiet hours, when these are a reason
    /// The sentences of this weight.
    QString sentences(Verdict weight) const;
    QStringList ids(Verdict weight) const;
};

struct SendQuestion {
    Contact contact;
    Channel channel = Channel::Sms;
    QString toNumber;      ///< empty: the contact's
    SendFacts facts;
    QString text;          ///< what is to be sent; its words ask only when nothing has been answered yet
    TextFacts textFacts;
    GuardRules rules;
    QStringList colleagues; ///< names of the team, first names too: a text that calls one of them may be a comment
    QDateTime now;
    /// What a person had in view when deciding to send: what asks only because of something older has been answered.
    /// Invalid: nothing has been answered. A Block is never answered.
    QDateTime answeredAt;
    bool hourSettled = false; ///< `now` is the hour that a person chose and was told about: it is not asked about again
};

/// Allow, Ask or Block with reasons. Pure. A contact with no data gives Allow.
/// Sources: HighLevel's dndSettings (active and permanent both mean "on"); opt-out words as the US carriers act on them
/// (CTIA: STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT; REVOKE, OPTOUT since April 2025), lifted by START and UNSTOP;
/// quiet hours from the table.
GuardAnswer judgeSend(const SendQuestion &question, const QuietHours &hours);

/// What one of their texts asks for. A whole text that is an opt-out word blocks; softer wordings ask, because a machine
/// may misread them.
enum class OptOut { No, Soft, Word, Start };
OptOut optOutOf(const QString &text);

} // namespace outrigger

Q_DECLARE_METATYPE(outrigger::SendFacts)
