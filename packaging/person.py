# SPDX-License-Identifier: GPL-3.0-or-later
"""A person at the private desktop: finds controls by what assistive technology reads, types and clicks with the real
keyboard and pointer, and takes pictures. Used by the tour and by tests of the whole window."""
import json
import os
import subprocess
import time
import urllib.request

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402


class Lost(Exception):
    """What a person would say: the thing is not there."""


def until(what, condition, seconds=20):
    """The first true answer of condition(), asked ten times a second."""
    end = time.monotonic() + seconds
    while True:
        try:
            answer = condition()
        except Exception:  # a widget may vanish while it is being read
            answer = None
        if answer:
            return answer
        if time.monotonic() > end:
            raise Lost(f"waited {seconds} s in vain for: {what}")
        time.sleep(0.1)


def xdotool(*words):
    subprocess.run(["xdotool", *map(str, words)], check=True, stdout=subprocess.DEVNULL)


class Person:
    def __init__(self, pictures):
        self.pictures = pictures
        self.count = 0

    # --- finding ---
    @staticmethod
    def application():
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child and (child.get_name() or "").lower().startswith("outrigger"):
                return child
        return None

    def walk(self, node=None, depth=0):
        node = node or self.application()
        if node is None or depth > 30:
            return
        yield node
        for i in range(min(node.get_child_count(), 400)):
            child = node.get_child_at_index(i)
            if child:
                yield from self.walk(child, depth + 1)

    @staticmethod
    def showing(node):
        return node.get_state_set().contains(Atspi.StateType.SHOWING)

    def find(self, name=None, role=None, contains=None, seconds=20, where=None):
        def look():
            for node in self.walk():
                text = node.get_name() or ""
                if name is not None and text != name:
                    continue
                if contains is not None and contains not in text:
                    continue
                if role is not None and node.get_role_name() != role:
                    continue
                if where is not None and not where(node):
                    continue
                if self.showing(node):
                    return node
            return None
        return until(f"{role or 'something'} named {name or contains!r}", look, seconds)

    def absent(self, contains, seconds=10):
        until(f"{contains!r} to be gone",
              lambda: not any(contains in (n.get_name() or "") and self.showing(n) for n in self.walk()), seconds)

    # --- acting ---
    @staticmethod
    def middle(node):
        box = node.get_extents(Atspi.CoordType.SCREEN)
        return box.x + box.width // 2, box.y + box.height // 2

    def click(self, node, button=1):
        x, y = self.middle(node)
        xdotool("mousemove", x, y)
        time.sleep(0.05)
        xdotool("click", button)

    def wheel_to(self, pane, node):
        """Turns the wheel over `pane` until `node` stands inside it, as a person does before a click."""
        box = pane.get_extents(Atspi.CoordType.SCREEN)
        xdotool("mousemove", box.x + box.width // 2, box.y + box.height // 2)

        def inside():
            y = self.middle(node)[1]
            if box.y + 20 < y < box.y + box.height - 20:
                return True
            xdotool("click", 5 if y > box.y + box.height // 2 else 4)
            return False

        until(f"{node.get_name()!r} inside {pane.get_name()!r}", inside)
        return node

    @staticmethod
    def key(*keys):
        for key in keys:
            xdotool("key", "--clearmodifiers", key)

    @staticmethod
    def type(text):
        xdotool("type", "--clearmodifiers", "--delay", 12, text)

    @classmethod
    def drag(cls, start, end, steps=14):
        cls.carry(start, end, lambda: None, steps)

    @staticmethod
    def carry(start, end, before, steps=14):
        """A drag; `before` is called when it is over its target and not let go yet."""
        xdotool("mousemove", *start)
        xdotool("mousedown", 1)
        for i in range(1, steps + 1):
            xdotool("mousemove", start[0] + (end[0] - start[0]) * i // steps, start[1] + (end[1] - start[1]) * i // steps)
            time.sleep(0.03)
        time.sleep(0.3)
        before()
        xdotool("mouseup", 1)

    # --- keeping ---
    def picture(self, name, settle=0.4):
        """settle: seconds for painting to end; a picture is for eyes, nothing is judged by it."""
        time.sleep(settle)
        self.count += 1
        path = os.path.join(self.pictures, f"{self.count:02d}-{name}.png")
        window = subprocess.run(["xdotool", "getactivewindow"], stdout=subprocess.PIPE, check=False).stdout.decode().strip()
        subprocess.run(["import", "-window", window or "root", path], check=True)
        if not os.path.getsize(path) > 5000:
            raise Lost(f"the picture {path} is empty")
        print(path, flush=True)


def ask(url, data=None):
    """The practice server's control panel."""
    request = urllib.request.Request(url, data=None if data is None else json.dumps(data).encode(),
                                     headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.loads(answer.read() or b"null")
