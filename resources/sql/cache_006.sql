-- SPDX-License-Identifier: GPL-3.0-or-later
-- Appointments and blocked time. What lies in a window is found by its end: most of the past ends before it.
CREATE TABLE events (
    key INTEGER PRIMARY KEY,
    location INTEGER NOT NULL,
    id TEXT,               -- NULL: booked here, HighLevel has not said its id yet
    calendar TEXT NOT NULL DEFAULT '',
    contact TEXT NOT NULL DEFAULT '',
    user TEXT NOT NULL DEFAULT '',
    start INTEGER NOT NULL,
    finish INTEGER NOT NULL,
    block INTEGER NOT NULL DEFAULT 0,
    recurring INTEGER NOT NULL DEFAULT 0,
    status TEXT,
    title TEXT,
    address TEXT,
    notes TEXT,
    date_added INTEGER,
    date_updated INTEGER,
    dirty_until INTEGER NOT NULL DEFAULT 0,
    record TEXT,
    record_state TEXT,
    reason TEXT
);
CREATE UNIQUE INDEX events_id ON events(location, id) WHERE id IS NOT NULL;
CREATE UNIQUE INDEX events_record ON events(record) WHERE record IS NOT NULL;
CREATE INDEX events_time ON events(location, finish);
CREATE INDEX events_contact ON events(location, contact, start) WHERE contact<>'';
