// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/ops_account.h"
#include "api/ops_calendars.h"
#include "api/ops_contacts.h"
#include "api/ops_conversations.h"
#include "api/ops_leads.h"
#include "api/ops_messages.h"
#include "api/ops_opportunities.h"
#include "api/ops_tasks.h"

namespace outrigger::api {

/// Every operation of the table; the registry and the tests walk it.
using AllOps = std::tuple<GetAccessToken, GetLocation, SearchLocations, ListUsers, SearchUsers, GetUser, ListNumbers,
                          ListCustomFields, ListLocationTags, SearchContacts, ListContacts, GetContact, FindDuplicate,
                          CreateContact, UpsertContact, UpdateContact, AddTags, RemoveTags, DeleteContact, AddContactFollowers,
                          RemoveContactFollowers, AddToCampaign, RemoveFromCampaign, RemoveFromAllCampaigns, AddToWorkflow,
                          RemoveFromWorkflow, BulkTags, BulkBusiness, ContactsOfBusiness, ListWorkflows, ListCampaigns,
                          ListBusinesses, SearchConversations,
                          GetConversation, CreateConversation, UpdateConversation, ListMessages, GetMessage,
                          SendMessage, ExportMessages, UpdateMessageStatus, GetEmail, CancelScheduledMessage,
                          CancelScheduledEmail, UploadAttachment, GetRecording, GetTranscription, AddOutboundCall,
                          AddInboundCall, AgentTyping, ListTemplates,
                          ListCustomValues, SearchOpportunities, SearchOpportunitiesAdvanced, GetPipelines,
                          GetLostReasons, GetOpportunity, CreateOpportunity, UpdateOpportunity, UpdateOpportunityStatus,
                          DeleteOpportunity, UpsertOpportunity, AddFollowers, RemoveFollowers, ListCalendars, GetCalendar, ListCalendarGroups, GetFreeSlots, ListEvents,
                          ListBlockedSlots, GetAppointment, ListContactAppointments, CreateAppointment,
                          UpdateAppointment, DeleteEvent, CreateBlockSlot, UpdateBlockSlot, ListTasks, GetTask, CreateTask,
                          UpdateTask, CompleteTask, DeleteTask, SearchTasks, ListNotes, GetNote, CreateNote, UpdateNote,
                          DeleteNote, ListAppointmentNotes, CreateAppointmentNote, UpdateAppointmentNote, DeleteAppointmentNote>;

} // namespace outrigger::api
