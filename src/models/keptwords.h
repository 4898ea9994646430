// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"

#include <QString>

namespace outrigger::models {

class Desk;

/// Desk::kept(), asked until the ledger answers: the first picture knows its location before the file is open, and what
/// was not read would be written over. desk outlives the task. Empty: nothing is kept under this name.
Task<QString> keptOnceOpen(Desk *desk, QString name);

} // namespace outrigger::models
