// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <map>

/// What a disk keeps. Every fsync of a file below the watched folder is noticed, so that it is known which bytes would
/// be there after the power has gone, and which only might.
namespace outrigger::prove {

class Dice;

/// Empty: nothing is watched.
void watchFolder(const QString &folder);

using Image = std::map<QString, QByteArray>; ///< by path

/// The files as a killed process leaves them: all that was written. Shared memory of SQLite is left out.
Image asWritten(const QString &folder);
/// The files as they may be after a power cut: what was synced is there; of what was written since, every sector is or
/// is not, and a file may have any of the lengths between.
Image asAfterPowerCut(const QString &folder, Dice &dice);
/// Makes the folder hold exactly this.
void putBack(const QString &folder, const Image &image);

} // namespace outrigger::prove
