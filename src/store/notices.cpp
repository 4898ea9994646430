// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/notices.h"

namespace outrigger::store {

namespace {

constexpr int mergeInterval = 100;
constexpr qsizetype mostKeys = 2'000;

void mergeInto(ChangeSet &target, const ChangeSet &more)
{
    target.orderTouched = target.orderTouched || more.orderTouched;
    target.everything = target.everything || more.everything;
    target.inserted += more.inserted;
    target.updated += more.updated;
    target.removed += more.removed;
    for (const qint64 parent : more.parents) {
        if (target.parents.size() > mostKeys)
            target.everything = true;
        else if (!target.parents.contains(parent))
            target.parents.append(parent);
    }
    if (target.everything || target.inserted.size() + target.updated.size() + target.removed.size() > mostKeys) {
        target.everything = true;
        target.inserted.clear();
        target.updated.clear();
        target.removed.clear();
    }
}

} // namespace

Notices::Notices(QObject *parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(mergeInterval);
    connect(&m_timer, &QTimer::timeout, this, &Notices::flush);
}

void Notices::add(const ChangeSet &change)
{
    if (change.isEmpty() && !change.orderTouched)
        return;
    if (!m_timer.isActive())
        m_timer.start(); // not restarted: a steady stream must not keep the news back
    for (ChangeSet &waiting : m_pending) {
        if (waiting.table == change.table && waiting.location == change.location) {
            mergeInto(waiting, change);
            return;
        }
    }
    ChangeSet fresh;
    fresh.table = change.table;
    fresh.location = change.location;
    mergeInto(fresh, change);
    m_pending.append(fresh);
}

void Notices::flush()
{
    m_timer.stop();
    const auto changes = std::exchange(m_pending, {});
    for (const ChangeSet &change : changes)
        Q_EMIT changed(change);
}

} // namespace outrigger::store
