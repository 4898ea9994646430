// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "domain/outboxrecord.h"

namespace outrigger::models {

/// A file of this computer, ready to go with an e-mail: a picture is decoded and written anew, so that it does not say
/// where it was taken; every other is taken as it is. Read in the pool. Errors are Usage with one sentence.
Task<Result<OutgoingFile>> readMailFile(QString path);

} // namespace outrigger::models
