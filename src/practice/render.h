// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/jsonout.h"
#include "practice/options.h"
#include "practice/world.h"

/// The world's things as HighLevel writes them.
namespace outrigger::practice::render
{

/// As POST /contacts/search gives it. searchAfter: the pair to go on with, as JSON.
void foundContact(JsonOut &out, const World &world, Index index, const QJsonArray &searchAfter);
/// As GET /contacts/{id}, create, upsert and update give it.
void contact(JsonOut &out, const World &world, Index index);
/// As the old list call gives it.
void listedContact(JsonOut &out, const World &world, Index index);

void foundConversation(JsonOut &out, const World &world, Index index, Dialect dialect);
void conversation(JsonOut &out, const World &world, Index index);
/// As the answers of create and update carry it.
void changedConversation(JsonOut &out, const World &world, Index index);
/// The number in "type" of a conversation read by id.
int conversationKind(const World &world, Index index);

void message(JsonOut &out, const World &world, Index index);
void email(JsonOut &out, const World &world, Index index);

/// As searches, create and update give it. sort: the pair to go on with, for the advanced search.
void opportunity(JsonOut &out, const World &world, Index index, const QJsonArray &sort = {});
void pipeline(JsonOut &out, const World &world, quint16 index);

void user(JsonOut &out, const World &world, int index);
void location(JsonOut &out, const World &world, quint16 index, bool inList);
void field(JsonOut &out, const World &world, Index index);

} // namespace outrigger::practice::render
