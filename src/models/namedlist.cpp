// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/namedlist.h"

#include "core/ulid.h"
#include "models/desk.h"
#include "models/keptwords.h"

namespace outrigger::models {

NamedLists::NamedLists(Desk *desk, QString place, QObject *parent) : QObject(parent), m_desk(desk), m_place(std::move(place)) {}

void NamedLists::load(const LocationId &location)
{
    if (location == m_location)
        return;
    m_location = location;
    take({});
    m_loaded = false;
    m_reading = {};
    if (!location.isEmpty())
        m_reading = read(this, location);
}

Task<void> NamedLists::read(NamedLists *self, LocationId location)
{
    auto asking = keptOnceOpen(self->m_desk, self->placeOf(location));
    const QString kept = co_await asking;
    if (location != self->m_location)
        co_return;
    self->take(kept.toUtf8());
    self->m_loaded = true;
    QMetaObject::invokeMethod(self, &NamedLists::changed, Qt::QueuedConnection);
}

void NamedLists::store()
{
    Q_EMIT changed();
    m_writing.start(write(this, placeOf(m_location), QString::fromUtf8(json())));
}

Task<void> NamedLists::write(NamedLists *self, QString place, QString json)
{
    auto keeping = self->m_desk->keep(std::move(place), std::move(json));
    const Status kept = co_await keeping;
    if (!kept)
        Q_EMIT self->failed(kept.error());
}

QString NamedLists::shortName(const QString &name)
{
    return name.simplified().left(40);
}

QString NamedLists::newId()
{
    return newUlid();
}

} // namespace outrigger::models
