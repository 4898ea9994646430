// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QMenu>

#include <functional>

namespace outrigger::gui::snooze {

struct Choice {
    QString name;
    QDateTime until; ///< UTC
};
/// Later today, tomorrow 9:00, Monday 9:00, until they reply or three days: in the person's own time.
QVector<Choice> choices(const QDateTime &now);

/// Keys 1 to 4 choose. `chosen` gets an invalid time when the sleep is to end now. Deletes itself.
QMenu *menu(QWidget *parent, const QDateTime &now, bool sleeping,
            const std::function<void(const QDateTime &until, const QString &words)> &chosen);

} // namespace outrigger::gui::snooze
