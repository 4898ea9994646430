// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/ops.h"

namespace outrigger::practice
{

namespace
{

constexpr auto all = Dialect::Both;
constexpr const char *get = "GET", *post = "POST", *put = "PUT", *remove = "DELETE";

/// Most operations look alike: a Version header, a token, every dialect.
Operation op(const char *name, const char *verb, const char *path, const char *scope, Handler handler)
{
    return {name, verb, path, scope, true, true, verb != get, all, handler};
}
/// POST that only reads.
Operation reading(const char *name, const char *path, const char *scope, Handler handler)
{
    return {name, post, path, scope, true, true, false, all, handler};
}

Operation agency(Operation operation, For whose = For::Agency)
{
    operation.whose = whose;
    return operation;
}
Operation withFiles(Operation operation)
{
    operation.files = true;
    return operation;
}

const std::vector<Operation> table = {
    // contacts
    op("get-all-tasks", get, "/contacts/{}/tasks", "contacts.readonly", listTasks),
    op("create-task", post, "/contacts/{}/tasks", "contacts.write", createTask),
    op("get-task", get, "/contacts/{}/tasks/{}", "contacts.readonly", getTask),
    op("update-task-completed", put, "/contacts/{}/tasks/{}/completed", "contacts.write", completeTask),
    op("update-task", put, "/contacts/{}/tasks/{}", "contacts.write", updateTask),
    op("delete-task", remove, "/contacts/{}/tasks/{}", "contacts.write", deleteTask),
    op("get-all-notes", get, "/contacts/{}/notes", "contacts.readonly", listContactNotes),
    op("create-note", post, "/contacts/{}/notes", "contacts.write", createContactNote),
    op("get-note", get, "/contacts/{}/notes/{}", "contacts.readonly", getContactNote),
    op("update-note", put, "/contacts/{}/notes/{}", "contacts.write", updateContactNote),
    op("delete-note", remove, "/contacts/{}/notes/{}", "contacts.write", deleteContactNote),
    op("add-followers-contact", post, "/contacts/{}/followers", "contacts.write", addContactFollowers),
    op("remove-followers-contact", remove, "/contacts/{}/followers", "contacts.write", removeContactFollowers),
    op("add-contact-to-workflow", post, "/contacts/{}/workflow/{}", "contacts.write", addToWorkflow),
    op("delete-contact-from-workflow", remove, "/contacts/{}/workflow/{}", "contacts.write", removeFromWorkflow),
    op("remove-contact-from-every-campaign", remove, "/contacts/{}/campaigns/removeAll", "contacts.write", removeFromCampaigns),
    op("remove-contact-from-every-campaign", remove, "/contacts/{}/campaigns/remove-all", "contacts.write", removeFromCampaigns),
    op("add-contact-to-campaign", post, "/contacts/{}/campaigns/{}", "contacts.write", addToCampaign),
    op("remove-contact-from-campaign", remove, "/contacts/{}/campaigns/{}", "contacts.write", removeFromCampaign),
    op("create-association", post, "/contacts/bulk/tags/update/{}", "contacts.write", bulkTags),
    op("add-remove-contact-from-business", post, "/contacts/bulk/business", "contacts.write", bulkBusiness),
    op("get-contacts-by-businessId", get, "/contacts/business/{}", "contacts.readonly", contactsOfBusiness),
    op("get-workflow", get, "/workflows", "workflows.readonly", listWorkflows),
    op("get-campaigns", get, "/campaigns", "campaigns.readonly", listCampaigns),

    // businesses
    op("get-businesses-by-location", get, "/businesses", "businesses.readonly", listBusinesses),
    op("create-business", post, "/businesses", "businesses.write", createBusiness),
    op("get-business", get, "/businesses/{}", "businesses.readonly", getBusiness),
    op("update-business", put, "/businesses/{}", "businesses.write", updateBusiness),
    op("delete-Business", remove, "/businesses/{}", "businesses.write", deleteBusiness),

    // tasks of a location
    reading("task-search", "/locations/{}/tasks/search", "locations/tasks.readonly", searchTasks),
    op("create-recurring-task", post, "/locations/{}/recurring-tasks", "", createRecurring),
    op("get-recurring-task-by-id", get, "/locations/{}/recurring-tasks/{}", "", getRecurring),
    op("update-recurring-task", put, "/locations/{}/recurring-tasks/{}", "", updateRecurring),
    op("delete-recurring-task", remove, "/locations/{}/recurring-tasks/{}", "", deleteRecurring),

    // locations
    agency(op("create-location", post, "/locations", "locations.write", createLocation)),
    agency(op("put-location", put, "/locations/{}", "locations.write", updateLocation)),
    agency(op("delete-location", remove, "/locations/{}", "locations.internal-access-only", deleteLocation)),
    op("get-tag-by-id", get, "/locations/{}/tags/{}", "locations/tags.readonly", getTag),
    op("update-tag", put, "/locations/{}/tags/{}", "locations/tags.write", updateTag),
    op("delete-tag", remove, "/locations/{}/tags/{}", "locations/tags.write", deleteTag),
    withFiles(op("upload-file-customFields", post, "/locations/{}/customFields/upload", "locations/customFields.write", uploadToField)),
    op("create-custom-field", post, "/locations/{}/customFields", "locations/customFields.write", createField),
    op("update-custom-field", put, "/locations/{}/customFields/{}", "", updateField),
    op("delete-custom-field", remove, "/locations/{}/customFields/{}", "", deleteField),
    op("get-conversation-channel", get, "/locations/{}/conversationChannels/{}", "locations.readonly", getChannel),
    op("DELETE-an-email-sms-template", remove, "/locations/{}/templates/{}", "", deleteTemplate),

    // users, agency
    agency(reading("filter-users-by-email", "/users/search/filter-by-email", "users.readonly", filterUsers)),
    agency(op("create-user", post, "/users", "users.write", createUser), For::Both),
    agency(op("update-user", put, "/users/{}", "users.write", updateUser), For::Both),
    agency(op("delete-user", remove, "/users/{}", "users.write", deleteUser), For::Both),
    agency(op("get-company", get, "/companies/{}", "companies.readonly", getCompany)),
    agency(op("get-custom-snapshots", get, "/snapshots", "snapshots.readonly", listSnapshots)),
    agency(op("get-installed-location", get, "/oauth/installedLocations", "oauth.readonly", installedLocations)),
    agency(op("get-installed-location", get, "/oauth/installed-locations", "oauth.readonly", installedLocations)),
    agency(op("get-location-access-token", post, "/oauth/locationToken", "oauth.write", locationToken)),
    agency(op("get-location-access-token", post, "/oauth/location-token", "oauth.write", locationToken)),
    {"reconnect", post, "/oauth/reconnect", "", false, false, true, all, reconnect},

    // associations
    op("find-associations", get, "/associations", "associations.readonly", findAssociations),
    op("create-association", post, "/associations", "associations.write", createAssociation),
    op("get-association-key-by-key-name", get, "/associations/key/{}", "associations.readonly", getAssociationByKey),
    op("get-association-by-object-keys", get, "/associations/objectKey/{}", "associations.readonly", getAssociationByObject),
    op("get-relations-by-record-id", get, "/associations/relations/{}", "associations/relation.readonly", getRelations),
    op("create-relation", post, "/associations/relations", "associations/relation.write", createRelation),
    op("delete-relation", remove, "/associations/relations/{}", "associations/relation.write", deleteRelation),
    op("get-association-by-ID", get, "/associations/{}", "associations.readonly", getAssociation),
    op("update-association", put, "/associations/{}", "associations.write", updateAssociation),
    op("delete-association", remove, "/associations/{}", "associations.write", deleteAssociation),

    // blogs
    op("check-url-slug-exists", get, "/blogs/posts/url-slug-exists", "blogs/check-slug.readonly", checkSlug),
    op("get-all-blog-authors-by-location", get, "/blogs/authors", "blogs/author.readonly", listBlogAuthors),
    op("get-all-categories-by-location", get, "/blogs/categories", "blogs/category.readonly", listBlogCategories),
    op("get-blog-post", get, "/blogs/posts/all", "blogs/posts.readonly", listBlogPosts),
    op("get-blogs", get, "/blogs/site/all", "blogs/list.readonly", listBlogs),
    op("create-blog-post", post, "/blogs/posts", "blogs/post.write", createBlogPost),
    op("update-blog-post", put, "/blogs/posts/{}", "blogs/post-update.write", updateBlogPost),

    // working hours
    op("getAllSchedules", get, "/calendars/schedules/search", "calendars.readonly", listSchedules),
    op("getCalendarSchedule", get, "/calendars/schedules/event-calendar/{}", "calendars.readonly", calendarSchedule),
    op("createSchedule", post, "/calendars/schedules", "calendars.write", createSchedule),
    op("getScheduleById", get, "/calendars/schedules/{}", "calendars.readonly", getSchedule),
    op("updateSchedule", put, "/calendars/schedules/{}", "calendars.write", updateSchedule),
    op("deleteSchedule", remove, "/calendars/schedules/{}", "calendars.write", deleteSchedule),
    op("add-calendar-to-schedule", put, "/calendars/schedules/{}/associations/{}", "calendars.write", attachSchedule),
    op("remove-calendar-from-schedule", remove, "/calendars/schedules/{}/associations/{}", "calendars.write", detachSchedule),
    op("get-service-bookings", get, "/calendars/services/bookings", "calendars/events.readonly", serviceBookings),

    // the library
    op("search-trigger-links", get, "/links/search", "links.readonly", searchLinks),
    op("get-links", get, "/links", "links.readonly", listLinks),
    op("fetch-media-content", get, "/medias/files", "medias.readonly", listMedia),
    withFiles(op("upload-media-content", post, "/medias/upload-file", "medias.write", uploadMedia)),
    op("fetch-template", get, "/emails/builder", "emails/builder.readonly", listLetters),
    op("list-email-templates", get, "/emails/locations/{}/templates", "emails/templates.readonly", listLettersNew),
    op("get-object-by-location-id", get, "/objects", "objects/schema.readonly", listObjects),
    reading("search-object-records", "/objects/{}/records/search", "objects/record.readonly", searchRecords),
    op("get-custom-fields-by-object-key", get, "/custom-fields/object-key/{}", "locations/customFields.readonly", objectFields),
    op("getNumberPoolList", get, "/phone-system/number-pools", "numberpools.read", numberPools),

    // rarities of the everyday families
    op("initiate-file-upload", post, "/conversations/messages/upload/initiate", "conversations/message.write", startUpload),
    op("complete-file-upload", post, "/conversations/messages/upload/complete", "conversations/message.write", finishUpload),
    op("add-message-attachments", put, "/conversations/messages/{}/attachments", "conversations/message.write", putAttachments),
    op("get-contact-unsubscription-status", get, "/conversations/preferences/unsubscriptions/status", "", unsubscriptions),
    op("create-pipeline", post, "/opportunities/pipelines", "opportunities.write", createPipeline),
    op("get-pipeline", get, "/opportunities/pipelines/{}", "opportunities.readonly", getPipeline),
    op("update-pipeline", put, "/opportunities/pipelines/{}", "opportunities.write", updatePipeline),
    op("delete-pipeline", remove, "/opportunities/pipelines/{}", "opportunities.write", deletePipeline),
};

} // namespace

const std::vector<Operation> &shelfOperations()
{
    return table;
}

} // namespace outrigger::practice
