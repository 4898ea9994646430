#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks all 126 operations of the catalogue: each is called through the command line against a practice account, its
request and its answer are held against HighLevel's published OpenAPI files, and its effect is read back.

  operations_walk.py --bin DIR --openapi DIR [--dialect spec|both] [--only WORD]

One process holds the profile, as the window does; the calls reach it over its socket. Ends with 0 when 126 of 126 work,
1 when not, 77 when the OpenAPI files or the validator are not here.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request

import practice_openapi as openapi

SKIP = 77


class Walk:
    def __init__(self, programs, dialect, only):
        self.folder = tempfile.TemporaryDirectory(prefix="outrigger-walk-")
        self.cli = os.path.join(programs, "outrigger-cli")
        self.only = only
        self.server = subprocess.Popen(
            [os.path.join(programs, "outrigger-practice"), "--quiet", "--rate", "off", "--record", "--dialect", dialect, "--pace", "0.01",
             "--contacts", "60", "--conversations", "30", "--messages", "400", "--opportunities", "20"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        words = self.server.stdout.readline().split()
        self.base, self.token, self.location = words[1], words[3], words[5]
        self.holder = None
        self.called, self.problems, self.refused = {}, {}, []
        self.held = set()

    def __enter__(self):
        self.holder = subprocess.Popen(self.line("sync", "--watch"), env=self.environment(self.token),
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        # A command that came first would hold the profile itself, and could not end before this one does.
        while not self.control("ledger?all=1")["entries"]:
            if time.monotonic() > deadline:
                raise SystemExit("The process that holds the profile asks for nothing.")
            time.sleep(0.1)
        return self

    def __exit__(self, *_):
        for process in (self.holder, self.server):
            process.terminate()
            process.wait()
        self.folder.cleanup()

    def environment(self, token):
        return dict(os.environ, OUTRIGGER_TOKEN=token, OUTRIGGER_LOCATION=self.location, OUTRIGGER_SERVER=self.base,
                    XDG_RUNTIME_DIR=self.folder.name)

    def line(self, *words, profile="desk"):
        return [self.cli, "--profile", os.path.join(self.folder.name, profile), *words]

    def control(self, what, body=None):
        request = urllib.request.Request(self.base + "/__practice/" + what, data=json.dumps(body).encode() if body is not None else None,
                                         headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def run(self, key, token, profile, body, options, params):
        words = ["op", "call", key, "--json", *options]
        for name, value in params.items():
            if value is None or value == []:
                value = "none-found"  # an earlier step failed: this one says so in its own way
            text = value if isinstance(value, str) else json.dumps(value)
            words += ["--param", "%s=%s" % (name, text)]
        if body is not None:
            words += ["--body", "-"]
        try:
            ran = subprocess.run(self.line(*words, profile=profile), env=self.environment(token), capture_output=True, text=True,
                                 timeout=60, input=json.dumps(body) if body is not None else None)
        except subprocess.TimeoutExpired:
            self.problems.setdefault(key, "no answer within a minute")
            return {}
        if ran.returncode:
            self.problems.setdefault(key, "exit %d: %s" % (ran.returncode, ran.stderr.strip()[-300:]))
            return {}
        self.called[key] = self.called.get(key, 0) + 1
        try:
            return json.loads(ran.stdout)
        except ValueError:
            self.problems.setdefault(key, "no JSON: " + ran.stdout[:200])
            return {}

    def __call__(self, key, /, *options, whole=None, **params):
        return self.run(key, self.token, "desk", whole, options, params)

    def agency(self, key, /, *options, whole=None, **params):
        if not hasattr(self, "agency_token"):
            scopes = "locations.readonly locations.write locations.internal-access-only companies.readonly snapshots.readonly users.readonly oauth.readonly oauth.write"
            self.agency_token = self.control("token", {"company": True, "scopes": scopes.split()})["token"]
        return self.run(key, self.agency_token, "agency", whole, options, params)

    def holds(self, keys, condition, what):
        """The effect of these operations (one, or several with a space between) is there."""
        for key in keys.split():
            self.hold(key, condition, what)

    def hold(self, key, condition, what):
        self.held.add(key)
        if not condition:
            self.problems.setdefault(key, "its effect is not there: " + what)


def at(value, *path):
    """The value along a path, or None."""
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def ids(answer, name):
    return [one.get("id") or one.get("_id") for one in at(answer, name) or []]


def contacts(w):
    c = w.contact = at(w("create-contact", firstName="Walter", lastName="Walk", phone="+12015550177", email="walter@example.com",
                         tags="walker"), "contact", "id")
    other = w.other = at(w("upsert-contact", firstName="Wanda", email="wanda@example.com"), "contact", "id")
    again = w("upsert-contact", email="wanda@example.com", city="Tampa")
    w.holds("upsert-contact", at(again, "contact", "id") == other and again.get("new") is False, "the same contact again")
    w.holds("create-contact get-contact", at(w("get-contact", contactId=c), "contact", "firstName") == "Walter", "the contact")
    w("update-contact", contactId=c, city="Orlando")
    w.holds("update-contact", at(w("get-contact", contactId=c), "contact", "city") == "Orlando", "the city")
    found = at(w("search-contacts", pageLimit=5, query="Walter"), "contacts") or []
    w.holds("search-contacts", c in [one.get("id") for one in found] and other not in [one.get("id") for one in found], "who has the name, alone")
    w.holds("get-duplicate-contact", at(w("get-duplicate-contact", number="+12015550177"), "contact", "id") == c, "who has the number")
    w.holds("find-contact", at(w("find-contact", email="walter@example.com"), "contact", "id") == c, "who has the e-mail")
    w.holds("list-contacts-deprecated", {c, other} <= set(ids(w("list-contacts-deprecated", limit=100), "contacts")), "both contacts")
    w("add-tags-to-contact", contactId=c, tags="one,two")
    w.holds("add-tags-to-contact", {"one", "two"} <= set(at(w("get-contact", contactId=c), "contact", "tags") or []), "the tags")
    w("remove-tags-from-contact", "--yes", contactId=c, tags="two")
    w.holds("remove-tags-from-contact", "two" not in (at(w("get-contact", contactId=c), "contact", "tags") or ["two"]), "the tag is gone")
    w("bulk-update-contact-tags", type="add", contacts=[c, other], tags="many")
    w.holds("bulk-update-contact-tags", "many" in (at(w("get-contact", contactId=other), "contact", "tags") or []), "the tag of both")
    notes(w, c)
    tasks(w, c)
    user = w.users[0]
    w("add-contact-followers", contactId=c, followers=[user])
    w.holds("add-contact-followers", user in (at(w("get-contact", contactId=c), "contact", "followers") or []), "the follower")
    w("remove-contact-followers", "--yes", contactId=c, followers=[user])
    w.holds("remove-contact-followers", user not in (at(w("get-contact", contactId=c), "contact", "followers") or []), "the follower is gone")


def notes(w, c):
    note = at(w("create-contact-note", contactId=c, body="Likes gardens"), "note", "id")
    w.holds("create-contact-note get-contact-notes", note and note in ids(w("get-contact-notes", contactId=c), "notes"), "the note in the list")
    w("update-contact-note", contactId=c, id=note, body="Likes large gardens")
    w.holds("update-contact-note get-contact-note-by-id", at(w("get-contact-note-by-id", contactId=c, id=note), "note", "body") == "Likes large gardens", "the words")
    w("delete-contact-note", "--yes", contactId=c, id=note)
    w.holds("delete-contact-note", note not in ids(w("get-contact-notes", contactId=c), "notes"), "it is gone")


def tasks(w, c):
    task = at(w("create-contact-task", contactId=c, title="Call back", dueDate="2026-12-01T15:00:00.000Z", completed=False), "task", "id")
    w.holds("create-contact-task get-contact-tasks", task and task in ids(w("get-contact-tasks", contactId=c), "tasks"), "the task in the list")
    w("update-contact-task", contactId=c, taskId=task, title="Call back soon")
    w("complete-contact-task", contactId=c, taskId=task, completed=True)
    read = at(w("get-contact-task-by-id", contactId=c, taskId=task), "task") or {}
    w.holds("update-contact-task get-contact-task-by-id", read.get("title") == "Call back soon", "the title")
    w.holds("complete-contact-task", read.get("completed") is True, "done")
    w("delete-contact-task", "--yes", contactId=c, taskId=task)
    w.holds("delete-contact-task", task not in ids(w("get-contact-tasks", contactId=c), "tasks"), "it is gone")


def enrolled(w):
    """Where the contact is, as the practice server has it: HighLevel has no call that tells it."""
    rows = w.control("enrolled?contactId=" + w.contact)
    return rows["workflows"], rows["campaigns"]


def automation(w):
    flows = at(w("list-workflows"), "workflows") or []
    flow = next((f["id"] for f in flows if f.get("status") == "published"), None)
    w.holds("list-workflows", flow, "a published workflow")
    w("add-contact-to-workflow", contactId=w.contact, workflowId=flow)
    w.holds("add-contact-to-workflow", enrolled(w) == ([flow], []), "the contact in the workflow")
    w("remove-from-workflow", "--yes", contactId=w.contact, workflowId=flow)
    w.holds("remove-from-workflow", enrolled(w) == ([], []), "the contact is out of it")
    campaigns = ids(w("list-campaigns"), "campaigns")
    w.holds("list-campaigns", campaigns, "a campaign")
    campaign = at(campaigns, 0)
    w("add-contact-to-campaign", contactId=w.contact, campaignId=campaign)
    w.holds("add-contact-to-campaign", enrolled(w) == ([], [campaign]), "the contact in the campaign")
    w("remove-from-campaign", "--yes", contactId=w.contact, campaignId=campaign)
    w.holds("remove-from-campaign", enrolled(w) == ([], []), "the contact is out of it")
    w("add-contact-to-campaign", contactId=w.contact, campaignId=campaign)
    there = enrolled(w)
    w("remove-from-all-campaigns", "--yes", contactId=w.contact)
    w.holds("remove-from-all-campaigns", there == ([], [campaign]) and enrolled(w) == ([], []), "the contact was in one and is in none")


def businesses(w):
    made = w("create-business", name="Walk & Sons")
    business = at(made, "buiseness", "id") or at(made, "business", "id")
    w.holds("create-business list-businesses-by-location", business and business in ids(w("list-businesses-by-location"), "businesses"), "the business in the list")
    w("update-business", businessId=business, city="Tampa")
    w.holds("update-business get-business", at(w("get-business", businessId=business), "business", "city") == "Tampa", "the city")
    w("bulk-business-update", whole={"locationId": w.location, "ids": [w.contact], "businessId": business})
    w.holds("bulk-business-update get-contacts-by-business", ids(w("get-contacts-by-business", businessId=business), "contacts") == [w.contact],
            "the contact in it, alone")
    w("bulk-business-update", whole={"locationId": w.location, "ids": [w.contact], "businessId": None})
    w.holds("bulk-business-update", at(w("get-contacts-by-business", businessId=business), "contacts") == [], "the contact is out of it")
    w("delete-business", "--yes", businessId=business)
    w.holds("delete-business", business not in ids(w("list-businesses-by-location"), "businesses"), "it is gone")


def calendars(w):
    free = w("validate-group-slug", slug="walks")
    group = at(w("create-calendar-group", name="Walks", description="Walks", slug="walks", isActive=True), "group", "id")
    w.holds("create-calendar-group list-calendar-groups", group in ids(w("list-calendar-groups"), "groups"), "the group in the list")
    taken = w("validate-group-slug", slug="walks")
    w.holds("validate-group-slug", at(free, "available") is True and at(taken, "available") is False, "free before, taken after")
    w("update-calendar-group", groupId=group, name="Long walks", description="Walks", slug="walks")
    w("update-group-status", groupId=group, isActive=False)
    found = next((g for g in at(w("list-calendar-groups"), "groups") or [] if g.get("id") == group), {})
    w.holds("update-calendar-group", found.get("name") == "Long walks", "the name")
    w.holds("update-group-status", found.get("isActive") is False, "it is off")
    made = at(w("create-calendar", name="Walks", calendarType="event", slotDuration=30), "calendar", "id")
    w.holds("create-calendar list-calendars", made in ids(w("list-calendars"), "calendars"), "the calendar in the list")
    w("update-calendar", calendarId=made, name="Longer walks")
    w.holds("update-calendar get-calendar-by-id", at(w("get-calendar-by-id", calendarId=made), "calendar", "name") == "Longer walks", "the name")
    notifications(w, made)
    w("delete-calendar", "--yes", calendarId=made)
    listed = ids(w("list-calendars"), "calendars")
    w.holds("delete-calendar", listed and made not in listed, "it is gone")
    w("delete-calendar-group", "--yes", groupId=group)
    w.holds("delete-calendar-group", group not in ids(w("list-calendar-groups"), "groups"), "it is gone")
    resources(w)
    appointments(w, listed[0] if listed else None)


def listed_notifications(w, calendar):
    rows = w("list-calendar-notifications", calendarId=calendar)
    return rows if isinstance(rows, list) else at(rows, "notifications") or []


def notifications(w, calendar):
    w("create-calendar-notification", calendarId=calendar, receiverType="contact", channel="email", notificationType="reminder",
      isActive=True)
    rows = listed_notifications(w, calendar)
    one = (at(rows, 0, "_id") or at(rows, 0, "id")) if rows else None
    w.holds("create-calendar-notification list-calendar-notifications", one and at(rows, 0, "channel") == "email", "the notification in the list")
    w("update-notification", calendarId=calendar, notificationId=one, isActive=False)
    read = w("get-calendar-notification", calendarId=calendar, notificationId=one)
    w.holds("update-notification get-calendar-notification", (at(read, "notification") or read).get("isActive") is False, "it is off")
    w("delete-notification", "--yes", calendarId=calendar, notificationId=one)
    w.holds("delete-notification", one not in [r.get("_id") or r.get("id") for r in listed_notifications(w, calendar)], "it is gone")


def listed_rooms(w):
    rows = w("list-calendar-resources", resourceType="rooms", limit=20, skip=0)
    return [r.get("_id") or r.get("id") for r in (rows if isinstance(rows, list) else at(rows, "resources") or [])]


def resources(w):
    made = w("create-calendar-resource", resourceType="rooms", name="Blue room", description="A room", quantity=1, outOfService=0,
             capacity=4, calendarIds=[])
    room = at(made, "_id") or at(made, "id") or at(made, "resource", "_id")
    w.holds("create-calendar-resource list-calendar-resources", room and room in listed_rooms(w), "the room in the list")
    w("update-calendar-resource", resourceType="rooms", id=room, name="Red room")
    w.holds("update-calendar-resource get-calendar-resource", at(w("get-calendar-resource", resourceType="rooms", id=room), "name") == "Red room",
            "the name")
    w("delete-calendar-resource", "--yes", resourceType="rooms", id=room)
    w.holds("delete-calendar-resource", room not in listed_rooms(w), "it is gone")


def slots(w, calendar):
    first = int(time.time() * 1000) + 86_400_000
    days = w("get-free-slots", calendarId=calendar, startDate=first, endDate=first + 20 * 86_400_000)
    return [slot for day in days.values() if isinstance(day, dict) for slot in day.get("slots", [])], first


def appointments(w, calendar):
    free, first = slots(w, calendar)
    if not free:
        w.problems.setdefault("get-free-slots", "nothing is free")
        return
    made = w("create-appointment", calendarId=calendar, contactId=w.contact, startTime=free[3], title="Walk")
    event = made.get("id")
    w.holds("create-appointment get-contact-appointments", event and event in ids(w("get-contact-appointments", contactId=w.contact), "events"), "the contact's appointment")
    w("update-appointment", eventId=event, title="Long walk", startTime=free[6])
    read = w("get-appointment", eventId=event)
    w.holds("update-appointment get-appointment", at(read.get("event") or read.get("appointment") or {}, "title") == "Long walk", "the title")
    span = {"startTime": str(first - 86_400_000), "endTime": str(first + 40 * 86_400_000), "calendarId": calendar}
    w.holds("list-calendar-events", event in ids(w("list-calendar-events", **span), "events"), "the appointment in the list")
    appointment_notes(w, event)
    block = w("create-block-slot", calendarId=calendar, startTime=free[9], endTime=free[12], title="Lunch").get("id")
    w.holds("create-block-slot list-blocked-slots", block in ids(w("list-blocked-slots", **span), "events"), "the block in the list")
    w.holds("get-free-slots", free[9] not in slots(w, calendar)[0] and free[20] in slots(w, calendar)[0], "blocked time is not free, the rest is")
    w("update-block-slot", eventId=block, calendarId=calendar, startTime=free[9], endTime=free[12], title="Long lunch")
    rows = at(w("list-blocked-slots", **span), "events") or []
    w.holds("update-block-slot", any(r.get("id") == block and r.get("title") == "Long lunch" for r in rows), "the title")
    w("delete-event", "--yes", eventId=block)
    w.holds("delete-event", block not in ids(w("list-blocked-slots", **span), "events"), "the block is gone")
    w("delete-event", "--yes", eventId=event)


def appointment_notes(w, event):
    def listed():
        return at(w("list-appointment-notes", appointmentId=event, limit=10, offset=0), "notes") or []
    note = at(w("create-appointment-note", appointmentId=event, body="Bring boots"), "note", "id")
    w.holds("create-appointment-note list-appointment-notes", any(r.get("id") == note and r.get("body") == "Bring boots" for r in listed()), "the note")
    w("update-appointment-note", appointmentId=event, noteId=note, body="Bring good boots")
    w.holds("update-appointment-note", any(r.get("id") == note and r.get("body") == "Bring good boots" for r in listed()), "the words")
    w("delete-appointment-note", "--yes", appointmentId=event, noteId=note)
    w.holds("delete-appointment-note", note not in [r.get("id") for r in listed()], "it is gone")


def deals(w):
    line = at(w("list-pipelines"), "pipelines", 0) or {}
    stages = [s["id"] for s in line.get("stages", [])]
    w.holds("list-pipelines", len(stages) > 1, "a pipeline with its stages")
    deal = at(w("create-opportunity", pipelineId=line.get("id"), name="Walter's house", status="open", contactId=w.contact,
                pipelineStageId=at(stages, 0), monetaryValue=250), "opportunity", "id")
    made = at(w("get-opportunity", id=deal), "opportunity") or {}
    w.holds("create-opportunity get-opportunity", made.get("pipelineStageId") == at(stages, 0) and made.get("monetaryValue") == 250, "the deal")
    w("update-opportunity", id=deal, pipelineId=line.get("id"), pipelineStageId=at(stages, 1))
    w.holds("update-opportunity", at(w("get-opportunity", id=deal), "opportunity", "pipelineStageId") == at(stages, 1), "the stage")
    w("update-opportunity-status", id=deal, status="won")
    w.holds("update-opportunity-status", at(w("get-opportunity", id=deal), "opportunity", "status") == "won", "won")
    w.holds("search-opportunities", deal in ids(w("search-opportunities", contact_id=w.contact, status="all"), "opportunities"), "the deal")
    w("add-followers", id=deal, followers=w.users[:1])
    w.holds("add-followers", w.users[0] in (at(w("get-opportunity", id=deal), "opportunity", "followers") or []), "the follower")
    w("remove-followers", "--yes", id=deal, followers=w.users[:1])
    w.holds("remove-followers", w.users[0] not in (at(w("get-opportunity", id=deal), "opportunity", "followers") or []), "the follower is gone")
    w("upsert-opportunity", whole={"pipelineId": line.get("id"), "locationId": w.location, "contactId": w.contact, "name": "Walter's flat",
                                  "followers": w.users[:1], "isRemoveAllFollowers": False, "followersActionType": "add"})
    w.holds("upsert-opportunity", "Walter's flat" in [d.get("name") for d in
            at(w("search-opportunities", contact_id=w.contact, status="all"), "opportunities") or []], "the name")
    w("delete-opportunity", "--yes", id=deal)
    w.holds("delete-opportunity", deal not in ids(w("search-opportunities", contact_id=w.contact, status="all"), "opportunities"), "it is gone")


def talks(w):
    sent = w("send-a-message", "--yes", type="SMS", contactId=w.contact, message="Hello Walter")
    talk = sent.get("conversationId")
    w.holds("send-a-message", at(w("get-message-by-id", id=sent.get("messageId")), "message", "body") == "Hello Walter"
            or w("get-message-by-id", id=sent.get("messageId")).get("body") == "Hello Walter", "the text")
    w("get-conversation", conversationId=talk)
    rows = at(w("get-messages-by-conversation", conversationId=talk), "messages")
    rows = rows.get("messages") if isinstance(rows, dict) else rows
    w.holds("get-messages-by-conversation", sent.get("messageId") in [r.get("id") for r in rows or []], "the text in the talk")
    w.holds("search-conversations", talk in ids(w("search-conversations", contactId=w.contact), "conversations"), "the talk")
    mail = w("send-a-message", "--yes", type="Email", contactId=w.contact, subject="Hello", html="<p>Hello</p>")
    w.holds("get-email-by-id", w("get-email-by-id", id=mail.get("emailMessageId")), "the e-mail")
    later = w("send-a-message", "--yes", type="SMS", contactId=w.contact, message="Later", scheduledTimestamp=4_000_000_000)
    w("cancel-scheduled-message", "--yes", messageId=later.get("messageId"))
    custom = w("send-a-message", "--yes", type="Custom", contactId=w.contact, message="By provider", conversationProviderId="provider")
    w("update-message-status", messageId=custom.get("messageId"), status="delivered")
    w("agent-typing-indicator", isTyping=True, visitorId="visitor-1", conversationId=talk)
    call = next((m["id"] for m in at(w("export-messages", channel="Call", limit=100), "messages") or []
                 if m.get("status") == "completed" and m.get("source") != "walk"), None)
    sound = os.path.join(w.folder.name, "call.wav")
    w("get-message-recording", "--out", sound, messageId=call)
    w.holds("get-message-recording", os.path.exists(sound) and open(sound, "rb").read(4) == b"RIFF", "the sound")
    w.holds("get-message-transcription", w("get-message-transcription", messageId=call), "the words")
    w.holds("download-transcription", w("download-transcription", messageId=call).get("text"), "the words as a file")


def users(w):
    w.holds("list-users-by-location", w.users[0], "users of the location")
    w.holds("get-user", w("get-user", userId=w.users[0]).get("id") == w.users[0], "the user")
    made = w("create-user", whole={"companyId": w.company, "firstName": "Will", "lastName": "Walk", "email": "will@example.com",
                                  "password": "correct-horse-9", "type": "account", "role": "user", "locationIds": [w.location]})
    user = made.get("id")
    w.holds("create-user", user and w("get-user", userId=user).get("email") == "will@example.com", "the user")
    w.holds("search-users", user and user in ids(w("search-users", companyId=w.company, query="will@example.com"), "users"), "the user among those found")
    w("update-user", userId=user, firstName="William")
    w.holds("update-user", w("get-user", userId=user).get("firstName") == "William", "the name")
    found = w.agency("filter-users-by-email", companyId=w.company, emails="will@example.com")
    w.holds("filter-users-by-email", user in ids(found, "users"), "the user")
    w("delete-user", "--yes", userId=user)
    w.holds("delete-user", user not in ids(w("list-users-by-location"), "users") and w.users[0] in ids(w("list-users-by-location"), "users"),
            "it is gone, the others are not")


def records(w):
    key = "walk_%d" % (time.time() % 100000)
    made = w("create-association", key=key, firstObjectLabel="Buyer", firstObjectKey="contact", secondObjectLabel="Seller",
             secondObjectKey="contact")
    link = made.get("id")
    w("update-association", associationId=link, firstObjectLabel="Old buyer", secondObjectLabel="Old seller")
    w.holds("update-association", "Old buyer" in json.dumps(w("get-association", associationId=link)), "the label")
    w.holds("get-association-key", link and link in json.dumps(w("get-association-key", key_name=key)), "the association")
    w.holds("get-association-by-keys", w("get-association-by-keys", objectKey="contact"), "an association")
    w.holds("find-associations", link and link in json.dumps(w("find-associations", skip=0, limit=50)), "the association in the list")
    relation = w("create-relation", associationId=link, firstRecordId=w.contact, secondRecordId=w.other).get("id")
    rows = w("get-relations-by-record", recordId=w.contact, skip=0, limit=50)
    w.holds("create-relation", relation and relation in json.dumps(rows), "the link")
    w("delete-relation", "--yes", relationId=relation)
    rows = w("get-relations-by-record", recordId=w.contact, skip=0, limit=50)
    w.holds("delete-relation", relation and relation not in json.dumps(rows), "it is gone")
    w("delete-association", "--yes", associationId=link)


def blogs(w):
    rows = w("get-blogs-by-location", skip=0, limit=10)
    rows = at(rows, "data") or at(rows, "blogs") or []
    blog = at(rows, 0, "_id") or at(rows, 0, "id")
    authors = w("get-blog-authors", limit=10, offset=0)
    author = at(authors, "authors", 0, "_id") or at(authors, "authors", 0, "id")
    categories = w("get-blog-categories", limit=10, offset=0)
    category = at(categories, "categories", 0, "_id") or at(categories, "categories", 0, "id")
    post = {"title": "A walk", "locationId": w.location, "blogId": blog, "imageUrl": "https://example.com/walk.png", "description": "A walk",
            "rawHTML": "<p>A walk</p>", "status": "PUBLISHED", "imageAltText": "A walk", "categories": [category], "tags": ["walk"],
            "author": author, "urlSlug": "a-walk", "canonicalLink": "https://example.com/a-walk", "publishedAt": "2026-11-21T12:00:00.000Z"}
    free = w("check-blog-url-slug", urlSlug="a-walk")
    w.holds("check-blog-url-slug", free.get("exists") is False, "the word is free")
    made = w("create-blog-post", whole=post)
    made = at(made, "data") or at(made, "blogPost") or made
    one = at(made, "_id") or at(made, "id")
    w.holds("create-blog-post", w("check-blog-url-slug", urlSlug="a-walk").get("exists") is True, "the word is taken")
    w("update-blog-post", postId=one, whole=dict(post, title="A long walk"))
    w.holds("update-blog-post", "A long walk" in json.dumps(w("get-blog-posts", blogId=blog, limit=10, offset=0)), "the title")


def places(w):
    w.holds("find-location-by-id", at(w("find-location-by-id"), "location", "id") == w.location, "the location")
    w.holds("list-locations", w.location in ids(w("list-locations"), "locations"), "the location in the list")
    w.holds("list-custom-fields", at(w("list-custom-fields"), "customFields"), "fields")
    w.holds("get-company", at(w.agency("get-company", companyId=w.company), "company", "id") == w.company, "the agency")
    w.holds("list-snapshots", at(w.agency("list-snapshots", companyId=w.company), "snapshots"), "snapshots")
    made = w.agency("create-location", "--yes", companyId=w.company, name="Walk Realty")
    place = made.get("id") or at(made, "location", "id")
    w.agency("update-location", "--yes", locationId=place, companyId=w.company, name="Walk & Run Realty")
    w.holds("update-location", "Walk & Run Realty" in json.dumps(w.agency("find-location-by-id", locationId=place)), "the name")
    w.agency("delete-location", "--yes", locationId=place, deleteTwilioAccount=False)


def extras(w):
    """What lies around the 126: it is in the table too."""
    pair = w.agency("get-location-token", "--yes", companyId=w.company, locationId=w.location)
    made = w.run("find-location-by-id", pair.get("access_token") or "none", "minted", None, (), {})
    w.holds("get-location-token", at(made, "location", "id") == w.location, "the token opens the location")
    listed = w.agency("list-installed-locations", companyId=w.company, appId="66f0a1b2c3d4e5f6a7b8c9d0")
    w.holds("list-installed-locations", w.location in json.dumps(listed), "the location")
    tag = at(w("create-tag", name="harbour"), "tag", "id")
    w("rename-tag", tagId=tag, name="at the harbour")
    w.holds("rename-tag", at(w("get-tag", tagId=tag), "tag", "name") == "at the harbour", "the name")
    w.holds("list-tags", tag in ids(w("list-tags"), "tags"), "the tag in the list")
    w("delete-tag", "--yes", tagId=tag)
    field = at(w("create-custom-field", name="Mooring", dataType="TEXT", model="contact"), "customField", "id")
    w("update-custom-field", id=field, name="Moorings")
    w.holds("update-custom-field", at(w("get-custom-field", id=field), "customField", "name") == "Moorings", "the name")
    w("delete-custom-field", "--yes", id=field)
    w.holds("search-tasks", "tasks" in w("search-tasks", completed=False, limit=5), "tasks")
    talk = next(iter(ids(w("search-conversations"), "conversations")), None)
    w("update-conversation", conversationId=talk, starred=True)
    w.holds("update-conversation", w("get-conversation", conversationId=talk).get("starred") is True, "the star")
    for key in ("list-lost-reasons", "list-custom-values", "list-phone-numbers", "list-number-pools", "list-time-zones", "list-trigger-links",
                "search-trigger-links", "list-object-schemas", "list-builder-templates", "list-e-mail-templates-v3"):
        w(key)
    w("list-schedules", userId=w.users[0])
    w("list-templates", originId=w.location)
    w("list-media", sortBy="createdAt", sortOrder="desc", type="file", altType="location", altId=w.location)
    picture = os.path.join(w.folder.name, "harbour.png")
    with open(picture, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\nharbour")
    w.holds("upload-media", w("upload-media", name="harbour.png", file="@" + picture).get("fileId"), "the file")


def validate(w, folder):
    """What the OpenAPI files say against each operation's requests and answers: by "METHOD /path/{hole}"."""
    spec = openapi.Spec(folder)
    wrong = {}
    for entry in w.control("ledger?all=1&answers=1")["entries"]:
        requests, answers = openapi.Check(openapi.REQUEST_DEVIATIONS), openapi.Check(openapi.ANSWER_DEVIATIONS)
        openapi.check_request(spec, requests, entry)
        found = spec.find(entry["method"], entry["path"])
        if "answer" in entry and entry["status"] < 300:
            openapi.check_answer(spec, answers, entry["method"], entry["path"], entry["status"], entry["answer"])
        for failure in requests.failures + answers.failures:
            wrong.setdefault(found[0] if found else entry["path"], failure)
    return wrong


# How many operations there are of these kinds; the effect of each must be read back, and what a read tells be compared.
READ_BACK = {"calendars": 34, "contacts": 28, "users": 7, "businesses": 5, "workflows and campaigns": 8, "opportunities": 10}
AUTOMATION = ("list-workflows", "list-snapshots", "list-campaigns", "add-contact-to-workflow", "remove-from-workflow", "add-contact-followers",
              "remove-contact-followers", "bulk-business-update")


def group_of(row):
    if row["path"].startswith("/calendars/"):
        return "calendars"
    if row["key"] in AUTOMATION:
        return "workflows and campaigns"
    group = row["category"].lower()
    return group if group in READ_BACK else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--openapi", required=True)
    parser.add_argument("--dialect", default="spec")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    if not os.path.isdir(arguments.openapi):
        print("HighLevel's OpenAPI files are not in %s, so nothing can be compared." % arguments.openapi)
        return SKIP
    try:
        import jsonschema  # noqa: F401
    except ImportError:
        print("python3-jsonschema is not installed, so nothing can be compared.")
        return SKIP
    with Walk(os.path.abspath(arguments.bin), arguments.dialect, arguments.only) as w:
        rows = json.loads(subprocess.run(w.line("op", "list", "--listed", "--json"), env=w.environment(w.token), capture_output=True,
                                         text=True, check=True).stdout)
        w.company = w.control("state")["companyId"]
        w.users = ids(w("list-users-by-location"), "users") or [None]
        for part in (contacts, automation, businesses, calendars, deals, talks, users, records, blogs, places, extras):
            if arguments.only in part.__name__:
                part(w)
        if not arguments.only:
            w("delete-contact", "--yes", contactId=w.other)
            w.holds("delete-contact", w.other not in ids(w("list-contacts-deprecated", limit=100), "contacts"), "it is gone")
        wrong = validate(w, arguments.openapi)
    good = 0
    groups = {}
    for row in rows:
        line = "%s %s" % (row["method"], row["path"])
        problem = w.problems.get(row["key"]) or wrong.get(line)
        if row["key"] not in w.called and not problem:
            problem = "was not called"
        group = group_of(row)
        groups[group] = groups.get(group, 0) + 1
        if group and not arguments.only:
            problem = problem or (None if row["key"] in w.held else "its effect is not read back")
        if problem and not (arguments.only and problem == "was not called"):
            print("FAIL %-34s %s" % (row["name"], problem))
        good += not problem
    for key in sorted(set(w.problems) - {row["key"] for row in rows}):
        print("FAIL %-34s %s" % (key, w.problems[key]))
    print("%d of %d" % (good, len(rows)))
    extras_fine = not (set(w.problems) - {row["key"] for row in rows})
    for group, wanted in sorted(READ_BACK.items()):
        if groups.get(group, 0) != wanted:
            print("FAIL %d operations of %s, not %d" % (groups.get(group, 0), group, wanted))
            extras_fine = False
    return 0 if good == len(rows) == 126 and extras_fine else 1


if __name__ == "__main__":
    sys.exit(main())
