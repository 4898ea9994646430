// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/giveway.h"

#ifdef __linux__
#include <sys/resource.h>
#endif

namespace outrigger {

void giveWay()
{
#ifdef __linux__
    // Each thread has a nice value of its own here, unlike POSIX says; 0 is the calling thread.
    thread_local const bool gave = ::setpriority(PRIO_PROCESS, 0, 5) == 0;
    static_cast<void>(gave);
#endif
}

} // namespace outrigger
