// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/offers.h"

#include "models/desk.h"

using namespace Qt::StringLiterals;

namespace outrigger::models {

Offers::Offers(Desk *desk) : QObject(desk), m_desk(desk) {}

QString Offers::place() const { return u"offers."_s + m_desk->location().value; }

Task<void> Offers::load()
{
    const QString name = place();
    if (m_loaded == name)
        co_return;
    auto asking = m_desk->kept(name);
    const auto text = co_await asking;
    if (!text || m_loaded == name || name != place())
        co_return;
    m_loaded = name;
    m_all = offers::fromJson(text->toUtf8(), QDateTime::currentDateTimeUtc());
}

std::optional<offers::Offer> Offers::of(const ContactId &contact) const
{
    const auto found = m_loaded == place() ? m_all.constFind(contact) : m_all.cend();
    if (found == m_all.cend() || !offers::isOpen(*found, QDateTime::currentDateTimeUtc()))
        return std::nullopt;
    return *found;
}

void Offers::remember(const ContactId &contact, const offers::Offer &offer)
{
    m_tasks.start([](Offers *self, ContactId to, offers::Offer made) -> Task<void> {
        auto loading = self->load();
        co_await loading;
        self->m_all.insert(to, made);
        self->keep();
    }(this, contact, offer));
}

void Offers::passOver(const ContactId &contact, const QString &message)
{
    const auto found = m_all.find(contact);
    if (found == m_all.end())
        return;
    found->passedOver = message;
    keep();
}

void Offers::forget(const ContactId &contact)
{
    if (m_all.remove(contact) > 0)
        keep();
}

void Offers::keep()
{
    if (m_loaded == place()) // what could not be read is not written over
        m_tasks.start(write(this, place(), offers::toJson(m_all)));
}

Task<void> Offers::write(Offers *self, QString name, QByteArray json)
{
    auto keeping = self->m_desk->keep(name, QString::fromUtf8(json));
    co_await keeping; // not kept: the answer is read by the person alone
}

} // namespace outrigger::models
