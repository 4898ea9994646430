// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTimer>
#include <QEvent>
#include <QEventLoop>
#include <QObject>
#include <QWidget>

#include <functional>

namespace bench {

/// Counts the paint events of a widget, after each has been handled.
class PaintWatch : public QObject
{
public:
    explicit PaintWatch(QWidget *widget) { widget->installEventFilter(this); }
    int count = 0;
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            QMetaObject::invokeMethod(this, [this] { ++count; }, Qt::QueuedConnection);
        return false;
    }
};

inline bool waitUntil(const std::function<bool()> &condition, int milliseconds = 30'000)
{
    QElapsedTimer timer;
    timer.start();
    // With a time limit processEvents() does not wait but polls, which would take a core from what is measured.
    QTimer pulse;
    pulse.start(std::chrono::milliseconds(2));
    while (!condition()) {
        if (timer.elapsed() > milliseconds)
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return true;
}

inline double milliseconds(const QElapsedTimer &timer) { return static_cast<double>(timer.nsecsElapsed()) / 1e6; }

} // namespace bench
