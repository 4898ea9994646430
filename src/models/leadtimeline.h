// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/ids.h"
#include "domain/leadtask.h"

#include <QAbstractListModel>
#include <QDateTime>
#include <QTimer>

namespace outrigger {
struct DealRow;
struct DealStep;
struct EventRow;
struct MessageRow;
struct NoteRow;
}

namespace outrigger::models {

class Desk;

/// Everything that this computer knows to have happened with one lead, and what is planned, in one order: texts, e-mails,
/// calls, comments, notes, tasks, appointments, and the way of the deals. Latest first.
class LeadTimeline : public QAbstractListModel
{
    Q_OBJECT
public:
    enum class Kind { Message, Mail, Call, Comment, Note, Task, Appointment, Deal };
    struct Entry {
        Kind kind = Kind::Message;
        QDateTime at;
        QString head;  ///< who and what: "Sarah Jones, SMS"
        QString words; ///< one line
        bool theirs = false;  ///< came from the lead
        bool planned = false; ///< has not happened yet
        qint64 key = 0;       ///< of a note's row
        TaskRow task;         ///< for Task
        OpportunityId deal;   ///< for Deal
        bool operator==(const Entry &) const = default;
    };
    enum Role {
        KindRole = Qt::UserRole + 1, ///< int
        HeadRole,                    ///< QString
        WhenRole,                    ///< QString
        PlannedRole                  ///< bool
    };

    explicit LeadTimeline(Desk *desk, QObject *parent = nullptr);
    /// An empty id: nobody. name: what the lead is called in heads.
    void setContact(const ContactId &contact, const QString &name);
    const ContactId &contact() const { return m_contact; }
    const Entry &entry(int row) const { return m_entries.at(row); }
    static QString iconOf(Kind kind);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void loaded();

private:
    void read();
    static Task<void> load(LeadTimeline *self);
    QString stageName(const StageId &stage) const;
    Entry ofMessage(const MessageRow &row, const QDateTime &now) const;
    Entry ofNote(const NoteRow &row, const QDateTime &now) const;
    static Entry ofTask(const TaskRow &row, const QDateTime &now);
    static Entry ofEvent(const EventRow &row, const QDateTime &now);
    QVector<Entry> ofDeal(const DealRow &row, const QVector<DealStep> &steps) const;

    Desk *m_desk;
    ContactId m_contact;
    QString m_name;
    QVector<Entry> m_entries;
    QTimer m_pause;
    Task<void> m_loading;
};

} // namespace outrigger::models
