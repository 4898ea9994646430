// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFunctionPointer>
#include <QString>

namespace outrigger {

/// A function of one of our own modules: shared objects in ../lib/outrigger beside the running program, each wrapping a
/// library that is too big to be bound before the first window is painted. Loaded at the first call and kept until the
/// program ends; any thread. nullptr, and one line in the log, when the module is missing: the caller goes on without.
QFunctionPointer moduleFunction(const QString &module, const char *function);

} // namespace outrigger
