// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/cache.h"

/// Rows of the cache as domain values, both ways. Used on the threads of the cache's databases.
namespace outrigger::store::rows {

/// Integer key of a location; 0 when it has no rows yet and `create` is false.
Result<qint64> locationKey(Connection &connection, const LocationId &id, bool create = false);
/// Runs through all rows; `take` reads the columns.
Status each(Statement &statement, const std::function<void(Statement &)> &take);
/// First column of all rows.
Result<QVector<qint64>> keys(Statement &statement);

// --- contacts ---
/// For "SELECT <contactColumns> FROM contacts"; readContact reads them from column 0 on.
extern const char *const contactColumns;
constexpr int contactColumnCount = 29;
Contact readContact(const Statement &row, const LocationId &location);
/// Lists, maps and unknown fields as JSON; null when there is none of them.
QByteArray contactMore(const Contact &contact);
QByteArray tagsText(const QStringList &tags);
QStringList tagsFrom(const QByteArray &text);
/// Digits of a number, last one first; empty when there are none.
QString reversedDigits(const QString &phone);

// --- messages ---
extern const char *const messageColumns;
constexpr int messageColumnCount = 20;
/// key, location, id ... as messageColumns; contact and conversation ids are the caller's to fill.
MessageRow readMessage(const Statement &row);
QByteArray messageMore(const Message &message);
/// Ends the reason code of a refused message that has been tried again as a new one.
inline const QString againSuffix = QStringLiteral(".again");
/// What a person sees: the record's state until the server has it, the server's word from then on.
MessageState shownState(Direction direction, const QString &status, const QString &recordState, const QString &reasonCode);

// --- conversations ---
Result<Spine> inboxSpine(Connection &connection, const InboxQuery &query);
/// The conversations that a query's filter leaves, of whatever split.
Result<QSet<qint64>> filtered(Connection &connection, qint64 location, const InboxQuery &query, qint64 now);
Result<SplitCounts> splitCounts(Connection &connection, const InboxQuery &query);
/// In the order of the keys; a key that is not there has no row.
Result<QVector<ConversationRow>> conversationRows(Connection &connection, const QVector<qint64> &keys);
QByteArray conversationMore(const Conversation &conversation);

/// Tag changes that have not been confirmed, by contact id, in the order they were made.
Result<QHash<QString, QVector<TagChange>>> pendingTags(Connection &connection, qint64 location);
/// Whom a change that has not been confirmed gives this contact to.
Result<std::optional<UserId>> pendingOwner(Connection &connection, qint64 location, const QString &contact);
QStringList applied(QStringList tags, const QVector<TagChange> &changes);

/// A text as an FTS5 query: each word a prefix, all of them needed. Empty when there is no word.
QString matchExpression(const QString &text);
/// For the indexes of pieces: every group of three letters of every word, all of them needed. Finds more than the words
/// themselves, so rows have to be judged. Empty when no word has three letters.
QString piecesExpression(const QString &text);
/// For LIKE ... ESCAPE '\\': the piece anywhere.
QString likePattern(const QString &piece);

} // namespace outrigger::store::rows
