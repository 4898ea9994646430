-- SPDX-License-Identifier: GPL-3.0-or-later
-- Deals. base_*: as the server says; the others are derived, with unsent changes laid over them. Money is hundredths.
CREATE TABLE opportunities (
    key INTEGER PRIMARY KEY,
    location INTEGER NOT NULL,
    id TEXT NOT NULL,
    contact TEXT NOT NULL DEFAULT '',
    created INTEGER,
    updated INTEGER,
    hash INTEGER,
    dirty_until INTEGER NOT NULL DEFAULT 0,
    contact_name TEXT,
    company TEXT,
    tags TEXT,
    source TEXT,
    base_name TEXT,
    base_value INTEGER,
    base_pipeline TEXT,
    base_stage TEXT,
    base_status INTEGER NOT NULL DEFAULT 0,
    base_assigned TEXT,
    base_lost_reason TEXT,
    stage_since INTEGER,
    status_since INTEGER,
    more TEXT, -- followers and custom fields, as JSON
    name TEXT COLLATE NOCASE,
    value INTEGER,
    pipeline TEXT NOT NULL DEFAULT '',
    stage TEXT NOT NULL DEFAULT '',
    status INTEGER NOT NULL DEFAULT 0,
    assigned_to TEXT,
    lost_reason TEXT,
    moved_at INTEGER NOT NULL DEFAULT 0, -- when it came into its stage, ours included
    hidden INTEGER NOT NULL DEFAULT 0,   -- is being deleted
    mark INTEGER NOT NULL DEFAULT 0,     -- DealMark
    record TEXT,                         -- whose mark that is
    reason TEXT
);
CREATE UNIQUE INDEX opportunities_id ON opportunities(location, id);
CREATE INDEX opportunities_contact ON opportunities(location, contact);
-- Holds all that the columns and their sums look at, so that they read nothing else.
CREATE INDEX opportunities_board ON opportunities(location, pipeline, hidden, status, stage, moved_at, value, assigned_to);

-- What the outbox lays over them; a projection.
CREATE TABLE deal_changes (
    number INTEGER PRIMARY KEY,
    record TEXT NOT NULL UNIQUE,
    location INTEGER NOT NULL,
    deal TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    reason_code TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX deal_changes_deal ON deal_changes(location, deal);
