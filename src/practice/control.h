// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/http.h"

namespace outrigger::practice
{

class Server;

/// The control panel under /__practice/: for the developer menu, tests and a person with a browser. It needs no token,
/// so it answers only to this computer's own name and never to pages of other origins.
bool isControl(const http::Request &request);
http::Response controlAnswer(Server &server, const http::Request &request);
/// The little page with buttons (controlpage.cpp).
QByteArray controlPage();

} // namespace outrigger::practice
