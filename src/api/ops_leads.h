// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/replies.h"

// What belongs to a contact beside its fields: followers, automations, businesses; and its end.
namespace outrigger::api {

/// Conversations, deals, bookings, notes and tasks go with it.
struct DeleteContact {
    ContactId id{};

    using Reply = Done;
    static constexpr Op op{"delete-contact", Verb::Delete, Api::Contacts, "/contacts/{contactId}", "contacts.write", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("contactId", &DeleteContact::id)};
};

struct AddContactFollowers {
    ContactId id{};
    QStringList followers{}; ///< user ids

    using Reply = Done;
    static constexpr Op op{"add-followers-contact", Verb::Post, Api::Contacts, "/contacts/{contactId}/followers", "contacts.write", Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::path("contactId", &AddContactFollowers::id), in::body("followers", &AddContactFollowers::followers, Need::Required)};
};

struct RemoveContactFollowers {
    ContactId id{};
    QStringList followers{};

    using Reply = Done;
    static constexpr Op op{"remove-followers-contact", Verb::Delete, Api::Contacts, "/contacts/{contactId}/followers", "contacts.write", Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::path("contactId", &RemoveContactFollowers::id), in::body("followers", &RemoveContactFollowers::followers, Need::Required)};
};

/// Begins an automation: never repeated by itself.
struct AddToCampaign {
    ContactId id{};
    QString campaign{};

    using Reply = Done;
    static constexpr Op op{"add-contact-to-campaign", Verb::Post, Api::Contacts, "/contacts/{contactId}/campaigns/{campaignId}", "contacts.write", Repeat::Never};
    static constexpr auto params = std::tuple{in::path("contactId", &AddToCampaign::id), in::path("campaignId", &AddToCampaign::campaign)};
};

struct RemoveFromCampaign {
    ContactId id{};
    QString campaign{};

    using Reply = Done;
    static constexpr Op op{"remove-contact-from-campaign", Verb::Delete, Api::Contacts, "/contacts/{contactId}/campaigns/{campaignId}", "contacts.write", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("contactId", &RemoveFromCampaign::id), in::path("campaignId", &RemoveFromCampaign::campaign)};
};

struct RemoveFromAllCampaigns {
    ContactId id{};

    using Reply = Done;
    static constexpr Op op{"remove-contact-from-every-campaign", Verb::Delete, Api::Contacts, "/contacts/{contactId}/campaigns/removeAll", "contacts.write", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("contactId", &RemoveFromAllCampaigns::id)};
};

/// Begins an automation: never repeated by itself.
struct AddToWorkflow {
    ContactId id{};
    QString workflow{};
    QDateTime startTime{};

    using Reply = Done;
    static constexpr Op op{"add-contact-to-workflow", Verb::Post, Api::Contacts, "/contacts/{contactId}/workflow/{workflowId}", "contacts.write", Repeat::Never};
    static constexpr auto params = std::tuple{in::path("contactId", &AddToWorkflow::id), in::path("workflowId", &AddToWorkflow::workflow),
                                              in::body("eventStartTime", &AddToWorkflow::startTime)};
};

struct RemoveFromWorkflow {
    ContactId id{};
    QString workflow{};
    QDateTime startTime{};

    using Reply = Done;
    static constexpr Op op{"delete-contact-from-workflow", Verb::Delete, Api::Contacts, "/contacts/{contactId}/workflow/{workflowId}", "contacts.write", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("contactId", &RemoveFromWorkflow::id), in::path("workflowId", &RemoveFromWorkflow::workflow),
                                              in::body("eventStartTime", &RemoveFromWorkflow::startTime)};
};

/// Tags of many contacts at once; the answer says of each what happened.
struct BulkTags {
    QString type{}; ///< add, remove
    QStringList contacts{};
    QStringList tags{};
    LocationId location{};
    std::optional<bool> removeAll{};

    using Reply = BulkAnswer;
    static constexpr Op op{"create-association", Verb::Post, Api::Contacts, "/contacts/bulk/tags/update/{type}", "", Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::path("type", &BulkTags::type), in::body("contacts", &BulkTags::contacts, Need::Required),
                   in::body("tags", &BulkTags::tags, Need::Required), in::body("locationId", &BulkTags::location, Need::Required),
                   in::body("removeAllTags", &BulkTags::removeAll)};
};

/// At most 50 contacts; an empty business takes them off theirs.
struct BulkBusiness {
    LocationId location{};
    QStringList ids{};
    std::optional<QString> business{};

    using Reply = Done;
    static constexpr Op op{"add-remove-contact-from-business", Verb::Post, Api::Contacts, "/contacts/bulk/business", "", Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::body("locationId", &BulkBusiness::location, Need::Required), in::body("ids", &BulkBusiness::ids, Need::Required),
                   in::body("businessId", &BulkBusiness::business, Need::Required)};
};

struct ContactsOfBusiness {
    LocationId location{};
    QString business{};
    QString limit{};
    QString skip{};
    QString text{};

    using Reply = ContactPage;
    static constexpr Op op{"get-contacts-by-businessId", Verb::Get, Api::Contacts, "/contacts/business/{businessId}", "contacts.readonly", Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::path("businessId", &ContactsOfBusiness::business), in::query("locationId", &ContactsOfBusiness::location, Need::Required),
                   in::query("limit", &ContactsOfBusiness::limit), in::query("skip", &ContactsOfBusiness::skip),
                   in::query("query", &ContactsOfBusiness::text)};
};

struct ListWorkflows {
    LocationId location{};

    using Reply = WorkflowList;
    static constexpr Op op{"get-workflow", Verb::Get, Api::Workflows, "/workflows/", "workflows.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::query("locationId", &ListWorkflows::location, Need::Required)};
};

struct ListCampaigns {
    LocationId location{};
    QString status{}; ///< draft, published

    using Reply = CampaignList;
    static constexpr Op op{"get-campaigns", Verb::Get, Api::Campaigns, "/campaigns/", "campaigns.readonly", Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::query("locationId", &ListCampaigns::location, Need::Required), in::query("status", &ListCampaigns::status)};
};

struct ListBusinesses {
    LocationId location{};
    QString limit{}; ///< at most 100
    QString skip{};

    using Reply = BusinessList;
    static constexpr Op op{"get-businesses-by-location", Verb::Get, Api::Businesses, "/businesses/", "businesses.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::query("locationId", &ListBusinesses::location, Need::Required),
                                              in::query("limit", &ListBusinesses::limit), in::query("skip", &ListBusinesses::skip)};
};

} // namespace outrigger::api
