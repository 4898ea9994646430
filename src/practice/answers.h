// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/ops.h"

#include <initializer_list>

/// What handlers of things that are only kept have in common.
namespace outrigger::practice
{

/// One sentence for each of these keys that the body lacks or has empty.
QStringList missing(const Call &call, std::initializer_list<const char *> keys);
/// {key: value, traceId}
Reply answered(const Call &call, const char *key, const QJsonValue &value, int status = 200);
/// {word: true, traceId}; marks the call as applied. HighLevel writes "succeded" in older families.
Reply success(Call &call, const char *word = "success", int status = 200);
/// The value and nothing around it.
Reply bare(const QJsonValue &value, int status = 200);
/// skip and limit of the query; problems name what is no number or below zero.
struct Page {
    int skip = 0, limit = 0;
    bool holds(int at) const { return at >= skip && at < skip + limit; }
};
Page pageOf(const Call &call, int limit, QStringList &problems, const char *skipName = "skip");
/// Paths that came with v3 answer 404 to the dated versions.
std::optional<Reply> onlyNew(const Call &call);

// The shelf.
/// The contact of args[0] that the token may see; otherwise `reply` says why not.
std::optional<Index> contactNamed(const Call &call, Reply &reply);
/// Item of this kind; of this owner, when one is given. Otherwise `reply` says why not.
std::optional<Index> shelved(const Call &call, QStringView kind, const QString &id, Reply &reply, const QString &owner = {}, int status = 404);
/// Keeps the body without locationId; the call has made it.
Index shelve(Call &call, const QString &kind, quint16 location, QJsonObject body, const QString &owner = {});
/// Puts the fields over those that are there. null and absent stay.
void reshelve(Call &call, Index index, const QJsonObject &fields);
void unshelve(Call &call, Index index);
QString shelfId(const World &world, Index index);
/// Body with id and locationId.
QJsonObject shelfWhole(const World &world, Index index, const char *idName = "id", bool withLocation = true);
/// All of a kind in a location, oldest first.
std::vector<Index> shelfOf(const World &world, QStringView kind, quint16 location, const QString &owner = {});
/// The fields of `body` with these names and no others.
QJsonObject only(const QJsonObject &body, std::initializer_list<const char *> keys);

} // namespace outrigger::practice
