-- What the search finds beside people and messages: one row for each text, kept by triggers, so that no writer forgets it.
CREATE TABLE texts (
    key INTEGER PRIMARY KEY,
    location INTEGER NOT NULL,
    kind INTEGER NOT NULL,   -- 1 task, 2 note, 3 appointment, 4 deal, 5 e-mail, 6 call
    source INTEGER NOT NULL, -- key of the row that says it; of the message for 5 and 6
    body TEXT NOT NULL
);
CREATE UNIQUE INDEX texts_source ON texts(kind, source);
CREATE VIRTUAL TABLE texts_words USING fts5(body, content='texts', content_rowid='key', detail=column, columnsize=0, prefix='3',
    tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE texts_pieces USING fts5(body, content='texts', content_rowid='key', detail=none, columnsize=0, tokenize=trigram);
CREATE TRIGGER texts_added AFTER INSERT ON texts BEGIN
    INSERT INTO texts_words(rowid, body) VALUES(new.key, new.body);
    INSERT INTO texts_pieces(rowid, body) VALUES(new.key, new.body);
END;
CREATE TRIGGER texts_gone AFTER DELETE ON texts BEGIN
    INSERT INTO texts_words(texts_words, rowid, body) VALUES('delete', old.key, old.body);
    INSERT INTO texts_pieces(texts_pieces, rowid, body) VALUES('delete', old.key, old.body);
END;
CREATE TRIGGER texts_changed AFTER UPDATE OF body ON texts WHEN old.body IS NOT new.body BEGIN
    INSERT INTO texts_words(texts_words, rowid, body) VALUES('delete', old.key, old.body);
    INSERT INTO texts_pieces(texts_pieces, rowid, body) VALUES('delete', old.key, old.body);
    INSERT INTO texts_words(rowid, body) VALUES(new.key, new.body);
    INSERT INTO texts_pieces(rowid, body) VALUES(new.key, new.body);
END;

CREATE TRIGGER tasks_text_added AFTER INSERT ON tasks BEGIN
    INSERT INTO texts(location, kind, source, body) VALUES(new.location, 1, new.key, new.title||char(10)||COALESCE(new.body, ''));
END;
CREATE TRIGGER tasks_text_changed AFTER UPDATE OF title, body ON tasks BEGIN
    UPDATE texts SET body=new.title||char(10)||COALESCE(new.body, '') WHERE kind=1 AND source=new.key;
END;
CREATE TRIGGER tasks_text_gone AFTER DELETE ON tasks BEGIN DELETE FROM texts WHERE kind=1 AND source=old.key; END;

CREATE TRIGGER notes_text_added AFTER INSERT ON notes BEGIN
    INSERT INTO texts(location, kind, source, body) VALUES(new.location, 2, new.key, COALESCE(new.title, '')||char(10)||new.body);
END;
CREATE TRIGGER notes_text_changed AFTER UPDATE OF title, body ON notes BEGIN
    UPDATE texts SET body=COALESCE(new.title, '')||char(10)||new.body WHERE kind=2 AND source=new.key;
END;
CREATE TRIGGER notes_text_gone AFTER DELETE ON notes BEGIN DELETE FROM texts WHERE kind=2 AND source=old.key; END;

CREATE TRIGGER events_text_added AFTER INSERT ON events BEGIN
    INSERT INTO texts(location, kind, source, body)
        VALUES(new.location, 3, new.key, COALESCE(new.title, '')||char(10)||COALESCE(new.notes, '')||char(10)||COALESCE(new.address, ''));
END;
CREATE TRIGGER events_text_changed AFTER UPDATE OF title, notes, address ON events BEGIN
    UPDATE texts SET body=COALESCE(new.title, '')||char(10)||COALESCE(new.notes, '')||char(10)||COALESCE(new.address, '')
        WHERE kind=3 AND source=new.key;
END;
CREATE TRIGGER events_text_gone AFTER DELETE ON events BEGIN DELETE FROM texts WHERE kind=3 AND source=old.key; END;

CREATE TRIGGER deals_text_added AFTER INSERT ON opportunities BEGIN
    INSERT INTO texts(location, kind, source, body)
        VALUES(new.location, 4, new.key, COALESCE(new.name, '')||char(10)||COALESCE(new.contact_name, '')||char(10)||COALESCE(new.company, ''));
END;
CREATE TRIGGER deals_text_changed AFTER UPDATE OF name, contact_name, company ON opportunities BEGIN
    UPDATE texts SET body=COALESCE(new.name, '')||char(10)||COALESCE(new.contact_name, '')||char(10)||COALESCE(new.company, '')
        WHERE kind=4 AND source=new.key;
END;
CREATE TRIGGER deals_text_gone AFTER DELETE ON opportunities BEGIN DELETE FROM texts WHERE kind=4 AND source=old.key; END;

CREATE TRIGGER messages_text_gone AFTER DELETE ON messages BEGIN DELETE FROM texts WHERE kind IN (5, 6) AND source=old.key; END;

INSERT INTO texts(location, kind, source, body) SELECT location, 1, key, title||char(10)||COALESCE(body, '') FROM tasks;
INSERT INTO texts(location, kind, source, body) SELECT location, 2, key, COALESCE(title, '')||char(10)||body FROM notes;
INSERT INTO texts(location, kind, source, body)
    SELECT location, 3, key, COALESCE(title, '')||char(10)||COALESCE(notes, '')||char(10)||COALESCE(address, '') FROM events;
INSERT INTO texts(location, kind, source, body)
    SELECT location, 4, key, COALESCE(name, '')||char(10)||COALESCE(contact_name, '')||char(10)||COALESCE(company, '') FROM opportunities;
