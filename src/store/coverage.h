// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/cache.h"

namespace outrigger::store {

/// What the search can know.
struct SearchCoverage {
    bool allMessages = false;
    QDateTime messagesBackTo; ///< when not all are here yet; invalid: none
    qint64 noteLeads = 0;     ///< leads whose notes have been read
    qint64 emails = 0;        ///< opened
    qint64 transcripts = 0;   ///< read
};
Task<Result<SearchCoverage>> searchCoverage(Cache &cache, LocationId location);

/// What was said in a call, for the search.
Task<Status> putTranscript(Cache &cache, LocationId location, MessageId message, QString words);

} // namespace outrigger::store
