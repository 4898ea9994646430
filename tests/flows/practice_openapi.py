#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the practice server, and the client's requests, against HighLevel's published OpenAPI files.

  practice_openapi.py --server PROGRAM --openapi DIR          starts the server and checks its answers
  practice_openapi.py --openapi DIR --validate-ledger SOURCE  checks recorded requests and answers; SOURCE is a file
                                                              with the ledger, or the address of a running practice
                                                              server that was started with --record
Ends with 0 when all holds, 1 when not, 77 when the OpenAPI files or the validator are not here.
"""
import argparse
import copy
import datetime
import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

import practice_house
import practice_shelf
from practice_deviations import ANSWER_DEVIATIONS, DEEPER, REQUEST_DEVIATIONS, UNPUBLISHED

SKIP = 77

class Spec:
    def __init__(self, folder):
        self.operations = []
        shared = {}
        common = os.path.join(folder, "common")
        for name in sorted(os.listdir(common)) if os.path.isdir(common) else []:
            with open(os.path.join(common, name), encoding="utf-8") as file:
                shared.update(convert(json.load(file)).get("components", {}).get("schemas", {}))
        # What only the newest version has comes last: where both describe a call, the dated one is meant.
        newest = os.path.join(folder, "v3")
        paths = [os.path.join(where, name) for where in (folder, newest) if os.path.isdir(where) for name in sorted(os.listdir(where))]
        for path in paths:
            if not path.endswith(".json") or not os.path.isfile(path):
                continue
            with open(path, encoding="utf-8") as file:
                document = convert(json.load(file))
            if not isinstance(document, dict):
                continue  # a table, not a description
            schemas = document.setdefault("components", {}).setdefault("schemas", {})
            for key, schema in shared.items():
                schemas.setdefault(key, schema)
            for template, verbs in document.get("paths", {}).items():
                for verb, operation in verbs.items():
                    if verb in ("get", "post", "put", "delete", "patch"):
                        self.operations.append((verb.upper(), template, operation, document, verbs.get("parameters", [])))

    def find(self, method, path):
        best = None
        for verb, template, operation, document, shared in self.operations:
            if verb != method:
                continue
            pattern = "^" + re.sub(r"\\\{[^/]*?\\\}", "[^/]+", re.escape(template.rstrip("/"))) + "/?$"
            if re.match(pattern, path):
                # Fixed words win over holes.
                score = -template.count("{")
                if best is None or score > best[0]:
                    best = (score, verb + " " + template, operation, document, shared)
        return best[1:] if best else None


def convert(node):
    """OpenAPI 3.0 to JSON Schema: nullable, and the empty object that means anything."""
    if isinstance(node, list):
        return [convert(item) for item in node]
    if not isinstance(node, dict):
        return node
    result = {key: convert(value) for key, value in node.items() if key not in ("example", "examples")}
    # The shared file's schemas are copied into each document: a reference into it stays inside.
    if isinstance(result.get("$ref"), str):
        result["$ref"] = "#" + result["$ref"].partition("#")[2]
    if result.pop("nullable", None) is True and isinstance(result.get("type"), str):
        result["type"] = [result["type"], "null"]
        if "enum" in result and None not in result["enum"]:
            result["enum"] = result["enum"] + [None]
    if isinstance(result.get("required"), bool) and "in" not in result:
        result.pop("required")
    return result


def errors_of(schema, document, instance):
    import jsonschema
    root = dict(copy.copy(schema))
    root["components"] = document.get("components", {})
    validator = jsonschema.Draft202012Validator(root)
    return [(".".join(str(p) for p in e.absolute_path), e.message) for e in validator.iter_errors(instance)]


def accepted(table, operation, where, message):
    return any(op in ("*", operation) and re.search(at, where) and re.search(says, message)
               for op, at, says, _why in table)


class Check:
    def __init__(self, table):
        self.table = table
        self.failures = []
        self.deviations = {}
        self.count = 0

    def add(self, operation, where, message):
        if accepted(self.table, operation, where, message):
            key = (operation, where, message[:80])
            self.deviations[key] = self.deviations.get(key, 0) + 1
        else:
            self.failures.append("%s: at '%s': %s" % (operation, where, message[:300]))

    def report(self, what):
        for failure in self.failures:
            print("FAIL " + failure)
        if os.environ.get("VERBOSE"):
            for (operation, where, message), times in sorted(self.deviations.items()):
                print("known: %s at '%s': %s (%d times)" % (operation, where, message, times))
        print("%d %s checked, %d known deviations met, %d failures"
              % (self.count, what, len(self.deviations), len(self.failures)))
        return 1 if self.failures else 0


def resolve(parameter, document):
    if "$ref" not in parameter:
        return parameter
    node = document
    for part in parameter["$ref"].lstrip("#/").split("/"):
        node = node[part]
    return node


def from_text(text, schema):
    """A query value as its schema's type would have it."""
    kind = schema.get("type")
    if kind in ("number", "integer"):
        try:
            return float(text) if "." in text else int(text)
        except ValueError:
            return text
    if kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    if kind == "array":
        return text.split(",")
    return text


def check_request(spec, check, entry):
    found = spec.find(entry["method"], entry["path"])
    if not found:
        if not re.match(UNPUBLISHED, entry["path"]):
            check.failures.append("%s %s is not in the specification" % (entry["method"], entry["path"]))
        return
    name, operation, document, shared = found
    check.count += 1
    query = {}
    for key, value in entry.get("query", []):
        query.setdefault(key, value)
    known = set()
    for parameter in [resolve(p, document) for p in shared + operation.get("parameters", [])]:
        schema = parameter.get("schema", {})
        if parameter["in"] == "query":
            known.add(parameter["name"])
            if parameter["name"] in query:
                value = from_text(query[parameter["name"]], schema)
                kinds = schema.get("enum")
                values = value.split(",") if kinds and isinstance(value, str) else [value]
                for one in values:
                    for where, message in errors_of(schema, document, one):
                        check.add(name, "query." + parameter["name"], message)
            elif parameter.get("required"):
                check.add(name, "query", "'%s' is a required parameter" % parameter["name"])
        elif parameter["in"] == "header" and parameter["name"].lower() == "version":
            if parameter.get("required", False) and entry.get("version") not in schema.get("enum", [entry.get("version")]):
                check.add(name, "header.Version", "%r is not one of %r" % (entry.get("version"), schema.get("enum")))
    for extra in sorted(set(query) - known):
        check.add(name, "query", "'%s' is not a parameter of this call" % extra)
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema")
    if schema and schema.get("properties", True):
        body = entry.get("body")
        if body is None:
            check.add(name, "", "the body is missing")
        elif not isinstance(body, str):
            for where, message in errors_of(schema, document, body):
                check.add(name, where, message)
    if content and entry.get("body") is not None and "application/json" in content \
            and not entry.get("contentType", "").startswith("application/json"):
        check.add(name, "header.Content-Type", "%r is not JSON" % entry.get("contentType"))


def validate_ledger(spec, source):
    if source.startswith("http://"):
        with urllib.request.urlopen(source.rstrip("/") + "/__practice/ledger?all=1&answers=1") as answer:
            ledger = json.load(answer)
    else:
        with open(source, encoding="utf-8") as file:
            ledger = json.load(file)
    requests, answers = Check(REQUEST_DEVIATIONS), Check(ANSWER_DEVIATIONS)
    seen = set()
    for entry in ledger["entries"]:
        check_request(spec, requests, entry)
        if "answer" in entry:
            seen.add(check_answer(spec, answers, entry["method"], entry["path"], entry["status"], entry["answer"]))
    if requests.count == 0:
        print("FAIL the ledger holds no request that could be checked")
        return 1
    print("%d operations met" % len(seen - {None}))
    return requests.report("requests") | answers.report("answers")


def check_answer(spec, check, method, path, status, value):
    """The operation's name, or None when there is no such operation."""
    found = spec.find(method, path)
    if not found:
        if not re.match(UNPUBLISHED, path):
            check.failures.append("%s %s is not in the specification" % (method, path))
        return None
    name, operation, document, _shared = found
    check.count += 1
    responses = operation.get("responses", {})
    response = responses.get(str(status))
    if response is None:
        response = responses.get("200") or responses.get("201") if status < 300 else None
    schema = (response or {}).get("content", {}).get("application/json", {}).get("schema")
    if schema:
        if status < 300 and name in DEEPER:
            value = value[DEEPER[name]]
        for where, message in errors_of(schema, document, value):
            check.add(name, where, message)
    return name


class Desk:
    """Calls the server and checks every answer."""

    def __init__(self, base, token, spec, check):
        self.base, self.token, self.spec, self.check = base, token, spec, check
        self.covered = set()

    def call(self, method, path, body=None, query=None, version=None, form=False, expect=2, files=None):
        address = self.base + path + ("?" + urllib.parse.urlencode(query) if query else "")
        headers = {"Authorization": "Bearer " + self.token, "Accept": "application/json"}
        if version is None:
            version = "2021-04-15" if path.startswith(("/conversations", "/calendars")) else "2021-07-28"
        if version:
            headers["Version"] = version
        data = None
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            data = urllib.parse.urlencode(body).encode()
        elif files:
            headers["Content-Type"] = "multipart/form-data; boundary=border"
            part = b'--border\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
            data = b"".join(part % (key.encode(), value.encode()) for key, value in body.items())
            for name, content in files.items():
                data += part % (b'fileAttachment"; filename="' + name.encode(), content)
            data += b"--border--\r\n"
        elif body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body).encode()
        request = urllib.request.Request(address, data=data, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request) as answer:
                status, text = answer.status, answer.read()
                if not answer.headers.get("Content-Type", "").startswith("application/json"):
                    found = self.spec.find(method, path)
                    self.covered.add(found[0] if found else None)
                    return text
        except urllib.error.HTTPError as problem:
            status, text = problem.code, problem.read()
        value = json.loads(text)
        if status // 100 != expect:
            self.check.failures.append("%s %s answered %d: %s" % (method, path, status, text[:300]))
            return value
        self.covered.add(check_answer(self.spec, self.check, method, path, status, value))
        return value

    def raw(self, method, path, body, version):
        """For calls that are not in the published files."""
        headers = {"Authorization": "Bearer " + self.token, "Version": version, "Content-Type": "application/json"}
        data = json.dumps(body).encode() if body is not None else None
        with urllib.request.urlopen(urllib.request.Request(self.base + path, data=data, headers=headers, method=method)) as answer:
            return json.load(answer)


def walk(desk, location):
    """Every operation that the server covers, in an order that makes sense."""
    from_state = json.load(urllib.request.urlopen(desk.base + "/__practice/state"))
    company = from_state["companyId"]
    desk.call("GET", "/locations/" + location)
    desk.call("GET", "/locations/search", query={"companyId": company, "limit": "5"})
    for name in ("tags", "customFields", "timezones"):
        desk.call("GET", "/locations/%s/%s" % (location, name))
    fields = desk.call("GET", "/locations/%s/customFields" % location, query={"model": "all"})
    desk.call("GET", "/locations/%s/customFields/%s" % (location, fields["customFields"][0]["id"]))
    desk.call("POST", "/locations/%s/tags" % location, {"name": "from the check"})
    desk.call("GET", "/locations/%s/customValues" % location)
    for query in ({}, {"type": "sms"}, {"type": "email", "limit": "1"}):
        desk.call("GET", "/locations/%s/templates" % location, query=dict(query, originId=location))
    users = desk.call("GET", "/users/", query={"locationId": location})["users"]
    desk.call("GET", "/users/search", query={"companyId": company, "locationId": location})
    desk.call("GET", "/users/" + users[0]["id"])
    desk.call("GET", "/phone-system/numbers/location/" + location)
    people(desk, location)
    talks(desk, location)
    deals(desk, location)
    calendar(desk, location)
    practice_shelf.walk(desk, location, company)
    practice_house.walk(desk, location, company)
    errors(desk, location)
    tokens(desk, location, from_state["clients"][0])


def people(desk, location):
    found = desk.call("POST", "/contacts/search", {"locationId": location, "pageLimit": 100})
    for contact in found["contacts"][:25]:
        desk.call("GET", "/contacts/" + contact["id"])
    desk.call("GET", "/contacts/", query={"locationId": location, "limit": 100})
    made = desk.call("POST", "/contacts/", {"locationId": location, "firstName": "Ada", "lastName": "Check",
                                            "phone": "+12015550188", "email": "ada.check@example.com", "tags": ["vip"]})
    contact = made["contact"]["id"]
    desk.call("GET", "/contacts/search/duplicate", query={"locationId": location, "number": "+12015550188"})
    desk.call("POST", "/contacts/upsert", {"locationId": location, "email": "ada.check@example.com", "city": "Tampa"})
    desk.call("PUT", "/contacts/" + contact, {"companyName": "Check & Sons", "dndSettings": {"Email": {"status": "active"}}})
    desk.call("POST", "/contacts/%s/tags" % contact, {"tags": ["buyer"]})
    desk.call("DELETE", "/contacts/%s/tags" % contact, {"tags": ["vip"]})
    desk.call("DELETE", "/contacts/" + contact)


def talks(desk, location):
    made = desk.call("POST", "/contacts/", {"locationId": location, "firstName": "Bo", "phone": "+12015550189",
                                            "email": "bo.check@example.com"})
    contact = made["contact"]["id"]
    talk = desk.call("POST", "/conversations/", {"locationId": location, "contactId": contact})["conversation"]["id"]
    sent = desk.call("POST", "/conversations/messages", {"type": "SMS", "contactId": contact, "message": "Hello Bo"})
    desk.call("GET", "/conversations/messages/" + sent["messageId"])
    mail = desk.call("POST", "/conversations/messages", {"type": "Email", "contactId": contact, "subject": "Hello",
                                                         "html": "<p>Hello</p>", "message": "Hello"})
    desk.call("GET", "/conversations/messages/email/" + mail["emailMessageId"], version="")
    later = desk.call("POST", "/conversations/messages", {"type": "SMS", "contactId": contact, "message": "Later",
                                                          "scheduledTimestamp": 4_000_000_000})
    desk.call("DELETE", "/conversations/messages/%s/schedule" % later["messageId"])
    later = desk.call("POST", "/conversations/messages", {"type": "Email", "contactId": contact, "subject": "Later",
                                                          "html": "<p>Later</p>", "scheduledTimestamp": 4_000_000_000})
    desk.call("DELETE", "/conversations/messages/email/%s/schedule" % later["emailMessageId"], version="")
    custom = desk.call("POST", "/conversations/messages", {"type": "Custom", "contactId": contact, "message": "By provider",
                                                           "conversationProviderId": "provider"})
    desk.call("PUT", "/conversations/messages/%s/status" % custom["messageId"], {"status": "delivered"})
    for query in ({}, {"status": "unread"}, {"sort": "asc", "limit": 100}, {"contactId": contact}):
        desk.call("GET", "/conversations/search", query=dict(query, locationId=location))
    rows = desk.call("GET", "/conversations/search", query={"locationId": location, "limit": 100})["conversations"]
    for row in rows:
        desk.call("GET", "/conversations/%s/messages" % row["id"], query={"limit": 100})
    calls(desk, location, rows)
    picture = b"\x89PNG\r\n\x1a\n" + b"x" * 100
    form = {"conversationId": talk, "contactId": contact, "locationId": location}
    files = desk.call("POST", "/conversations/messages/upload", form, files={"house.png": picture})["uploadedFiles"]
    desk.call("POST", "/conversations/messages", {"type": "SMS", "contactId": contact, "attachments": list(files.values())})
    with urllib.request.urlopen(files["house.png"]) as answer:
        if answer.read() != picture:
            desk.check.failures.append("the uploaded file came back changed")
    desk.call("GET", "/conversations/" + talk)
    desk.call("PUT", "/conversations/" + talk, {"locationId": location, "unreadCount": 0, "starred": True})
    for query in ({"limit": 500}, {"channel": "Email"}, {"sortBy": "updatedAt", "sortOrder": "asc"}):
        desk.call("GET", "/conversations/messages/export", query=dict(query, locationId=location))
    desk.call("DELETE", "/conversations/" + talk)


def deals(desk, location):
    """All operations of opportunities, both searches included."""
    lines = desk.call("GET", "/opportunities/pipelines", query={"locationId": location})["pipelines"]
    sales = lines[0]
    reasons = desk.call("GET", "/opportunities/lost-reason", query={"locationId": location})["lostReasons"]
    for query in ({}, {"limit": 100, "status": "all"}, {"pipeline_id": sales["id"], "order": "added_asc"}, {"q": "a"}):
        desk.call("GET", "/opportunities/search", query=dict(query, location_id=location))
    details = {"notes": False, "tasks": False, "calendarEvents": False, "unReadConversations": False}
    desk.call("POST", "/opportunities/search", {"locationId": location, "query": "", "limit": 50, "page": 1, "searchAfter": [],
                                                "additionalDetails": details})
    made = desk.call("POST", "/contacts/", {"locationId": location, "firstName": "Cy", "phone": "+12015550190"})
    contact = made["contact"]["id"]
    deal = {"pipelineId": sales["id"], "locationId": location, "name": "Cy's house", "status": "open", "contactId": contact,
            "pipelineStageId": sales["stages"][0]["id"], "monetaryValue": 220}
    made = desk.call("POST", "/opportunities/", deal)["opportunity"]["id"]
    desk.call("POST", "/opportunities/", deal, expect=4)
    desk.call("GET", "/opportunities/" + made)
    desk.call("PUT", "/opportunities/" + made, {"pipelineId": sales["id"], "pipelineStageId": sales["stages"][1]["id"]})
    desk.call("PUT", "/opportunities/%s/status" % made, {"status": "lost", "lostReasonId": reasons[0]["id"]})
    users = desk.call("GET", "/users/", query={"locationId": location})["users"]
    desk.call("POST", "/opportunities/%s/followers" % made, {"followers": [users[0]["id"]]})
    desk.call("DELETE", "/opportunities/%s/followers" % made, {"followers": [users[0]["id"]]})
    desk.call("POST", "/opportunities/upsert", {"pipelineId": sales["id"], "locationId": location, "id": made, "name": "Cy's home",
                                                "followers": [], "isRemoveAllFollowers": False, "followersActionType": "add"})
    desk.call("DELETE", "/opportunities/" + made)


def calls(desk, location, rows):
    """The first call with a sound: its recording and its words."""
    for row in rows:
        for message in desk.call("GET", "/conversations/%s/messages" % row["id"], query={"limit": 100})["messages"]["messages"]:
            if message["messageType"] == "TYPE_CALL" and int(message["meta"]["callDuration"]) > 0:
                sound = desk.call("GET", "/conversations/messages/%s/locations/%s/recording" % (message["id"], location))
                if not isinstance(sound, bytes) or sound[:4] != b"RIFF":
                    desk.check.failures.append("the recording is no sound")
                words = "/conversations/locations/%s/messages/%s/transcription" % (location, message["id"])
                desk.call("GET", words)
                desk.call("GET", words + "/download")
                return
    desk.check.failures.append("no call with a sound")


def calendar(desk, location):
    """Free slots, an appointment's whole life, blocked time."""
    contact = desk.call("POST", "/contacts/search", {"locationId": location, "pageLimit": 1})["contacts"][0]["id"]
    desk.call("GET", "/calendars/groups", query={"locationId": location})
    mine = desk.call("GET", "/calendars/", query={"locationId": location})["calendars"][0]["id"]
    desk.call("GET", "/calendars/" + mine)
    clock = json.load(urllib.request.urlopen(desk.base + "/__practice/state"))["now"]
    now = int(datetime.datetime.fromisoformat(clock.replace("Z", "+00:00")).timestamp() * 1000)
    day = 86_400_000
    window = {"startDate": now, "endDate": now + 20 * day, "timezone": "America/Los_Angeles"}
    free = desk.call("GET", "/calendars/%s/free-slots" % mine, query=window)
    days = free.get("slots", free)
    times = [slot if isinstance(slot, str) else slot["start"] for key, value in sorted(days.items()) if key[:2] == "20"
             for slot in (value if isinstance(value, list) else value["slots"])]
    made = desk.call("POST", "/calendars/events/appointments", {"calendarId": mine, "locationId": location, "contactId": contact,
                                                                "startTime": times[5], "title": "From the check"})["id"]
    desk.call("POST", "/calendars/events/appointments", {"calendarId": mine, "locationId": location, "contactId": contact,
                                                         "startTime": "2001-01-01T10:00:00Z"}, expect=4)
    desk.call("GET", "/calendars/events/appointments/" + made)
    desk.call("GET", "/contacts/%s/appointments" % contact)
    desk.call("PUT", "/calendars/events/appointments/" + made, {"startTime": times[9]})
    desk.call("PUT", "/calendars/events/appointments/" + made, {"appointmentStatus": "cancelled"})
    span = {"locationId": location, "startTime": str(now - 20 * day), "endTime": str(now + 20 * day), "calendarId": mine}
    if made not in [event["id"] for event in desk.call("GET", "/calendars/events", query=span)["events"]]:
        desk.check.failures.append("the appointment is not in the list")
    block = desk.call("POST", "/calendars/events/block-slots", {"calendarId": mine, "locationId": location, "title": "Dentist",
                                                                "startTime": times[20], "endTime": times[22]})["id"]
    desk.call("PUT", "/calendars/events/block-slots/" + block, {"calendarId": mine, "locationId": location, "title": "Doctor"})
    desk.call("GET", "/calendars/blocked-slots", query=span)
    note = desk.call("POST", "/calendars/appointments/%s/notes" % made, {"body": "Wants a garden"})["note"]["id"]
    desk.call("PUT", "/calendars/appointments/%s/notes/%s" % (made, note), {"body": "Wants a garden and a garage"})
    notes = desk.call("GET", "/calendars/appointments/%s/notes" % made, query={"limit": 10, "offset": 0})["notes"]
    if [one["body"] for one in notes] != ["Wants a garden and a garage"]:
        desk.check.failures.append("the note is not what was written")
    desk.call("DELETE", "/calendars/appointments/%s/notes/%s" % (made, note))
    for gone in (made, block):
        desk.call("DELETE", "/calendars/events/" + gone, {})
    administration(desk, location)


def administration(desk, location):
    """Groups, calendars, rooms, notifications: made, changed, read back, removed."""
    group = {"locationId": location, "name": "Rentals", "description": "What tenants book", "slug": "rentals"}
    if not desk.call("POST", "/calendars/groups/validate-slug", {"locationId": location, "slug": "rentals"})["available"]:
        desk.check.failures.append("a free slug is said to be taken")
    mine = desk.call("POST", "/calendars/groups", group)["group"]["id"]
    if desk.call("POST", "/calendars/groups/validate-slug", {"locationId": location, "slug": "rentals"})["available"]:
        desk.check.failures.append("a taken slug is said to be free")
    desk.call("PUT", "/calendars/groups/" + mine, {"name": "Flats", "description": "What tenants book", "slug": "flats"})
    desk.call("PUT", "/calendars/groups/%s/status" % mine, {"isActive": False})
    own = desk.call("POST", "/calendars/", {"locationId": location, "name": "Flat viewing", "groupId": mine, "slotDuration": 20,
                                            "slotDurationUnit": "mins"})["calendar"]["id"]
    desk.call("PUT", "/calendars/" + own, {"name": "Flat viewing, short", "isActive": False})
    if desk.call("GET", "/calendars/" + own)["calendar"]["name"] != "Flat viewing, short":
        desk.check.failures.append("the calendar's name did not change")
    tell = {"receiverType": "contact", "channel": "sms", "notificationType": "reminder", "isActive": True}
    told = desk.call("POST", "/calendars/%s/notifications" % own, [tell])[0]["_id"]
    desk.call("GET", "/calendars/%s/notifications" % own)
    desk.call("PUT", "/calendars/%s/notifications/%s" % (own, told), {"channel": "email"})
    desk.call("GET", "/calendars/%s/notifications/%s" % (own, told))
    desk.call("DELETE", "/calendars/%s/notifications/%s" % (own, told))
    room = {"locationId": location, "name": "Meeting room", "description": "Six chairs", "quantity": 1, "outOfService": 0,
            "capacity": 6, "calendarIds": [own]}
    made = desk.call("POST", "/calendars/resources/rooms", room)["id"]
    desk.call("GET", "/calendars/resources/rooms", query={"locationId": location, "limit": 10, "skip": 0})
    desk.call("PUT", "/calendars/resources/rooms/" + made, {"locationId": location, "capacity": 8})
    if desk.call("GET", "/calendars/resources/rooms/" + made)["capacity"] != 8:
        desk.check.failures.append("the room did not grow")
    desk.call("DELETE", "/calendars/resources/rooms/" + made)
    desk.call("DELETE", "/calendars/" + own)
    desk.call("DELETE", "/calendars/groups/" + mine)


def errors(desk, location):
    """The refusals have schemas as well."""
    desk.call("POST", "/contacts/search", {"locationId": location}, expect=4)
    desk.call("POST", "/conversations/messages", {"type": "SMS"}, expect=4)
    desk.call("GET", "/conversations/search", expect=4)
    desk.call("POST", "/oauth/token", {"grant_type": "nothing"}, form=True, version="", expect=4)


def tokens(desk, location, client):
    """Consent, code, token and rotation, with PKCE left out: it has its own test."""
    page = {"response_type": "code", "client_id": client["clientId"], "redirect_uri": "http://localhost:5999/back",
            "scope": "contacts.readonly", "state": "x+y", "location": location, "answer": "allow"}

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_args):
            return None
    request = urllib.request.Request(desk.base + "/v2/oauth/chooselocation", urllib.parse.urlencode(page).encode(),
                                     {"Content-Type": "application/x-www-form-urlencoded"})
    try:
        urllib.request.build_opener(Stay).open(request)
        desk.check.failures.append("the consent page did not redirect")
        return
    except urllib.error.HTTPError as redirect:
        back = urllib.parse.parse_qs(urllib.parse.urlparse(redirect.headers["Location"]).query)
    if back.get("state") != ["x+y"]:
        desk.check.failures.append("the state came back as %r" % back.get("state"))
    form = {"client_id": client["clientId"], "client_secret": client["clientSecret"], "user_type": "Location"}
    pair = desk.call("POST", "/oauth/token", dict(form, grant_type="authorization_code", code=back["code"][0],
                                                  redirect_uri=page["redirect_uri"]), form=True, version="")
    desk.call("POST", "/oauth/token", dict(form, grant_type="refresh_token", refresh_token=pair["refresh_token"]),
              form=True, version="")


def check_server(spec, program):
    server = subprocess.Popen([program, "--dialect", "spec", "--rate", "off", "--quiet", "--record", "--exit-with-parent",
                               "--now", "2026-06-19T15:00:00Z"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        words = server.stdout.readline().split()
        if len(words) != 6 or words[0] != "listening":
            print("FAIL the first line is %r" % words)
            return 1
        answers = Check(ANSWER_DEVIATIONS)
        desk = Desk(words[1], words[3], spec, answers)
        walk(desk, words[5])
        print("%d operations covered" % len(desk.covered - {None}))
        worst = answers.report("answers")
        # The calls above are valid ones except four; the request check must find exactly those.
        with urllib.request.urlopen(words[1] + "/__practice/ledger?all=1") as answer:
            ledger = json.load(answer)
        requests = Check(REQUEST_DEVIATIONS)
        for entry in ledger["entries"]:
            if entry["status"] < 400:
                check_request(spec, requests, entry)
        worst |= requests.report("requests")
        wrong = Check(REQUEST_DEVIATIONS)
        for entry in ledger["entries"]:
            if entry["status"] == 422 and entry["path"] != "/oauth/token" and entry["path"] != "/contacts/search":
                check_request(spec, wrong, entry)
        if len(wrong.failures) < 2:
            print("FAIL the request check did not see requests that are wrong on purpose")
            worst = 1
        return worst
    finally:
        server.stdin.close()
        server.wait(20)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--openapi", required=True)
    parser.add_argument("--server")
    parser.add_argument("--validate-ledger")
    arguments = parser.parse_args()
    if not os.path.isdir(arguments.openapi):
        print("Skipped: HighLevel's OpenAPI files are not in %s." % arguments.openapi)
        return SKIP
    try:
        import jsonschema  # noqa: F401
    except ImportError:
        print("Skipped: the Debian package python3-jsonschema is not installed.")
        return SKIP
    spec = Spec(arguments.openapi)
    if arguments.validate_ledger:
        return validate_ledger(spec, arguments.validate_ledger)
    if not arguments.server:
        parser.error("--server or --validate-ledger is needed")
    return check_server(spec, arguments.server)


if __name__ == "__main__":
    sys.exit(main())
