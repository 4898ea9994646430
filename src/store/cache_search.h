// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/searchwords.h"
#include "store/cache_rows.h"

#include <QVariant>

/// The parts of the search; on the reader's thread.
namespace outrigger::store::searching {

using Hits = QVector<Cache::SearchHit>;

constexpr int looked = 150;          ///< matches read from each end of an index; the newest of them are shown
constexpr int lookedCompared = 5'000; ///< when rows have to be compared with operators as well
constexpr int excerptLength = 110;

/// What operators ask, as SQL behind a WHERE: begins with " AND " or is empty; values in the order of their marks.
struct Condition {
    QByteArray sql;
    QVariantList values;
    void add(const QByteArray &one, const QVariantList &with = {})
    {
        sql += " AND (" + one + ')';
        values += with;
    }
};
void bind(Statement &statement, const Condition &condition);

/// What was typed, with names looked up.
struct Question {
    SearchWords words;
    qint64 location = 0;
    qint64 now = 0; ///< milliseconds
    int limit = 50;
    QString region;
    QStringList owners; ///< ids of those whom owner: means
    QStringList stages; ///< ids of those that stage: means
    QString needle;     ///< folded
    QStringList needles; ///< its words, every one of which a row must have
    bool plain() const { return words.isPlain(); }
    bool fits(const QString &text) const; ///< has every word
};

/// Of a contact `c`: tag, owner, stage, is:unread and so on.
Condition ofPerson(const Question &question);
/// Of a message `m` to or from `c` in `v`: from, to, has, is:failed, is:scheduled, dates.
Condition ofMessage(const Question &question);
/// What in: leaves of the messages themselves: e-mails or calls only.
Condition ofChannels(const Question &question);
/// after and before of this column.
void addDates(Condition &condition, const Question &question, const QByteArray &column);

/// One or two Latin letters begin half of all words: they are left to the rows' own judgement.
QString tellingWords(const QString &words);

constexpr int mailText = 5; ///< texts.kind; the others have triggers
constexpr int callText = 6;
constexpr qsizetype textLimit = 20'000; ///< characters
Status putText(Connection &connection, qint64 location, int kind, qint64 source, const QString &body);

/// cache_searchtexts.cpp: notes, tasks, deals, appointments, e-mails, calls.
Status readTexts(Connection &connection, const Question &question, Hits &hits);

} // namespace outrigger::store::searching
