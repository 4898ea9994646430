// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/world.h"

namespace outrigger::practice
{

enum class Dialect : quint8 { Spec, Seed, Both };
enum class Rate : quint8 { Spec, Seed, Off };

struct Options {
    quint16 port = 0; ///< 0: any free one
    quint64 seed = 1;
    WorldSize size;
    Dialect dialect = Dialect::Both;
    Rate rate = Rate::Spec;
    qint64 start = 0;    ///< the world's clock at the start, ms since 1970; 0: now
    bool quiet = false;  ///< nobody writes back
    bool record = false; ///< the ledger keeps reads as well
    double pace = 1.0;   ///< how long simulated things take; 0.01 is a hundred times faster
    QString stateFile;   ///< empty: nothing is kept
};

} // namespace outrigger::practice
