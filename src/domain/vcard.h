// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contact.h"

#include <QByteArray>

namespace outrigger::vcard {

/// One card, version 4.0 (RFC 6350): names, numbers, addresses, company, birthday, tags; lines folded at 75 bytes.
QByteArray card(const Contact &contact);

} // namespace outrigger::vcard
