// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/noteplace.h"

using namespace Qt::StringLiterals;

namespace outrigger::noteplace {

namespace {
constexpr QLatin1String mark("@appointment:");
}

ContactId onAppointment(const ContactId &contact, const AppointmentId &appointment)
{
    return appointment.isEmpty() ? contact : ContactId(contact.value + mark + appointment.value);
}

AppointmentId appointmentOf(const ContactId &place)
{
    const auto at = place.value.indexOf(mark);
    return at < 0 ? AppointmentId() : AppointmentId(place.value.mid(at + mark.size()));
}

ContactId contactOf(const ContactId &place)
{
    const auto at = place.value.indexOf(mark);
    return at < 0 ? place : ContactId(place.value.left(at));
}

} // namespace outrigger::noteplace
