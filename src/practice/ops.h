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
/// Whether the location has a template of this id.
bool isTemplate(const World &world, quint16 location, const QString &id);
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
/// Keeps an uploaded file and gives its address.
QString keepFile(World &world, const QString &fileName, const QByteArray &type, const QByteArray &bytes);
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
// ops_tasks.cpp
Reply listTasks(Call &call);
Reply getTask(Call &call);
Reply createTask(Call &call);
Reply updateTask(Call &call);
Reply completeTask(Call &call);
Reply deleteTask(Call &call);
Reply searchTasks(Call &call);
Reply createRecurring(Call &call);
Reply getRecurring(Call &call);
Reply updateRecurring(Call &call);
Reply deleteRecurring(Call &call);
// ops_notes.cpp
Reply listContactNotes(Call &call);
Reply getContactNote(Call &call);
Reply createContactNote(Call &call);
Reply updateContactNote(Call &call);
Reply deleteContactNote(Call &call);
// ops_belonging.cpp
Reply addContactFollowers(Call &call);
Reply removeContactFollowers(Call &call);
Reply addToWorkflow(Call &call);
Reply removeFromWorkflow(Call &call);
Reply addToCampaign(Call &call);
Reply removeFromCampaign(Call &call);
Reply removeFromCampaigns(Call &call);
Reply listWorkflows(Call &call);
Reply listCampaigns(Call &call);
Reply bulkTags(Call &call);
Reply bulkBusiness(Call &call);
Reply contactsOfBusiness(Call &call);
// ops_business.cpp
Reply listBusinesses(Call &call);
Reply getBusiness(Call &call);
Reply createBusiness(Call &call);
Reply updateBusiness(Call &call);
Reply deleteBusiness(Call &call);
// ops_users.cpp
Reply createUser(Call &call);
Reply updateUser(Call &call);
Reply deleteUser(Call &call);
Reply filterUsers(Call &call);
// ops_locations.cpp
Reply createLocation(Call &call);
Reply updateLocation(Call &call);
Reply deleteLocation(Call &call);
Reply getTag(Call &call);
Reply updateTag(Call &call);
Reply deleteTag(Call &call);
Reply createField(Call &call);
Reply updateField(Call &call);
Reply deleteField(Call &call);
Reply uploadToField(Call &call);
Reply getChannel(Call &call);
Reply deleteTemplate(Call &call);
// ops_agency.cpp
Reply getCompany(Call &call);
Reply listSnapshots(Call &call);
Reply installedLocations(Call &call);
Reply locationToken(Call &call);
Reply reconnect(Call &call);
// ops_associations.cpp
Reply findAssociations(Call &call);
Reply getAssociation(Call &call);
Reply getAssociationByKey(Call &call);
Reply getAssociationByObject(Call &call);
Reply createAssociation(Call &call);
Reply updateAssociation(Call &call);
Reply deleteAssociation(Call &call);
Reply getRelations(Call &call);
Reply createRelation(Call &call);
Reply deleteRelation(Call &call);
// ops_blogs.cpp
Reply listBlogs(Call &call);
Reply listBlogAuthors(Call &call);
Reply listBlogCategories(Call &call);
Reply listBlogPosts(Call &call);
Reply checkSlug(Call &call);
Reply createBlogPost(Call &call);
Reply updateBlogPost(Call &call);
// ops_schedules.cpp
Reply listSchedules(Call &call);
Reply getSchedule(Call &call);
Reply createSchedule(Call &call);
Reply updateSchedule(Call &call);
Reply deleteSchedule(Call &call);
Reply attachSchedule(Call &call);
Reply detachSchedule(Call &call);
Reply calendarSchedule(Call &call);
Reply serviceBookings(Call &call);
// ops_library.cpp
Reply listLinks(Call &call);
Reply searchLinks(Call &call);
Reply listMedia(Call &call);
Reply uploadMedia(Call &call);
Reply listLetters(Call &call);
Reply listLettersNew(Call &call);
Reply listObjects(Call &call);
Reply searchRecords(Call &call);
Reply objectFields(Call &call);
Reply numberPools(Call &call);
// ops_rarities.cpp
Reply startUpload(Call &call);
Reply finishUpload(Call &call);
Reply putAttachments(Call &call);
Reply unsubscriptions(Call &call);
Reply getPipeline(Call &call);
Reply createPipeline(Call &call);
Reply updatePipeline(Call &call);
Reply deletePipeline(Call &call);

} // namespace outrigger::practice
