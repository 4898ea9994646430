// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>

/// Finding words in what people write: without regard to case, marks on letters and runs of blanks.
namespace outrigger::textfind {

/// The text as it is compared. Empty when nothing in it can be found.
QString folded(const QString &text);

struct Place {
    int start = 0; ///< in the text as it is
    int length = 0;
    bool operator==(const Place &) const = default;
};
/// Where `needle` (folded) stands in `text`, in order, not overlapping.
QVector<Place> places(const QString &text, const QString &needle);

/// One line of about `length` characters with the first place of `needle` (folded) in it, or its beginning.
QString excerpt(const QString &text, const QString &needle, int length);

} // namespace outrigger::textfind
