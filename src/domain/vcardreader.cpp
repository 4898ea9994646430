// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/vcardreader.h"

#include <QCoreApplication>
#include <QDate>
#include <QIODevice>
#include <QStringDecoder>
#include <QUrl>

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace outrigger::vcard {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(VCardReader)
};

constexpr int cardsAtOnce = 100;

/// One property: "item1.TEL;TYPE=CELL,pref:+1 407 ...".
struct Property {
    QString name;            ///< upper case, without its group
    QStringList parameters;  ///< upper case: "TYPE=CELL,PREF", "PREF=1", "QUOTED-PRINTABLE"
    QByteArray value;
    bool has(const QString &word) const
    {
        return std::any_of(parameters.cbegin(), parameters.cend(), [&word](const QString &one) {
            const QString words = one.section(u'=', -1).remove(u'"');
            return one == word || words.split(u',').contains(word);
        });
    }
};

/// Cut at the first colon that stands in no quotes.
std::optional<Property> propertyOf(const QByteArray &line)
{
    bool quoted = false;
    qsizetype colon = -1;
    for (qsizetype i = 0; i < line.size() && colon < 0; ++i) {
        if (line[i] == '"')
            quoted = !quoted;
        else if (line[i] == ':' && !quoted)
            colon = i;
    }
    if (colon <= 0)
        return std::nullopt;
    const QStringList parts = QString::fromUtf8(line.left(colon)).toUpper().split(u';');
    Property property;
    property.name = parts.constFirst().section(u'.', -1).trimmed();
    property.parameters = parts.mid(1);
    property.value = line.mid(colon + 1);
    return property;
}

QByteArray fromQuotedPrintable(const QByteArray &text)
{
    QByteArray out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        bool ok = false;
        const int code = text[i] == '=' && i + 2 < text.size() ? text.mid(i + 1, 2).toInt(&ok, 16) : 0;
        out += ok ? char(code) : text[i];
        i += ok ? 2 : 0;
    }
    return out;
}

/// UTF-8, and what old telephones write where it is none.
QString decoded(const QByteArray &bytes)
{
    QStringDecoder utf8(QStringDecoder::Utf8);
    const QString text = utf8.decode(bytes);
    return utf8.hasError() ? QString::fromLatin1(bytes) : text;
}

QString textOf(const Property &property)
{
    return decoded(property.has(u"QUOTED-PRINTABLE"_s) ? fromQuotedPrintable(property.value) : property.value);
}

/// Between separators that are not escaped, with the escapes resolved.
QStringList cut(const QString &text, QChar separator)
{
    QStringList parts{QString()};
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'\\' && i + 1 < text.size()) {
            const QChar next = text[++i];
            parts.last() += next == u'n' || next == u'N' ? QChar(u'\n') : next;
        } else if (text[i] == separator) {
            parts.append(QString());
        } else {
            parts.last() += text[i];
        }
    }
    for (QString &part : parts)
        part = part.trimmed().remove(QChar::Null);
    return parts;
}

QString whole(const QString &text) { return cut(text, QChar()).join(QString()); }

/// "19840315", "1984-03-15", "1984-03-15T00:00:00"; without a year nothing.
QString birthday(const QString &text)
{
    const QString digits = QString(text.left(10)).remove(u'-');
    const QDate day = QDate::fromString(digits.left(8), u"yyyyMMdd"_s);
    return day.isValid() ? day.toString(Qt::ISODate) : QString();
}

/// What one card says, with the best number and address so far.
struct Card {
    QStringList cells = QStringList(Reader::header().size(), QString());
    int phoneRank = 0;
    int emailRank = 0;

    void put(const QString &column, const QString &text)
    {
        QString &cell = cells[Reader::header().indexOf(column)];
        if (cell.isEmpty())
            cell = text.simplified();
    }
    void best(const QString &column, const QString &text, int &rank, int its)
    {
        if (text.isEmpty() || its <= rank)
            return;
        rank = its;
        cells[Reader::header().indexOf(column)] = text;
    }
    static int rankOf(const Property &property, const QString &mobile)
    {
        if (property.has(u"PREF"_s) || property.parameters.contains(u"PREF=1"_s))
            return 3;
        return property.has(mobile) ? 2 : 1;
    }
    void take(const Property &property)
    {
        const QString &name = property.name;
        if (name == "PHOTO"_L1 || name == "LOGO"_L1 || name == "SOUND"_L1 || name == "KEY"_L1)
            return;
        const QString text = textOf(property);
        if (name == "N"_L1) {
            const QStringList parts = cut(text, u';');
            put(u"Last name"_s, parts.value(0));
            put(u"First name"_s, parts.value(1));
        } else if (name == "FN"_L1) {
            put(u"Name"_s, whole(text));
        } else if (name == "TEL"_L1) {
            QString number = whole(text);
            if (number.startsWith(u"tel:"_s, Qt::CaseInsensitive))
                number = QUrl::fromPercentEncoding(number.mid(4).section(u';', 0, 0).toUtf8());
            best(u"Phone"_s, number, phoneRank, rankOf(property, u"CELL"_s));
        } else if (name == "EMAIL"_L1) {
            best(u"Email"_s, whole(text), emailRank, rankOf(property, u"WORK"_s));
        } else if (name == "ORG"_L1) {
            put(u"Company"_s, cut(text, u';').value(0));
        } else if (name == "ADR"_L1) {
            const QStringList parts = cut(text, u';');
            const QStringList columns{u"Address"_s, u"City"_s, u"State"_s, u"Postal code"_s, u"Country"_s};
            for (qsizetype i = 0; i < columns.size(); ++i)
                put(columns[i], parts.value(i + 2));
        } else if (name == "URL"_L1) {
            put(u"Website"_s, whole(text));
        } else if (name == "BDAY"_L1) {
            put(u"Birthday"_s, birthday(text));
        } else if (name == "TZ"_L1) {
            if (text.contains(u'/')) // a name; an offset says nothing about summer
                put(u"Timezone"_s, whole(text));
        } else if (name == "CATEGORIES"_L1) {
            put(u"Tags"_s, cut(text, u',').join(u','));
        }
    }
};

} // namespace

bool isCards(const QByteArray &beginning)
{
    QByteArray first = beginning.startsWith("\xEF\xBB\xBF") ? beginning.mid(3) : beginning;
    return first.trimmed().left(11).toUpper() == "BEGIN:VCARD";
}

struct Reader::Private {
    QIODevice *device = nullptr;
    std::array<char, 16 * 1024> piece;
    std::optional<QByteArray> ahead; ///< the line after the one that was given
    bool started = false;
    bool ended = false;
    qint64 number = 1;
    QString problem;

    /// One physical line without its end; nothing at the end of the file. Of a line that is too long only a beginning.
    std::optional<QByteArray> physical()
    {
        if (ahead)
            return std::exchange(ahead, std::nullopt);
        if (device->atEnd())
            return std::nullopt;
        QByteArray line;
        for (bool whole = false; !whole && !device->atEnd();) {
            const qint64 size = device->readLine(piece.data(), qint64(piece.size())); // not readLine(most): that makes room for it
            if (size <= 0)
                break;
            whole = piece[size_t(size) - 1] == '\n';
            if (line.size() < longestLine)
                line.append(piece.data(), size);
        }
        while (line.endsWith('\n') || line.endsWith('\r'))
            line.chop(1);
        return line;
    }
    /// One line as it was before it was folded, in either of the two ways.
    std::optional<QByteArray> line()
    {
        auto first = physical();
        if (!first)
            return std::nullopt;
        QByteArray all = *first;
        std::optional<bool> printable; // told once: looking through all that has come, at every further line, takes minutes
        for (;;) {
            auto next = physical();
            if (!next)
                return all;
            const bool folded = next->startsWith(' ') || next->startsWith('\t');
            if (!printable && all.endsWith('='))
                printable = all.toUpper().contains("QUOTED-PRINTABLE");
            const bool soft = printable.value_or(false) && all.endsWith('=');
            if (!folded && !soft) {
                ahead = std::move(next);
                return all;
            }
            if (soft)
                all.chop(1);
            if (all.size() < longestLine)
                all += soft ? *next : next->mid(1);
        }
    }
    /// The next card; nothing at the end, or when there is a problem.
    std::optional<Card> card()
    {
        int depth = 0;
        int lines = 0;
        Card card;
        for (;;) {
            const auto text = line();
            if (!text) {
                if (depth > 0)
                    problem = Words::tr("The file ends in the middle of card %1. It was not saved to its end.").arg(number);
                return std::nullopt;
            }
            const QByteArray upper = text->left(16).toUpper().trimmed();
            if (upper == "BEGIN:VCARD") {
                ++depth;
            } else if (upper == "END:VCARD") {
                if (--depth == 0)
                    return card;
                depth = std::max(depth, 0);
            } else if (depth == 1) { // of a card inside a card (an assistant) nothing is taken
                if (++lines > mostLines) {
                    problem = Words::tr("Card %1 has more than %2 lines. This is not a list of contacts.").arg(number).arg(mostLines);
                    return std::nullopt;
                }
                if (const auto property = propertyOf(*text))
                    card.take(*property);
            }
        }
    }
};

Reader::Reader(QIODevice *device) : d(std::make_unique<Private>())
{
    d->device = device;
    if (device->peek(3) == "\xEF\xBB\xBF")
        device->skip(3);
}

Reader::~Reader() = default;

QStringList Reader::header()
{
    static const QStringList names{u"First name"_s, u"Last name"_s, u"Name"_s, u"Phone"_s, u"Email"_s, u"Company"_s, u"Address"_s, u"City"_s, u"State"_s,
                                   u"Postal code"_s, u"Country"_s, u"Website"_s, u"Birthday"_s, u"Timezone"_s, u"Tags"_s};
    return names;
}

bool Reader::atEnd() const { return d->ended || !d->problem.isEmpty(); }
QString Reader::problem() const { return d->problem; }

QVector<csv::Reader::Row> Reader::read()
{
    QVector<csv::Reader::Row> rows;
    if (!std::exchange(d->started, true))
        rows.append({1, header()});
    for (int i = 0; i < cardsAtOnce && !atEnd(); ++i) {
        const auto card = d->card();
        if (!card)
            d->ended = true;
        else
            rows.append({++d->number, card->cells});
    }
    return d->problem.isEmpty() ? rows : QVector<csv::Reader::Row>();
}

} // namespace outrigger::vcard
