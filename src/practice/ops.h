// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/call.h"

/// The handlers, one file for each family.
namespace outrigger::practice
{

// ops_oauth.cpp, consent.cpp
Reply postToken(Call &call);
Reply getConsent(Call &call);
Reply postConsent(Call &call);
// ops_account.cpp
Reply getLocation(Call &call);
Reply searchLocations(Call &call);
Reply getTimezones(Call &call);
Reply getTags(Call &call);
Reply postTag(Call &call);
Reply getCustomFields(Call &call);
Reply getCustomField(Call &call);
Reply getUsers(Call &call);
Reply searchUsers(Call &call);
Reply getUser(Call &call);
Reply getNumbers(Call &call);
// ops_templates.cpp
Reply getTemplates(Call &call);
Reply getCustomValues(Call &call);
// contactsearch.cpp
Reply searchContacts(Call &call);
Reply listContacts(Call &call);
// ops_contacts.cpp
Reply getContact(Call &call);
Reply duplicateContact(Call &call);
Reply createContact(Call &call);
Reply upsertContact(Call &call);
Reply updateContact(Call &call);
Reply deleteContact(Call &call);
Reply addTags(Call &call);
Reply removeTags(Call &call);
// ops_conversations.cpp
Reply searchConversations(Call &call);
Reply getConversation(Call &call);
Reply createConversation(Call &call);
Reply updateConversation(Call &call);
Reply deleteConversation(Call &call);
// ops_media.cpp
Reply uploadFiles(Call &call);
Reply getRecording(Call &call);
Reply getTranscription(Call &call);
Reply downloadTranscription(Call &call);
// ops_messages.cpp
/// The message of this id (Kind::Message or Kind::Email) that the token may see; otherwise `reply` says why not.
std::optional<Index> messageFor(const Call &call, const QString &id, Kind kind, Reply &reply);
Reply listMessages(Call &call);
Reply getMessage(Call &call);
Reply exportMessages(Call &call);
Reply putMessageStatus(Call &call);
Reply getEmail(Call &call);
Reply cancelMessage(Call &call);
Reply cancelEmail(Call &call);
// ops_provider.cpp
Reply addOutboundCall(Call &call);
Reply addInboundMessage(Call &call);
Reply postTyping(Call &call);
// ops_calendar.cpp
/// The calendar of this id in the caller's location; else `reply` says why not.
std::optional<Index> calendarNamed(const Call &call, const QString &id, Reply &reply);
/// As the service writes it.
QJsonObject wholeCalendar(const World &world, Index index);
Reply getCalendars(Call &call);
Reply getCalendar(Call &call);
Reply getCalendarGroups(Call &call);
Reply getFreeSlots(Call &call);
Reply getEvents(Call &call);
Reply getBlockedSlots(Call &call);
Reply getAppointment(Call &call);
Reply getContactAppointments(Call &call);
Reply createAppointment(Call &call);
Reply updateAppointment(Call &call);
Reply deleteEvent(Call &call);
Reply createBlock(Call &call);
Reply updateBlock(Call &call);
// ops_calendaradmin.cpp
Reply createGroup(Call &call);
Reply updateGroup(Call &call);
Reply setGroupStatus(Call &call);
Reply deleteGroup(Call &call);
Reply validateSlug(Call &call);
Reply createCalendar(Call &call);
Reply updateCalendar(Call &call);
Reply deleteCalendar(Call &call);
Reply listResources(Call &call);
Reply createResource(Call &call);
Reply getResource(Call &call);
Reply updateResource(Call &call);
Reply deleteResource(Call &call);
Reply listNotifications(Call &call);
Reply createNotifications(Call &call);
Reply getNotification(Call &call);
Reply updateNotification(Call &call);
Reply deleteNotification(Call &call);
Reply listNotes(Call &call);
Reply createNote(Call &call);
Reply updateNote(Call &call);
Reply deleteNote(Call &call);
// ops_send.cpp
Reply sendMessage(Call &call);
// dealsearch.cpp
Reply searchOpportunities(Call &call);
Reply searchOpportunitiesAdvanced(Call &call);
// ops_opportunities.cpp
Reply getPipelines(Call &call);
Reply getLostReasons(Call &call);
Reply getOpportunity(Call &call);
Reply createOpportunity(Call &call);
Reply upsertOpportunity(Call &call);
Reply updateOpportunity(Call &call);
Reply updateOpportunityStatus(Call &call);
Reply deleteOpportunity(Call &call);
Reply addFollowers(Call &call);
Reply removeFollowers(Call &call);

} // namespace outrigger::practice
