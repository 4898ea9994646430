-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was free in a calendar when it was last asked for: shown with its age while nobody can be asked.
CREATE TABLE free_times (
    key INTEGER PRIMARY KEY,
    location INTEGER NOT NULL,
    calendar TEXT NOT NULL,
    user TEXT NOT NULL,      -- empty: anybody
    read_at INTEGER NOT NULL,
    begins INTEGER NOT NULL, -- of the window that was asked for
    ends INTEGER NOT NULL,
    times TEXT NOT NULL      -- JSON: for each time how long after the one before it begins, and how long it is
);
CREATE UNIQUE INDEX free_times_of ON free_times(location, calendar, user);
