// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/tokens.h"
#include "practice/world.h"

#include "core/result.h"

namespace outrigger::practice
{

/// The account in one file, readable by its owner only, replaced as a whole. The file belongs to one seed.
Status saveState(const QString &path, const World &world, const Tokens &tokens);
/// false: there is no such file. An error when it is not one of ours or is damaged; the world may then be half filled.
Result<bool> loadState(const QString &path, World &world, Tokens &tokens);

} // namespace outrigger::practice
