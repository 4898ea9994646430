// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/opportunity.h"

#include <QDate>
#include <QMetaType>

/// What the board shows: plain values that the store fills, the models hand on and the delegate paints.
namespace outrigger {

/// What our own unsent changes do to a card. The numbers are stored.
enum class DealMark {
    None,
    Waiting,    ///< to leave: hollow clock
    UnderWay,   ///< left, not confirmed: ring
    Refused,    ///< the reason stands on the card
    Conflict,   ///< somebody else changed the same thing: keep theirs, or use mine
    NeedsYou    ///< nobody knows whether it has arrived
};

enum class DealSort { Newest, Oldest, Value, Name };

struct BoardQuery {
    LocationId location;
    PipelineId pipeline;              ///< empty: all
    std::optional<DealStatus> status = DealStatus::Open; ///< nullopt: all
    std::optional<UserId> owner = {}; ///< an empty id: nobody's
    QString text = {};                ///< in the deal's name, the contact's name or its company
    DealSort sort = DealSort::Newest;
    bool filtered() const { return owner || !text.trimmed().isEmpty(); }
};

struct BoardColumn {
    StageId stage;
    QVector<qint64> keys;  ///< in order
    qint64 cents = 0;      ///< sum of the values, in hundredths
    int withoutValue = 0;
};
struct Board {
    QVector<BoardColumn> columns; ///< in no order; a stage without deals is not among them
    qint64 hidden = 0;            ///< deals of this pipeline and status that owner or text leave out
};

/// What a table of deals can be ordered by.
enum class DealField { Name, Contact, Stage, Value, Owner, State, Age, Source, Created, Updated };

struct DealListQuery {
    BoardQuery where;
    DealField by = DealField::Age;
    bool descending = false;
    QVector<StageId> stages = {}; ///< in the order in which they count, for DealField::Stage
};

/// What one stage holds of the open deals, and how many of it have ended; for charts.
struct DealFigures {
    struct StageSum {
        StageId stage;
        int deals = 0;
        qint64 cents = 0;
    };
    struct MonthSum {
        QDate month; ///< its first day, in the computer's zone
        int deals = 0;
        qint64 cents = 0;
    };
    QVector<StageSum> open;  ///< in no order; stages without deals are not among them
    QVector<MonthSum> won;   ///< earliest first; months without are not among them
    int wonDeals = 0;
    int lostDeals = 0;
    int abandonedDeals = 0;
    qint64 wonCents = 0;
};

/// A step that this computer has seen a deal take, or has taken itself. HighLevel tells no history.
struct DealStep {
    QDateTime at;
    bool ours = false;  ///< made here; else seen when the deal was read
    StageId stageFrom;
    StageId stage;      ///< empty: it is a step of the status
    DealStatus statusFrom = DealStatus::Open;
    DealStatus status = DealStatus::Open;
};

/// One card, complete for painting and for a screen reader.
struct DealRow {
    qint64 key = 0;
    Opportunity deal;      ///< with our unsent changes laid over it
    Opportunity base;      ///< pipeline, stage, status, value, name and owner as HighLevel has them
    QString ownerName;
    int unread = 0;        ///< of the contact's conversation
    QDateTime humanAt;     ///< last word of a person, theirs or ours; invalid: none known
    QDateTime movedAt;     ///< when it came into its stage, our own move included
    DealMark mark = DealMark::None;
    RecordId record;       ///< whose mark it is
    QString reason;
    bool isLocal() const { return deal.id.isLocal(); }
};

} // namespace outrigger

Q_DECLARE_METATYPE(outrigger::DealRow)
