// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>
#include <cstddef>
#include <tuple>

/// How an operation of HighLevel's API is written down: a plain struct with its fields, `Reply`, one `Op`, and a tuple
/// that says where each field goes. The client, the registry (registry.h) and the tests read the same table.
namespace outrigger::api {

enum class Verb { Get, Post, Put, Delete };
/// The API's parts; the Version header is looked up by part (versions.h), never written at the operation.
enum class Api {
    OAuth,
    Locations,
    Users,
    Contacts,
    Conversations,
    EmailMessages,
    PhoneSystem,
    Opportunities,
    Calendars,
    Workflows,
    Campaigns,
    Businesses,
    Companies,
    Associations,
    Blogs,
    Snapshots,
    CustomFields,
    Medias,
    Links,
    Objects,
    Emails
};
/// Whether a call may be repeated by itself after an outcome that is not known.
enum class Repeat { Safe, Never };
/// Part and File make the body multipart/form-data.
enum class Place { Path, Query, Body, Form, Part, File };
/// Whether the call carries the account's token. None: credentials are in the form.
enum class Credential { Token, None };
enum class Need { Optional, Required };

struct Op {
    const char *name; ///< the official operationId: "search-contacts-advanced"
    Verb verb;
    Api api;
    const char *path;  ///< "/contacts/{contactId}"
    const char *scope; ///< "contacts.readonly"; empty when none is declared
    Repeat repeat;
    Credential credential = Credential::Token;
    const char *version = nullptr; ///< instead of its part's (versions.h), where one operation differs
};

template <class Owner, class Value>
struct Param {
    using Type = Value;
    Place place;
    const char *key; ///< HighLevel's name
    Value Owner::*member;
    Need need;
};

/// Optional parameters that are empty (nullopt, empty text, id, list or object, invalid date) are left out.
namespace in {
template <class Owner, class Value>
constexpr Param<Owner, Value> path(const char *key, Value Owner::*member)
{
    return {Place::Path, key, member, Need::Required};
}
template <class Owner, class Value>
constexpr Param<Owner, Value> query(const char *key, Value Owner::*member, Need need = Need::Optional)
{
    return {Place::Query, key, member, need};
}
template <class Owner, class Value>
constexpr Param<Owner, Value> body(const char *key, Value Owner::*member, Need need = Need::Optional)
{
    return {Place::Body, key, member, need};
}
template <class Owner, class Value>
constexpr Param<Owner, Value> form(const char *key, Value Owner::*member, Need need = Need::Optional)
{
    return {Place::Form, key, member, need};
}
template <class Owner, class Value>
constexpr Param<Owner, Value> part(const char *key, Value Owner::*member, Need need = Need::Optional)
{
    return {Place::Part, key, member, need};
}
template <class Owner, class Value>
constexpr Param<Owner, Value> file(const char *key, Value Owner::*member)
{
    return {Place::File, key, member, Need::Required};
}
} // namespace in

/// Under which keys the answer's object may sit; when none is there, the answer itself is the object.
template <class... Key>
constexpr std::array<const char *, sizeof...(Key)> keys(Key... key)
{
    return {key...};
}

} // namespace outrigger::api
