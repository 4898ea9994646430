// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QPointer>
#include <QVector>

#include <chrono>
#include <functional>

class QLabel;
class QPushButton;
class QTimer;

namespace outrigger::gui {

/// One short notice at the bottom left of its parent, behind the column that it is beside, with at most one act (Undo,
/// Open). One at a time: a new one takes the place of the old. Stays while the mouse or the focus is in it. Read politely
/// by screen readers.
class Toast : public QFrame
{
    Q_OBJECT
public:
    explicit Toast(QWidget *parent);
    /// `act` is called at most once; actName empty: no button. bottomInset: px kept free under it (status cell).
    void showMessage(const QString &sentence, const QString &actName = {}, std::function<void()> act = {},
                     std::chrono::milliseconds stay = std::chrono::seconds(10));
    void setBottomInset(int px);
    /// A bar at the bottom of some page: while it is seen, the toast stands above it, so that both can be used.
    void keepClearOf(QWidget *bar);
    /// A column at the leading edge that is never covered: the toast begins behind it.
    void keepBeside(QWidget *column);
    QString message() const;

public Q_SLOTS:
    void dismiss();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void place();
    void runAct();
    QLabel *m_text;
    QPushButton *m_button;
    QTimer *m_timer;
    std::function<void()> m_act;
    int m_bottomInset = 40;
    QVector<QPointer<QWidget>> m_bars;
    QPointer<QWidget> m_column;
};

} // namespace outrigger::gui
