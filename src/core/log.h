// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>
#include <QString>

namespace outrigger {

// Warnings only by default; --log-level opens more. Log ids through redactedId(), never bodies, tokens, numbers, names
// or query strings.
Q_DECLARE_LOGGING_CATEGORY(logApi)
Q_DECLARE_LOGGING_CATEGORY(logAuth)
Q_DECLARE_LOGGING_CATEGORY(logStore)
Q_DECLARE_LOGGING_CATEGORY(logSync)
Q_DECLARE_LOGGING_CATEGORY(logOutbox)
Q_DECLARE_LOGGING_CATEGORY(logModel)
Q_DECLARE_LOGGING_CATEGORY(logGui)
Q_DECLARE_LOGGING_CATEGORY(logStall)

/// A short keyed hash of an id: equal ids can be followed through one run's log, the id itself cannot be read.
QString redactedId(const QString &id);
/// Cuts what looks like a token, a phone number, an e-mail address or a query string out of free text.
QString redactedText(QString text);
/// level: error, warning, info, debug. Returns false for another word. Installs the redacting message handler, which
/// writes to stderr and, when `file` is given, appends to that file (0600, at most 2 MiB, one older one kept).
bool setUpLogging(const QString &level, const QString &file = {});

} // namespace outrigger
