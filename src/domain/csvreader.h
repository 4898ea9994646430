// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QVector>

#include <memory>

class QIODevice;

namespace outrigger::csv {

/// Reads a file of any size with libcsv, piece by piece, on whichever thread calls; one thread at a time. Encodings: UTF-8 and UTF-16
/// with a mark, else each cell that is no UTF-8 is Windows-1252. Separators: comma, semicolon, tab, bar, by the first lines.
class Reader
{
public:
    explicit Reader(QIODevice *device);
    ~Reader();
    static constexpr int mostColumns = 500;
    static constexpr int longestField = 1'000'000; ///< bytes; longer is a quotation mark that is never closed
    QString encoding() const; ///< for people
    QChar separator() const;
    struct Row {
        qint64 number = 0; ///< from 1, empty ones counted
        QStringList cells; ///< trimmed, and freed of the mark that keeps formulas harmless
    };
    /// The rows of the next 64 kB; empty ones are left out. Empty at the end, and when problem() says why it cannot go on.
    QVector<Row> read();
    bool atEnd() const;
    QString problem() const; ///< one sentence

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace outrigger::csv
