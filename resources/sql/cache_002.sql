-- SPDX-License-Identifier: GPL-3.0-or-later
-- E-mail that a person has opened: lists come without the text.
CREATE TABLE emails (
    location INTEGER NOT NULL,
    id TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (location, id)
) WITHOUT ROWID;
