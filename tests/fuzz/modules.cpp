// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/module.h"
#include "domain/htmlmodule.h"

extern "C" const outrigger::html::Module *outrigger_html_module();

namespace outrigger {

/// The one module that reads what strangers wrote stands in the program itself, so that it is watched as well. The others
/// are not there, as in an installation that is incomplete.
QFunctionPointer moduleFunction(const QString &, const char *function)
{
    if (qstrcmp(function, html::moduleFunctionName) == 0)
        return reinterpret_cast<QFunctionPointer>(&outrigger_html_module);
    return nullptr;
}

} // namespace outrigger
