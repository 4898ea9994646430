// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/replies.h"

namespace outrigger::api {

/// Page by `page` (from 1, only within the first 10,000) or by `searchAfter`, never both.
struct SearchContacts {
    LocationId location{};
    int pageLimit = 100;      ///< at most 500
    QString text{};           ///< free text, at most 75 characters
    QJsonArray filters{};     ///< see filter() and updatedSince()
    QJsonArray sort{};        ///< see sortBy()
    QJsonArray searchAfter{}; ///< of the page before
    std::optional<int> page{};

    /// One condition: {"field", "operator", "value"}. Operators: eq, not_eq, contains, not_contains, exists,
    /// not_exists, range.
    static QJsonObject filter(const QString &field, const QString &comparison, const QJsonValue &value);
    static QJsonObject updatedSince(const QDateTime &date);
    static QJsonObject sortBy(const QString &field, bool ascending);

    using Reply = ContactPage;
    static constexpr Op op{"search-contacts-advanced", Verb::Post,          Api::Contacts,
                           "/contacts/search",         "contacts.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::body("locationId", &SearchContacts::location, Need::Required),
                                              in::body("pageLimit", &SearchContacts::pageLimit, Need::Required),
                                              in::body("query", &SearchContacts::text),
                                              in::body("filters", &SearchContacts::filters),
                                              in::body("sort", &SearchContacts::sort),
                                              in::body("searchAfter", &SearchContacts::searchAfter),
                                              in::body("page", &SearchContacts::page)};
};

/// The old list call: a fallback where the search is refused.
struct ListContacts {
    LocationId location{};
    QString text{};
    int limit = 100; ///< at most 100
    QString startAfterId{};
    std::optional<qint64> startAfter{};

    using Reply = ContactPage;
    static constexpr Op op{"get-contacts", Verb::Get, Api::Contacts, "/contacts/", "contacts.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{
        in::query("locationId", &ListContacts::location, Need::Required), in::query("query", &ListContacts::text),
        in::query("limit", &ListContacts::limit), in::query("startAfterId", &ListContacts::startAfterId),
        in::query("startAfter", &ListContacts::startAfter)};
};

struct GetContact {
    ContactId id{};

    using Reply = Contact;
    static constexpr Op op{"get-contact",           Verb::Get,           Api::Contacts,
                           "/contacts/{contactId}", "contacts.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("contactId", &GetContact::id)};
    static constexpr auto unwrap = keys("contact");
};

/// Who has this number or e-mail, by the location's own rules for duplicates.
struct FindDuplicate {
    LocationId location{};
    QString number{}; ///< E.164
    QString email{};

    using Reply = DuplicateAnswer;
    static constexpr Op op{"get-duplicate-contact",      Verb::Get,           Api::Contacts,
                           "/contacts/search/duplicate", "contacts.readonly", Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::query("locationId", &FindDuplicate::location, Need::Required),
                   in::query("number", &FindDuplicate::number), in::query("email", &FindDuplicate::email)};
};

struct CreateContact {
    LocationId location{};
    QString firstName{};
    QString lastName{};
    QString name{};
    QString email{};
    QString phone{}; ///< E.164
    QString address{};
    QString city{};
    QString state{};
    QString postalCode{};
    QString country{}; ///< two letters
    QString website{};
    QString timezone{};
    QString companyName{};
    std::optional<bool> dnd{};
    QMap<QString, Dnd> dndSettings{};
    QStringList tags{};
    QVector<CustomValue> customFields{};
    QString source{};
    QString dateOfBirth{}; ///< YYYY-MM-DD
    UserId assignedTo{};

    using Reply = Contact;
    static constexpr Op op{"create-contact", Verb::Post, Api::Contacts, "/contacts/", "contacts.write", Repeat::Never};
    static constexpr auto params = std::tuple{in::body("locationId", &CreateContact::location, Need::Required),
                                              in::body("firstName", &CreateContact::firstName),
                                              in::body("lastName", &CreateContact::lastName),
                                              in::body("name", &CreateContact::name),
                                              in::body("email", &CreateContact::email),
                                              in::body("phone", &CreateContact::phone),
                                              in::body("address1", &CreateContact::address),
                                              in::body("city", &CreateContact::city),
                                              in::body("state", &CreateContact::state),
                                              in::body("postalCode", &CreateContact::postalCode),
                                              in::body("country", &CreateContact::country),
                                              in::body("website", &CreateContact::website),
                                              in::body("timezone", &CreateContact::timezone),
                                              in::body("companyName", &CreateContact::companyName),
                                              in::body("dnd", &CreateContact::dnd),
                                              in::body("dndSettings", &CreateContact::dndSettings),
                                              in::body("tags", &CreateContact::tags),
                                              in::body("customFields", &CreateContact::customFields),
                                              in::body("source", &CreateContact::source),
                                              in::body("dateOfBirth", &CreateContact::dateOfBirth),
                                              in::body("assignedTo", &CreateContact::assignedTo)};
    static constexpr auto unwrap = keys("contact");
};

/// `tags` replaces the whole list of a contact that is already there: leave it empty and use AddTags.
struct UpsertContact {
    LocationId location{};
    QString firstName{};
    QString lastName{};
    QString email{};
    QString phone{}; ///< E.164
    QString companyName{};
    QString timezone{};
    QString country{};
    QStringList tags{};
    QVector<CustomValue> customFields{};
    QString source{};
    UserId assignedTo{};
    std::optional<bool> createNewIfDuplicateAllowed{};

    using Reply = UpsertAnswer;
    static constexpr Op op{"upsert-contact",   Verb::Post,       Api::Contacts,
                           "/contacts/upsert", "contacts.write", Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::body("locationId", &UpsertContact::location, Need::Required),
                   in::body("firstName", &UpsertContact::firstName),
                   in::body("lastName", &UpsertContact::lastName),
                   in::body("email", &UpsertContact::email),
                   in::body("phone", &UpsertContact::phone),
                   in::body("companyName", &UpsertContact::companyName),
                   in::body("timezone", &UpsertContact::timezone),
                   in::body("country", &UpsertContact::country),
                   in::body("tags", &UpsertContact::tags),
                   in::body("customFields", &UpsertContact::customFields),
                   in::body("source", &UpsertContact::source),
                   in::body("assignedTo", &UpsertContact::assignedTo),
                   in::body("createNewIfDuplicateAllowed", &UpsertContact::createNewIfDuplicateAllowed)};
};

/// Only the fields that are set change; an empty text that is set clears. There is no `tags` here on purpose.
struct UpdateContact {
    ContactId id{};
    std::optional<QString> firstName{};
    std::optional<QString> lastName{};
    std::optional<QString> email{};
    std::optional<QString> phone{};
    std::optional<QString> companyName{}; ///< not in the specification of this call; alone, so that a refusal costs nothing else
    std::optional<QString> address{};
    std::optional<QString> city{};
    std::optional<QString> state{};
    std::optional<QString> postalCode{};
    std::optional<QString> country{};
    std::optional<QString> website{};
    std::optional<QString> timezone{};
    std::optional<QString> source{};
    std::optional<QString> dateOfBirth{};
    std::optional<QString> assignedTo{};
    std::optional<bool> dnd{};
    QMap<QString, Dnd> dndSettings{};
    QVector<CustomValue> customFields{};

    using Reply = Contact;
    static constexpr Op op{"update-contact",        Verb::Put,        Api::Contacts,
                           "/contacts/{contactId}", "contacts.write", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("contactId", &UpdateContact::id),
                                              in::body("firstName", &UpdateContact::firstName),
                                              in::body("lastName", &UpdateContact::lastName),
                                              in::body("email", &UpdateContact::email),
                                              in::body("phone", &UpdateContact::phone),
                                              in::body("companyName", &UpdateContact::companyName),
                                              in::body("address1", &UpdateContact::address),
                                              in::body("city", &UpdateContact::city),
                                              in::body("state", &UpdateContact::state),
                                              in::body("postalCode", &UpdateContact::postalCode),
                                              in::body("country", &UpdateContact::country),
                                              in::body("website", &UpdateContact::website),
                                              in::body("timezone", &UpdateContact::timezone),
                                              in::body("source", &UpdateContact::source),
                                              in::body("dateOfBirth", &UpdateContact::dateOfBirth),
                                              in::body("assignedTo", &UpdateContact::assignedTo),
                                              in::body("dnd", &UpdateContact::dnd),
                                              in::body("dndSettings", &UpdateContact::dndSettings),
                                              in::body("customFields", &UpdateContact::customFields)};
    static constexpr auto unwrap = keys("contact");
};

struct AddTags {
    ContactId id{};
    QStringList tags{};

    using Reply = TagsAnswer;
    static constexpr Op op{"add-tags",       Verb::Post,  Api::Contacts, "/contacts/{contactId}/tags",
                           "contacts.write", Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::path("contactId", &AddTags::id), in::body("tags", &AddTags::tags, Need::Required)};
};

struct RemoveTags {
    ContactId id{};
    QStringList tags{};

    using Reply = TagsAnswer;
    static constexpr Op op{"remove-tags",    Verb::Delete, Api::Contacts, "/contacts/{contactId}/tags",
                           "contacts.write", Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::path("contactId", &RemoveTags::id), in::body("tags", &RemoveTags::tags, Need::Required)};
};

} // namespace outrigger::api
