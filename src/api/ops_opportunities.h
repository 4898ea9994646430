// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/replies.h"

/// Deals. Source: opportunities.json; what it leaves out is in API-NOTES 5.
namespace outrigger::api {

struct SearchOpportunities {
    LocationId location{};
    int limit = 100; ///< the most
    PipelineId pipeline{};
    StageId stage{};
    ContactId contactId{};
    QString status{}; ///< open, won, lost, abandoned, all
    QString assignedTo{};
    QString text{};
    OpportunityId id{};
    QString order{};                    ///< added_asc, added_desc
    std::optional<qint64> startAfter{}; ///< with startAfterId: from the page before
    QString startAfterId{};

    using Reply = OpportunityPage;
    static constexpr Op op{"search-opportunity",     Verb::Get,   Api::Opportunities, "/opportunities/search",
                           "opportunities.readonly", Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::query("location_id", &SearchOpportunities::location, Need::Required),
                   in::query("limit", &SearchOpportunities::limit),
                   in::query("pipeline_id", &SearchOpportunities::pipeline),
                   in::query("pipeline_stage_id", &SearchOpportunities::stage),
                   in::query("contact_id", &SearchOpportunities::contactId),
                   in::query("status", &SearchOpportunities::status),
                   in::query("assigned_to", &SearchOpportunities::assignedTo),
                   in::query("q", &SearchOpportunities::text),
                   in::query("id", &SearchOpportunities::id),
                   in::query("order", &SearchOpportunities::order),
                   in::query("startAfter", &SearchOpportunities::startAfter),
                   in::query("startAfterId", &SearchOpportunities::startAfterId)};
};

/// The same deals by another door; some tokens may use only one of the two. Filters are not in the specification.
struct SearchOpportunitiesAdvanced {
    LocationId location{};
    QJsonValue query = QString();
    int limit = 100;
    int page = 1;
    QJsonValue searchAfter = QJsonArray(); ///< `sort` of the last item of the page before
    QJsonObject details = QJsonObject{{QStringLiteral("notes"), false},
                                      {QStringLiteral("tasks"), false},
                                      {QStringLiteral("calendarEvents"), false},
                                      {QStringLiteral("unReadConversations"), false}};
    QJsonArray filters{}; ///< [{field, operator, value}]: status, pipeline_id, pipeline_stage_id, contact_id, assigned_to

    static QJsonObject filter(const QString &field, const QString &comparison, const QJsonValue &value);

    using Reply = OpportunityPage;
    static constexpr Op op{"search-opportunities-advanced", Verb::Post,   Api::Opportunities, "/opportunities/search",
                           "opportunities.readonly",        Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::body("locationId", &SearchOpportunitiesAdvanced::location, Need::Required),
                   in::body("query", &SearchOpportunitiesAdvanced::query, Need::Required),
                   in::body("limit", &SearchOpportunitiesAdvanced::limit, Need::Required),
                   in::body("page", &SearchOpportunitiesAdvanced::page, Need::Required),
                   in::body("searchAfter", &SearchOpportunitiesAdvanced::searchAfter, Need::Required),
                   in::body("additionalDetails", &SearchOpportunitiesAdvanced::details, Need::Required),
                   in::body("filters", &SearchOpportunitiesAdvanced::filters)};
};

struct GetPipelines {
    LocationId location{};

    using Reply = PipelineList;
    static constexpr Op op{"get-pipelines",          Verb::Get,   Api::Opportunities, "/opportunities/pipelines",
                           "opportunities.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::query("locationId", &GetPipelines::location, Need::Required)};
};

struct GetLostReasons {
    LocationId location{};
    int limit = 100;
    int skip = 0;

    using Reply = LostReasonList;
    static constexpr Op op{"get-lost-reason",        Verb::Get,   Api::Opportunities, "/opportunities/lost-reason",
                           "opportunities.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::query("locationId", &GetLostReasons::location, Need::Required),
                                              in::query("limit", &GetLostReasons::limit), in::query("skip", &GetLostReasons::skip)};
};

struct GetOpportunity {
    OpportunityId id{};

    using Reply = Opportunity;
    static constexpr Op op{"get-opportunity",        Verb::Get,   Api::Opportunities, "/opportunities/{id}",
                           "opportunities.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("id", &GetOpportunity::id)};
    static constexpr auto unwrap = keys("opportunity");
};

/// A second open deal of a contact in one pipeline is refused unless the location allows it.
struct CreateOpportunity {
    LocationId location{};
    PipelineId pipeline{};
    StageId stage{};
    ContactId contactId{};
    QString name{};
    QString status = QStringLiteral("open");
    std::optional<double> value{};
    UserId assignedTo{};
    QVector<CustomValue> customFields{};

    using Reply = Opportunity;
    static constexpr Op op{"create-opportunity",  Verb::Post,   Api::Opportunities, "/opportunities/",
                           "opportunities.write", Repeat::Never};
    static constexpr auto params = std::tuple{in::body("locationId", &CreateOpportunity::location, Need::Required),
                                              in::body("pipelineId", &CreateOpportunity::pipeline, Need::Required),
                                              in::body("pipelineStageId", &CreateOpportunity::stage),
                                              in::body("contactId", &CreateOpportunity::contactId, Need::Required),
                                              in::body("name", &CreateOpportunity::name, Need::Required),
                                              in::body("status", &CreateOpportunity::status, Need::Required),
                                              in::body("monetaryValue", &CreateOpportunity::value),
                                              in::body("assignedTo", &CreateOpportunity::assignedTo),
                                              in::body("customFields", &CreateOpportunity::customFields)};
    static constexpr auto unwrap = keys("opportunity");
};

/// Only the fields that are given change. An empty text as assignedTo is nobody.
struct UpdateOpportunity {
    OpportunityId id{};
    PipelineId pipeline{};
    StageId stage{};
    QString name{};
    QString status{};
    std::optional<double> value{};
    std::optional<QString> assignedTo{};
    QVector<CustomValue> customFields{};

    using Reply = Opportunity;
    static constexpr Op op{"update-opportunity",  Verb::Put,   Api::Opportunities, "/opportunities/{id}",
                           "opportunities.write", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("id", &UpdateOpportunity::id),
                                              in::body("pipelineId", &UpdateOpportunity::pipeline),
                                              in::body("pipelineStageId", &UpdateOpportunity::stage),
                                              in::body("name", &UpdateOpportunity::name),
                                              in::body("status", &UpdateOpportunity::status),
                                              in::body("monetaryValue", &UpdateOpportunity::value),
                                              in::body("assignedTo", &UpdateOpportunity::assignedTo),
                                              in::body("customFields", &UpdateOpportunity::customFields)};
    static constexpr auto unwrap = keys("opportunity");
};

/// The only plain call that takes a reason for losing.
struct UpdateOpportunityStatus {
    OpportunityId id{};
    QString status{};
    QString lostReason{};

    using Reply = Done;
    static constexpr Op op{"update-opportunity-status", Verb::Put,   Api::Opportunities, "/opportunities/{id}/status",
                           "opportunities.write",       Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("id", &UpdateOpportunityStatus::id),
                                              in::body("status", &UpdateOpportunityStatus::status, Need::Required),
                                              in::body("lostReasonId", &UpdateOpportunityStatus::lostReason)};
};

struct DeleteOpportunity {
    OpportunityId id{};

    using Reply = Done;
    static constexpr Op op{"delete-opportunity",  Verb::Delete, Api::Opportunities, "/opportunities/{id}",
                           "opportunities.write", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("id", &DeleteOpportunity::id)};
};

/// By id, else by contact and pipeline. Imports only: a single change is a PUT.
struct UpsertOpportunity {
    LocationId location{};
    PipelineId pipeline{};
    StageId stage{};
    OpportunityId id{};
    ContactId contactId{}; ///< not in the specification; the key without an id
    QString name{};
    QString status{};
    std::optional<double> value{};
    UserId assignedTo{};
    QString lostReason{};
    QJsonValue followers = QJsonArray();
    bool removeAllFollowers = false;
    QString followersAction = QStringLiteral("add");

    using Reply = UpsertDealAnswer;
    static constexpr Op op{"Upsert-opportunity",  Verb::Post,   Api::Opportunities, "/opportunities/upsert",
                           "opportunities.write", Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::body("locationId", &UpsertOpportunity::location, Need::Required),
                   in::body("pipelineId", &UpsertOpportunity::pipeline, Need::Required),
                   in::body("pipelineStageId", &UpsertOpportunity::stage),
                   in::body("id", &UpsertOpportunity::id),
                   in::body("contactId", &UpsertOpportunity::contactId),
                   in::body("name", &UpsertOpportunity::name),
                   in::body("status", &UpsertOpportunity::status),
                   in::body("monetaryValue", &UpsertOpportunity::value),
                   in::body("assignedTo", &UpsertOpportunity::assignedTo),
                   in::body("lostReasonId", &UpsertOpportunity::lostReason),
                   in::body("followers", &UpsertOpportunity::followers, Need::Required),
                   in::body("isRemoveAllFollowers", &UpsertOpportunity::removeAllFollowers, Need::Required),
                   in::body("followersActionType", &UpsertOpportunity::followersAction, Need::Required)};
};

struct AddFollowers {
    OpportunityId id{};
    QStringList followers{};

    using Reply = Done;
    static constexpr Op op{"add-followers-opportunity", Verb::Post,   Api::Opportunities, "/opportunities/{id}/followers",
                           "opportunities.write",       Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("id", &AddFollowers::id),
                                              in::body("followers", &AddFollowers::followers, Need::Required)};
};

/// A DELETE with a body.
struct RemoveFollowers {
    OpportunityId id{};
    QStringList followers{};

    using Reply = Done;
    static constexpr Op op{"remove-followers-opportunity", Verb::Delete,  Api::Opportunities, "/opportunities/{id}/followers",
                           "opportunities.write",          Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("id", &RemoveFollowers::id),
                                              in::body("followers", &RemoveFollowers::followers, Need::Required)};
};

} // namespace outrigger::api
