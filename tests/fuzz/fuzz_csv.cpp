// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"

#include "domain/contactimport.h"
#include "domain/csv.h"
#include "domain/csvreader.h"
#include "support/trickle.h"

#include <QBuffer>

#include <algorithm>

using namespace outrigger;
using namespace Qt::StringLiterals;

namespace {

struct Read {
    QVector<csv::Reader::Row> rows;
    QString problem;
    QString encoding;
    QChar separator;
    bool operator==(const Read &other) const
    {
        const auto same = [](const csv::Reader::Row &one, const csv::Reader::Row &two) { return one.number == two.number && one.cells == two.cells; };
        return problem == other.problem && encoding == other.encoding && separator == other.separator && std::equal(rows.cbegin(), rows.cend(), other.rows.cbegin(), other.rows.cend(), same);
    }
};

Read read(QIODevice *device)
{
    csv::Reader reader(device);
    Read all{{}, {}, reader.encoding(), reader.separator()};
    for (int rounds = 0; !reader.atEnd(); ++rounds) {
        fuzz::promise(rounds < 100'000, "a file that never ends");
        all.rows += reader.read();
    }
    all.problem = reader.problem();
    return all;
}
Read read(QByteArray bytes)
{
    QBuffer buffer(&bytes);
    fuzz::promise(buffer.open(QIODevice::ReadOnly), "a buffer opens");
    return read(&buffer);
}

void judge(const Read &file)
{
    qint64 last = 0;
    for (const auto &row : file.rows) {
        fuzz::promise(row.number > last, "rows in their order");
        last = row.number;
        fuzz::promise(row.cells.size() <= csv::Reader::mostColumns, "more columns than are read");
        for (const QString &cell : row.cells)
            fuzz::promise(!cell.contains(QChar::Null), "a zero in a cell");
    }
}

/// What we write of it is read again as the same.
void comesBack(const Read &file)
{
    // A mark in front lets no content decide about separator and encoding.
    QByteArray ours = "\xEF\xBB\xBF\"Outrigger\",1,2,3,4,5,6,7,8\r\n\"Outrigger\",1\r\n\"Outrigger\",1\r\n\"Outrigger\",1\r\n\"Outrigger\",1\r\n";
    qint64 rows = 0;
    for (const auto &row : file.rows) {
        if (row.cells.size() == 1 && row.cells.first().contains(u'\uFFFE'))
            return;
        ours += csv::line(row.cells);
        ++rows;
    }
    const Read again = read(ours);
    fuzz::promise(again.problem.isEmpty(), "what was written can be read");
    fuzz::promise(again.rows.size() == rows + 5, "as many rows as were written");
    for (qsizetype i = 0; i < file.rows.size(); ++i)
        fuzz::promise(again.rows[i + 5].cells == file.rows[i].cells, "the cells that were written");
}

/// The way on: what its columns mean, and each row as a contact.
void becomesContacts(const Read &file)
{
    if (file.rows.isEmpty())
        return;
    ImportPlan plan;
    plan.columns = guessColumns(file.rows.first().cells, {});
    fuzz::promise(plan.columns.size() == file.rows.first().cells.size(), "a meaning for each column");
    for (qsizetype i = 1; i < std::min<qsizetype>(file.rows.size(), 20); ++i)
        readRow(file.rows[i].cells, plan, {}, u"US"_s);
}

} // namespace

/// First byte: the length of the pieces in which the file comes the second time; the rest: the file.
int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 1)
        return -1;
    QByteArray bytes = fuzz::bytes(data + 1, size - 1);
    // Now and then it stands so far behind that the reader's own pieces end in the middle of it. A sum decides, which changes
    // with every byte: the fuzzer would keep to a byte that does, and such inputs take twenty times as long.
    const quint16 sum = qChecksum(bytes);
    const bool behind = sum % 200 == 0;
    if (behind)
        bytes.prepend(QByteArray(4000, ' ').append("a,b;c\td|e\r\n").repeated(16).append(QByteArray(65'536 - 16 * 4011 - (sum >> 13) * 8, ' ')));
    const Read whole = read(bytes);
    judge(whole);
    test::Trickle trickle(bytes, behind ? 5000 : 1 + data[0]);
    const Read pieces = read(&trickle);
    fuzz::promise(pieces == whole, "the same rows in pieces of any length");
    if (!behind) // thirty times as much to write, and nothing new in it
        comesBack(whole);
    becomesContacts(whole);
    return 0;
}
