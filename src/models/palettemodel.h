// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/ids.h"
#include "store/cache.h"

#include <QAbstractListModel>

namespace outrigger::sync {
class Engine;
}

namespace outrigger::models {

class Desk;

/// What one box finds on this computer: people, deals, tasks, notes, appointments, messages, snippets, and what the program can do. In groups, each below
/// its name; a name cannot be chosen. The searches run on the reader's thread, one at a time, and only the latest words
/// count. Rows of the last search stay until those of the next are there, so that nothing flickers while somebody types.
class PaletteModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum class Kind { Group, Person, Deal, Task, Note, Appointment, Message, Email, Call, Snippet, Do };
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
        qint64 message = 0; ///< its key; of an e-mail and a call too
        qint64 event = 0;   ///< an appointment's key
        qint64 row = 0;     ///< a task's or note's key
        QString id;         ///< of a snippet
        QDateTime date;
        int number = 0;     ///< of a Doing
    };

    explicit PaletteModel(Desk *desk, QObject *parent = nullptr);
    void setEngine(sync::Engine *engine) { m_engine = engine; } ///< for count(); outlives the model
    void setDoings(QVector<Doing> doings);
    /// ">" in front: only what the program can do.
    void setText(const QString &text);
    const QString &text() const { return m_text; }
    bool isSearching() const { return !m_search.done(); }
    const Row &row(int number) const { return m_rows.at(number); }
    /// What of the words means nothing, one sentence; empty: all is understood.
    const QString &problem() const { return m_problem; }
    /// The words without operators, as they are compared.
    const QString &needle() const { return m_needle; }
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
    QVector<Row> snippets() const;
    void append(const QString &group, QVector<Row> rows);
    QString spoken(const Row &row) const;

    Desk *m_desk;
    sync::Engine *m_engine = nullptr;
    QVector<Doing> m_doings;
    QVector<Row> m_rows;
    QString m_text;
    QString m_needle; ///< folded
    QString m_problem;
    Task<void> m_search;
    Task<void> m_counting;
};

} // namespace outrigger::models

Q_DECLARE_METATYPE(outrigger::models::PaletteModel::Row)
