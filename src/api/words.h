// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace outrigger::api {

/// The context under which this layer's sentences are translated, for code that is in no QObject.
class Words
{
    Q_DECLARE_TR_FUNCTIONS(outrigger::api::Words)
};

} // namespace outrigger::api
