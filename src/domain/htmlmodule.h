// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

/// What the module "html" gives to domain/mailhtml.cpp: libxml2's reader for HTML as it is written in the wild.
namespace outrigger::html {

/// What a walk meets, in order. Names are lower case, strings UTF-8 and valid during the call only. Every function
/// answers whether to go on.
class Handler
{
public:
    virtual ~Handler() = default;
    /// attributes: name, value, name, value, ..., nullptr; or nullptr itself. A value may be nullptr.
    virtual bool start(const char *name, const char *const *attributes) = 0;
    virtual bool end(const char *name) = 0;
    virtual bool text(const char *text, qsizetype size) = 0;
};

struct Module {
    /// Reads this UTF-8 text. false: the handler stopped it, or there were more mistakes or levels than a mail has.
    bool (*walk)(const QByteArray &text, Handler &handler);
};

using ModuleFunction = const Module *();
inline constexpr char moduleFunctionName[] = "outrigger_html_module";

} // namespace outrigger::html
