// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/csvreader.h"

namespace outrigger::vcard {

/// Whether a file that begins so holds cards.
bool isCards(const QByteArray &beginning);

/// Reads a file of vCards (2.1, 3.0, 4.0) of any size card by card, as the rows of a table whose first one is header():
/// so cards go the way of every other file of contacts. Of several numbers and addresses the preferred one is taken, else
/// a mobile number, else the first. One thread at a time. Own code: Debian 12 has no maintained reader for Qt 6 (KContacts
/// is Qt 5, evolution-data-server brings a mail program's libraries, libvformat has had no release since 2006).
class Reader
{
public:
    explicit Reader(QIODevice *device);
    ~Reader();
    static QStringList header();
    static constexpr qint64 longestLine = 1'000'000; ///< bytes; pictures are longer and are skipped
    static constexpr int mostLines = 5'000;          ///< of one card
    /// The next hundred cards; the first time with header() in front. Row::number counts cards from 2 on.
    QVector<csv::Reader::Row> read();
    bool atEnd() const;
    QString problem() const; ///< one sentence

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace outrigger::vcard
