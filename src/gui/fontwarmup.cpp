// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fontwarmup.h"

#ifdef OUTRIGGER_FONTCONFIG
#include <fontconfig/fontconfig.h>
#endif

namespace outrigger::gui {

FontWarmUp::FontWarmUp()
{
#ifdef OUTRIGGER_FONTCONFIG
    m_reading = std::async(std::launch::async, [] { FcInit(); }).share();
#endif
}

void FontWarmUp::wait() const
{
    if (m_reading.valid())
        m_reading.wait();
}

} // namespace outrigger::gui
