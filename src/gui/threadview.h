// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/rows.h"

#include <QAbstractItemView>
#include <QUrl>

#include <memory>

class QMenu;

namespace outrigger::models {
class MediaShelf;
}

namespace outrigger::gui {

/// The open conversation: bubbles of different height, anchored at the bottom, over a models::ThreadModel. Heights are
/// measured when a row is shown; older rows come in above without moving what is in view. The view asks its model for
/// older messages by itself when the top comes near.
class ThreadView : public QAbstractItemView
{
    Q_OBJECT
public:
    explicit ThreadView(QWidget *parent = nullptr);
    ~ThreadView() override;
    void setModel(QAbstractItemModel *model) override;

    bool atBottom() const;
    void showNewest();        ///< to the end, without movement
    void showUnread();        ///< the unread line at the upper third when there is one, else the end
    void showKey(qint64 key); ///< makes it current and puts it in view
    qint64 currentKey() const; ///< 0: none
    /// As showKey(), as a place that was looked for: the ring is on it, and its text is open where `needle` (folded, see
    /// domain/textfind) stands and marked there. Every bubble in view is marked until clearFound().
    void showFound(qint64 key, const QString &needle = {});
    void clearFound();
    QString selectedText() const; ///< of the selected bubbles, oldest first, plain
    void copySelection() const;
    /// Space kept at both sides and the end, in design px; for strips laid over the view.
    void setBottomInset(int designPx);
    /// Messages of other users carry their name.
    void setOwnUser(const UserId &user);
    /// Whose talk it is: what is copied carries it.
    void setContact(const ContactId &contact) { m_contact = contact; }
    void setTheirZone(const QTimeZone &zone); ///< the lead's clock, beside one's own where a moment is meant
    /// Where pictures come from; without it their frames stay empty. Outlives the view.
    void setShelf(models::MediaShelf *shelf);
    models::MediaShelf *shelf() const;
    void openCurrent(); ///< Enter: the call or the pictures of the current message, else its details

    // QAbstractItemView
    QRect visualRect(const QModelIndex &index) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    QModelIndex indexAt(const QPoint &point) const override;
    void doItemsLayout() override;
    void reset() override;

Q_SIGNALS:
    void undoRequested(const outrigger::RecordId &record);    ///< held: take it back
    void releaseRequested(const outrigger::RecordId &record); ///< held: send now
    void unscheduleRequested(const outrigger::MessageRow &row); ///< HighLevel keeps it for later
    void changeRequested(const outrigger::MessageRow &row);     ///< the same: other words, another time, or now
    void cancelRequested(const outrigger::RecordId &record);  ///< waiting, not attempted
    void retryRequested(const outrigger::RecordId &record);   ///< failed: try again
    void resolveRequested(const outrigger::RecordId &record); ///< needs a decision: open the choice
    void detailsRequested(qint64 key);
    void lastReplyRequested(); ///< Ctrl+Up
    void quoteRequested(const QString &text);
    /// The pictures of one message, and which of them was meant.
    void picturesRequested(const QStringList &addresses, int at, qint64 key);
    void callRequested(const outrigger::Message &call); ///< to be heard, and its words read
    void linkActivated(const QUrl &url); ///< http(s), mailto, tel: nothing is opened by the view
    void atBottomChanged(bool atBottom);
    void readingSeen();                  ///< the newest message has been painted in an active window
    /// The context menu is about to show; add actions for this row.
    void contextMenuAboutToShow(QMenu *menu, qint64 key);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    int horizontalOffset() const override;
    int verticalOffset() const override;
    bool isIndexHidden(const QModelIndex &index) const override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    QRegion visualRegionForSelection(const QItemSelection &selection) const override;

protected Q_SLOTS:
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles = {}) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
    ContactId m_contact;
};

} // namespace outrigger::gui
