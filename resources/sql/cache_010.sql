-- SPDX-License-Identifier: GPL-3.0-or-later
-- Followers and fields with our unsent changes laid over them; null: as in `more`.
ALTER TABLE opportunities ADD COLUMN shown_more TEXT;
-- The way of a deal as far as this file has seen it: HighLevel tells none. stage is empty when only the status changed.
CREATE TABLE deal_steps (
    number INTEGER PRIMARY KEY,
    location INTEGER NOT NULL,
    deal TEXT NOT NULL,
    at INTEGER NOT NULL,
    ours INTEGER NOT NULL,
    stage_from TEXT NOT NULL,
    stage TEXT NOT NULL,
    status_from INTEGER NOT NULL,
    status INTEGER NOT NULL
);
CREATE INDEX deal_steps_deal ON deal_steps(location, deal);
