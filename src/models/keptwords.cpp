// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/keptwords.h"

#include "core/await.h"
#include "models/desk.h"

namespace outrigger::models {

Task<QString> keptOnceOpen(Desk *desk, QString name)
{
    for (;;) {
        auto asking = desk->kept(name);
        const auto found = co_await asking;
        if (found)
            co_return *found;
        Delay pause(std::chrono::milliseconds(200));
        co_await pause;
    }
}

} // namespace outrigger::models
