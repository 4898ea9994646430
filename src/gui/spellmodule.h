// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

/// What the module "spell" (hunspell) gives to gui/spelling.cpp. Both are built together, so the types need not be plain.
/// A dictionary belongs to one thread at a time.
namespace outrigger::gui::spell {

struct Module {
    void *(*open)(const QString &affFile, const QString &dicFile); ///< nullptr when it cannot be read or its encoding is unknown
    bool (*knows)(void *dictionary, const QString &word);
    QStringList (*suggest)(void *dictionary, const QString &word);
    void (*close)(void *dictionary);
};

using ModuleFunction = const Module *();
inline constexpr char moduleFunctionName[] = "outrigger_spell_module";

} // namespace outrigger::gui::spell
