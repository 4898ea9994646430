-- SPDX-License-Identifier: GPL-3.0-or-later
-- Tasks and notes of leads. A row without id was made here, and HighLevel has not said its id yet.
CREATE TABLE tasks (
    key INTEGER PRIMARY KEY,
    location INTEGER NOT NULL,
    id TEXT,
    contact TEXT NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    body TEXT,
    user TEXT NOT NULL DEFAULT '',
    due INTEGER,           -- NULL: no date
    done INTEGER NOT NULL DEFAULT 0,
    date_added INTEGER,
    date_updated INTEGER,
    dirty_until INTEGER NOT NULL DEFAULT 0,
    record TEXT,
    record_state TEXT,
    reason TEXT
);
CREATE UNIQUE INDEX tasks_id ON tasks(location, id) WHERE id IS NOT NULL;
CREATE UNIQUE INDEX tasks_record ON tasks(record) WHERE record IS NOT NULL;
CREATE INDEX tasks_due ON tasks(location, done, due);
CREATE INDEX tasks_contact ON tasks(location, contact);
CREATE TABLE notes (
    key INTEGER PRIMARY KEY,
    location INTEGER NOT NULL,
    id TEXT,
    contact TEXT NOT NULL,
    body TEXT NOT NULL DEFAULT '',
    title TEXT,
    user TEXT NOT NULL DEFAULT '',
    pinned INTEGER NOT NULL DEFAULT 0,
    date_added INTEGER,
    dirty_until INTEGER NOT NULL DEFAULT 0,
    record TEXT,
    record_state TEXT,
    reason TEXT
);
CREATE UNIQUE INDEX notes_id ON notes(location, id) WHERE id IS NOT NULL;
CREATE UNIQUE INDEX notes_record ON notes(record) WHERE record IS NOT NULL;
CREATE INDEX notes_contact ON notes(location, contact);
