// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

class QNetworkAccessManager;
class QObject;

namespace outrigger::api {

/// Makes the network of each client from now on; null: Qt's own. Only proofs use it, with a server that lives in their
/// process and in their time. Call it on the thread that makes clients.
void setNetworkMaker(std::function<QNetworkAccessManager *(QObject *owner)> maker);

/// A new network, owned by owner. When the program ends, QCoreApplication waits (at most one second) for the
/// threads that networks have made: Qt says that such a thread has ended before the thread has freed what OpenSSL keeps
/// for it, and OpenSSL takes itself down when the program ends.
QNetworkAccessManager *makeNetwork(QObject *owner);

} // namespace outrigger::api
