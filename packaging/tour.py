#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tour: does a salesperson's work in the real window on a private display, with keys and pointer, and leaves one
picture a step. Fails when a step fails. Called by `packaging/run --tour DIR`.

It texts a lead, drags a deal and books an appointment, and looks at the server's side of each."""
import os
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from person import Lost, Person, ask, until  # noqa: E402

BIN, PICTURES = sys.argv[1], sys.argv[2]
OFFER = "Thursday at 2:30 or 4 would both work on my side. Which is better for you?"
ANSWER = "Four is perfect, talk to you then!"
profiles = tempfile.mkdtemp(prefix="outrigger-tour-")


def practice_address(window):
    """Where the practice server that this window has started listens: asked of the system, not of the window."""
    listening = {}
    with open("/proc/net/tcp", encoding="ascii") as table:
        for line in table.readlines()[1:]:
            words = line.split()
            if words[3] == "0A":
                listening[words[9]] = int(words[1].split(":")[1], 16)
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.path.basename(os.readlink(f"/proc/{pid}/exe")) != "outrigger-practice":
                continue
            with open(f"/proc/{pid}/status", encoding="utf-8") as status:
                if f"PPid:\t{window.pid}\n" not in status.read():
                    continue
            for fd in os.listdir(f"/proc/{pid}/fd"):
                inode = os.readlink(f"/proc/{pid}/fd/{fd}").removeprefix("socket:[").removesuffix("]")
                if inode in listening:
                    return f"http://127.0.0.1:{listening[inode]}"
        except OSError:
            continue
    return None


def requests_that_sent(server, text):
    """The requests of the server's ledger that sent this text."""
    return [entry for entry in ask(server + "/__practice/ledger")["entries"]
            if entry["method"] == "POST" and entry["path"] == "/conversations/messages" and text in str(entry["body"])]


def sent(server, text):
    return len(requests_that_sent(server, text))


def launch(name, *options):
    return subprocess.Popen([os.path.join(BIN, "outrigger"), "--profile", os.path.join(profiles, name), *options])


def leave(process):
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        raise Lost("the window did not close") from None


def first_start(me):
    window = launch("first")
    me.find(contains="practice account", seconds=30)
    me.picture("start")
    leave(window)


def text_a_lead(me, server):
    me.find(name="Conversations", seconds=30)
    until("conversations in the list", lambda: me.find(name="Conversations").get_child_count() > 3)
    me.picture("inbox", 1.5)
    me.click(me.find(contains="All, "))
    until("a conversation in the thread", lambda: me.find(name="Messages").get_child_count() > 1)
    open_one_that_may_be_texted(me)
    me.picture("thread", 1.0)

    words = OFFER
    me.click(composer(me))
    me.type(words)
    me.picture("typing")
    press_send(me)
    me.picture("held", 1.0)
    until("the text on the server", lambda: sent(server, words) >= 1, 40)
    me.find(contains="elivered", seconds=60)
    me.picture("delivered")
    if sent(server, words) != 1:
        raise Lost(f"the text reached the server {sent(server, words)} times")


def press_send(me):
    """Enter; once more where the strip asks, for instance because it is night where the lead lives."""
    me.key("Return")
    time.sleep(0.5)
    if any(node.get_name() == "Send anyway" and me.showing(node) for node in me.walk()):
        me.key("Return")


def composer(me):
    return me.find(name="Text", where=lambda node: node.get_state_set().contains(node_state("EDITABLE")))


def node_state(name):
    from gi.repository import Atspi
    return getattr(Atspi.StateType, name)


def open_one_that_may_be_texted(me):
    """Goes down the list until a conversation is open in which a text may be written."""
    for _ in range(15):
        time.sleep(0.4)
        for node in me.walk():
            if node.get_name() == "Text" and me.showing(node) and node.get_state_set().contains(node_state("EDITABLE")) \
                    and node.get_state_set().contains(node_state("SENSITIVE")):
                return
        me.key("alt+Down")
    raise Lost("no conversation in which a text may be written")


def text_a_picture(me, server):
    """By Ctrl+U, a file's name and Enter; the picture is uploaded, and its address goes with the text once."""
    photo = os.path.join(profiles, "porch.jpg")
    subprocess.run(["convert", "-size", "1600x1000", "plasma:#7a9-#345", "-quality", "92", photo], check=True)
    words = "The porch, as it is today"
    me.click(composer(me))
    me.key("ctrl+u")
    me.find(name="File name:", where=lambda node: node.get_role_name() in ("text", "entry"))
    me.type(photo)
    me.key("Return")
    me.find(contains="porch.jpg")
    me.click(composer(me))
    me.type(words)
    me.picture("picture-to-send", 0.8)
    press_send(me)
    until("the text with its picture on the server", lambda: sent(server, words) >= 1, 40)
    bodies = [str(entry["body"]) for entry in requests_that_sent(server, words)]
    if len(bodies) != 1 or "/media/uploads/" not in bodies[0]:
        raise Lost(f"the text with its picture reached the server {len(bodies)} times")
    me.picture("picture-sent", 1.5)


def answer_comes(me, server):
    contact = requests_that_sent(server, OFFER)[0]["body"]["contactId"]
    ask(server + "/__practice/inbound", {"contactId": contact, "text": ANSWER})
    me.find(contains=ANSWER, role="list item", seconds=30)
    me.picture("answer")


def taken_back(server):
    return [entry for entry in ask(server + "/__practice/ledger")["entries"]
            if entry["method"] == "DELETE" and entry["path"].endswith("/schedule")]


def empty_the_composer(me):
    me.click(composer(me))
    me.key("ctrl+a", "Delete")


def later_and_back(me, server):
    words = "Shall I keep the slot on Monday for you?"
    me.click(composer(me))
    me.type(words)
    me.key("ctrl+shift+Return")
    me.find(contains="Send later, on")
    me.click(me.find(contains="Another time"))
    me.type("fri 3pm")
    me.picture("schedule", 0.8)
    me.key("Return")
    time.sleep(0.5)
    if any(node.get_name() == "Schedule anyway" and me.showing(node) for node in me.walk()):
        me.key("Return")
    until("the scheduled text on the server", lambda: sent(server, words) == 1, 30)
    me.find(contains="Scheduled for", role="list item", seconds=30)
    me.picture("scheduled", 0.8)
    me.key("ctrl+shift+j")
    me.find(name="Scheduled texts")
    me.picture("scheduled-list", 0.8)
    me.click(me.find(name="Change or send now"))
    me.find(name="Send now")
    me.picture("scheduled-change", 0.8)
    me.key("Escape", "ctrl+1")
    me.click(me.find(name="Conversations"))
    me.key("ctrl+z")
    until("the cancel on the server", lambda: len(taken_back(server)) == 1, 30)
    me.picture("taken-back", 1.0)
    empty_the_composer(me)


def refused_and_again(me, server):
    words = "One more thing: bring the papers, please."
    ask(server + "/__practice/faults", {"kind": "status", "status": 400, "match": {"method": "POST", "path": "/conversations/messages"},
                                        "body": {"statusCode": 400, "message": "The number is not able to receive messages."}})
    me.click(composer(me))
    me.type(words)
    press_send(me)
    me.find(contains="HighLevel refused this", role="list item", seconds=40)
    me.picture("refused", 0.8)
    me.click(me.find(name="Messages"))
    me.key("End", "y")
    until("the second try on the server", lambda: sent(server, words) >= 1, 60)
    me.picture("tried-again", 1.5)


def offline_and_back(me, server):
    words = "I am on the train, this leaves by itself later."
    me.key("alt+o")
    me.click(me.find(name="Work offline"))
    me.find(contains="You work offline")
    me.click(composer(me))
    me.type(words)
    press_send(me)
    me.picture("offline", 6.5)  # longer than the five seconds in which it can be taken back
    if sent(server, words):
        raise Lost("a text left although the work is offline")
    me.click(me.find(name="Go online"))
    until("the text that waited on the server", lambda: sent(server, words) == 1, 60)
    me.picture("online-again", 1.0)


def other_looks(me):
    """Dark, and text of twice the size: the same pages once more."""
    for name, look in (("dark", "theme=dark"), ("large", "size=200")):
        folder = os.path.join(profiles, name)
        os.makedirs(folder, 0o700)
        with open(os.path.join(folder, "settings.ini"), "w", encoding="utf-8") as settings:
            settings.write(f"[look]\n{look}\n")
        window = launch(name, "--practice")
        me.find(name="Conversations", seconds=30)
        until("conversations in the list", lambda: me.find(name="Conversations").get_child_count() > 3)
        until("a conversation in the thread", lambda: me.find(name="Messages").get_child_count() > 1)
        me.picture(f"{name}-inbox", 1.5)
        me.key("ctrl+4")
        me.picture(f"{name}-calendar", 1.5)
        me.key("ctrl+b")
        me.picture(f"{name}-booking", 2.0)
        me.key("Escape", "ctrl+3")
        first_card(me, "New lead")
        me.picture(f"{name}-board", 1.0)
        me.key("ctrl+comma")
        me.picture(f"{name}-settings", 1.0)
        leave(window)


def text_a_stranger(me, server):
    words = "Hello, this is Gary. You asked about the open house on Saturday."
    me.key("ctrl+n")
    me.find(contains="To: name")
    me.type("(407) 555-0177")
    me.picture("new-text", 1.0)
    me.key("Tab")
    me.click(me.find(name="Text", where=lambda n: n.get_state_set().contains(node_state("EDITABLE"))))
    me.type(words)
    me.picture("new-text-written")
    press_send(me)
    until("the text to the stranger on the server", lambda: sent(server, words) >= 1, 60)
    me.picture("new-lead", 1.5)
    if sent(server, words) != 1:
        raise Lost("the text to the stranger was sent more than once")


def changed_events(server, method):
    return [entry for entry in ask(server + "/__practice/ledger")["entries"]
            if entry["method"] == method and entry["path"].startswith("/calendars/events/appointments")]


def in_the_calendar(me, title):
    """The event's own node; it may be next week's."""
    for _ in range(3):
        try:
            return me.find(contains=title + ",", seconds=3, where=lambda n: n.get_role_name() in ("table cell", "list item"))
        except Lost:
            me.key("ctrl+Right")
    raise Lost(f"{title} is not in the calendar")


def note_on_the_appointment(me, server):
    words = "Bring the floor plan"
    me.click(me.find(name="Note on this appointment, for the team"))
    me.type(words)
    me.key("ctrl+Return")
    until("the note on the server", lambda: len([entry for entry in ask(server + "/__practice/ledger")["entries"]
                                                 if entry["method"] == "POST" and entry["path"].endswith("/notes")
                                                 and "/appointments/" in entry["path"]]) == 1, 30)
    me.find(contains=words)
    me.picture("calendar-note", 0.8)


def book_move_cancel(me, server):
    title = "Call about the house"
    me.key("ctrl+1")
    me.click(me.find(name="Conversations"))
    me.key("ctrl+b")
    me.find(name="Free times", seconds=30)
    me.picture("booking", 1.0)
    me.key("2")
    name = me.find(name="What the appointment is called")
    me.click(name)
    me.key("ctrl+a")
    me.type(title)
    me.picture("booking-confirm", 0.8)
    me.key("Return")
    until("the booking on the server", lambda: len(changed_events(server, "POST")) == 1, 30)
    me.find(contains="Booked:", seconds=20)
    me.picture("booked", 1.0)

    me.key("ctrl+4")
    me.find(name="Calendar", where=lambda n: n.get_role_name() in ("table", "list"))
    me.picture("calendar-week", 1.0)
    event = in_the_calendar(me, title)
    x, y = me.middle(event)
    me.click(event)
    me.picture("calendar-event", 0.8)
    note_on_the_appointment(me, server)
    me.drag((x, y), (x, y + 96))
    time.sleep(0.6)
    for node in me.walk():
        if node.get_name() == "Move it anyway" and me.showing(node):
            me.click(node)
            break
    me.picture("calendar-moved", 0.6)
    until("the move on the server", lambda: len(changed_events(server, "PUT")) == 1, 40)
    me.click(in_the_calendar(me, title))
    me.click(me.find(name="Cancel it …"))
    me.click(me.find(name="The lead cancelled"))
    until("the cancel on the server", lambda: len(changed_events(server, "PUT")) == 2, 40)
    me.picture("calendar-cancelled", 1.0)
    me.click(me.find(name="Calendar", where=lambda n: n.get_role_name() in ("table", "list")))
    me.key("m")
    me.picture("calendar-month", 0.8)
    me.key("a")
    me.picture("calendar-agenda", 0.8)
    me.key("w", "ctrl+1")


def writes_to(server, method, part):
    return [entry for entry in ask(server + "/__practice/ledger")["entries"] if entry["method"] == method and part in entry["path"]]


def note_and_task(me, server):
    """Beside the thread and from anywhere; then ticked in the list of tasks."""
    me.key("ctrl+1")
    me.click(me.find(name="Conversations"))
    me.key("ctrl+t")
    me.find(name="What is to be done")
    me.type("ring about the roof tomorrow 3pm")
    me.picture("task-new", 0.8)
    me.key("Return")
    until("the task on the server", lambda: any("ring about the roof" in str(e["body"]) for e in writes_to(server, "POST", "/tasks")), 30)
    # The task's row moves what stands below it: only then is the place of the note known.
    me.find(contains="ring about the roof", where=me.showing)
    me.picture("task-beside-thread", 0.8)
    me.click(me.find(name="Note on this lead, for the team"))
    me.type("Wants a garden. Pre-approved until March.")
    me.key("ctrl+Return")
    until("the note on the server", lambda: sum("Wants a garden" in str(e["body"]) for e in writes_to(server, "POST", "/notes")) == 1, 30)
    me.picture("lead-notes-and-tasks", 1.0)
    me.key("ctrl+6")
    row = me.find(contains="ring about the roof, ", where=lambda n: n.get_role_name() in ("list item", "table cell"))
    me.picture("tasks", 1.0)
    me.click(row)
    me.key("space")
    until("the tick on the server", lambda: len(writes_to(server, "PUT", "/completed")) == 1, 30)
    me.picture("tasks-ticked", 0.8)
    me.key("ctrl+1")


def find_everything(me):
    """One box: a note among its neighbours, then a task by an operator."""
    me.key("ctrl+k")
    me.find(name="Find anybody or anything, or do something")
    me.type("garden")
    me.find(contains="Note on ", where=me.showing)
    me.picture("search-everything", 1.0)
    me.key("ctrl+a")
    me.type("roof in:tasks")
    me.find(contains="Task, ring about the roof", where=me.showing)
    me.picture("search-operator", 0.8)
    me.key("Return")
    me.find(contains="ring about the roof, ", where=lambda n: n.get_role_name() in ("list item", "table cell"))
    me.picture("search-opened", 0.8)
    me.key("ctrl+1")


def text_to_many(me):
    """Who gets it and who does not, before anything happens."""
    me.key("ctrl+5")
    me.find(contains=" contacts", where=lambda n: (n.get_name() or "")[:1] in set("123456789"))
    me.key("x", "x", "x", "x")
    me.click(me.find(name="Text", where=lambda n: n.get_role_name() == "push button" and me.showing(n)))
    me.click(me.find(name="Text for each of them"))
    me.type("Hi {{contact.first_name}}, the open house is on Sunday.")
    me.picture("text-to-many", 1.2)
    me.click(me.find(name="Cancel", where=me.showing))
    me.key("ctrl+1")


def column(me, stage):
    """The list of a stage: its accessible name begins with the stage and tells count and sum."""
    return me.find(contains=stage + ", ", where=lambda n: n.get_role_name() in ("list", "list box") and (n.get_name() or "").startswith(stage))


def stage_of(server, card):
    """The server's word, not the window's. card: its sentence, which begins with the deal's name."""
    return [deal["stage"] for deal in ask(server + "/__practice/deals")["deals"]
            if card.startswith(deal["name"] + ", ") and deal["pipeline"] == "Sales" and deal["status"] == "open"]


def first_card(me, stage):
    until("cards in " + stage, lambda: column(me, stage).get_child_count() > 0)
    card = until("a loaded card in " + stage, lambda: next((c for c in [column(me, stage).get_child_at_index(0)]
                                                            if c and ", " in (c.get_name() or "")), None))
    return card, card.get_name()


def drag_a_deal(me, server):
    me.key("ctrl+3")
    card, name = first_card(me, "New lead")
    me.picture("board", 1.0)
    start, end = me.middle(card), me.middle(column(me, "Viewing booked"))
    if "Viewing booked" in stage_of(server, name):
        raise Lost(f"{name} is in the stage already")
    me.carry(start, end, lambda: me.picture("board-dragging", 0.3))
    until("the deal in its new stage on the server", lambda: "Viewing booked" in stage_of(server, name))
    me.picture("board-dropped", 0.8)
    # The same with keys alone: one stage on, by name, and lifted.
    card, name = first_card(me, "New lead")
    me.click(card)
    me.key("ctrl+Right")
    until("the deal one stage on", lambda: "Contacted" in stage_of(server, name))
    me.key("m")
    me.type("offer")
    me.picture("board-stage-by-name")
    me.key("Return")
    until("the deal in the stage that was typed", lambda: "Offer made" in stage_of(server, name))
    me.key("space", "Right")
    me.picture("board-lifted")
    me.key("space")
    until("the deal where it was dropped", lambda: "Under contract" in stage_of(server, name))
    # The deal itself, beside the board: its value changed where it stands.
    me.key("Return")
    me.find(contains="About the deal ")
    me.picture("deal", 1.0)
    me.click(me.find(where=lambda n: (n.get_name() or "").startswith("Value: ")))
    me.key("ctrl+a")
    me.type("43,210")
    me.key("Return")
    until("the value on the server", lambda: any(deal["value"] == 43210 for deal in ask(server + "/__practice/deals")["deals"]))
    me.picture("deal-value", 0.8)
    me.click(me.find(name="Close the deal"))


def other_views_of_deals(me, server):
    # Three at once: ticked, moved by the stage's name, one Undo.
    me.key("1")  # the first stage, which the board has left behind
    card, name = first_card(me, "New lead")
    me.click(card)
    me.key("x", "x", "x")
    me.find(contains="3 ticked")
    me.picture("board-ticked", 0.8)
    me.key("m")
    me.type("contac")
    me.key("Return")
    until("the ticked deal in its new stage on the server", lambda: "Contacted" in stage_of(server, name))
    me.picture("board-three-moved", 0.8)
    me.key("ctrl+z")
    until("the deal back on the server", lambda: "New lead" in stage_of(server, name))
    me.key("d")
    me.picture("board-low-cards", 0.8)
    me.key("d")
    me.click(me.find(name="List", where=lambda n: n.get_role_name() in ("push button", "toggle button", "check box")))
    me.find(name="Deals", where=lambda n: n.get_role_name() in ("table", "tree table"))
    me.picture("deals-list", 1.0)
    me.click(me.find(name="Funnel and forecast", where=lambda n: n.get_role_name() in ("push button", "toggle button", "check box")))
    me.find(name="Open deals by stage")
    me.picture("deals-charts", 1.0)
    me.click(me.find(name="Board", where=lambda n: n.get_role_name() in ("push button", "toggle button", "check box")))


def edit_a_lead(me, server):
    me.key("ctrl+1")
    open_one_that_may_be_texted(me)
    pane = me.find(name="About the lead")
    me.click(me.wheel_to(pane, me.find(name="All fields")))
    me.click(me.wheel_to(pane, me.find(where=lambda n: (n.get_name() or "").startswith("City: "))))
    me.find(name="City", where=lambda n: n.get_role_name() in ("text", "entry"))
    me.key("ctrl+a")
    me.type("Reno")
    me.picture("lead-edit", 0.4)
    me.key("Return")
    until("the city on the server", lambda: any(
        entry["method"] == "PUT" and entry["path"].startswith("/contacts/") and "Reno" in str(entry["body"])
        for entry in ask(server + "/__practice/ledger")["entries"]))
    me.picture("lead-changed", 0.6)
    # The contacts, under a condition, by keys.
    me.key("ctrl+5")
    me.find(name="Contacts", where=lambda n: n.get_role_name() in ("table", "tree table"))
    me.key("f")
    me.find(name="Value")
    me.type("hot lead")
    me.find(name="Contacts", where=lambda n: n.get_role_name() in ("table", "tree table") and me.showing(n))
    me.picture("contacts-conditions", 1.0)
    me.click(me.find(name="Clear all"))
    me.key("Escape")


def call_an_operation(me, server):
    me.key("ctrl+8")
    me.find(name="Find an operation")
    me.type("list calendars")
    me.key("Return")
    me.picture("console", 1.0)
    me.key("ctrl+Return")
    me.find(name="The answer as a table")
    me.find(contains="200 in ")
    me.picture("console-table", 0.8)
    me.click(me.find(name="Find an operation"))
    me.key("ctrl+a")
    me.type("delete calendar group")
    me.key("Return")
    me.picture("console-delete", 0.8)
    if any(entry["method"] == "DELETE" and "/groups/" in entry["path"] for entry in ask(server + "/__practice/ledger")["entries"]):
        raise Lost("a delete left without having been confirmed")


def look_around(me):
    me.key("ctrl+j")
    me.click(me.find(name="Also what is through"))
    me.find(name="Outbox", where=lambda n: n.get_role_name() in ("table", "tree table"))
    me.picture("outbox", 0.8)
    me.key("ctrl+5")
    me.find(name="Contacts", where=lambda n: n.get_role_name() in ("table", "tree table"))
    me.picture("contacts", 1.0)
    me.key("ctrl+1")
    me.click(me.find(name="Conversations"))
    me.key("question")
    me.find(name="List of keys")
    me.picture("keys")
    me.key("Escape")
    me.key("ctrl+comma")
    me.picture("settings", 1.0)
    me.key("ctrl+1")


def main():
    me = Person(PICTURES)
    try:
        first_start(me)
        window = launch("practice", "--practice")
        server = until("the practice server", lambda: practice_address(window), 30)
        text_a_lead(me, server)
        answer_comes(me, server)
        later_and_back(me, server)
        refused_and_again(me, server)
        offline_and_back(me, server)
        text_a_picture(me, server)
        text_a_stranger(me, server)
        book_move_cancel(me, server)
        note_and_task(me, server)
        find_everything(me)
        text_to_many(me)
        drag_a_deal(me, server)
        other_views_of_deals(me, server)
        edit_a_lead(me, server)
        call_an_operation(me, server)
        look_around(me)
        leave(window)
        other_looks(me)
    except Lost as problem:
        try:
            me.picture("where-it-failed")
        except Exception:
            pass
        print(f"tour: {problem}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(profiles, ignore_errors=True)
    print(f"tour: {me.count} pictures in {PICTURES}", file=sys.stderr)
    return 0


sys.exit(main())
