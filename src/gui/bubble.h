// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/rows.h"
#include "gui/bubbletext.h"
#include "models/threadmodel.h"

#include <QPainterPath>
#include <QRectF>
#include <QTimeZone>
#include <QUrl>

class QPainter;

namespace outrigger::gui {

/// What one row of a thread is made of, before it is laid out.
struct BubbleContent {
    models::ThreadModel::RowKind kind = models::ThreadModel::RowKind::Message;
    MessageRow row;
    QString label;       ///< of day breaks and the unread line
    QString time;
    bool group = false;  ///< continues the bubble above
    bool last = true;    ///< last of its group
    bool expanded = false; ///< a long text is shown whole
    bool foreign = false;  ///< outbound, but written by a colleague: the name is shown
    QTimeZone theirs = QTimeZone::systemTimeZone(); ///< the lead's clock
};

enum class HitKind { None, Text, Link, Picture, Play, Undo, SendNow, Cancel, Change, Retry, Resolve, Details, ShowAll };
struct BubbleHit {
    HitKind kind = HitKind::None;
    QRectF rect;
    QUrl url;
    QString label; ///< of buttons
    QString address = {}; ///< of pictures: as the message names it
};

struct BubbleLook {
    bool current = false;  ///< keyboard focus is here: ring
    bool selected = false;
    int hoveredHit = -1;
    int selectStart = -1;  ///< selected piece of the text
    int selectEnd = -1;
    QVector<textfind::Place> marks = {}; ///< places in the text that were looked for
    QDateTime now;
};

/// One row of a thread, laid out for a width. Lives in the view's cache; knows nothing of views or models.
class Bubble
{
public:
    Bubble(const BubbleContent &content, int width, bool rightToLeft);
    int height() const { return m_height; }
    QRectF frame() const { return m_frame; } ///< of the bubble itself, without the line below it
    const QVector<BubbleHit> &hits() const { return m_hits; }
    int hitAt(const QPointF &point) const;   ///< index into hits(), -1
    bool overText(const QPointF &point) const;
    int positionAt(const QPointF &point) const;
    const QString &text() const { return m_text; } ///< what can be selected
    /// The words beside a held message's button, with the seconds left; empty when nothing drains.
    bool drains() const { return m_drains; }
    void paint(QPainter *painter, const QPointF &at, const BubbleLook &look) const;

private:
    struct Piece {
        TextBox box;
        QPointF at;
        QColor colour;
    };
    struct Side {
        double left = 0, width = 0; ///< area for bubbles
        double maxWidth = 0;
        bool right = false;         ///< this row stands at the right
    };
    void layOutLine();
    void layOutActivity();
    void layOutCall();
    void layOutEmail();
    void layOutText();
    void layOutFoot();
    Side side() const;
    double placeHeader(double y, double innerWidth, QString *icon);
    double metaWidth() const;
    void addPiece(TextBox box, const QPointF &at, const QColor &colour);
    QString footSentence(const QDateTime &now) const;
    QVector<BubbleHit> footButtons() const;
    bool showsMark() const;

    void paintLine(QPainter *painter) const;
    void paintGround(QPainter *painter) const;
    void paintMeta(QPainter *painter) const;
    void paintFoot(QPainter *painter, const BubbleLook &look) const;
    void paintCall(QPainter *painter, const BubbleLook &look) const;
    QPainterPath groundPath(double grow = 0) const;
    QString metaText() const;

    BubbleContent m_content;
    int m_width;
    bool m_rtl;
    int m_height = 0;
    QRectF m_frame;
    QString m_text;
    TextBox m_body;
    QPointF m_bodyAt;
    QColor m_bodyColour;
    std::vector<Piece> m_pieces;
    QVector<BubbleHit> m_hits;
    struct Icon {
        QString name;
        QRectF rect;
        QColor colour;
    };
    QVector<Icon> m_icons;
    QRectF m_meta;
    QRectF m_foot;
    bool m_drains = false;
    enum class Shape { Line, Bubble, Automation, Note, Card, Strip, Activity } m_shape = Shape::Bubble;
};

} // namespace outrigger::gui
