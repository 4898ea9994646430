# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the running service and its clients differ from the published OpenAPI files, each with its reason."""

# What the running service does otherwise than its specification says, as seen in published answers of it. Each line:
# operation, where in the answer, what the validator says, why it is accepted.
ANSWER_DEVIATIONS = [
    ("POST /conversations/messages", r"^$", r"'status' is a required property",
     "the send answer carries no delivery status; it is read later"),
    ("POST /oauth/token", r"^userId$", r".*", "an agency's token has no user"),
    ("GET /conversations/messages/export", r"^nextCursor$", r"None is not of type 'string'",
     "the last page has a null cursor"),
    ("GET /conversations/search", r"^conversations\.\d+$", r"'lastMessageBody' is a required property",
     "a call or an e-mail without words has none"),
    ("*", r"(^|\.)messageType$|lastMessageType$", r"'TYPE_(NO_SHOW|CAMPAIGN_VOICEMAIL|RCS|TIKTOK)' is not one of",
     "the service knows more message types than the list"),
    ("*", r"(^|\.)status$", r"'(completed|voicemail)' is not one of", "calls carry these words"),
    ("*", r"customFields\.\d+\.value$", r"is not of type 'string'", "values have the type of their field"),
    ("*", r"meta\.email$", r".*", "an object with messageIds"),
    ("*", r"pipelines\.\d+\.stages\.\d+$", r"is not of type 'array'", "stages are objects"),
    ("*", r"(^|\.)followers\.\d+$", r"is not of type 'array'", "followers are ids"),
    ("*", r"(startTime|endTime|dateAdded|dateUpdated)$", r"is not of type 'object'",
     "the specification says object where its own examples, and the service, have text"),
    ("GET /calendars/{calendarId}/free-slots", r"^(traceId|slots)$", r".*",
     "a traceId stands beside the days; older texts have the days one level deeper"),
    ("GET /calendars/{calendarId}", r"^calendar", r"'priority'", "priority is a number"),
    ("GET /locations/{locationId}/templates", r"^templates\.\d+$", r"is valid under each of",
     "the schemas of the two sorts have no required fields, so everything fits both"),
    ("*", r"(firstObjectLabel|firstObjectKey|secondObjectLabel|secondObjectKey|associationType)$", r"is not of type 'object'",
     "labels and keys are texts"),
    ("GET /associations/", r"^$", r"is a required property", "a list, where the specification describes one association"),
    ("GET /associations/relations/{recordId}", r"^$", r"is a required property", "a list"),
    ("*", r"^files\.\d+$", r"is not of type 'string'", "files are objects"),
    ("*", r"^(meta|responses)\.\d+$", r"is not of type", "objects"),
    ("POST /objects/{schemaKey}/records/search", r"^records\.\d+\.properties$", r"is not of type 'string'", "properties are an object"),
    ("POST /locations/{locationId}/tasks/search", r"^tasks\.\d+$", r"is not of type 'array'", "tasks are objects"),
    ("GET /conversations/messages/{id}", r"^$", r"is a required property", "the service wraps the message in \"message\" (docs issue 54)"),
    ("GET /conversations/locations/{locationId}/messages/{messageId}/transcription", r"^$", r"is not of type 'object'",
     "a list of sentences, where the specification describes one"),
]

# Answers that lie one layer deeper than the specification says: checked there.
DEEPER = {
    "GET /conversations/{conversationId}/messages": "messages",
}

# What a client may send otherwise than the specification says.
REQUEST_DEVIATIONS = [
    ("POST /calendars/events/block-slots", r"^$", r"'calendarId' is a required property",
     "the service wants a calendar or a person, one of them"),
    ("PUT /calendars/events/block-slots/{eventId}", r"^$", r"'calendarId' is a required property", "as above"),
    ("POST /conversations/messages", r"^$", r"'(subType|status)' is a required property",
     "the specification's own examples, and published captures, leave both out"),
    ("*", r"customFields\.\d+$", r"is not valid under any of the given schemas|'id' is a required property",
     "id or key is enough"),
    ("POST /contacts/bulk/business", r"^businessId$", r"None is not of type 'string'", "null takes them out of their business"),
    ("*", r"^(first|second)Object(Label|Key)$", r"is not of type 'object'", "labels and keys are texts"),
    ("POST /oauth/token", r"^$", r"code_verifier", "PKCE is not in the specification"),
    ("POST /opportunities/search", r"^searchAfter\.\d+$", r"is not of type 'string'", "the pair of the page before: a number and an id"),
    ("*", r"^(dateOfBirth|subType)$", r"is not of type 'object'", "the specification's own examples are text"),
]

# Paths that no published file describes.
UNPUBLISHED = r"^(/v2)?/oauth/(chooselocation|reconnect)$|^/opportunities/pipelines(/[^/]+)?$"
