// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <future>

namespace outrigger::gui {

/// Reads the system's font configuration on a thread of its own while the main thread connects to the display.
/// Fontconfig keeps one configuration for the process, so Qt finds it read: a tenth of a start. Does nothing on
/// systems without fontconfig. Make it before QApplication; wait() before the first font is asked for.
class FontWarmUp
{
public:
    FontWarmUp();

    /// Returns when the configuration is read: asking earlier would make Qt read it a second time.
    void wait() const;
    /// Ready when the configuration is read. For work that should not compete with it.
    std::shared_future<void> done() const { return m_reading; }

private:
    std::shared_future<void> m_reading;
};

} // namespace outrigger::gui
