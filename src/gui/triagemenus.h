// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contact.h"
#include "domain/inboxfilter.h"

#include <QMenu>

#include <functional>

namespace outrigger::gui::triage {

/// Whom a lead is given to: me, nobody, the others of the location. Keys 1 to 9 choose. Deletes itself.
QMenu *assignMenu(QWidget *parent, const QVector<User> &users, const UserId &me, const UserId &now,
                  const std::function<void(const UserId &to, const QString &name)> &chosen);

/// What is to be seen of a split. Each choice changes the filter at once. Deletes itself.
QMenu *filterMenu(QWidget *parent, const InboxFilter &filter, const QVector<User> &users, const QStringList &tags,
                  const std::function<void(const InboxFilter &)> &changed);

/// One word or two for each part of a filter, as chips say it, with the filter that is left without that part.
struct Part {
    QString words;
    InboxFilter without;
};
QVector<Part> parts(const InboxFilter &filter, const std::function<QString(const UserId &)> &userName);

} // namespace outrigger::gui::triage
