// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

/// Writing files for spreadsheets.
namespace outrigger::csv {

/// Begins with what a spreadsheet would take for a formula: = + - @, also their full-width forms, tab or return, after
/// blanks as well. Numbers with a sign and phone numbers ("+14075551234") are meant as well: a cell that begins with
/// one of these is always written with a ' in front.
bool looksLikeFormula(const QString &cell);
/// The same text, harmless; and what was read back from such a file.
QString defused(const QString &cell);
QString fused(const QString &cell);
/// One record with its line end (CRLF, RFC 4180), every cell defused.
QByteArray line(const QStringList &cells);

} // namespace outrigger::csv
