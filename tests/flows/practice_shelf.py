# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of practice_openapi.py about things that are only kept: each is made, changed, read back and removed, and
every answer is held against the published schemas by the desk that makes the calls."""


def same(desk, what, found, wanted):
    if found != wanted:
        desk.check.failures.append("%s: found %r, not %r" % (what, found, wanted))


def person(desk, location, name, phone):
    return desk.call("POST", "/contacts/", {"locationId": location, "firstName": name, "phone": phone})["contact"]["id"]


def walk(desk, location, company):
    belongings(desk, location)
    businesses(desk, location)


def belongings(desk, location):
    contact = person(desk, location, "Dee", "+12015550191")
    base = "/contacts/" + contact
    users = desk.call("GET", "/users/", query={"locationId": location})["users"]
    # Tasks
    task = desk.call("POST", base + "/tasks", {"title": "Call back", "body": "about the roof", "dueDate": "2026-06-20T15:00:00+02:00",
                                               "completed": False, "assignedTo": users[0]["id"]})["task"]["id"]
    same(desk, "the due date", desk.call("GET", base + "/tasks/" + task)["task"]["dueDate"], "2026-06-20T13:00:00.000Z")
    desk.call("PUT", base + "/tasks/" + task, {"title": "Call back after five"})
    desk.call("PUT", base + "/tasks/%s/completed" % task, {"completed": True})
    tasks = desk.call("GET", base + "/tasks")["tasks"]
    same(desk, "the tasks", [(one["title"], one["completed"], one["body"]) for one in tasks], [("Call back after five", True, "about the roof")])
    search = "/locations/%s/tasks/search" % location
    found = desk.call("POST", search, {"contactId": [contact], "completed": True})["tasks"]
    same(desk, "the search by contact", [one["_id"] for one in found], [task])
    same(desk, "the search for open ones", desk.call("POST", search, {"contactId": [contact], "completed": False})["tasks"], [])
    first = desk.call("POST", search, {"completed": False, "limit": 5})["tasks"]
    rest = desk.call("POST", search, {"completed": False, "limit": 5, "skip": 5})["tasks"]
    same(desk, "two pages of tasks", len({one["_id"] for one in first + rest}), 10)
    desk.call("POST", base + "/tasks", {"title": "No date", "completed": False}, expect=4)
    desk.call("DELETE", base + "/tasks/" + task)
    desk.call("GET", base + "/tasks/" + task, expect=4)
    same(desk, "a removed task", desk.call("GET", base + "/tasks")["tasks"], [])
    rule = {"intervalType": "weekly", "interval": 1, "startDate": "2026-07-01T09:00:00Z", "dueAfterSeconds": 3600}
    again = desk.call("POST", "/locations/%s/recurring-tasks" % location, {"title": "Weekly call", "contactIds": [contact],
                                                                           "owners": [users[0]["id"]], "rruleOptions": rule})
    again = "/locations/%s/recurring-tasks/%s" % (location, again["recurringTask"]["id"])
    desk.call("PUT", again, {"title": "Monday call"})
    same(desk, "the weekly task", desk.call("GET", again)["recurringTask"]["title"], "Monday call")
    desk.call("DELETE", again)
    # Notes
    note = desk.call("POST", base + "/notes", {"body": "Wants a garden", "userId": users[0]["id"]})["note"]["id"]
    desk.call("POST", base + "/notes", {"body": ""}, expect=4)
    desk.call("PUT", base + "/notes/" + note, {"body": "Wants a garden and a pool", "pinned": True})
    same(desk, "the note", desk.call("GET", base + "/notes/" + note)["note"]["body"], "Wants a garden and a pool")
    same(desk, "the notes", [one["pinned"] for one in desk.call("GET", base + "/notes")["notes"]], [True])
    desk.call("DELETE", base + "/notes/" + note)
    same(desk, "a removed note", desk.call("GET", base + "/notes")["notes"], [])
    # Followers
    added = desk.call("POST", base + "/followers", {"followers": [users[0]["id"], users[1]["id"]]})
    same(desk, "the followers", added["followersAdded"], [users[0]["id"], users[1]["id"]])
    left = desk.call("DELETE", base + "/followers", {"followers": [users[0]["id"]]})
    same(desk, "the follower left", left["followers"], [users[1]["id"]])
    # Workflows and campaigns
    flows = desk.call("GET", "/workflows/", query={"locationId": location})["workflows"]
    live = [one["id"] for one in flows if one["status"] == "published"]
    desk.call("POST", base + "/workflow/" + live[0], {"eventStartTime": "2026-06-23T03:30:00+01:00"})
    desk.call("POST", base + "/workflow/" + [one["id"] for one in flows if one["status"] == "draft"][0], {}, expect=4)
    desk.call("DELETE", base + "/workflow/" + live[0], {})
    campaigns = desk.call("GET", "/campaigns/", query={"locationId": location, "status": "published"})["campaigns"]
    for campaign in campaigns:
        desk.call("POST", base + "/campaigns/" + campaign["id"], {})
    desk.call("DELETE", base + "/campaigns/" + campaigns[0]["id"])
    desk.call("DELETE", base + "/campaigns/removeAll")
    # Many at once
    other = person(desk, location, "Eli", "+12015550192")
    many = {"contacts": [contact, other], "tags": ["Hot", "buyer"], "locationId": location}
    desk.call("POST", "/contacts/bulk/tags/update/add", many)
    desk.call("POST", "/contacts/bulk/tags/update/remove", dict(many, tags=["buyer"]))
    same(desk, "the tags", desk.call("GET", "/contacts/" + other)["contact"]["tags"], ["hot"])
    desk.call("DELETE", base)
    desk.call("GET", base + "/notes", expect=4)


def businesses(desk, location):
    firm = {"name": "Palm Roofing", "locationId": location, "phone": "+12015550193", "city": "Tampa"}
    made = desk.call("POST", "/businesses/", firm)["buiseness"]["id"]
    desk.call("PUT", "/businesses/" + made, {"city": "Naples"})
    same(desk, "the business", desk.call("GET", "/businesses/" + made)["business"]["city"], "Naples")
    listed = desk.call("GET", "/businesses/", query={"locationId": location, "limit": 100, "skip": 0})["businesses"]
    same(desk, "the list of businesses", made in [one["id"] for one in listed], True)
    contact = person(desk, location, "Fay", "+12015550194")
    desk.call("POST", "/contacts/bulk/business", {"locationId": location, "ids": [contact], "businessId": made})
    people = desk.call("GET", "/contacts/business/" + made, query={"locationId": location, "limit": "25", "skip": "0"})
    same(desk, "whom the business has", [one["id"] for one in people["contacts"]], [contact])
    desk.call("POST", "/contacts/bulk/business", {"locationId": location, "ids": [contact], "businessId": None})
    people = desk.call("GET", "/contacts/business/" + made, query={"locationId": location})
    same(desk, "whom the business has now", people["count"], 0)
    desk.call("DELETE", "/businesses/" + made)
    desk.call("GET", "/businesses/" + made, expect=4)
    desk.call("DELETE", "/contacts/" + contact)
