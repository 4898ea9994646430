// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "prove/ownclock.h"

namespace outrigger::prove {

/// What came of a time in which as much as possible was asked for.
struct Pressed {
    int requests = 0;
    int refused = 0;    ///< that the server answered with 429
    int failed = 0;     ///< that ended in another way than with an answer
    double seconds = 0; ///< of the programs' own time
    double slowestClick = 0; ///< seconds from a click to its answer
    double usualClick = 0;   ///< the same, the 95th of a hundred
};

/// So many requests of every priority, as fast as the limiter lets them leave, against a server that counts as HighLevel
/// does. programs: how many copies of Outrigger share the location's budget without knowing of each other. rival: what
/// somebody else asks for a second, at an even pace and whatever the server says.
Pressed press(Order *order, std::uint64_t seed, int requests, int programs, double rival);

} // namespace outrigger::prove
