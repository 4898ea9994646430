#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the benchmarks and prints one JSON object a line. Called by packaging/bench inside a private desktop.

Every figure stands beside its floor, measured in the same run; the floors are real programs in this folder. Values are
medians of at least five runs unless the name says otherwise."""
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

BIN = sys.argv[1]
WANTED = sys.argv[2:]
ROUNDS = int(os.environ.get("OUTRIGGER_BENCH_ROUNDS", "5"))
WORK = tempfile.mkdtemp(prefix="outrigger-bench-")
failed = False


def program(name):
    return os.path.join(BIN, name)


def report(name, value, unit, floor, limit, size, by_ratio):
    """limit holds for value/floor when by_ratio, else for the value itself."""
    ratio = round(value / floor, 3) if floor else None
    holds = (ratio is not None and ratio <= limit) if by_ratio else value <= limit
    print(json.dumps({"name": name, "value": round(value, 3), "unit": unit, "floor": round(floor, 3) if floor else None,
                      "ratio": ratio, "limit": limit, "limitOn": "ratio" if by_ratio else "value", "holds": holds,
                      "size": size}), flush=True)


def rows(command, env=None):
    """The key/number pairs that a program prints, one dictionary a line."""
    done = subprocess.run(command, stdout=subprocess.PIPE, env=dict(os.environ, **(env or {})), check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{os.path.basename(command[0])} ended with {done.returncode}")
    result = []
    for line in done.stdout.decode().splitlines():
        words = line.split()
        result.append({words[i]: float(words[i + 1]) for i in range(0, len(words) - 1, 2)})
    return result


def median(table, key):
    return statistics.median(row[key] for row in table)


def p95(table, key):
    values = sorted(row[key] for row in table)
    return values[min(len(values) - 1, int(0.95 * len(values)))]


class Practice:
    """A practice server of the given size, without people and without a limit."""

    def __init__(self, contacts, aside=False):
        # Aside: it gives way, as a server on another computer would, when what is measured is how soon a window answers.
        nice = ["nice", "-n", "10"] if aside else []
        self.process = subprocess.Popen(nice +
            [program("outrigger-practice"), "--port", "0", "--contacts", str(contacts), "--conversations", "0", "--messages", "0",
             "--rate", "off", "--quiet"], stdout=subprocess.PIPE)
        words = self.process.stdout.readline().decode().split()
        self.url, self.token, self.location = words[1], words[3], words[5]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def filled(contacts, talks, messages, in_first):
    path = os.path.join(WORK, f"fill-{contacts}-{talks}-{messages}")
    if not os.path.exists(path):
        subprocess.run([program("bench_fill"), path, str(contacts), str(talks), str(messages), str(in_first)], check=True)
    return path


def until_painted(command, env, settle):
    """Milliseconds from the start of the process to its word "painted", how many pages it had to read from the disk until
    then, and its resident memory in MB so many seconds later: what it still does after the first picture belongs to that."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=dict(os.environ, **env))
    for line in process.stdout:
        if line.startswith(b"painted"):
            break
    else:
        raise RuntimeError(f"{os.path.basename(command[0])} never painted")
    elapsed = (time.monotonic() - start) * 1000
    with open(f"/proc/{process.pid}/stat", encoding="utf-8") as stat:
        from_disk = int(stat.read().rsplit(")", 1)[1].split()[9])
    time.sleep(settle)
    with open(f"/proc/{process.pid}/status", encoding="utf-8") as status:
        rss = next(int(l.split()[1]) for l in status if l.startswith("VmRSS")) / 1024
    process.terminate()
    process.wait()
    return elapsed, from_disk, rss


def start():
    profile = filled(100_000, 10_000, 1_000_000, 50_000)
    empty = ([program("floor_window")], {})
    inbox = ([program("outrigger"), "--profile", profile, "--offline"], {"OUTRIGGER_SAY_PAINTED": "1"})
    ours, floors = [], []
    # A start is over in 50 ms, and one in ten is disturbed by something else: five of them tell little.
    for _ in range(5 * ROUNDS):
        # The first of two does not count: it brings back what has left the disk cache. Some machines give up memory that
        # has not been used for a second, and both programs would then read hundreds of kilobytes from the disk, or not.
        floors.append([until_painted(*empty, 0.1) for _ in range(2)][1])
        until_painted(*inbox, 0.1)
        ours.append(until_painted(*inbox, 2))
    size = "100,000 contacts, 10,000 conversations, 1,000,000 messages, files in the disk cache"
    report("start_to_inbox", statistics.median(row[0] for row in ours), "ms", statistics.median(row[0] for row in floors), 1.5, size, True)
    report("start_pages_from_disk", statistics.median(row[1] for row in ours), "pages", None, 0, size, False)
    report("memory_after_start", statistics.median(row[2] for row in ours), "MB", None, 150, size, False)


def thread():
    profile = filled(100_000, 10_000, 1_000_000, 50_000)
    table = rows([program("bench_thread"), os.path.join(profile, "cache.sqlite"), str(ROUNDS + 1)])[1:]
    size = "50,000 messages in the conversation, 1,000,000 in the cache"
    report("open_conversation", median(table, "open"), "ms", median(table, "floor"), 30, size, False)
    report("switch_prefetched", median(table, "switch"), "ms", median(table, "floor"), 50, size, False)
    report("older_page", median(table, "older"), "ms", median(table, "floor"), 16, size, False)


def scroll():
    table = rows([program("bench_scroll"), os.path.join(WORK, "scroll"), str(ROUNDS)])
    size = "5,000 messages of all kinds, 1,000 with pictures"
    report("scroll_thread_p99", median(table, "p99"), "ms", median(table, "floor_p99"), 16, size, False)
    report("scroll_thread_longest", median(table, "max"), "ms", median(table, "floor_max"), 33, size, False)


def board():
    table = rows([program("bench_board"), os.path.join(WORK, "board"), str(ROUNDS)])
    size = "10,000 deals in one pipeline of six stages"
    report("board_painted", median(table, "painted"), "ms", median(table, "floor"), 150, size, False)
    report("board_switch", median(table, "switch"), "ms", median(table, "floor"), 100, size, False)
    report("deal_drop_painted", median(table, "drop"), "ms", median(table, "floor_paint"), 16, size, False)
    report("deal_drag_p99", median(table, "drag_p99"), "ms", median(table, "floor_paint"), 16, size, False)
    report("board_refresh_unchanged", median(table, "refresh"), "ms", median(table, "floor"), 100, size, False)
    empty, full = (board_memory(count) for count in (0, 10_000))
    report("board_memory", full - empty, "MB", empty, 40, size + ", above the empty board; every card was shown once", False)


def board_memory(deals):
    """What a process has in memory that shows a pipeline of so many deals. The cache was written by another process."""
    folder = os.path.join(WORK, f"board-{deals}")
    subprocess.run([program("bench_board"), folder, "fill", str(deals)], check=True)
    table = [rows([program("bench_board"), folder, "memory"])[0] for _ in range(ROUNDS)]
    if any(row["deals"] != deals for row in table):
        raise RuntimeError("the board does not show the deals that it was given")
    return median(table, "rss")


def contacts():
    table = rows([program("bench_contacts"), os.path.join(WORK, "contacts"), str(ROUNDS)])
    size = "100,000 contacts, 20,000 conversations"
    for name in ("tag", "two", "none", "company", "added", "activity"):
        report("contacts_" + name, median(table, name), "ms", median(table, "floor_" + name), 60, size, False)


def compose():
    profile = filled(100_000, 10_000, 1_000_000, 50_000)
    table = rows([program("bench_compose"), profile, str(max(40, ROUNDS * 8))])[1:]
    size = "same cache, %d texts" % len(table)
    report("enter_to_painted", median(table, "painted"), "ms", median(table, "floor"), 16, size, False)
    report("enter_to_durable_p95", p95(table, "durable"), "ms", p95(table, "floor"), 50, size, False)


def calendar():
    table = rows([program("bench_calendar"), str(ROUNDS * 4 + 1)], {"QT_QPA_PLATFORM": "offscreen"})[1:]
    report("calendar_month", median(table, "month"), "ms", median(table, "floor"), 50, "5,000 events", False)
    report("calendar_week_change", median(table, "week"), "ms", median(table, "floor"), 30, "5,000 events in the month", False)
    report("slot_picker_prefetched", median(table, "picker"), "ms", median(table, "floor"), 30, "336 free times", False)
    report("calendar_layout", median(table, "layout"), "ms", None, 5, "500 overlapping events of a day", False)


def first_sync():
    with Practice(100_000) as server:
        table = rows([program("bench_first_sync"), server.url, server.location, WORK, str(ROUNDS)], {"OUTRIGGER_TOKEN": server.token})
    size = "%d contacts" % table[0]["rows"]
    report("first_sync_contacts", median(table, "sync"), "ms", median(table, "floor"), 1.5, size, True)


def gap():
    table = []
    with Practice(100_000, aside=True) as server:
        for number in range(ROUNDS):
            folder = os.path.join(WORK, f"gap{number}")
            table += rows([program("bench_gap"), server.url, server.location, folder], {"OUTRIGGER_TOKEN": server.token})
            shutil.rmtree(folder, ignore_errors=True)
    size = "100,000 contacts synced in while a table of them scrolls"
    report("gui_gap_p99", median(table, "p99"), "ms", median(table, "floor_p99"), 8, size, False)
    report("gui_gap_longest", median(table, "max"), "ms", median(table, "floor_max"), 16, size, False)
    # What the thread itself computed in its longest turn; the rest of a gap is the server and the display on two cores.
    report("gui_busy_longest", median(table, "busy"), "ms", None, 16, size, False)


def typing():
    table = []
    with Practice(100_000, aside=True) as server:
        for number in range(ROUNDS):
            folder = os.path.join(WORK, f"typing{number}")
            table += rows([program("bench_typing"), server.url, server.location, folder], {"OUTRIGGER_TOKEN": server.token})
            shutil.rmtree(folder, ignore_errors=True)
    size = "%d keys in the composer while 100,000 contacts are synced in" % sum(row["keys"] for row in table)
    report("typing_p99", median(table, "p99"), "ms", median(table, "floor_p99"), 16, size, False)


def mail():
    table = rows([program("bench_mail"), str(ROUNDS + 1)])[1:]
    size = "5 MB of HTML, 20 tables in one another, 10,000 links"
    report("hostile_mail", median(table, "shown"), "ms", median(table, "floor"), 200, size, False)
    report("hostile_mail_gui_thread", median(table, "gui"), "ms", None, 200, size, False)


def p99(table, key):
    values = sorted(row[key] for row in table)
    return values[min(len(values) - 1, int(0.99 * len(values)))]


def search():
    profile = filled(100_000, 10_000, 1_000_000, 50_000)
    table = rows([program("bench_search"), profile, str(ROUNDS + 1)])
    table = table[len(table) // (ROUNDS + 1):]  # the first round warms the disk cache
    size = "%d keys; 100,000 contacts, 1,000,000 messages" % len(table)
    report("search_key_to_painted_p99", p99(table, "painted"), "ms", p99(table, "floor"), 50, size, False)
    report("search_key_to_painted_median", median(table, "painted"), "ms", median(table, "floor"), 50, size, False)


def importing():
    table = []
    for turn in range(ROUNDS):
        table += rows([program("bench_import"), os.path.join(WORK, f"import-{turn}"), "100000"])
    size = "100,000 rows of CSV, read twice, to durable records"
    report("import", median(table, "import"), "ms", median(table, "floor"), 20000, size, False)
    report("import_memory", median(table, "memory"), "MB", None, 200, size, False)


BENCHES = {"start": start, "thread": thread, "scroll": scroll, "board": board, "contacts": contacts, "compose": compose, "first_sync": first_sync, "gap": gap,
           "typing": typing, "mail": mail, "search": search, "import": importing, "calendar": calendar}

try:
    for wanted in WANTED or BENCHES:
        if wanted not in BENCHES:
            sys.exit(f"bench: there is no '{wanted}'; there are: {', '.join(BENCHES)}")
        try:
            BENCHES[wanted]()
        except (RuntimeError, subprocess.CalledProcessError, StopIteration, IndexError) as problem:
            failed = True
            print(f"bench: {wanted}: {problem}", file=sys.stderr)
finally:
    shutil.rmtree(WORK, ignore_errors=True)
sys.exit(1 if failed else 0)
