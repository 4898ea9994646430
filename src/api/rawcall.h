// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/wire.h"
#include "domain/catalogue.h"

/// From a filled form of the catalogue to a request, through the same encoder as the operation structs.
namespace outrigger::api {

/// The request of a call whose operation is one of catalogue::all(). Errors: Usage, when something required is absent or
/// an id is one that HighLevel does not know yet.
Result<Request> encode(const catalogue::Call &call);

} // namespace outrigger::api
