// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/cache.h"

#include <QAbstractListModel>
#include <QTimeZone>

#include <memory>

namespace outrigger::models {

/// The open conversation: messages oldest first, with rows for day breaks and the unread line between them. Starts with
/// the newest page; older ones are put in front, 50 at a time, by fetchMore-like loadOlder().
class ThreadModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum class RowKind { Message, DayBreak, UnreadLine };
    enum Role {
        KindRole = Qt::UserRole + 1, ///< int(RowKind)
        RowRole,                     ///< MessageRow for Message
        KeyRole,                     ///< qint64, stable; negative for day breaks and the unread line
        GroupRole,                   ///< bool: continues the group above (same sender, within 5 minutes)
        LastOfGroupRole,
        TimeRole,     ///< QString: time of day, "9:04"
        VersionRole   ///< int: grows when the row's content changes; part of height cache keys
    };
    explicit ThreadModel(store::Cache *cache, QObject *parent = nullptr);
    ~ThreadModel() override;
    /// Loads the newest page of this conversation; key 0 empties the model. `unread` places the unread line, which
    /// stays for this visit.
    void open(qint64 conversationKey, QTimeZone zone, int unread, QString leadName);
    /// The same with the newest page in hand: it is shown before this returns.
    void open(qint64 conversationKey, QTimeZone zone, int unread, QString leadName, MessagePage page);
    qint64 conversationKey() const;
    void loadOlder();
    bool atStart() const;
    bool isLoading() const; ///< the newest page has not arrived
    QString leadName() const;
    /// The server has sent older messages into the cache: look again.
    void retryOlder();
    /// Loads everything from this message of the cache on, and says reached() when its row is there (at once if it is
    /// there already). The latest wish wins.
    void reach(qint64 key);
    int rowOfKey(qint64 key) const;
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void opened();             ///< the newest page is in
    void olderLoaded(int rows);
    void reached(qint64 key);
    void failed(const outrigger::Error &error);
    void needsServer();        ///< the cache has no older message, but the server may
    void colleagueWrote(const outrigger::UserId &who, const QString &name, const QDateTime &when); ///< by hand, not from here
    void inboundArrived(const QString &spoken); ///< to be announced politely

private:
    void begin(qint64 conversationKey, QTimeZone zone, int unread, QString leadName);
    QString dayName(const QDate &day) const;
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace outrigger::models
