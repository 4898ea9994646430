// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/mailhtml.h"

#include "core/module.h"
#include "domain/htmlmodule.h"
#include "domain/maillink.h"
#include "domain/mailtags.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <memory>

using namespace Qt::StringLiterals;

namespace outrigger::mail {

namespace {

constexpr qsizetype mostInput = 6 * 1024 * 1024;
constexpr int mostTags = 15'000; // of a mail made to freeze a window: 20,000 took 0.21 s to be shown, the most that anybody waits
constexpr int mostLevels = 64;
constexpr int mostTables = 8; // laying out doubles with each level: 8 take 13 ms, 20 take 19 s
constexpr qsizetype mostLayout = 80'000; // characters in tables, each counted twice for every table around it: about 1 us each
constexpr int mostTableWork = 10'000; // each table counts twice its outer one: about 7 us of layout
constexpr qsizetype longestParagraph = 3'000; // one of 400,000 takes 6 s to lay out
constexpr int mostPictures = 200;
constexpr int mostInline = 32;
constexpr int mostColumns = 40;
constexpr int mostCells = 4'000; // rows times columns: Qt fills the gaps up

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Mail)
};

const html::Module *module()
{
    static const html::Module *const loaded = [] {
        const auto open = reinterpret_cast<html::ModuleFunction *>(moduleFunction(u"html"_s, html::moduleFunctionName));
        return open ? open() : nullptr;
    }();
    return loaded;
}

/// Which tables of a mail stay tables. Most are there to hold one column in the middle; as each doubles the time for what
/// is in it, those become plain blocks.
struct Tables {
    bool known = false; ///< the rest has been found out; else all stay
    int nested = 0;     ///< so many inside each other; deeper ones become blocks
    QVector<bool> kept; ///< by their order in the mail
    bool operator==(const Tables &) const = default;
};

class Writer : public html::Handler
{
public:
    Writer(CleanOptions options, Tables tables) : m_options(options), m_tables(std::move(tables)) { m_clean.parts.append(Part{}); }
    Clean finish(bool whole);
    /// With which tables the mail should be written; what it was written with when that was right.
    Tables wanted() const;

    bool start(const char *name, const char *const *attributes) override;
    bool end(const char *name) override;
    bool text(const char *text, qsizetype size) override;

private:
    struct Frame {
        QByteArray name;  ///< as the mail has it; empty for those we put in
        Sort sort = Sort::Unknown;
        QString open;     ///< as written
        QString close;
        bool leave = false;
        bool quote = false;
        bool inTable = false; ///< there is a table around it
        int link = -1;
        qsizetype wordsFrom = 0;
    };

    Part &part() { return m_clean.parts.last(); }
    void write(const QString &markup) { part().html += markup; count(markup.size()); }
    void count(qsizetype size)
    {
        m_written += size;
        m_writtenAt[static_cast<std::size_t>(m_grids.size())] += size;
    }
    void words(const QString &plain);
    void newLine();
    void push(Frame frame, const QString &tag, const QString &attributes);
    void pop();
    void popTo(qsizetype depth);
    void ensureCell();
    Sort tableContext(qsizetype *at = nullptr) const;
    bool startTable(Frame &frame, const Attributes &a);
    bool startCell(Frame &frame, const Attributes &a, const QByteArray &name);
    void startLink(Frame &frame, const Attributes &a);
    void picture(const Attributes &a);
    void closeLink(const Frame &frame);
    bool isQuote(const QByteArray &name, const Attributes &a) const;
    void splitPart(bool quoted);
    bool cut() { m_clean.cut = true; return false; }

    struct Grid {
        int rows = 0, columns = 0, inRow = 0;
        qsizetype number = 0; ///< in the order of the mail
    };
    CleanOptions m_options;
    Tables m_tables;
    QVector<bool> m_columns; ///< by the order of the tables: it has more than one, or a frame
    Clean m_clean;
    std::array<qsizetype, mostLevels / 3 + 1> m_writtenAt = {}; ///< characters, by the tables around them
    QVector<Frame> m_frames;
    QVector<Grid> m_grids;
    int m_tags = 0;
    int m_leaving = 0;   ///< frames whose words are left out
    int m_levels = 0;    ///< frames that have written something
    int m_pre = 0;
    int m_tableWork = 0;
    qsizetype m_paragraph = 0; ///< characters since one began
    bool m_restIsQuoted = false; ///< Outlook marks only where it begins
    qsizetype m_written = 0;
};

void Writer::newLine()
{
    QString &text = part().text;
    m_paragraph = 0;
    if (!text.isEmpty() && !text.endsWith(u'\n'))
        text += u'\n';
}

void Writer::words(const QString &plain)
{
    for (qsizetype at = 0; at < plain.size(); at += longestParagraph) {
        const QString escaped = plain.mid(at, longestParagraph).toHtmlEscaped();
        m_paragraph += escaped.size();
        if (m_paragraph > longestParagraph) {
            write(u"<div>"_s + escaped + u"</div>"_s);
            m_paragraph = 0;
        } else {
            write(escaped);
        }
    }
    if (m_pre > 0) {
        part().text += plain;
        return;
    }
    QString &text = part().text;
    for (const QChar c : plain) {
        const bool space = c == u' ' || c == u'\n' || c == u'\t';
        if (!space)
            text += c;
        else if (!text.isEmpty() && !text.back().isSpace())
            text += u' ';
    }
}

void Writer::push(Frame frame, const QString &tag, const QString &attributes)
{
    if (!tag.isEmpty() && m_levels < mostLevels) {
        frame.open = u'<' + tag + attributes + u'>';
        frame.close = u"</"_s + tag + u'>';
        ++m_levels;
        write(frame.open);
    }
    m_leaving += frame.leave;
    m_pre += frame.sort == Sort::Pre;
    m_frames.append(std::move(frame));
}

void Writer::pop()
{
    const Frame frame = m_frames.takeLast();
    if (frame.link >= 0)
        closeLink(frame);
    if (!frame.close.isEmpty()) {
        write(frame.close);
        --m_levels;
    }
    if (!frame.open.isEmpty() && frame.sort == Sort::Table)
        m_grids.removeLast();
    m_leaving -= frame.leave;
    m_pre -= frame.sort == Sort::Pre;
    if (frame.quote)
        splitPart(m_restIsQuoted);
    if (frame.sort != Sort::Inline && frame.sort != Sort::Link && frame.sort != Sort::Font && frame.sort != Sort::Unknown)
        newLine();
}

void Writer::popTo(qsizetype depth)
{
    while (m_frames.size() > depth)
        pop();
}

Sort Writer::tableContext(qsizetype *at) const
{
    for (qsizetype i = m_frames.size() - 1; i >= 0; --i) {
        const Frame &frame = m_frames.at(i);
        if (!frame.open.isEmpty() && (frame.sort == Sort::Table || frame.sort == Sort::Section || frame.sort == Sort::Row || frame.sort == Sort::Cell)) {
            if (at)
                *at = i;
            return frame.sort;
        }
    }
    return Sort::Unknown;
}

/// Words or pictures straight inside a table get a cell of their own.
void Writer::ensureCell()
{
    const Sort context = tableContext();
    if (context == Sort::Table || context == Sort::Section) {
        Frame row;
        row.sort = Sort::Row;
        push(row, u"tr"_s, {});
        m_grids.last().rows++;
        m_grids.last().inRow = 0;
    }
    if (context == Sort::Table || context == Sort::Section || context == Sort::Row) {
        Frame cell;
        cell.sort = Sort::Cell;
        push(cell, u"td"_s, {});
        m_grids.last().inRow++;
        m_grids.last().columns = std::max(m_grids.last().columns, m_grids.last().inRow);
    }
}

bool Writer::isQuote(const QByteArray &name, const Attributes &a) const
{
    if (tableContext() != Sort::Unknown || m_clean.parts.constLast().quoted)
        return false;
    const QString kind = a["class"];
    const QString id = a["id"];
    if (name == "blockquote")
        return a["type"].compare(u"cite"_s, Qt::CaseInsensitive) == 0 || kind.contains(u"gmail_quote"_s);
    return name == "div" && (kind.contains(u"gmail_quote"_s) || kind.contains(u"yahoo_quoted"_s) || kind.contains(u"protonmail_quote"_s) ||
                             id == u"divRplyFwdMsg" || id == u"appendonsend" || id == u"mail-editor-reference-message-container");
}

/// Ends the part here and begins the next: what is open is closed before and opened again after.
void Writer::splitPart(bool quoted)
{
    for (auto frame = m_frames.crbegin(); frame != m_frames.crend(); ++frame)
        part().html += frame->close;
    Part next;
    next.quoted = quoted;
    for (const Frame &frame : std::as_const(m_frames))
        next.html += frame.open;
    count(next.html.size());
    m_clean.parts.append(next);
    for (Frame &frame : m_frames)
        frame.wordsFrom = 0;
}

bool Writer::startTable(Frame &frame, const Attributes &a)
{
    ensureCell();
    const qsizetype number = m_columns.size();
    m_columns.append(false);
    bool refused = m_grids.size() >= mostLevels / 3 || m_levels + 3 >= mostLevels;
    if (m_tables.known) {
        m_tableWork += 2 << m_grids.size();
        refused = refused || !m_tables.kept.value(number) || m_grids.size() >= m_tables.nested || m_tableWork > mostTableWork;
    }
    if (refused) {
        frame.sort = Sort::Block;
        push(frame, u"div"_s, {});
        return true;
    }
    QString attributes;
    const int padding = a.number("cellpadding", 0, 12);
    const int border = a.number("border", 0, 1);
    attributes += u" cellpadding=\"%1\" cellspacing=\"0\""_s.arg(padding >= 0 ? padding : 2);
    attributes += border > 0 ? u" border=\"1\""_s : u" border=\"0\""_s;
    newLine();
    push(frame, u"table"_s, attributes);
    Grid grid;
    grid.number = number;
    m_columns[number] = border > 0;
    m_grids.append(grid);
    return true;
}

bool Writer::startCell(Frame &frame, const Attributes &a, const QByteArray &name)
{
    qsizetype at = -1;
    Sort context = tableContext(&at);
    if (context == Sort::Cell && m_frames.at(at).name.isEmpty()) { // one that we put in ends where a real one begins
        popTo(at);
        context = tableContext();
    }
    if (context == Sort::Table || context == Sort::Section) {
        Frame row;
        row.sort = Sort::Row;
        push(row, u"tr"_s, {});
        m_grids.last().rows++;
        m_grids.last().inRow = 0;
        context = Sort::Row;
    }
    if (context != Sort::Row) {
        frame.sort = Sort::Block;
        push(frame, u"div"_s, {});
        return true;
    }
    const int columns = std::max(1, a.number("colspan", 1, 12));
    Grid &grid = m_grids.last();
    grid.inRow += columns;
    grid.columns = std::max(grid.columns, grid.inRow);
    if (grid.columns > 1)
        m_columns[grid.number] = true;
    if (grid.columns > mostColumns || grid.rows * grid.columns > mostCells)
        return cut();
    QString attributes = columns > 1 ? u" colspan=\"%1\""_s.arg(columns) : QString();
    const QString align = a["align"].toLower();
    if (align == u"center" || align == u"right")
        attributes += u" align=\"%1\""_s.arg(align);
    const Style style = readStyle(a["style"], m_options.dark);
    if (!style.css.isEmpty())
        attributes += u" style=\"%1\""_s.arg(style.css);
    push(frame, QString::fromLatin1(name), attributes);
    return true;
}

void Writer::startLink(Frame &frame, const Attributes &a)
{
    const auto link = readLink(a["href"]);
    const bool inside = std::any_of(m_frames.begin(), m_frames.end(), [](const Frame &f) { return f.link >= 0; });
    if (!link || inside || m_clean.links.size() >= mostLinks) {
        if (link && !inside)
            m_clean.problem = Words::tr("This e-mail has more links than are shown here; the words of the others are there, without their links.");
        push(frame, {}, {});
        return;
    }
    frame.link = int(m_clean.links.size());
    m_clean.links.append(*link);
    frame.wordsFrom = part().text.size();
    push(frame, u"a"_s, u" href=\"link:%1\""_s.arg(frame.link));
}

/// A link whose words name another host than it leads to, and one that anybody on the way can change, says so.
void Writer::closeLink(const Frame &frame)
{
    Link &link = m_clean.links[frame.link];
    if (link.address.startsWith(u"tel:"))
        return;
    const QString named = namedHost(QStringView(part().text).mid(std::min(frame.wordsFrom, part().text.size())));
    link.misleading |= !named.isEmpty() && !sameSite(named, link.host);
    if (!link.misleading && link.secure)
        return;
    const QString where = link.misleading ? Words::tr("leads to %1").arg(link.host) : Words::tr("not encrypted: %1").arg(link.host);
    const QString note = u" ["_s + where + u']';
    write(u"<b>"_s + note.toHtmlEscaped() + u"</b>"_s);
    part().text += note;
}

void Writer::picture(const Attributes &a)
{
    if (m_leaving > 0 || readStyle(a["style"], m_options.dark).hidden)
        return;
    const int width = a.number("width", 0, 4000);
    const int height = a.number("height", 0, 4000);
    const QString source = a["src"];
    const QString alt = withoutTricks(a["alt"].left(200)).simplified();
    const bool pixel = (width >= 0 && width <= 2) || (height >= 0 && height <= 2);
    QString mark;
    if (const QString remote = readPicture(source); !remote.isEmpty()) {
        if (pixel) {
            ++m_clean.trackers;
            return;
        }
        qsizetype number = m_clean.remotePictures.indexOf(remote);
        if (number < 0 && m_clean.remotePictures.size() < mostPictures) {
            number = m_clean.remotePictures.size();
            m_clean.remotePictures.append(remote);
        }
        if (number >= 0 && m_options.pictures)
            mark = u"picture:%1"_s.arg(number);
    } else if (!pixel && m_clean.inlinePictures.size() < mostInline) {
        if (const QByteArray bytes = readInlinePicture(source); !bytes.isEmpty()) {
            mark = u"inline:%1"_s.arg(m_clean.inlinePictures.size());
            m_clean.inlinePictures.append(bytes);
        }
    }
    ensureCell();
    if (mark.isEmpty()) {
        if (!alt.isEmpty() && !pixel)
            words(u'[' + alt + u']');
        return;
    }
    const bool sized = width > 0 && height > 0 && width <= 560 && height <= 2000;
    write(u"<img src=\"%1\""_s.arg(mark) + (sized ? u" width=\"%1\" height=\"%2\""_s.arg(width).arg(height) : QString()) + u'>');
    part().text += alt;
}

bool Writer::start(const char *rawName, const char *const *rawAttributes)
{
    if (++m_tags > mostTags || m_written > mostOutput)
        return cut();
    const QByteArray name(rawName);
    const Attributes a(rawAttributes);
    Frame frame;
    frame.name = name;
    frame.sort = sortOf(name);
    const Style style = readStyle(a["style"], m_options.dark);
    // A body may be hidden by a style sheet's trick only in part; hiding all of it would show an empty mail.
    frame.leave = frame.sort == Sort::Leave || (style.hidden && name != "body");
    if (m_leaving > 0 || frame.leave) {
        frame.sort = Sort::Unknown;
        push(frame, {}, {});
        return true;
    }
    QString attributes = style.css.isEmpty() ? QString() : u" style=\"%1\""_s.arg(style.css);
    const QString dir = a["dir"].toLower();
    if (dir == u"rtl" || dir == u"ltr")
        attributes += u" dir=\"%1\""_s.arg(dir);
    if (isQuote(name, a)) {
        splitPart(true);
        frame.quote = true;
        m_restIsQuoted = a["id"] == u"divRplyFwdMsg" || a["id"] == u"appendonsend";
    }
    switch (frame.sort) {
    case Sort::Break:
        ensureCell();
        write(u"<br>"_s);
        part().text += u'\n';
        push(frame, {}, {});
        return true;
    case Sort::Rule:
        ensureCell();
        write(u"<hr>"_s);
        newLine();
        push(frame, {}, {});
        return true;
    case Sort::Picture: picture(a); push(frame, {}, {}); return true;
    case Sort::Link: ensureCell(); startLink(frame, a); return true;
    case Sort::Table: return startTable(frame, a);
    case Sort::Cell: return startCell(frame, a, name);
    case Sort::Section: push(frame, tableContext() == Sort::Table ? QString::fromLatin1(name) : QString(), {}); return true;
    case Sort::Row: {
        qsizetype at = -1;
        if (tableContext(&at) == Sort::Cell && m_frames.at(at).name.isEmpty())
            popTo(at);
        if (tableContext(&at) == Sort::Row && m_frames.at(at).name.isEmpty())
            popTo(at);
        const Sort context = tableContext();
        const bool fits = context == Sort::Table || context == Sort::Section;
        if (fits) {
            m_grids.last().rows++;
            m_grids.last().inRow = 0;
            if (m_grids.last().rows * std::max(1, m_grids.last().columns) > mostCells)
                return cut();
        } else {
            frame.sort = Sort::Block;
        }
        push(frame, fits ? u"tr"_s : u"div"_s, {});
        return true;
    }
    case Sort::Font: {
        ensureCell();
        const QString colour = readColour(a["color"], m_options.dark);
        push(frame, u"span"_s, colour.isEmpty() ? attributes : u" style=\"color:%1;\""_s.arg(colour));
        return true;
    }
    case Sort::Block:
    case Sort::Pre:
    case Sort::List:
    case Sort::Item: {
        ensureCell();
        newLine();
        const QString align = a["align"].toLower();
        if (align == u"center" || align == u"right")
            attributes += u" align=\"%1\""_s.arg(align);
        if (frame.sort == Sort::Item)
            part().text += u"- "_s;
        push(frame, name == "address" ? u"div"_s : QString::fromLatin1(name), attributes);
        return true;
    }
    case Sort::Inline: ensureCell(); push(frame, QString::fromLatin1(name), attributes); return true;
    case Sort::Unknown:
    case Sort::Leave: break;
    }
    push(frame, {}, {});
    return true;
}

bool Writer::end(const char *rawName)
{
    for (qsizetype i = m_frames.size() - 1; i >= 0; --i) {
        if (m_frames.at(i).name == rawName) {
            popTo(i);
            break;
        }
    }
    return m_written <= mostOutput || cut();
}

bool Writer::text(const char *raw, qsizetype size)
{
    if (m_leaving > 0)
        return true;
    QString plain = withoutTricks(QString::fromUtf8(raw, size));
    const Sort context = tableContext();
    const bool between = context == Sort::Table || context == Sort::Section || context == Sort::Row;
    if (between && QStringView(plain).trimmed().isEmpty())
        return true;
    ensureCell();
    const qsizetype room = mostOutput - m_written;
    if (plain.size() > room) {
        plain.truncate(std::max<qsizetype>(0, room));
        words(plain);
        return cut();
    }
    words(plain);
    return true;
}

Tables Writer::wanted() const
{
    Tables tables = m_tables;
    if (!tables.known && !m_columns.isEmpty())
        return {true, mostTables, m_columns};
    const auto work = [this](int nested) {
        qsizetype sum = 0;
        for (int depth = 1; depth < int(m_writtenAt.size()) && nested > 0; ++depth)
            sum += m_writtenAt[static_cast<std::size_t>(depth)] << std::min(depth, nested);
        return sum;
    };
    while (tables.nested > 0 && work(tables.nested) > mostLayout)
        --tables.nested;
    return tables;
}

Clean Writer::finish(bool whole)
{
    popTo(0);
    if (!whole)
        m_clean.cut = true;
    m_clean.parts.removeIf([](const Part &p) { return p.text.trimmed().isEmpty() && !p.html.contains(u"<img"_s); });
    for (Part &p : m_clean.parts)
        p.text = p.text.trimmed();
    if (m_clean.cut)
        m_clean.problem = largerThanShown();
    else if (m_clean.parts.isEmpty() && m_clean.problem.isEmpty())
        m_clean.problem = m_clean.trackers > 0 || !m_clean.remotePictures.isEmpty() ? Words::tr("This e-mail consists of pictures only.")
                                                                                 : Words::tr("There are no words in this e-mail.");
    return std::move(m_clean);
}

} // namespace

Clean clean(const QString &html, CleanOptions options)
{
    if (!module()) {
        Clean none;
        none.problem = Words::tr("This installation cannot show e-mail with formatting: its reader for HTML is missing. Install Outrigger again.");
        return none;
    }
    QString input = html.left(mostInput);
    input.remove(QChar(0)); // the reader would end there
    const QByteArray bytes = input.toUtf8();
    // Three times at most: what the tables are for is known only at their ends.
    auto writer = std::make_unique<Writer>(options, Tables());
    bool whole = module()->walk(bytes, *writer);
    for (Tables with, wanted = writer->wanted(); wanted != with; with = std::exchange(wanted, writer->wanted())) {
        writer = std::make_unique<Writer>(options, wanted);
        whole = module()->walk(bytes, *writer);
    }
    return writer->finish(whole && html.size() <= mostInput);
}

} // namespace outrigger::mail
