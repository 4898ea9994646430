-- SPDX-License-Identifier: GPL-3.0-or-later
ALTER TABLE records ADD COLUMN copied TEXT;
UPDATE records SET copied=data;
CREATE TABLE copies (
    id TEXT PRIMARY KEY,
    data TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO copies(id, data) SELECT id, data FROM records;
CREATE INDEX records_copied ON records(copied);
