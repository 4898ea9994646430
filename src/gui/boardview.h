// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>
#include <QSet>
#include <QTimer>

#include <functional>
#include <optional>

class QLabel;

namespace outrigger::models {
class BoardModel;
}

namespace outrigger::gui {

class Actions;
class DealCard;
class DealColumn;
class DealList;

/// The columns beside each other, and the carrying of cards: with the pointer, and lifted with Space. It runs no drag of
/// the desktop's (that would be a nested event loop): the list under the pointer keeps the mouse until it is let go.
class BoardView : public QScrollArea
{
    Q_OBJECT
public:
    BoardView(models::BoardModel *board, Actions *actions, QWidget *parent);
    ~BoardView() override;

    DealColumn *column(int at) const;
    int columnCount() const { return int(m_columns.size()); }
    /// The list with the focus, else the one that had it last, else the first that has cards.
    DealList *current() const;
    qint64 currentKey() const;
    /// The list with the focus has cards by now: the keys begin at its first. elsewhere: when it has none, at the first card
    /// of the first column that has some.
    void giveCurrent(bool elsewhere);
    /// Puts the focus on this card, wherever it is by now.
    void goTo(qint64 key);
    void focusColumn(int at);
    /// What lies over the columns there: a drop on it moves no card. Empty: nothing.
    void setCover(std::function<bool(const QPoint &)> covers) { m_covers = std::move(covers); }
    void setReadOnly(bool readOnly) { m_readOnly = readOnly; }
    void setDense(bool dense);
    bool dense() const;
    /// As DealCard::setFields.
    void setFields(const QSet<QString> &hidden, int lines);
    /// What a drop on this stage sets off; said on the column, too.
    void setRules(const QHash<QString, QString> &words);
    /// The card that has the focus, and on to the next.
    void tickCurrent();
    void tickColumn();
    void setFolded(const QSet<QString> &stages);
    QSet<QString> folded() const { return m_folded; }

    /// One stage, or to the first or last, without asking; in reading direction.
    void moveCurrent(int step, bool allTheWay);
    bool isLifted() const { return m_lifted; }
    void lift();       ///< takes up, or drops what is up
    void putBack();    ///< Escape

Q_SIGNALS:
    void moveWanted(qint64 key, int column);
    void announced(const QString &sentence);
    void currentKeyChanged(qint64 key);
    void foldedChanged();
    void menuWanted(int column, const QPoint &global);
    void cardMenuWanted(const QPoint &global); ///< of the card that has the focus
    void openWanted();                         ///< the same card, twice clicked
    void conflictDecided(qint64 key, bool mine);
    void carriedOver(qint64 key, const QPoint &global); ///< by the pointer
    void carryEnded(bool dropped);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void take(qint64 key, int from, const QPoint &grip);
    void carryTo(const QPoint &global);
    void scrollAtEdges();
    void aim(int column);
    void drop();
    void end();
    void sideways(int step);
    int columnAt(const QPoint &global) const;
    int columnOfList(const DealList *list) const;
    int firstWithCards() const; ///< that is not folded; -1: none

    models::BoardModel *m_board;
    Actions *m_actions;
    DealCard *m_card;
    QWidget *m_inside;
    QVector<DealColumn *> m_columns;
    QSet<QString> m_folded;
    QHash<QString, QString> m_rules; ///< by stage
    QLabel *m_carried;         ///< the card under the pointer
    QPoint m_grip;             ///< from its corner to the pointer
    QPoint m_pointer;          ///< global
    QTimer m_edges;
    qint64 m_key = 0;
    int m_from = -1;
    int m_target = -1;
    int m_last = 0;            ///< column that had the focus last
    bool m_lifted = false;     ///< by key
    bool m_readOnly = false;
    std::function<bool(const QPoint &)> m_covers;
};

} // namespace outrigger::gui
