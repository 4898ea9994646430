# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of practice_openapi.py about what an administrator and an agency do: users, locations, tags, custom fields,
associations, blogs, working hours, links, media, objects, pipelines; each is made, changed, read back and removed."""
import json
import urllib.request

from practice_shelf import person, same

AGENCY = "locations.write locations.readonly locations.internal-access-only companies.readonly snapshots.readonly users.readonly users.write oauth.readonly oauth.write"


def walk(desk, location, company):
    users(desk, location, company)
    settings(desk, location)
    associations(desk, location)
    blogs(desk, location)
    schedules(desk, location)
    library(desk, location)
    rarities(desk, location)
    agency(desk, location, company)


def users(desk, location, company):
    user = {"companyId": company, "firstName": "Uma", "lastName": "Check", "email": "uma@harborline.example", "password": "Long1Enough!",
            "type": "account", "role": "user", "locationIds": [location]}
    made = desk.call("POST", "/users/", user)["id"]
    desk.call("POST", "/users/", user, expect=4)
    desk.call("PUT", "/users/" + made, {"phone": "+12015550195", "role": "admin"})
    same(desk, "the user", desk.call("GET", "/users/" + made)["roles"]["role"], "admin")
    desk.call("DELETE", "/users/" + made)
    desk.call("GET", "/users/" + made, expect=4)


def settings(desk, location):
    """Tags, custom fields, a template, a channel."""
    base = "/locations/" + location
    contact = person(desk, location, "Gus", "+12015550196")
    tag = desk.call("POST", base + "/tags", {"name": "lakeside"})["tag"]["id"]
    desk.call("POST", "/contacts/%s/tags" % contact, {"tags": ["lakeside"]})
    desk.call("PUT", base + "/tags/" + tag, {"name": "By the lake"})
    same(desk, "the tag", desk.call("GET", base + "/tags/" + tag)["tag"]["name"], "by the lake")
    same(desk, "the tag on the contact", desk.call("GET", "/contacts/" + contact)["contact"]["tags"], ["by the lake"])
    desk.call("DELETE", base + "/tags/" + tag)
    desk.call("GET", base + "/tags/" + tag, expect=4)
    same(desk, "a removed tag", desk.call("GET", "/contacts/" + contact)["contact"]["tags"], [])
    field = desk.call("POST", base + "/customFields", {"name": "Roof age", "dataType": "TEXT", "model": "contact"})["customField"]
    same(desk, "the key of the field", field["fieldKey"], "contact.roof_age")
    desk.call("PUT", base + "/customFields/" + field["id"], {"name": "Age of the roof"})
    same(desk, "the field", desk.call("GET", base + "/customFields/" + field["id"])["customField"]["name"], "Age of the roof")
    told = desk.call("POST", base + "/customFields/upload", {"id": contact}, files={"deed.pdf": b"%PDF-1.4 deed"})
    with urllib.request.urlopen(told["uploadedFiles"]["deed.pdf"]) as answer:
        same(desk, "the file of a field", answer.read(), b"%PDF-1.4 deed")
    desk.call("DELETE", base + "/customFields/" + field["id"])
    desk.call("GET", base + "/customFields/" + field["id"], expect=4)
    template = desk.call("GET", base + "/templates", query={"originId": location})["templates"][0]["id"]
    desk.call("DELETE", base + "/templates/" + template)
    left = desk.call("GET", base + "/templates", query={"originId": location})["templates"]
    same(desk, "a removed template", template in [one["id"] for one in left], False)
    for kind in ("SMS", "Email"):
        desk.call("GET", base + "/conversationChannels/" + kind, version="v3")
    desk.call("GET", base + "/conversationChannels/SMS", expect=4)
    desk.call("DELETE", "/contacts/" + contact)


def associations(desk, location):
    where = {"locationId": location, "skip": 0, "limit": 20}
    desk.call("GET", "/associations/", query=where)
    made = desk.call("POST", "/associations/", {"locationId": location, "key": "parent_child", "firstObjectLabel": "Parent", "firstObjectKey": "contact",
                                                "secondObjectLabel": "Child", "secondObjectKey": "custom_objects.child"})["id"]
    desk.call("PUT", "/associations/" + made, {"firstObjectLabel": "Mother", "secondObjectLabel": "Child"})
    same(desk, "the association", desk.call("GET", "/associations/" + made)["firstObjectLabel"], "Mother")
    same(desk, "by key", desk.call("GET", "/associations/key/parent_child", query={"locationId": location})["id"], made)
    same(desk, "by object", desk.call("GET", "/associations/objectKey/custom_objects.child", query={"locationId": location})["id"], made)
    mother, child = person(desk, location, "Hana", "+12015550197"), person(desk, location, "Ira", "+12015550198")
    relation = desk.call("POST", "/associations/relations", {"locationId": location, "associationId": made, "firstRecordId": mother,
                                                             "secondRecordId": child})["id"]
    found = desk.call("GET", "/associations/relations/" + child, query=where)["relations"]
    same(desk, "the relations", [one["id"] for one in found], [relation])
    desk.call("DELETE", "/associations/relations/" + relation, query={"locationId": location})
    same(desk, "no relations", desk.call("GET", "/associations/relations/" + child, query=where)["relations"], [])
    desk.call("DELETE", "/associations/" + made)
    desk.call("GET", "/associations/" + made, expect=4)
    for one in (mother, child):
        desk.call("DELETE", "/contacts/" + one)


def blogs(desk, location):
    pages = {"locationId": location, "limit": 10, "offset": 0}
    site = desk.call("GET", "/blogs/site/all", query={"locationId": location, "skip": 0, "limit": 10})["data"][0]["_id"]
    author = desk.call("GET", "/blogs/authors", query=pages)["authors"][0]["_id"]
    category = desk.call("GET", "/blogs/categories", query=pages)["categories"][0]["_id"]
    post = {"title": "Selling in winter", "locationId": location, "blogId": site, "imageUrl": "https://harborline.example/snow.jpg",
            "description": "It works", "rawHTML": "<p>It works</p>", "status": "DRAFT", "imageAltText": "Snow", "categories": [category],
            "author": author, "urlSlug": "selling-in-winter", "publishedAt": "2026-06-01T10:00:00Z"}
    made = desk.call("POST", "/blogs/posts", post)["data"]["_id"]
    slug = {"urlSlug": "selling-in-winter", "locationId": location}
    same(desk, "the slug", desk.call("GET", "/blogs/posts/url-slug-exists", query=slug)["exists"], True)
    same(desk, "its own slug", desk.call("GET", "/blogs/posts/url-slug-exists", query=dict(slug, postId=made))["exists"], False)
    desk.call("POST", "/blogs/posts", post, expect=4)
    desk.call("PUT", "/blogs/posts/" + made, dict(post, status="PUBLISHED"))
    listed = desk.call("GET", "/blogs/posts/all", query=dict(pages, blogId=site, searchTerm="winter"))["blogs"]
    same(desk, "the posts", [one["status"] for one in listed], ["PUBLISHED"])


def schedules(desk, location):
    users_here = desk.call("GET", "/users/", query={"locationId": location})["users"]
    calendar = desk.call("GET", "/calendars/", query={"locationId": location})["calendars"][0]["id"]
    rules = [{"type": "wday", "day": "monday", "intervals": [{"from": "09:00", "to": "12:00"}]}]
    made = desk.call("POST", "/calendars/schedules", {"timezone": "America/New_York", "locationId": location, "name": "Mornings",
                                                      "userId": users_here[1]["id"], "rules": rules})["schedule"]["id"]
    desk.call("PUT", "/calendars/schedules/" + made, {"name": "Monday mornings"})
    same(desk, "the hours", desk.call("GET", "/calendars/schedules/" + made)["schedule"]["name"], "Monday mornings")
    desk.call("PUT", "/calendars/schedules/%s/associations/%s" % (made, calendar))
    found = desk.call("GET", "/calendars/schedules/search", query={"locationId": location, "userId": users_here[1]["id"]})["schedules"]
    same(desk, "the calendars of the hours", found[0]["calendarIds"], [calendar])
    same(desk, "the hours of the calendar",
         desk.call("GET", "/calendars/schedules/event-calendar/" + calendar, version="v3")["schedule"]["rules"], rules)
    desk.call("DELETE", "/calendars/schedules/%s/associations/%s" % (made, calendar))
    desk.call("DELETE", "/calendars/schedules/" + made)
    desk.call("GET", "/calendars/schedules/" + made, expect=4)
    desk.call("GET", "/calendars/services/bookings", query={"locationId": location, "startTime": "1", "endTime": "2"}, version="v3")


def library(desk, location):
    desk.call("GET", "/links/", query={"locationId": location})
    found = desk.call("GET", "/links/search", query={"locationId": location, "query": "viewing"}, version="2021-04-15")["links"]
    same(desk, "the links", [one["name"] for one in found], ["Book a viewing"])
    made = desk.call("POST", "/medias/upload-file", {"name": "plan.png"}, files={"plan.png": b"\x89PNG\r\n\x1a\nplan"})["fileId"]
    files = desk.call("GET", "/medias/files", query={"sortBy": "createdAt", "sortOrder": "desc", "type": "file", "altType": "location",
                                                     "altId": location})["files"]
    same(desk, "the newest file", files[0]["_id"], made)
    desk.call("GET", "/emails/builder", query={"locationId": location})
    desk.call("GET", "/emails/locations/%s/templates" % location, version="v3")
    desk.call("GET", "/objects/", query={"locationId": location})
    search = {"locationId": location, "page": 1, "pageLimit": 10, "query": "Oak", "searchAfter": []}
    same(desk, "the records", desk.call("POST", "/objects/custom_objects.house/records/search", search)["total"], 1)
    desk.call("POST", "/objects/custom_objects.boat/records/search", search, expect=4)
    fields = desk.call("GET", "/custom-fields/object-key/custom_objects.house", query={"locationId": location})["fields"]
    same(desk, "the fields of a house", [one["name"] for one in fields], ["Name", "City", "Beds"])
    desk.call("GET", "/phone-system/number-pools", query={"locationId": location})


def rarities(desk, location):
    contact = person(desk, location, "Jo", "+12015550199")
    talk = desk.call("POST", "/conversations/", {"locationId": location, "contactId": contact})["conversation"]["id"]
    begun = desk.call("POST", "/conversations/messages/upload/initiate",
                      {"locationId": location, "conversationId": talk, "filename": "tour.mp4", "contentType": "video/mp4", "channel": "WHATSAPP"})
    desk.call("POST", "/conversations/messages/upload/complete",
              {"uploadId": begun["uploadId"], "filePath": begun["filePath"], "locationId": location, "conversationId": talk, "filename": "tour.mp4"})
    desk.call("GET", "/conversations/preferences/unsubscriptions/status", query={"locationId": location, "contactId": contact})
    call = desk.call("POST", "/conversations/messages/outbound", {"type": "Call", "conversationId": talk, "conversationProviderId": "64f0a1b2c3d4e5f60718293a",
                                                                  "call": {"to": "+12015550199", "from": "+14075550100", "status": "completed"}})
    desk.call("PUT", "/conversations/messages/%s/attachments" % call["messageId"], {"attachments": ["https://harborline.example/call.mp3"]})
    same(desk, "the sound of the call", desk.call("GET", "/conversations/messages/" + call["messageId"])["attachments"],
         ["https://harborline.example/call.mp3"])
    desk.call("DELETE", "/contacts/" + contact)
    # Pipelines are not in the published files: the desk only sees to it that they answer.
    raw = desk.raw
    line = raw("POST", "/opportunities/pipelines", {"locationId": location, "name": "Rentals", "stages": [{"name": "New"}, {"name": "Signed"}]}, "v3")["pipeline"]
    stages = [{"id": line["stages"][0]["id"], "name": "Fresh"}]
    changed = raw("PUT", "/opportunities/pipelines/" + line["id"], {"stages": stages}, "v3")["pipeline"]
    same(desk, "the stages", [one["name"] for one in changed["stages"]], ["Fresh"])
    raw("DELETE", "/opportunities/pipelines/" + line["id"], None, "v3")


def agency(desk, location, company):
    """With an agency's token; a location's is refused."""
    desk.call("GET", "/companies/" + company, expect=4)
    with urllib.request.urlopen(urllib.request.Request(desk.base + "/__practice/token", json.dumps(
            {"company": True, "pit": True, "scopes": AGENCY.split()}).encode(), {"Content-Type": "application/json"})) as answer:
        token = json.load(answer)["token"]
    mine, desk.token = desk.token, token
    try:
        desk.call("GET", "/companies/" + company)
        desk.call("GET", "/snapshots/", query={"companyId": company})
        made = desk.call("POST", "/locations/", {"name": "Harborline North", "companyId": company, "timezone": "America/Chicago"})["id"]
        desk.call("PUT", "/locations/" + made, {"companyId": company, "city": "Duluth"})
        same(desk, "the location", desk.call("GET", "/locations/" + made)["location"]["city"], "Duluth")
        user = desk.call("GET", "/users/search", query={"companyId": company})["users"][0]
        found = desk.call("POST", "/users/search/filter-by-email", {"companyId": company, "emails": user["email"]})["users"]
        same(desk, "the user by e-mail", [one["id"] for one in found], [user["id"]])
        where = {"companyId": company, "appId": "66f0a1b2c3d4e5f6a7b8c9d0"}
        same(desk, "installed in", made in [one["_id"] for one in desk.call("GET", "/oauth/installedLocations", query=where)["locations"]], True)
        desk.token = desk.call("POST", "/oauth/locationToken", {"companyId": company, "locationId": made}, form=True)["access_token"]
        desk.call("GET", "/locations/" + made)
        desk.token = token
        desk.call("DELETE", "/locations/" + made, query={"deleteTwilioAccount": "false"})
        desk.call("GET", "/locations/" + made, expect=4)
    finally:
        desk.token = mine
