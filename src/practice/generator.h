// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/world.h"

namespace outrigger::practice
{

/// Fills an empty world: a small brokerage with its people, leads and talks, and a second, nearly empty location for
/// tests with two accounts. The same seed and sizes give the same data and ids; dates count back from world.now().
void generate(World &world, const WorldSize &size);
/// The pipelines and their deals alone (dealmaker.cpp); the contacts are there.
void generateDeals(World &world, const WorldSize &size);

} // namespace outrigger::practice
