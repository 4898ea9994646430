// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/bubble.h"
#include "gui/threadview.h"
#include "models/mediashelf.h"

#include <QBasicTimer>
#include <QCache>
#include <QHash>
#include <QPersistentModelIndex>
#include <QPoint>
#include <QPointer>
#include <QSet>
#include <QToolButton>

namespace outrigger::gui {

/// What the view keeps: a height for every row (measured when shown, else the last one known or a guess), their
/// running sum, and the anchor that stays in place while heights above it change.
struct ThreadView::Private {
    ThreadView *q;
    models::ThreadModel *thread = nullptr; ///< null when another model is shown (tests)

    QVector<int> heights;
    QVector<int> stamps;    ///< layout in which the height was measured; != stamp: a guess
    QVector<int> tops;      ///< one more than rows; valid while !topsDirty
    bool topsDirty = true;
    int stamp = 1;
    int layoutWidth = 0;
    int layoutGeneration = 0;
    int contentOffset = 0;  ///< content is lower than the viewport: moved down, so the newest is at the bottom
    bool stick = true;      ///< the end stays in view
    bool settling = false;
    bool wasAtBottom = true;
    QPersistentModelIndex anchor;
    int anchorOffset = 0;   ///< of the anchor row's top from the viewport's top
    int bottomInset = 8;

    QCache<qint64, Bubble> bubbles{240};
    QHash<qint64, int> versions; ///< of the cached bubbles
    QSet<qint64> expanded;
    UserId own;
    QTimeZone theirs = QTimeZone::systemTimeZone();

    int hoverRow = -1;
    int hoverHit = -1;
    qint64 pressKey = 0;
    int pressHit = -1;
    bool keyboardFocus = false; ///< the ring shows only after a key was used
    qint64 textKey = 0;         ///< bubble in which text is selected
    int textFrom = 0;
    int textTo = 0;
    QString needle;             ///< marked in every bubble
    bool selectingText = false;
    QBasicTimer drain;
    bool seenSent = false;
    bool olderAsked = false;
    QToolButton *newest = nullptr;
    QPointer<models::MediaShelf> shelf;

    int rows() const { return int(heights.size()); }
    qint64 keyOf(int row) const;
    BubbleContent contentOf(int row) const;
    Bubble *bubbleAt(int row);
    void forget(qint64 key);
    int measure(int row);
    const QVector<int> &offsets();
    int total();                ///< height of all rows and the inset
    int rowAtY(int contentY);   ///< row at this place of the content, -1
    void settle();
    void takeAnchor();
    int maximum();
    void askOlder();
    void noteBottom();
    void activate(int row, const BubbleHit &hit);
    void setHover(int row, int hit);
    QPointF rowOrigin(int row);
    QString copyText(int row) const;
    bool openCall(int row);
    bool openPictures(int row, const QString &address); ///< false: it has none
    void fillMenu(QMenu *menu, int row);
    void clearTextSelection();
    void placeNewestButton();
    bool anyDraining();
};

} // namespace outrigger::gui
