// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/cache.h"

#include <QHash>

namespace outrigger::store {

/// What is planned with the leads of these deals (their row keys): the date of the earliest open task, or the start of
/// the next appointment that was not called off, whichever comes first. Deals with nothing planned are not among them.
/// Runs on the reader's thread.
Task<Result<QHash<qint64, QDateTime>>> nextSteps(Cache &cache, QVector<qint64> deals, QDateTime now);

} // namespace outrigger::store
