// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/csvreader.h"

#include "domain/csv.h"

#include <QCoreApplication>
#include <QIODevice>
#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <csv.h>
#include <cstdlib>
#include <optional>

using namespace Qt::StringLiterals;

namespace outrigger::csv {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CsvReader)
};

constexpr qint64 piece = 64 * 1024;
constexpr int insideField = 2; ///< libcsv's FIELD_BEGUN

/// What Windows-1252 has where Latin-1 has control characters.
constexpr std::array<char16_t, 32> windows{0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                           0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                           0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

QString fromWindows(const QByteArray &bytes)
{
    QString text = QString::fromLatin1(bytes);
    for (QChar &c : text) {
        if (c.unicode() >= 0x80 && c.unicode() < 0xA0)
            c = QChar(windows[c.unicode() - 0x80]);
    }
    return text;
}

bool isUtf8(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder.decode(bytes);
    Q_UNUSED(text)
    return !decoder.hasError(); // a character that the piece cuts is not an error
}

/// libcsv asks for the buffer of one field here: it must not grow with a quotation mark that is never closed.
void *boundedRealloc(void *old, size_t size)
{
    return size > size_t(Reader::longestField) * 2 ? nullptr : std::realloc(old, size);
}

QChar separatorOf(const QString &beginning)
{
    const QString lines = beginning.section(u'\n', 0, 4);
    QChar best = u',';
    qsizetype most = 0;
    bool quoted = false;
    QHash<QChar, qsizetype> counts;
    for (const QChar c : lines) {
        if (c == u'"')
            quoted = !quoted;
        else if (!quoted && (c == u',' || c == u';' || c == u'\t' || c == u'|'))
            ++counts[c];
    }
    for (const QChar c : {QChar(u','), QChar(u';'), QChar(u'\t'), QChar(u'|')}) {
        if (counts.value(c) > most) {
            most = counts.value(c);
            best = c;
        }
    }
    return best;
}

} // namespace

struct Reader::Private {
    QIODevice *device = nullptr;
    QByteArray first; ///< read to find out about the file, not parsed yet
    std::optional<QStringConverter::Encoding> encoding; ///< unset: Windows-1252
    std::optional<QStringDecoder> decoder;
    QChar separator = u',';
    csv_parser parser;
    bool ready = false;
    bool ended = false;
    QStringList cells;
    qint64 number = 0;
    QVector<Row> rows;
    QString problem;
    QByteArray buffer;

    ~Private()
    {
        if (ready)
            csv_free(&parser);
    }
    /// Some bytes more. A pipe gives a few at a time: asking it for a large piece each time would only make room for one.
    QByteArray next(qint64 most)
    {
        if (buffer.isEmpty())
            buffer.resize(device->isSequential() ? 4 * 1024 : std::clamp<qint64>(device->size(), 1024, piece));
        return QByteArray(buffer.constData(), std::max<qint64>(device->read(buffer.data(), std::min(most, buffer.size())), 0));
    }
    QByteArray utf8(const QByteArray &bytes)
    {
        if (!encoding || *encoding == QStringConverter::Utf8) // field() decodes: rows of two programs may stand in one file
            return bytes;
        const QString text = decoder->decode(bytes);
        return text.toUtf8();
    }
    static void field(void *text, size_t size, void *data)
    {
        auto *self = static_cast<Private *>(data);
        if (!self->problem.isEmpty())
            return;
        if (self->cells.size() >= mostColumns) {
            self->problem = Words::tr("Row %1 has more than %2 columns. This is not a list of contacts.").arg(self->number + 1).arg(mostColumns);
            return;
        }
        const QByteArray bytes(static_cast<const char *>(text), qsizetype(size));
        QString cell = isUtf8(bytes) ? QString::fromUtf8(bytes) : fromWindows(bytes);
        cell.removeIf([](QChar c) { return c == QChar::Null || c == QChar::ByteOrderMark; }); // marks of files that were put together
        self->cells.append(fused(cell.trimmed()));
    }
    static void line(int, void *data)
    {
        auto *self = static_cast<Private *>(data);
        if (!self->problem.isEmpty())
            return;
        ++self->number;
        const QStringList cells = std::exchange(self->cells, {});
        if (std::any_of(cells.cbegin(), cells.cend(), [](const QString &cell) { return !cell.isEmpty(); }))
            self->rows.append({self->number, cells});
    }
    void noEnd()
    {
        if (problem.isEmpty())
            problem = Words::tr("After row %1 a quotation mark is never closed, or a cell is larger than a million characters. Mend the file and try again.").arg(number);
    }
};

Reader::Reader(QIODevice *device) : d(std::make_unique<Private>())
{
    d->device = device;
    // A pipe gives less than it is asked for, and a few bytes say nothing about the file.
    for (QByteArray more = d->next(piece); !more.isEmpty(); more = d->first.size() < piece ? d->next(piece - d->first.size()) : QByteArray())
        d->first += more;
    d->encoding = QStringConverter::encodingForData(d->first);
    if (!d->encoding && isUtf8(d->first))
        d->encoding = QStringConverter::Utf8;
    if (d->encoding)
        d->decoder.emplace(*d->encoding);
    QString beginning;
    if (d->encoding) {
        QStringDecoder once(*d->encoding);
        beginning = once.decode(d->first);
    } else {
        beginning = fromWindows(d->first);
    }
    d->separator = separatorOf(beginning);
    if (d->first.startsWith("PK\x03\x04") || d->first.startsWith("\x1F\x8B")) {
        d->problem = Words::tr("This is a packed file or a workbook. Unpack it, or save the sheet as CSV, and try again.");
        return;
    }
    if (d->encoding == QStringConverter::Utf8 && d->first.startsWith("\xEF\xBB\xBF"))
        d->first.remove(0, 3);
    d->ready = csv_init(&d->parser, CSV_APPEND_NULL) == 0;
    if (!d->ready) {
        d->problem = Words::tr("The file cannot be read.");
        return;
    }
    csv_set_realloc_func(&d->parser, boundedRealloc);
    csv_set_blk_size(&d->parser, 4 * 1024);
    csv_set_delim(&d->parser, static_cast<unsigned char>(d->separator.toLatin1()));
}

Reader::~Reader() = default;

QString Reader::encoding() const
{
    return d->encoding ? QString::fromLatin1(QStringConverter::nameForEncoding(*d->encoding)) : u"Windows-1252"_s;
}

QChar Reader::separator() const { return d->separator; }
bool Reader::atEnd() const { return d->ended || !d->problem.isEmpty(); }
QString Reader::problem() const { return d->problem; }

QVector<Reader::Row> Reader::read()
{
    while (!atEnd() && d->rows.isEmpty()) {
        const QByteArray bytes = d->first.isEmpty() ? d->next(piece) : std::exchange(d->first, {});
        if (bytes.isEmpty()) {
            d->ended = true;
            if (d->parser.pstate == insideField && d->parser.quoted) // libcsv says it in its strict mode alone
                d->noEnd();
            else
                csv_fini(&d->parser, Private::field, Private::line, d.get());
            break;
        }
        const QByteArray text = d->utf8(bytes);
        if (csv_parse(&d->parser, text.constData(), size_t(text.size()), Private::field, Private::line, d.get()) != size_t(text.size()))
            d->noEnd();
    }
    return std::exchange(d->rows, {});
}

} // namespace outrigger::csv
