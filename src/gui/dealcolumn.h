// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>
#include <QWidget>

class QToolButton;

namespace outrigger::models {
class BoardModel;
class ColumnModel;
}

namespace outrigger::gui {

class Actions;
class DealCard;

/// The cards of one stage: a real list, so that keys, selection and screen readers work as in every list. It tells
/// where the pointer carries a card and leaves the rest to the board.
class DealList : public QListView
{
    Q_OBJECT
public:
    DealList(models::ColumnModel *model, DealCard *card, QWidget *parent);
    qint64 currentKey() const;
    /// Lit while a card is carried over it; `line` marks where it would come to lie, `word` says what a drop sets off.
    void setTarget(bool lit, bool line, const QString &word = {});

Q_SIGNALS:
    void carryBegan(qint64 key, const QPoint &global);
    void carried(const QPoint &global);
    void dropped();
    void carryCancelled();
    void sideways(int step);       ///< the focus goes to the column beside this one
    void currentKeyChanged(qint64 key);
    void menuWanted(const QPoint &global); ///< of the current card
    void ticked(const QVector<qint64> &keys, bool on); ///< with the pointer: Ctrl and one card, Shift and all up to it

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    QPoint m_pressed;
    qint64 m_pressedKey = 0;
    bool m_carrying = false;
    bool m_lit = false;
    bool m_line = false;
    QString m_word;
};

/// A column of the board: its head with name, count and sums, and its cards.
class DealColumn : public QWidget
{
    Q_OBJECT
public:
    DealColumn(models::BoardModel *board, int at, DealCard *card, Actions *actions, QWidget *parent);
    DealList *list() const { return m_list; }
    int at() const { return m_at; }
    bool folded() const { return m_folded; }
    void setFolded(bool folded);
    void showSums();
    QSize sizeHint() const override;

    /// What a deal that comes here sets off or is asked for, in a few words; empty: nothing.
    void setRules(const QString &words);

Q_SIGNALS:
    void foldToggled(bool folded);
    void menuWanted(const QPoint &global);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    models::BoardModel *m_board;
    int m_at;
    DealList *m_list;
    QToolButton *m_fold;
    QToolButton *m_menu;
    QString m_rules;
    bool m_folded = false;
};

} // namespace outrigger::gui
