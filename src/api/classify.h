// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/flight.h"
#include "api/op.h"
#include "core/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <chrono>
#include <optional>

/// What an answer means, by call, status and body. Pure.
namespace outrigger::api {

/// nullopt: a 2xx that may be decoded. `now`: for Retry-After dates.
std::optional<Error> classify(const Received &received, const QDateTime &now);

/// The header's value, names compared without case; empty when absent.
QByteArray headerOf(const Received &received, const char *name);
/// "Sun, 06 Nov 1994 08:49:37 GMT"; invalid when it is not that.
QDateTime httpDate(const QByteArray &text);
/// Seconds or a date; nullopt when neither, or in the past.
std::optional<std::chrono::milliseconds> retryAfter(const QByteArray &text, const QDateTime &now);
/// The traceId of an answer that is not parsed as a whole: header, or the JSON body's first kilobytes.
QString traceIdOf(const Received &received);
/// The body looks like a page for a browser.
bool looksLikeHtml(const Received &received);

} // namespace outrigger::api
