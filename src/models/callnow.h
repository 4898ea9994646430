// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"

#include <QJsonObject>

namespace outrigger::sync {
class Engine;
}

namespace outrigger::models {

/// An operation of the catalogue that a page is made of and that has no place in the outbox: sent once, now, and its answer
/// as an object. The location and what else is known by itself is filled in.
Task<Result<QJsonObject>> callNow(sync::Engine *engine, QString operation, QJsonObject values);

} // namespace outrigger::models
