// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/widgets.h"
#include "sync/engine.h"

#include <QAbstractButton>
#include <QTimer>

class QProgressBar;

namespace outrigger::gui {

namespace statuswords {
/// "Live · inbox 6 s", "Offline since 9:12", "Limit · resumes 14:05:10", "Sign-in needed".
QString network(const sync::EngineStatus &status, const QDateTime &now, const QLocale &locale);
/// "3 waiting · 1 needs you"; "nothing waits".
QString outbox(const sync::EngineStatus &status);
/// "Contacts", "Conversations", ...
QString area(const QString &area);
/// "6 s", "4 min".
QString age(std::chrono::seconds age);
} // namespace statuswords

/// A quiet text with a dot that can be pressed.
class StatusButton : public QAbstractButton
{
    Q_OBJECT
public:
    explicit StatusButton(QWidget *parent);
    void set(const QString &text, const QColor &dot);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    QColor m_dot;
};

/// The cell at the bottom left: how fresh, what waits; and the progress of the first sync while it runs.
class StatusCell : public Pane
{
    Q_OBJECT
public:
    explicit StatusCell(sync::Engine *engine, QWidget *parent = nullptr);
    void refresh();

Q_SIGNALS:
    void syncPageRequested();
    void outboxRequested();

private:
    void showProgress(const sync::EngineStatus &status);
    sync::Engine *m_engine;
    StatusButton *m_network;
    StatusButton *m_outbox;
    QProgressBar *m_bar;
    Label *m_progress;
    QTimer m_timer;
};

} // namespace outrigger::gui
