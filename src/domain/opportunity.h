// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contact.h"
#include "domain/ids.h"

#include <QDateTime>
#include <QJsonObject>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QVector>

#include <optional>

/// Deals ("opportunities" in HighLevel's words) and the pipelines they move through. Source: opportunities.json,
/// API-NOTES 5.
namespace outrigger {

enum class DealStatus { Open, Won, Lost, Abandoned };
QString dealStatusWord(DealStatus status); ///< open, won, lost, abandoned: HighLevel's words
/// nullopt for words that are not known; "all" is a filter of searches and no status.
std::optional<DealStatus> dealStatusFromWord(const QString &word);

struct Stage {
    StageId id;
    QString name;
    double winProbability = -1; ///< percent as HighLevel has it; negative: not said
    QString color;              ///< "#rrggbb" when HighLevel gives one
    bool operator==(const Stage &) const = default;
};

struct Pipeline {
    PipelineId id;
    QString name;
    QVector<Stage> stages; ///< in their order on the board
    bool operator==(const Pipeline &) const = default;
    const Stage *stage(const StageId &id) const;
};

struct LostReason {
    QString id;
    QString name;
    bool operator==(const LostReason &) const = default;
};

struct Opportunity {
    OpportunityId id;
    QString name;
    std::optional<double> value; ///< in the location's currency: the API has no other
    PipelineId pipeline;
    StageId stage;
    DealStatus status = DealStatus::Open;
    UserId assignedTo;
    QString source;
    QString lostReason; ///< its id
    ContactId contactId;
    QString contactName;
    QString company;
    QStringList tags;      ///< the contact's, as the search tells them
    QStringList followers; ///< ids of users
    QDateTime createdAt;
    QDateTime updatedAt;
    QDateTime stageSince;
    QDateTime statusSince;
    QVector<CustomValue> customFields;
    QJsonObject toJson() const; ///< our own form, for what the outbox keeps of the server's side of a conflict
    static Opportunity fromJson(const QJsonObject &object);
};

/// A number as a person types it: "12,500", "$ 9.500,50", "1 200". nullopt for what is no number, is negative or too
/// large for a deal (10^12).
std::optional<double> readMoney(const QString &text);

/// Name of a deal of this person when nobody types one.
QString dealNameFor(const QString &contactName);

/// The pipeline whose name a person typed: exact first, else the only one that begins so.
const Pipeline *findPipeline(const QVector<Pipeline> &pipelines, const QString &nameOrId);
const Stage *findStage(const Pipeline &pipeline, const QString &nameOrId);

} // namespace outrigger
