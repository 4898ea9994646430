// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace outrigger {

/// From now on the calling thread gives way to the one that paints when there are fewer cores than work: for threads
/// that write what was fetched and read long answers. QThread's priorities do nothing under Linux' usual scheduler.
/// Does nothing elsewhere. Cannot be taken back; calling it again costs nothing.
void giveWay();

} // namespace outrigger
