// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/ops.h"

namespace outrigger::practice
{

namespace
{

// name, verb, path, scope, version, token, changing, dialect, handler
constexpr auto all = Dialect::Both;
constexpr auto seed = Dialect::Seed;
const std::vector<Operation> written = {
    {"get-access-token", "POST", "/oauth/token", "", false, false, true, all, postToken},
    {"consent", "GET", "/oauth/chooselocation", "", false, false, false, all, getConsent},
    {"consent", "GET", "/v2/oauth/chooselocation", "", false, false, false, all, getConsent},
    {"consent-answer", "POST", "/oauth/chooselocation", "", false, false, true, all, postConsent},
    {"consent-answer", "POST", "/v2/oauth/chooselocation", "", false, false, true, all, postConsent},

    {"search-locations", "GET", "/locations/search", "locations.readonly", true, true, false, all, searchLocations},
    {"get-location", "GET", "/locations/{}", "locations.readonly", true, true, false, all, getLocation},
    {"get-timezones", "GET", "/locations/{}/timezones", "locations.readonly", true, true, false, all, getTimezones},
    {"get-location-tags", "GET", "/locations/{}/tags", "locations/tags.readonly", true, true, false, all, getTags},
    {"create-tag", "POST", "/locations/{}/tags", "locations/tags.write", true, true, true, all, postTag},
    {"get-custom-fields", "GET", "/locations/{}/customFields", "locations/customFields.readonly", true, true, false,
     all, getCustomFields},
    {"get-custom-field", "GET", "/locations/{}/customFields/{}", "locations/customFields.readonly", true, true, false,
     all, getCustomField},
    {"GET-all-or-email-sms-templates", "GET", "/locations/{}/templates", "locations/templates.readonly", true, true,
     false, all, getTemplates},
    {"get-custom-values", "GET", "/locations/{}/customValues", "locations/customValues.readonly", true, true, false, all,
     getCustomValues},

    {"get-user-by-location", "GET", "/users", "users.readonly", true, true, false, all, getUsers},
    {"search-users", "GET", "/users/search", "users.readonly", true, true, false, all, searchUsers},
    {"get-user", "GET", "/users/{}", "users.readonly", true, true, false, all, getUser},
    {"active-numbers", "GET", "/phone-system/numbers/location/{}", "phonenumbers.read", true, true, false, all,
     getNumbers},

    {"search-contacts-advanced", "POST", "/contacts/search", "contacts.readonly", true, true, false, all,
     searchContacts},
    {"get-duplicate-contact", "GET", "/contacts/search/duplicate", "contacts.readonly", true, true, false, all,
     duplicateContact},
    {"get-contacts", "GET", "/contacts", "contacts.readonly", true, true, false, all, listContacts},
    {"create-contact", "POST", "/contacts", "contacts.write", true, true, true, all, createContact},
    {"upsert-contact", "POST", "/contacts/upsert", "contacts.write", true, true, true, all, upsertContact},
    {"get-contact", "GET", "/contacts/{}", "contacts.readonly", true, true, false, all, getContact},
    {"update-contact", "PUT", "/contacts/{}", "contacts.write", true, true, true, all, updateContact},
    {"delete-contact", "DELETE", "/contacts/{}", "contacts.write", true, true, true, all, deleteContact},
    {"add-tags", "POST", "/contacts/{}/tags", "contacts.write", true, true, true, all, addTags},
    {"remove-tags", "DELETE", "/contacts/{}/tags", "contacts.write", true, true, true, all, removeTags},

    {"search-opportunity", "GET", "/opportunities/search", "opportunities.readonly", true, true, false, all,
     searchOpportunities},
    {"search-opportunity", "GET", "/opportunities", "opportunities.readonly", true, true, false, seed,
     searchOpportunities},
    {"search-opportunities-advanced", "POST", "/opportunities/search", "opportunities.readonly", true, true, false, all,
     searchOpportunitiesAdvanced},
    {"get-pipelines", "GET", "/opportunities/pipelines", "opportunities.readonly", true, true, false, all, getPipelines},
    {"get-lost-reason", "GET", "/opportunities/lost-reason", "opportunities.readonly", true, true, false, all,
     getLostReasons},
    {"Upsert-opportunity", "POST", "/opportunities/upsert", "opportunities.write", true, true, true, all,
     upsertOpportunity},
    {"create-opportunity", "POST", "/opportunities", "opportunities.write", true, true, true, all, createOpportunity},
    {"get-opportunity", "GET", "/opportunities/{}", "opportunities.readonly", true, true, false, all, getOpportunity},
    {"update-opportunity", "PUT", "/opportunities/{}", "opportunities.write", true, true, true, all, updateOpportunity},
    {"delete-opportunity", "DELETE", "/opportunities/{}", "opportunities.write", true, true, true, all,
     deleteOpportunity},
    {"update-opportunity-status", "PUT", "/opportunities/{}/status", "opportunities.write", true, true, true, all,
     updateOpportunityStatus},
    {"add-followers-opportunity", "POST", "/opportunities/{}/followers", "opportunities.write", true, true, true, all,
     addFollowers},
    {"remove-followers-opportunity", "DELETE", "/opportunities/{}/followers", "opportunities.write", true, true, true,
     all, removeFollowers},
    {"get-appointments-for-contact", "GET", "/contacts/{}/appointments", "contacts.readonly", true, true, false, all,
     getContactAppointments},
    {"get-calendars", "GET", "/calendars", "calendars.readonly", true, true, false, all, getCalendars},
    {"get-groups", "GET", "/calendars/groups", "calendars/groups.readonly", true, true, false, all, getCalendarGroups},
    {"get-calendar-events", "GET", "/calendars/events", "calendars/events.readonly", true, true, false, all, getEvents},
    {"get-blocked-slots", "GET", "/calendars/blocked-slots", "calendars/events.readonly", true, true, false, all,
     getBlockedSlots},
    {"create-appointment", "POST", "/calendars/events/appointments", "calendars/events.write", true, true, true, all,
     createAppointment},
    {"get-appointment", "GET", "/calendars/events/appointments/{}", "calendars/events.readonly", true, true, false, all,
     getAppointment},
    {"edit-appointment", "PUT", "/calendars/events/appointments/{}", "calendars/events.write", true, true, true, all,
     updateAppointment},
    {"delete-event", "DELETE", "/calendars/events/appointments/{}", "calendars/events.write", true, true, true, seed,
     deleteEvent},
    {"create-block-slot", "POST", "/calendars/events/block-slots", "calendars/events.write", true, true, true, all,
     createBlock},
    {"edit-block-slot", "PUT", "/calendars/events/block-slots/{}", "calendars/events.write", true, true, true, all,
     updateBlock},
    {"delete-event", "DELETE", "/calendars/events/{}", "calendars/events.write", true, true, true, all, deleteEvent},
    {"validate-groups-slug", "POST", "/calendars/groups/validate-slug", "calendars/groups.write", true, true, false, all,
     validateSlug},
    {"create-calendar-group", "POST", "/calendars/groups", "calendars/groups.write", true, true, true, all,
     createGroup},
    {"disable-group", "PUT", "/calendars/groups/{}/status", "calendars/groups.write", true, true, true, all,
     setGroupStatus},
    {"edit-group", "PUT", "/calendars/groups/{}", "calendars/groups.write", true, true, true, all,
     updateGroup},
    {"delete-group", "DELETE", "/calendars/groups/{}", "calendars/groups.write", true, true, true, all,
     deleteGroup},
    {"fetch-calendar-resources", "GET", "/calendars/resources/{}", "calendars/resources.readonly", true, true, false, all,
     listResources},
    {"create-calendar-resource", "POST", "/calendars/resources/{}", "calendars/resources.write", true, true, true, all,
     createResource},
    {"get-calendar-resource", "GET", "/calendars/resources/{}/{}", "calendars/resources.readonly", true, true, false, all,
     getResource},
    {"update-calendar-resource", "PUT", "/calendars/resources/{}/{}", "calendars/resources.write", true, true, true, all,
     updateResource},
    {"delete-calendar-resource", "DELETE", "/calendars/resources/{}/{}", "calendars/resources.write", true, true, true, all,
     deleteResource},
    {"get-appointment-notes", "GET", "/calendars/appointments/{}/notes", "calendars/events.readonly", true, true, false, all,
     listNotes},
    {"create-appointment-note", "POST", "/calendars/appointments/{}/notes", "calendars/events.write", true, true, true, all,
     createNote},
    {"update-appointment-note", "PUT", "/calendars/appointments/{}/notes/{}", "calendars/events.write", true, true, true, all,
     updateNote},
    {"delete-appointment-note", "DELETE", "/calendars/appointments/{}/notes/{}", "calendars/events.write", true, true, true, all,
     deleteNote},
    {"get-event-notification", "GET", "/calendars/{}/notifications", "calendars/events.readonly", true, true, false, all,
     listNotifications},
    {"create-event-notification", "POST", "/calendars/{}/notifications", "calendars/events.write", true, true, true, all,
     createNotifications},
    {"find-event-notification", "GET", "/calendars/{}/notifications/{}", "calendars/events.readonly", true, true, false, all,
     getNotification},
    {"update-event-notification", "PUT", "/calendars/{}/notifications/{}", "calendars/events.write", true, true, true, all,
     updateNotification},
    {"delete-event-notification", "DELETE", "/calendars/{}/notifications/{}", "calendars/events.write", true, true, true, all,
     deleteNotification},
    {"create-calendar", "POST", "/calendars", "calendars.write", true, true, true, all,
     createCalendar},
    {"update-calendar", "PUT", "/calendars/{}", "calendars.write", true, true, true, all,
     updateCalendar},
    {"delete-calendar", "DELETE", "/calendars/{}", "calendars.write", true, true, true, all,
     deleteCalendar},
    {"get-slots", "GET", "/calendars/{}/free-slots", "calendars.readonly", true, true, false, all, getFreeSlots},
    {"get-calendar", "GET", "/calendars/{}", "calendars.readonly", true, true, false, all, getCalendar},

    {"search-conversation", "GET", "/conversations/search", "conversations.readonly", true, true, false, all,
     searchConversations},
    {"search-conversation", "GET", "/conversations", "conversations.readonly", true, true, false, seed,
     searchConversations},
    {"create-conversation", "POST", "/conversations", "conversations.write", true, true, true, all, createConversation},
    {"send-a-new-message", "POST", "/conversations/messages", "conversations/message.write", true, true, true, all,
     sendMessage},
    {"add-an-outbound-message", "POST", "/conversations/messages/outbound", "conversations/message.write", true, true, true,
     all, addOutboundCall},
    {"add-an-inbound-message", "POST", "/conversations/messages/inbound", "conversations/message.write", true, true, true,
     all, addInboundMessage},
    {"live-chat-agent-typing", "POST", "/conversations/providers/live-chat/typing", "conversations/livechat.write", true,
     true, true, all, postTyping},
    {"upload-file-attachments", "POST", "/conversations/messages/upload", "conversations/message.write", true, true,
     true, all, uploadFiles},
    {"get-message-recording", "GET", "/conversations/messages/{}/locations/{}/recording",
     "conversations/message.readonly", true, true, false, all, getRecording},
    {"get-message-transcription", "GET", "/conversations/locations/{}/messages/{}/transcription",
     "conversations/message.readonly", true, true, false, all, getTranscription},
    {"download-message-transcription", "GET", "/conversations/locations/{}/messages/{}/transcription/download",
     "conversations/message.readonly", true, true, false, all, downloadTranscription},
    {"export-messages-by-location", "GET", "/conversations/messages/export", "conversations/message.readonly", true,
     true, false, all, exportMessages},
    {"get-email-by-id", "GET", "/conversations/messages/email/{}", "conversations/message.readonly", false, true, false,
     all, getEmail},
    {"cancel-scheduled-email-message", "DELETE", "/conversations/messages/email/{}/schedule",
     "conversations/message.write", false, true, true, all, cancelEmail},
    {"cancel-scheduled-message", "DELETE", "/conversations/messages/{}/schedule", "conversations/message.write", true,
     true, true, all, cancelMessage},
    {"update-message-status", "PUT", "/conversations/messages/{}/status", "conversations/message.write", true, true,
     true, all, putMessageStatus},
    {"get-message", "GET", "/conversations/messages/{}", "conversations/message.readonly", true, true, false, all,
     getMessage},
    {"get-messages", "GET", "/conversations/{}/messages", "conversations/message.readonly", true, true, false, all,
     listMessages},
    {"get-conversation", "GET", "/conversations/{}", "conversations.readonly", true, true, false, all, getConversation},
    {"update-conversation", "PUT", "/conversations/{}", "conversations.write", true, true, true, all,
     updateConversation},
    {"delete-conversation", "DELETE", "/conversations/{}", "conversations.write", true, true, true, all,
     deleteConversation},
};

const std::vector<Operation> &table()
{
    static const std::vector<Operation> every = [] {
        std::vector<Operation> both = written;
        both.insert(both.end(), shelfOperations().begin(), shelfOperations().end());
        return both;
    }();
    return every;
}

struct Pattern {
    QByteArray verb;
    QStringList segments;
};

const std::vector<Pattern> &patterns()
{
    static const std::vector<Pattern> result = [] {
        std::vector<Pattern> made;
        for (const Operation &operation : table())
            made.push_back({operation.verb, QString::fromLatin1(operation.path).split(u'/', Qt::SkipEmptyParts)});
        return made;
    }();
    return result;
}

bool matches(const Pattern &pattern, const QByteArray &verb, const QStringList &segments, QStringList &args)
{
    if (pattern.verb != verb || pattern.segments.size() != segments.size())
        return false;
    args.clear();
    for (qsizetype i = 0; i < segments.size(); ++i) {
        if (pattern.segments[i] == u"{}")
            args.append(segments[i]);
        else if (pattern.segments[i] != segments[i])
            return false;
    }
    return true;
}

} // namespace

const std::vector<Operation> &operations()
{
    return table();
}

Match route(const http::Request &request, Dialect dialect)
{
    const QByteArray verb = request.method == "HEAD" ? QByteArray("GET") : request.method;
    QStringList args;
    // Fixed words stand before the patterns that would swallow them.
    for (size_t i = 0; i < table().size(); ++i) {
        if (table()[i].dialect == Dialect::Seed && dialect == Dialect::Spec)
            continue;
        if (matches(patterns()[i], verb, request.segments, args))
            return {&table()[i], args};
    }
    return {};
}

Reply refusal(const QString &trace, int status, const QString &message)
{
    JsonOut out;
    out.object().field("statusCode", status).field("message", message);
    if (status == 404)
        out.field("error", "Not Found");
    else if (status == 403)
        out.field("error", "Forbidden");
    out.field("traceId", trace).end();
    return {status, out.take()};
}

Reply refusal(const Call &call, int status, const QString &message)
{
    return refusal(call.trace, status, message);
}

Reply invalid(const Call &call, const QStringList &messages)
{
    JsonOut out;
    out.object().field("message", messages).field("error", "Unprocessable Entity").field("statusCode", 422);
    out.field("traceId", call.trace).end();
    return {422, out.take()};
}

Reply done(JsonOut &out, int status)
{
    return {status, out.take()};
}

std::optional<Reply> foreign(const Call &call, quint16 location)
{
    if (!call.token || call.token->locationId == call.world.locationId(location))
        return std::nullopt;
    return refusal(call, 403, QStringLiteral("The token does not have access to this location."));
}

std::optional<quint16> locationFor(const Call &call, const QString &id, Reply &reply)
{
    if (id.isEmpty()) {
        reply = invalid(
            call, {QStringLiteral("locationId should not be empty"), QStringLiteral("locationId must be a string")});
        return std::nullopt;
    }
    if (call.token && !call.token->locationId.isEmpty() && call.token->locationId != id) {
        reply = refusal(call, 403, QStringLiteral("The token does not have access to this location."));
        return std::nullopt;
    }
    const auto location = call.world.location(id);
    if (!location)
        reply = refusal(call, 400, QStringLiteral("Location with id %1 was not found").arg(id));
    return location;
}

} // namespace outrigger::practice
