// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/oauth.h"

#include <QByteArray>

/// The head of a request to the loopback listener. Any program and any web page can send one: pure functions, so that
/// they can be tried with everything.
namespace outrigger::auth::loopback {

struct Visit {
    QByteArray refusal;       ///< the status line's end ("404 Not Found") when nothing may be taken
    oauth::Returned returned; ///< not empty: a GET of our path, by a name of this machine and our port, with a code or an error
};
/// bytes: everything before the empty line, at most 16 KiB. path: of the address that was registered.
Visit read(const QByteArray &bytes, int port, const QString &path);

} // namespace outrigger::auth::loopback
