// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/dealwords.h"
#include "models/spinemodel.h"

#include <QHash>
#include <QPointer>

#include <vector>

namespace outrigger::models {

class BoardModel;

/// The cards of one stage, in order. Rows are fetched when a view asks; the board gives it its keys.
class ColumnModel : public SpineModel
{
    Q_OBJECT
public:
    enum Role {
        RowRole = Qt::UserRole + 1, ///< DealRow, once it is loaded
        KeyRole,                    ///< qint64
        LoadedRole,                 ///< bool
        TickedRole,                 ///< bool: one of those that the next act is for
        NextRole,                   ///< QDateTime: the next thing that is planned with the lead; invalid: nothing
        LinesRole                   ///< QStringList: "Source: Facebook", one for each of the board's lines; empty for what a deal lacks
    };
    ColumnModel(BoardModel *board, StageId stage);
    const StageId &stage() const { return m_stage; }
    QVariant data(const QModelIndex &index, int role) const override;
    const QVector<qint64> &keys() const { return m_keys; }

protected:
    Task<Result<store::Spine>> fetchSpine() override;
    Task<void> fetchRows(QVector<qint64> keys) override;
    bool hasRow(qint64 key) const override;

private:
    friend class BoardModel;
    void setKeys(QVector<qint64> keys);
    void changed(const QVector<qint64> &keys) { expire(keys); }
    void showTicks(const QVector<qint64> &keys);
    BoardModel *m_board;
    StageId m_stage;
    QVector<qint64> m_keys;
};

/// One pipeline as columns. One look at the cache gives the keys and sums of every column; what a person moves is in
/// its new column at once, before anything is stored, and stays there until the cache says the same or settle() ends it.
class BoardModel : public QObject
{
    Q_OBJECT
public:
    explicit BoardModel(store::Cache *cache, QObject *parent = nullptr);
    ~BoardModel() override;

    /// Both in one: what to show, and of which pipeline. The columns are made anew only when the stages differ.
    void show(const Pipeline &pipeline, const BoardQuery &query);
    const Pipeline &pipeline() const;
    const BoardQuery &query() const;
    /// Two letters: whose money it is.
    void setRegion(const QString &region);
    const QString &region() const;
    /// What the cards show below the rest; said with the card, too.
    void setLines(const QVector<dealwords::CardLine> &lines);

    int columnCount() const;
    ColumnModel *column(int at) const;
    int columnOf(const StageId &stage) const; ///< -1 when it has none
    QString columnName(int at) const;
    QString columnColor(int at) const; ///< empty when HighLevel gives none
    struct Sum {
        int deals = 0;
        double value = 0;
        double weighted = 0; ///< by the stages' win probability
        int withoutValue = 0;
    };
    Sum sum(int column) const;
    Sum total() const;
    qint64 hiddenByFilter() const;
    bool isLoading() const;
    /// Something else was asked for, and the columns still hold the cards of before.
    bool isRefilling() const;
    /// The next thing that is planned with the lead of this card; invalid: nothing.
    QDateTime next(qint64 key) const;
    /// Null until it was fetched.
    const DealRow *row(qint64 key) const;
    /// As the cache has it; null when it was not fetched, or has changed since: a card that comes back under another filter
    /// still has the row of before.
    const DealRow *freshRow(qint64 key) const;
    int columnWith(qint64 key) const;

    /// Those that the next act is for, in the order of the board. They stay ticked wherever they go on this board; what
    /// leaves it is not ticked any more.
    QVector<qint64> ticked() const;
    bool isTicked(qint64 key) const;
    void tick(const QVector<qint64> &keys, bool on);
    void clearTicks();

    /// Shows the card in its new column now.
    void moveAhead(qint64 key, const StageId &to);
    /// The move is stored, or will not be: from the next look on only the cache counts.
    void settle(qint64 key) { settle(QVector<qint64>{key}); }
    void settle(const QVector<qint64> &keys);

Q_SIGNALS:
    void ticksChanged();
    void columnsChanged(); ///< other columns: views must be made anew
    void changed();        ///< counts, sums or cards
    void refilled();       ///< the columns have the cards that were asked for with show()
    void failed(const outrigger::Error &error);

private:
    friend class ColumnModel;
    void refresh();
    void refreshNow();
    void lookAgain(); ///< at what stands on the cards and is not a deal's own
    void take(Board board);
    QStringList linesOf(const DealRow &row) const;
    static Task<void> load(BoardModel *self);
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace outrigger::models
