// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace outrigger::test {

/// How often a test that tries many cases goes round: with the environment variable OUTRIGGER_ROUNDS as often as that
/// says, a few times else.
inline int rounds(int few)
{
    const int many = qEnvironmentVariableIntValue("OUTRIGGER_ROUNDS");
    return many > 0 ? many : few;
}

} // namespace outrigger::test
