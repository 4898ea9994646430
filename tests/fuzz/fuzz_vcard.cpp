// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"

#include "domain/csvreader.h"
#include "domain/vcardreader.h"

#include <QBuffer>

using namespace outrigger;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    QByteArray bytes = fuzz::bytes(data, size);
    vcard::isCards(bytes);
    QBuffer buffer(&bytes);
    fuzz::promise(buffer.open(QIODevice::ReadOnly), "a buffer opens");
    vcard::Reader reader(&buffer);
    const QStringList header = vcard::Reader::header();
    qint64 last = 0;
    while (!reader.atEnd()) {
        const auto rows = reader.read();
        for (const auto &row : rows) {
            fuzz::promise(row.number == last + 1, "cards are counted one by one");
            last = row.number;
            fuzz::promise(row.cells.size() == header.size(), "a cell for each column");
            fuzz::promise(row.number > 1 || row.cells == header, "the header comes first");
            for (const QString &cell : row.cells)
                fuzz::promise(!cell.contains(QChar::Null), "a zero in a cell");
        }
        fuzz::promise(rows.isEmpty() || reader.problem().isEmpty(), "no rows with a problem");
    }
    return 0;
}
