// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// Where things are that a test starts or reads. Functions of one library, so that no test's object depends on the
/// folder it was compiled in: a compiler's cache then serves every checkout.
namespace outrigger::test {

/// A program of this build, by its name.
QString program(const QString &name);
/// A file of the sources, by its path from the top.
QString source(const QString &path);

} // namespace outrigger::test
