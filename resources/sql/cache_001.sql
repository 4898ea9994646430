-- What HighLevel has, as last seen. Dates are milliseconds since 1970, UTC; NULL is unknown.
CREATE TABLE locations (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE
);

CREATE TABLE contacts (
    key INTEGER PRIMARY KEY,
    location INTEGER NOT NULL,
    id TEXT NOT NULL,
    date_added INTEGER,
    date_updated INTEGER,
    hash INTEGER,
    seen INTEGER NOT NULL DEFAULT 0,
    dirty_until INTEGER NOT NULL DEFAULT 0,
    dnd INTEGER NOT NULL DEFAULT 0,
    dnd_sms INTEGER NOT NULL DEFAULT 0,
    dnd_known INTEGER NOT NULL DEFAULT 1,
    name TEXT COLLATE NOCASE,
    first_name TEXT,
    last_name TEXT,
    company TEXT,
    email TEXT COLLATE NOCASE,
    phone TEXT,
    digits TEXT, -- of the phone, last one first, so that a range finds "ends with"
    tags TEXT,
    address TEXT,
    city TEXT,
    state TEXT,
    postal_code TEXT,
    country TEXT,
    website TEXT,
    timezone TEXT,
    source TEXT,
    type TEXT,
    assigned_to TEXT,
    birthday TEXT,
    more TEXT -- lists, maps and the fields that we do not know, as JSON
);
CREATE UNIQUE INDEX contacts_id ON contacts(location, id);
CREATE INDEX contacts_name ON contacts(location, name);
CREATE INDEX contacts_added ON contacts(location, date_added);
CREATE INDEX contacts_updated ON contacts(location, date_updated);
CREATE INDEX contacts_digits ON contacts(location, digits) WHERE digits IS NOT NULL;
CREATE INDEX contacts_email ON contacts(location, email) WHERE email IS NOT NULL;
CREATE VIRTUAL TABLE contacts_fts USING fts5(name, company, email, tags, content='contacts', content_rowid='key',
    detail=column, tokenize="unicode61 remove_diacritics 2");

-- Additional numbers and addresses: reversed digits for numbers, lower case for e-mail.
CREATE TABLE contact_extras (
    location INTEGER NOT NULL,
    value TEXT NOT NULL,
    contact INTEGER NOT NULL,
    PRIMARY KEY (location, value, contact)
) WITHOUT ROWID;
CREATE INDEX contact_extras_contact ON contact_extras(contact);

-- base_*: as the server says. The others are derived: messages, unsent changes and desk marks laid over the base.
CREATE TABLE conversations (
    key INTEGER PRIMARY KEY,
    location INTEGER NOT NULL,
    id TEXT NOT NULL,
    contact TEXT NOT NULL DEFAULT '',
    date_added INTEGER,
    date_updated INTEGER,
    hash INTEGER,
    seen INTEGER NOT NULL DEFAULT 0,
    dirty_until INTEGER NOT NULL DEFAULT 0,
    deleted INTEGER NOT NULL DEFAULT 0,
    assigned_to TEXT,
    contact_name TEXT,
    email TEXT,
    phone TEXT,
    type TEXT,
    base_date INTEGER,
    base_body TEXT,
    base_type TEXT,
    base_channel INTEGER,
    base_direction INTEGER,
    base_manual_date INTEGER,
    base_action TEXT,
    base_unread INTEGER NOT NULL DEFAULT 0,
    base_starred INTEGER NOT NULL DEFAULT 0,
    more TEXT,
    place_date INTEGER NOT NULL DEFAULT 0,
    in_date INTEGER NOT NULL DEFAULT 0,
    waits INTEGER NOT NULL DEFAULT 0,  -- the last word is the contact's
    by_hand INTEGER NOT NULL DEFAULT 0, -- a person has written to them
    preview TEXT,
    channel INTEGER,
    last_type TEXT,
    direction INTEGER NOT NULL DEFAULT 0,
    last_state TEXT,
    unread INTEGER NOT NULL DEFAULT 0,
    starred INTEGER NOT NULL DEFAULT 0,
    done_at INTEGER,
    snoozed_until INTEGER,
    has_draft INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX conversations_id ON conversations(location, id);
CREATE INDEX conversations_contact ON conversations(location, contact);
-- Holds all that the splits and their counts look at, so that they read nothing else.
CREATE INDEX conversations_inbox ON conversations(location, deleted, place_date, waits, by_hand, in_date, done_at,
    snoozed_until, unread, assigned_to);

CREATE TABLE messages (
    key INTEGER PRIMARY KEY,
    location INTEGER NOT NULL,
    id TEXT,
    conversation INTEGER NOT NULL,
    date INTEGER NOT NULL,
    date_updated INTEGER,
    channel INTEGER NOT NULL,
    direction INTEGER NOT NULL,
    type TEXT,
    status TEXT,
    body TEXT,
    source TEXT,
    user TEXT,
    more TEXT,
    record TEXT,
    record_state TEXT,
    hold TEXT,
    due_at INTEGER,
    reason TEXT,
    reason_code TEXT
);
CREATE UNIQUE INDEX messages_id ON messages(location, id) WHERE id IS NOT NULL;
CREATE UNIQUE INDEX messages_record ON messages(record) WHERE record IS NOT NULL;
CREATE INDEX messages_thread ON messages(conversation, date);
CREATE VIRTUAL TABLE messages_fts USING fts5(body, content='messages', content_rowid='key', detail=column,
    tokenize="unicode61 remove_diacritics 2");

-- Unsent changes of what HighLevel has; a projection of the outbox.
CREATE TABLE pending (
    number INTEGER PRIMARY KEY,
    record TEXT NOT NULL UNIQUE,
    location INTEGER NOT NULL,
    kind TEXT NOT NULL,
    contact TEXT NOT NULL,
    conversation TEXT NOT NULL,
    at INTEGER NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX pending_contact ON pending(location, contact);
CREATE INDEX pending_conversation ON pending(location, conversation);
-- Ids made here, and what HighLevel called the same contact.
CREATE TABLE aliases (
    location INTEGER NOT NULL,
    local TEXT NOT NULL,
    server TEXT NOT NULL,
    PRIMARY KEY (location, local)
) WITHOUT ROWID;
CREATE TABLE marks (
    location INTEGER NOT NULL,
    contact TEXT NOT NULL,
    done_at INTEGER,
    snoozed_until INTEGER,
    has_draft INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (location, contact)
) WITHOUT ROWID;

CREATE TABLE reference (
    location INTEGER NOT NULL,
    part TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (location, part)
) WITHOUT ROWID;
CREATE TABLE users (
    location INTEGER NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (location, id)
) WITHOUT ROWID;
CREATE TABLE cursors (
    location INTEGER NOT NULL,
    feed TEXT NOT NULL,
    position TEXT NOT NULL,
    watermark INTEGER,
    seen INTEGER NOT NULL,
    total INTEGER NOT NULL,
    complete INTEGER NOT NULL,
    sweep INTEGER NOT NULL,
    last_error TEXT NOT NULL,
    last_success INTEGER,
    PRIMARY KEY (location, feed)
) WITHOUT ROWID;
