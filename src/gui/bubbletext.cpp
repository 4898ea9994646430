// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bubbletext.h"

#include "gui/style.h"

#include <QFontInfo>
#include <QPainter>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <limits>

namespace outrigger::gui {

namespace {

constexpr char16_t isolateStart = 0x2066; // left-to-right isolate
constexpr char16_t isolateEnd = 0x2069;

/// Marks that would let a text turn what stands around it.
bool isDirectionOverride(char16_t c)
{
    return (c >= 0x202A && c <= 0x202E) || c == 0xFEFF || c == 0xFFF9 || c == 0xFFFA || c == 0xFFFB;
}

} // namespace

QString presentable(const QString &text, int limit, bool *cut)
{
    QString out;
    out.reserve(std::min<qsizetype>(text.size(), limit));
    int breaks = 0;
    int marks = 0;
    bool missing = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        char16_t c = text[i].unicode();
        if (c == u'\r') {
            if (i + 1 < text.size() && text[i + 1] == u'\n')
                continue;
            c = u'\n';
        } else if (c == 0x2028 || c == 0x2029 || c == 0x0B || c == 0x0C || c == 0x85) {
            c = u'\n';
        }
        if (c == u'\n') {
            if (++breaks > 3)
                continue;
        } else {
            if (c != u'\t' && (c < 0x20 || (c >= 0x7F && c < 0xA0)))
                continue;
            if (isDirectionOverride(c))
                continue;
            breaks = 0;
        }
        // Piles of combining marks are drawn over the neighbours and cost much: eight on one letter are enough.
        if (QChar(c).isMark() && c != 0x200D) {
            if (++marks > 8)
                continue;
        } else {
            marks = 0;
        }
        if (out.size() >= limit) {
            missing = true;
            break;
        }
        out += QChar(c);
    }
    if (!out.isEmpty() && out.back().isHighSurrogate())
        out.chop(1);
    while (!out.isEmpty() && out.back().isSpace())
        out.chop(1);
    if (cut)
        *cut = missing;
    return out;
}

QVector<TextLink> linksIn(const QString &text)
{
    static const QRegularExpression pattern(
        QStringLiteral("\\b(?:https?://|www\\.)[^\\s<>\"]+|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+"),
        QRegularExpression::CaseInsensitiveOption);
    QVector<TextLink> links;
    if (!text.contains(u'@') && !text.contains(QLatin1String("://")) && !text.contains(QLatin1String("www."), Qt::CaseInsensitive))
        return links;
    auto matches = pattern.globalMatch(text);
    while (matches.hasNext() && links.size() < 50) {
        const auto match = matches.next();
        QString word = match.captured();
        static const QString trailing = QStringLiteral(".,;:!?'\"»”’");
        while (!word.isEmpty()
               && (trailing.contains(word.back()) || (word.endsWith(u')') && word.count(u')') > word.count(u'('))))
            word.chop(1);
        if (word.size() < 5)
            continue;
        QString address = word;
        if (word.startsWith(QLatin1String("www."), Qt::CaseInsensitive))
            address.prepend(QLatin1String("https://"));
        else if (!word.contains(QLatin1String("://")))
            address.prepend(QLatin1String("mailto:"));
        const QUrl url(address, QUrl::StrictMode);
        const QString scheme = url.scheme().toLower();
        if (!url.isValid() || (scheme != QLatin1String("https") && scheme != QLatin1String("http") && scheme != QLatin1String("mailto")))
            continue;
        links.append({int(match.capturedStart()), int(word.size()), url});
    }
    return links;
}

int TextBox::Paragraph::toText(int laidOut) const
{
    int position = laidOut;
    for (const int isolate : isolates)
        position -= isolate < laidOut ? 1 : 0;
    return start + position;
}

int TextBox::Paragraph::toLaidOut(int position) const
{
    int laidOut = position - start;
    for (const int isolate : isolates) // ascending, in laid out positions
        laidOut += isolate <= laidOut ? 1 : 0;
    return laidOut;
}

TextBox::TextBox(const QString &text, const QFont &font, double maxWidth, int maxLines, const QVector<TextLink> &links,
                 const QColor &linkColour)
{
    static const QRegularExpression number(QStringLiteral("\\+?\\d[\\d ().\\-]{5,}\\d"));
    const QFontMetricsF metrics(font);
    m_lineStep = std::max(std::ceil(metrics.height()), std::ceil(QFontInfo(font).pixelSize() * 1.35));
    double y = 0;
    int linesLeft = maxLines > 0 ? maxLines : std::numeric_limits<int>::max();
    int start = 0;
    while (start <= text.size() && linesLeft > 0) {
        int end = int(text.indexOf(u'\n', start));
        if (end < 0)
            end = int(text.size());
        Paragraph paragraph;
        paragraph.start = start;
        QString line = text.mid(start, end - start);
        paragraph.rtl = line.isRightToLeft();
        if (paragraph.rtl) {
            QVector<QPair<int, int>> numbers;
            for (auto found = number.globalMatch(line); found.hasNext();) {
                const auto match = found.next();
                numbers.append({int(match.capturedStart()), int(match.capturedEnd())});
            }
            for (auto n = numbers.rbegin(); n != numbers.rend(); ++n) {
                line.insert(n->second, QChar(isolateEnd));
                line.insert(n->first, QChar(isolateStart));
            }
            int shift = 0;
            for (const auto &n : numbers) {
                paragraph.isolates << n.first + shift << n.second + shift + 1;
                shift += 2;
            }
        }
        paragraph.layout = std::make_unique<QTextLayout>(line, font);
        paragraph.layout->setCacheEnabled(true);
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        option.setTextDirection(paragraph.rtl ? Qt::RightToLeft : Qt::LeftToRight);
        option.setAlignment(paragraph.rtl ? Qt::AlignRight : Qt::AlignLeft); // QTextLayout does not turn this round itself
        paragraph.layout->setTextOption(option);
        QList<QTextLayout::FormatRange> formats;
        for (const TextLink &link : links) {
            if (link.start + link.length <= start || link.start >= end)
                continue;
            QTextLayout::FormatRange range;
            range.start = paragraph.toLaidOut(link.start);
            range.length = link.length;
            range.format.setFontUnderline(true);
            if (linkColour.isValid())
                range.format.setForeground(linkColour);
            formats.append(range);
        }
        if (!formats.isEmpty())
            paragraph.layout->setFormats(formats);
        paragraph.y = y;
        y += layOut(paragraph, maxWidth, linesLeft);
        const int lines = paragraph.layout->lineCount();
        if (lines > 0) {
            const QTextLine last = paragraph.layout->lineAt(lines - 1);
            m_truncated = m_truncated || last.textStart() + last.textLength() < line.size();
            for (int i = 0; i < lines; ++i)
                m_width = std::max(m_width, std::ceil(paragraph.layout->lineAt(i).naturalTextWidth()));
            m_lastLineWidth = std::ceil(last.naturalTextWidth());
            m_lastLineHeight = std::max(m_lineStep, last.height());
            m_lastRtl = paragraph.rtl;
        }
        linesLeft -= lines;
        m_paragraphs.push_back(std::move(paragraph));
        start = end + 1;
    }
    m_truncated = m_truncated || start <= text.size();
    m_height = y;
}

double TextBox::layOut(Paragraph &paragraph, double width, int maxLines) const
{
    double y = 0;
    paragraph.layout->beginLayout();
    for (int i = 0; i < maxLines; ++i) {
        QTextLine line = paragraph.layout->createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
        const double step = std::max(m_lineStep, std::ceil(line.height()));
        line.setPosition(QPointF(0, y + (step - line.height()) / 2));
        y += step;
    }
    paragraph.layout->endLayout();
    return y;
}

void TextBox::setWidth(double width)
{
    for (Paragraph &paragraph : m_paragraphs) {
        if (paragraph.rtl)
            layOut(paragraph, width, paragraph.layout->lineCount());
    }
}

void TextBox::draw(QPainter *painter, const QPointF &at, const QColor &colour, int selectStart, int selectEnd,
                   const QVector<textfind::Place> &marks) const
{
    painter->setPen(colour);
    for (const Paragraph &paragraph : m_paragraphs) {
        QList<QTextLayout::FormatRange> selections;
        const auto add = [&](int start, int end, const QColor &ground, const QColor &ink) {
            const int from = paragraph.toLaidOut(std::max(start, paragraph.start));
            const int to = std::min(paragraph.toLaidOut(std::max(end, paragraph.start)), int(paragraph.layout->text().size()));
            if (start < 0 || to <= from)
                return;
            QTextLayout::FormatRange range;
            range.start = from;
            range.length = to - from;
            range.format.setBackground(ground);
            range.format.setForeground(ink);
            selections.append(range);
        };
        for (const auto &mark : marks) {
            if (mark.start != selectStart)
                add(mark.start, mark.start + mark.length, colours().warn, colours().surface);
        }
        add(selectStart, selectEnd, colours().accent, colours().onAccent);
        paragraph.layout->draw(painter, at + QPointF(0, paragraph.y), selections);
    }
}

int TextBox::positionAt(const QPointF &point) const
{
    const Paragraph *chosen = nullptr;
    for (const Paragraph &paragraph : m_paragraphs) {
        if (!chosen || point.y() >= paragraph.y)
            chosen = &paragraph;
    }
    if (!chosen || chosen->layout->lineCount() == 0)
        return 0;
    QTextLine line = chosen->layout->lineAt(0);
    for (int i = 1; i < chosen->layout->lineCount(); ++i) {
        const QTextLine next = chosen->layout->lineAt(i);
        if (point.y() < chosen->y + next.y())
            break;
        line = next;
    }
    return chosen->toText(line.xToCursor(point.x()));
}

QVector<QRectF> TextBox::rectsOf(int start, int length) const
{
    QVector<QRectF> rects;
    for (const Paragraph &paragraph : m_paragraphs) {
        const int size = int(paragraph.layout->text().size());
        if (start + length <= paragraph.start || paragraph.toLaidOut(start) > size)
            continue;
        const int from = std::max(0, paragraph.toLaidOut(std::max(start, paragraph.start)));
        const int to = std::min(size, paragraph.toLaidOut(start + length));
        for (int i = 0; i < paragraph.layout->lineCount(); ++i) {
            const QTextLine line = paragraph.layout->lineAt(i);
            const int a = std::max(from, line.textStart());
            const int b = std::min(to, line.textStart() + line.textLength());
            if (a >= b)
                continue;
            const double x1 = line.cursorToX(a);
            const double x2 = line.cursorToX(b);
            rects.append(QRectF(std::min(x1, x2), paragraph.y + line.y(), std::abs(x2 - x1), line.height()));
        }
    }
    return rects;
}

} // namespace outrigger::gui
