-- SPDX-License-Identifier: GPL-3.0-or-later
-- What HighLevel keeps for later is a handful among millions of messages.
CREATE INDEX messages_scheduled ON messages(location) WHERE status='scheduled';
-- Scheduled messages that we have taken back: a page that was on its way meanwhile must not bring them back.
CREATE TABLE taken_back (
    location INTEGER NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (location, id)
) WITHOUT ROWID;
