// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCoreApplication;

namespace outrigger {

/// Loads the words of the person's language. The source strings are English, so for English this is what makes
/// "1 change" and "2 changes" out of one string. Call it once, before the first window or the first output.
void installLanguage(QCoreApplication *application);

} // namespace outrigger
