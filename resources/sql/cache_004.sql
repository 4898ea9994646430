-- SPDX-License-Identifier: GPL-3.0-or-later
-- Whom a conversation is assigned to, as the server says; assigned_to is derived, with unsent changes laid over it.
ALTER TABLE conversations ADD COLUMN base_assigned TEXT;
UPDATE conversations SET base_assigned=assigned_to;
