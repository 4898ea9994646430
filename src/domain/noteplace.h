// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"

/// What a note lies on, as one id in the place of the contact's: the contact itself, or one of its appointments
/// ("<contact>@appointment:<id>"). So a note on an appointment goes the way of every note (lane, projection, undo,
/// settling), and only who speaks to HighLevel has to tell the two apart.
namespace outrigger::noteplace {

ContactId onAppointment(const ContactId &contact, const AppointmentId &appointment);
AppointmentId appointmentOf(const ContactId &place); ///< empty: it lies on the contact
ContactId contactOf(const ContactId &place);

} // namespace outrigger::noteplace
