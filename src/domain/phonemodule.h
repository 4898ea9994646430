// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/phone.h"

/// What the module "phone" gives to domain/phone.cpp. Both are built together, so the types need not be plain.
namespace outrigger::phone {

struct Module {
    std::optional<Parsed> (*parse)(const QString &text, const QString &region);
    QString (*asYouType)(const QString &text, const QString &region);
};

using ModuleFunction = const Module *();
inline constexpr char moduleFunctionName[] = "outrigger_phone_module";

} // namespace outrigger::phone
