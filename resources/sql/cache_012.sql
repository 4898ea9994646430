-- SPDX-License-Identifier: GPL-3.0-or-later
-- The colour of a note, "#RRGGBB". What was read before has none until its lead is opened again.
ALTER TABLE notes ADD COLUMN color TEXT;
