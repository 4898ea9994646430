// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/textfind.h"

#include <QColor>
#include <QFont>
#include <QString>
#include <QTextLayout>
#include <QUrl>
#include <QVector>

#include <memory>
#include <vector>

class QPainter;

namespace outrigger::gui {

struct TextLink {
    int start = 0;
    int length = 0;
    QUrl url;
};

/// Text as it may be shown: no control characters, no direction overrides, line ends as \n, at most two blank lines in
/// a row, cut at `limit` (never inside a character). `cut` tells whether something is missing.
QString presentable(const QString &text, int limit, bool *cut = nullptr);
/// Web, mail and telephone links in it. Schemes other than http, https and mailto are never links.
QVector<TextLink> linksIn(const QString &text);

/// Plain text laid out for a width: each paragraph takes its own base direction, telephone numbers are isolated.
class TextBox
{
public:
    TextBox() = default;
    /// maxLines 0: any number. `links` are underlined in linkColour.
    TextBox(const QString &text, const QFont &font, double maxWidth, int maxLines, const QVector<TextLink> &links = {},
            const QColor &linkColour = {});
    bool isEmpty() const { return m_paragraphs.empty(); }
    double width() const { return m_width; }   ///< of the longest line
    double height() const { return m_height; }
    double lastLineWidth() const { return m_lastLineWidth; }
    double lastLineHeight() const { return m_lastLineHeight; }
    bool lastLineRightToLeft() const { return m_lastRtl; }
    bool truncated() const { return m_truncated; }
    /// Gives the box its final width, so that right-to-left paragraphs stand at its right edge.
    void setWidth(double width);
    /// `marks` are places that were looked for; the selection lies over them.
    void draw(QPainter *painter, const QPointF &at, const QColor &colour, int selectStart = -1, int selectEnd = -1,
              const QVector<textfind::Place> &marks = {}) const;
    int positionAt(const QPointF &point) const; ///< index into the text, nearest to the point inside the box
    /// Rectangles of a range, for hit areas.
    QVector<QRectF> rectsOf(int start, int length) const;

private:
    struct Paragraph {
        std::unique_ptr<QTextLayout> layout;
        double y = 0;
        int start = 0;            ///< of the paragraph in the whole text
        QVector<int> isolates;    ///< positions in the laid out text of inserted characters, ascending
        bool rtl = false;
        int toText(int laidOut) const;
        int toLaidOut(int position) const;
    };
    double layOut(Paragraph &paragraph, double width, int maxLines) const;
    std::vector<Paragraph> m_paragraphs;
    double m_lineStep = 0;
    double m_width = 0;
    double m_height = 0;
    double m_lastLineWidth = 0;
    double m_lastLineHeight = 0;
    bool m_lastRtl = false;
    bool m_truncated = false;
};

} // namespace outrigger::gui
