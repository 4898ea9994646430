// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/database.h"

/// Steps from one user_version to the next: ":/sql/<schema>_NNN.sql", each in one transaction.
namespace outrigger::store::migrations {

/// The version that this program writes.
int newest(const QString &schema);
/// Brings the file to the newest version. A file that holds something already and is precious is copied first.
Status run(Connection &connection, const DatabaseOptions &options);
/// Compares the file's tables with those that the scripts make: a damaged schema may still read as sound.
Status checkSchema(Connection &connection, const DatabaseOptions &options);
/// Code "newer".
Error newerError();

} // namespace outrigger::store::migrations
