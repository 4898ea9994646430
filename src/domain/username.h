// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contact.h"

namespace outrigger {

/// What a teammate is called: the whole name, else first and last name, else the e-mail address.
QString teammateName(const User &user);

} // namespace outrigger
