// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/ids.h"
#include "store/cache.h"

#include <QAbstractListModel>

namespace outrigger::models {

class Desk;

/// What one box finds: people, deals and messages on this computer, and what the program can do. In groups, each below
/// its name; a name cannot be chosen. The searches run on the reader's thread, one at a time, and only the latest words
/// count. Rows of the last search stay until those of the next are there, so that nothing flickers while somebody types.
class PaletteModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum class Kind { Group, Person, Deal, Message, Do };
    Q_ENUM(Kind)
    enum Role { RowRole = Qt::UserRole + 1, NeedleRole };
    struct Doing {
        int number = 0; ///< the caller's
        QString name;
        QString keys; ///< as they are printed
        bool place = false; ///< it goes somewhere; else it does something
    };
    struct Row {
        Kind kind = Kind::Group;
        QString title;
        QString detail;
        QString right; ///< a date, or keys
        ContactId contact;
        OpportunityId deal;
        qint64 message = 0; ///< its key
        int number = 0;     ///< of a Doing
    };

    explicit PaletteModel(Desk *desk, QObject *parent = nullptr);
    void setDoings(QVector<Doing> doings);
    /// ">" in front: only what the program can do.
    void setText(const QString &text);
    const QString &text() const { return m_text; }
    bool isSearching() const { return !m_search.done(); }
    const Row &row(int number) const { return m_rows.at(number); }
    /// Says covered() with what is searched; counting takes the reader's thread a moment, so it is asked for, not always done.
    void count();
    /// The next row that can be chosen from there on in this direction (1, -1), around the ends; -1 when there is none.
    int step(int from, int by) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void filled(); ///< the rows are those of text()
    void covered(const QString &sentence);

private:
    static Task<void> look(PaletteModel *self);
    static Task<void> counted(PaletteModel *self);
    void fill(const QVector<store::Cache::SearchHit> &hits);
    QVector<Row> doings(bool places, int limit) const;
    void append(const QString &group, QVector<Row> rows);
    QString spoken(const Row &row) const;

    Desk *m_desk;
    QVector<Doing> m_doings;
    QVector<Row> m_rows;
    QString m_text;
    QString m_needle; ///< folded
    Task<void> m_search;
    Task<void> m_counting;
};

} // namespace outrigger::models

Q_DECLARE_METATYPE(outrigger::models::PaletteModel::Row)
