// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/replies.h"

/// Sign-in, locations, users, numbers, custom fields, tags.
namespace outrigger::api {

struct GetAccessToken {
    QString clientId{};
    QString clientSecret{};
    QString grantType{}; ///< authorization_code, refresh_token
    QString code{};
    QString refreshToken{};
    QString userType = QStringLiteral("Location");
    QString redirectUri{};
    QString codeVerifier{}; ///< PKCE, where the server offers it

    using Reply = TokenAnswer;
    static constexpr Op op{"get-access-token", Verb::Post,      Api::OAuth, "/oauth/token", "",
                           Repeat::Never,      Credential::None};
    static constexpr auto params = std::tuple{in::form("client_id", &GetAccessToken::clientId, Need::Required),
                                              in::form("client_secret", &GetAccessToken::clientSecret),
                                              in::form("grant_type", &GetAccessToken::grantType, Need::Required),
                                              in::form("code", &GetAccessToken::code),
                                              in::form("refresh_token", &GetAccessToken::refreshToken),
                                              in::form("user_type", &GetAccessToken::userType),
                                              in::form("redirect_uri", &GetAccessToken::redirectUri),
                                              in::form("code_verifier", &GetAccessToken::codeVerifier)};
};

struct GetLocation {
    LocationId location{};

    using Reply = Location;
    static constexpr Op op{"get-location",       Verb::Get,   Api::Locations, "/locations/{locationId}",
                           "locations.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("locationId", &GetLocation::location)};
    static constexpr auto unwrap = keys("location");
};

struct SearchLocations {
    CompanyId company{};
    int skip = 0;
    int limit = 10;
    QString order{};
    QString email{};

    using Reply = LocationList;
    static constexpr Op op{"search-locations",   Verb::Get,   Api::Locations, "/locations/search",
                           "locations.readonly", Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::query("companyId", &SearchLocations::company), in::query("skip", &SearchLocations::skip),
                   in::query("limit", &SearchLocations::limit), in::query("order", &SearchLocations::order),
                   in::query("email", &SearchLocations::email)};
};

struct ListUsers {
    LocationId location{};

    using Reply = UserList;
    static constexpr Op op{"get-user-by-location", Verb::Get, Api::Users, "/users/", "users.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::query("locationId", &ListUsers::location, Need::Required)};
};

struct SearchUsers {
    CompanyId company{};
    LocationId location{};
    QString text{};
    int skip = 0;
    int limit = 25;
    QString type{};
    QString role{};
    QStringList ids{};
    QString sort{};
    QString sortDirection{};

    using Reply = UserList;
    static constexpr Op op{"search-users", Verb::Get, Api::Users, "/users/search", "users.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::query("companyId", &SearchUsers::company, Need::Required),
                                              in::query("locationId", &SearchUsers::location),
                                              in::query("query", &SearchUsers::text),
                                              in::query("skip", &SearchUsers::skip),
                                              in::query("limit", &SearchUsers::limit),
                                              in::query("type", &SearchUsers::type),
                                              in::query("role", &SearchUsers::role),
                                              in::query("ids", &SearchUsers::ids),
                                              in::query("sort", &SearchUsers::sort),
                                              in::query("sortDirection", &SearchUsers::sortDirection)};
};

struct GetUser {
    UserId id{};

    using Reply = User;
    static constexpr Op op{"get-user", Verb::Get, Api::Users, "/users/{userId}", "users.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("userId", &GetUser::id)};
    static constexpr auto unwrap = keys("user");
};

struct ListNumbers {
    LocationId location{};
    int pageSize = 1000;
    int page = 0;
    QString searchFilter{};
    std::optional<bool> skipNumberPool{};

    using Reply = NumberList;
    static constexpr Op op{"active-numbers",    Verb::Get,
                           Api::PhoneSystem,    "/phone-system/numbers/location/{locationId}",
                           "phonenumbers.read", Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::path("locationId", &ListNumbers::location), in::query("pageSize", &ListNumbers::pageSize),
                   in::query("page", &ListNumbers::page), in::query("searchFilter", &ListNumbers::searchFilter),
                   in::query("skipNumberPool", &ListNumbers::skipNumberPool)};
    static constexpr auto unwrap = keys("data");
};

struct ListCustomFields {
    LocationId location{};
    QString model = QStringLiteral("all"); ///< contact, opportunity, all

    using Reply = CustomFieldList;
    static constexpr Op op{"get-custom-fields",
                           Verb::Get,
                           Api::Locations,
                           "/locations/{locationId}/customFields",
                           "locations/customFields.readonly",
                           Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::path("locationId", &ListCustomFields::location), in::query("model", &ListCustomFields::model)};
};

struct ListLocationTags {
    LocationId location{};

    using Reply = TagList;
    static constexpr Op op{"get-location-tags",       Verb::Get,   Api::Locations, "/locations/{locationId}/tags",
                           "locations/tags.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("locationId", &ListLocationTags::location)};
};

} // namespace outrigger::api
