// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commands.h"
#include "domain/dealrows.h"
#include "domain/outboxrecord.h"

/// What the commands about deals share.
namespace outrigger::cli {

/// What names and words mean in this location.
struct DealDesk {
    Account account;
    QVector<Pipeline> pipelines;
    QVector<LostReason> reasons;
    QVector<User> users;
    QVector<CustomField> fields; ///< of deals

    const Pipeline *pipelineOf(const PipelineId &id) const;
    QString stageName(const Opportunity &deal) const;
};

Task<Result<DealDesk>> deskOf(ContextPtr context);
/// A user's name, e-mail or id; "me", or "none" for nobody.
Result<UserId> userFor(const DealDesk &desk, const QString &word);
/// From the local copy, else from HighLevel.
Task<Result<DealRow>> dealFor(ContextPtr context, Account account, OpportunityId id);

/// The deal that the first word names, and an empty change of it that knows what is there now.
struct Chosen {
    DealDesk desk;
    DealRow row;
    DealChange change;
};
Task<Result<Chosen>> chosen(ContextPtr context);
/// Name, value, owner and fields from the options, into the change.
Status takeFields(const Arguments &arguments, const DealDesk &desk, DealChange &change);

} // namespace outrigger::cli
