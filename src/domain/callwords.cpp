// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/callwords.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Calls)
};

/// The server's word of the call itself; the message's status speaks of its delivery in some answers.
QString statusOf(const Message &message)
{
    const QJsonObject meta = message.raw.value("meta"_L1).toObject();
    QString status = meta.value("callStatus"_L1).toString();
    if (status.isEmpty())
        status = meta.value("call"_L1).toObject().value("status"_L1).toString();
    return (status.isEmpty() ? message.status : status).toLower();
}

bool unanswered(const QString &status)
{
    return status == "no-answer"_L1 || status == "missed"_L1 || status == "busy"_L1 || status == "canceled"_L1 || status == "failed"_L1;
}

} // namespace

int sentenceAt(const QVector<Sentence> &sentences, qint64 milliseconds)
{
    const auto after = std::upper_bound(sentences.cbegin(), sentences.cend(), milliseconds,
                                        [](qint64 at, const Sentence &sentence) { return at < sentence.from; });
    return int(after - sentences.cbegin()) - 1;
}

QString callClock(qint64 milliseconds)
{
    const qint64 seconds = std::max<qint64>(0, milliseconds) / 1000;
    const QString tail = u"%1:%2"_s.arg(seconds / 60 % 60, seconds >= 3600 ? 2 : 1, 10, QLatin1Char('0')).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    return seconds >= 3600 ? QString::number(seconds / 3600) + u':' + tail : tail;
}

QString speakerName(int speaker, const QVector<Sentence> &sentences, Direction direction, const QString &leadName)
{
    int first = speaker;
    bool two = false;
    for (const Sentence &sentence : sentences) {
        two = two || sentence.speaker != first;
        first = std::min(first, sentence.speaker);
    }
    if (!two)
        return {}; // one channel for both voices: nobody can say who speaks
    const bool caller = speaker == first;
    const bool lead = caller == (direction == Direction::Inbound);
    return lead ? (leadName.isEmpty() ? Words::tr("Lead") : leadName) : Words::tr("You");
}

QString transcriptText(const QVector<Sentence> &sentences, Direction direction, const QString &leadName)
{
    QString text;
    for (const Sentence &sentence : sentences) {
        const QString who = speakerName(sentence.speaker, sentences, direction, leadName);
        text += callClock(sentence.from) + u"  "_s + (who.isEmpty() ? QString() : who + u": "_s) + sentence.text.simplified() + u'\n';
    }
    return text;
}

QJsonArray sentencesToJson(const QVector<Sentence> &sentences)
{
    QJsonArray array;
    for (const Sentence &sentence : sentences)
        array.append(QJsonObject{{u"speaker"_s, sentence.speaker}, {u"index"_s, sentence.index}, {u"from"_s, sentence.from},
                                 {u"to"_s, sentence.to}, {u"text"_s, sentence.text}, {u"confidence"_s, sentence.confidence}});
    return array;
}

QVector<Sentence> sentencesFromJson(const QJsonArray &array)
{
    QVector<Sentence> sentences;
    for (const auto &item : array) {
        const QJsonObject one = item.toObject();
        sentences.append({one["speaker"_L1].toInt(), one["index"_L1].toInt(), one["from"_L1].toInteger(), one["to"_L1].toInteger(),
                          one["text"_L1].toString(), one["confidence"_L1].toDouble()});
    }
    return sentences;
}

bool mayHaveRecording(const Message &message)
{
    if (message.id.isEmpty() || message.id.isLocal())
        return false;
    if (message.channel == Channel::Voicemail)
        return message.callSeconds != 0;
    return message.channel == Channel::Call && (message.callSeconds > 0 || (message.callSeconds < 0 && !unanswered(statusOf(message))));
}

QString callTitle(const Message &message)
{
    const bool inbound = message.direction == Direction::Inbound;
    if (message.channel == Channel::Voicemail)
        return inbound ? Words::tr("Voicemail") : Words::tr("Voicemail left");
    if (unanswered(statusOf(message)))
        return inbound ? Words::tr("Missed call") : Words::tr("Call, not answered");
    return inbound ? Words::tr("Incoming call") : Words::tr("Outgoing call");
}

QString callOutcome(const Message &message)
{
    const QString status = statusOf(message);
    if (message.channel == Channel::Voicemail)
        return {};
    if (status == "completed"_L1 || status == "answered"_L1 || status == "connected"_L1)
        return Words::tr("answered");
    if (status == "no-answer"_L1)
        return Words::tr("no answer");
    if (status == "busy"_L1)
        return Words::tr("busy");
    if (status == "canceled"_L1)
        return Words::tr("cancelled");
    if (status == "failed"_L1)
        return Words::tr("failed");
    if (status == "voicemail"_L1)
        return Words::tr("went to voicemail");
    return status.left(40);
}

QString soundEnding(const QByteArray &start)
{
    if (start.startsWith("RIFF") && start.mid(8, 4) == "WAVE")
        return u"wav"_s;
    if (start.startsWith("ID3") || (start.size() > 1 && uchar(start[0]) == 0xff && (uchar(start[1]) & 0xe0) == 0xe0))
        return u"mp3"_s;
    if (start.startsWith("OggS"))
        return u"ogg"_s;
    if (start.startsWith("fLaC"))
        return u"flac"_s;
    if (start.mid(4, 4) == "ftyp")
        return u"m4a"_s;
    return {};
}

} // namespace outrigger
