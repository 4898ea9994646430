-- The precious file. A record's whole content is in `data` (JSON); what is looked for stands in columns beside it.
CREATE TABLE records (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    location TEXT NOT NULL,
    lane TEXT NOT NULL,
    lane_sequence INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    server_id TEXT,
    depends_on TEXT,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    data TEXT NOT NULL
);
CREATE UNIQUE INDEX records_server ON records(location, server_id) WHERE server_id IS NOT NULL;
CREATE UNIQUE INDEX records_lane ON records(location, lane, lane_sequence);
CREATE INDEX records_state ON records(state, changed_at);
CREATE INDEX records_account ON records(account, state);
CREATE INDEX records_parent ON records(depends_on) WHERE depends_on IS NOT NULL;

CREATE TABLE history (
    number INTEGER PRIMARY KEY,
    record TEXT NOT NULL,
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX history_record ON history(record, number);

CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    data TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE marks (
    location TEXT NOT NULL,
    contact TEXT NOT NULL,
    done_at INTEGER,
    snoozed_until INTEGER,
    has_draft INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (location, contact)
) WITHOUT ROWID;

CREATE TABLE drafts (
    location TEXT NOT NULL,
    contact TEXT NOT NULL,
    text TEXT NOT NULL,
    caret INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (location, contact)
) WITHOUT ROWID;

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
