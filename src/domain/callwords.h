// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/conversation.h"

#include <QByteArray>
#include <QJsonArray>
#include <QString>
#include <QVector>

/// What was said in a call, and what a call is called.
namespace outrigger {

struct Sentence {
    int speaker = 0; ///< the channel of the recording
    int index = 0;
    qint64 from = 0; ///< milliseconds
    qint64 to = 0;
    QString text;
    double confidence = 0;
    bool operator==(const Sentence &) const = default;
};

/// The sentence that is being said at this moment, or the last one before it; -1 before the first.
int sentenceAt(const QVector<Sentence> &sentences, qint64 milliseconds);
/// "0:07", "1:02:09".
QString callClock(qint64 milliseconds);
/// Who speaks in a channel: HighLevel numbers them, and the first one is the caller.
QString speakerName(int speaker, const QVector<Sentence> &sentences, Direction direction, const QString &leadName);
/// For a file: one line a sentence, with its time and who said it.
QString transcriptText(const QVector<Sentence> &sentences, Direction direction, const QString &leadName);
QJsonArray sentencesToJson(const QVector<Sentence> &sentences);
QVector<Sentence> sentencesFromJson(const QJsonArray &array);

/// Whether a call may have a sound: somebody spoke.
bool mayHaveRecording(const Message &message);
/// "Incoming call", "Missed call", "Voicemail": by channel, direction and what the server says of it.
QString callTitle(const Message &message);
/// How it ended, for a person: "answered", "busy", "no answer"; unknown words as they are. Empty when nothing is said.
QString callOutcome(const Message &message);

/// The ending of a sound file by its bytes: wav mp3 ogg m4a flac. Empty for everything else, playlists above all: a media
/// library follows their addresses.
QString soundEnding(const QByteArray &start);

} // namespace outrigger
