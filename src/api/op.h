// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <tuple>

namespace outrigger::api {

enum class Verb { Get, Post, Put, Delete };
/// The API's parts; the Version header is looked up by part (versions.h), never written at the operation.
enum class Api { OAuth, Locations, Users, Contacts, Conversations, EmailMessages, PhoneSystem, Opportunities, Calendars,
                 Workflows, Campaigns, Businesses, Companies, Associations, Blogs, Snapshots, CustomFields, Medias, Links,
                 Objects, Emails };
/// Whether a call may be repeated by itself after an outcome that is not known.
enum class Repeat { Safe, Never };
enum class Place { Path, Query, Body, Form };

struct Op {
    const char *name;   ///< the official operationId: "search-contacts-advanced"
    Verb verb;
    Api api;
    const char *path;   ///< "/contacts/{contactId}"
    const char *scope;  ///< "contacts.readonly"; empty when none is declared
    Repeat repeat;
};

} // namespace outrigger::api
