// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/options.h"

#include <QObject>
#include <QTimer>

namespace outrigger::practice
{

/// What happens by itself: texts are delivered or fail, leads write back, one says STOP, a colleague answers.
class People final : public QObject
{
    Q_OBJECT
public:
    People(World &world, const Options &options, QObject *parent = nullptr);

    /// A message was sent through the API: delivers it and, unless quiet, lets the other one answer.
    void sent(Index message);
    void setQuiet(bool quiet);
    bool quiet() const { return m_quiet; }

    /// Somebody writes now. none: anybody; text empty: something fitting. Returns the message.
    Index inbound(Index contact, const QString &text, const QStringList &attachments = {});
    /// An e-mail from them. Without html: a letter with a picture, a tracking pixel, a link, what it answers and a file.
    Index email(Index contact, const QString &subject, const QString &html, const QStringList &attachments = {});
    /// STOP: do not disturb for texts, for good.
    Index optOut(Index contact);
    /// A colleague answers this contact, or somebody, and takes the talk over.
    Index colleague(Index contact);
    /// A colleague moves this open deal one stage on; none: any.
    Index movesCard(Index deal);
    Index anyDeal() const; ///< open, in the first location; none when there is none
    /// A talk to use when none is named; never one whose contact wants no texts.
    Index anybody() const;
    /// The clock was set forward: what is due now leaves now.
    void clockMoved();
    /// After a state file was loaded: what was on its way goes on.
    void resume();

private:
    void later(qint64 milliseconds, std::function<void()> work);
    void deliver(Index message);
    void answer(Index message);
    void scheduleLife();
    quint64 roll() const;

    World &m_world;
    const Options &m_options;
    bool m_quiet;
    QTimer m_inboundTimer, m_colleagueTimer;
    mutable quint64 m_dice;
};

/// Whether a text to this contact on this channel must be refused; the canonical code and the sentence, or nothing.
struct Refusal {
    QString code;
    QString message;
};
/// Why a carrier did not deliver, with its code in brackets.
QString failureWords(quint64 salt);
QString landlineWords();

std::optional<Refusal> doNotDisturb(const Contact &contact, Type type);

} // namespace outrigger::practice
