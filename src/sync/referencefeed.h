// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/feed.h"

namespace outrigger::sync {

/// The small tables of a location that change rarely: one request each, once a day.
class ReferenceFeed final : public Feed
{
    Q_OBJECT
public:
    enum class Part { Location, Users, Numbers, CustomFields, Tags, Templates, CustomValues, Pipelines, LostReasons, Workflows, Campaigns, Businesses };
    ReferenceFeed(FeedContext context, Part part, QObject *parent = nullptr);
    static QString areaOf(Part part);

Q_SIGNALS:
    void locationRead(const outrigger::Location &location);

protected:
    Task<Status> work(bool full) override;

private:
    Task<Result<store::ReferenceData>> read();
    template <class T, class Member>
    Task<Result<store::ReferenceData>> only(Member store::ReferenceData::*member, std::function<Task<Result<T>>()> read);
    Task<Result<store::ReferenceData>> readTemplates();
    /// What people do without when the sign-in lacks the permission for it: no error, and not asked for again today.
    bool mayBeMissing(const Error &error) const;
    Part m_part;
};

} // namespace outrigger::sync
