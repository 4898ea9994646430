// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "api/ops_account.h"
#include "core/clock.h"

#include <memory>

namespace outrigger::auth {

/// The two calls of POST /oauth/token. They carry no bearer and no Version; credentials go in the form.
/// Tasks must be gone before the object.
class TokenCalls
{
public:
    TokenCalls(QUrl server, const Clock &clock);
    ~TokenCalls();

    /// Refreshes, and repeats with the same token when the answer was lost: HighLevel gives the same new pair to a second
    /// use within about 30 s. Hence the short time-outs here: three tries fit in the window.
    Task<Result<api::TokenAnswer>> refresh(QString clientId, QString clientSecret, QString refreshToken);
    /// Once. A code is good for one use, so nothing is repeated.
    Task<Result<api::TokenAnswer>> exchange(QString clientId, QString clientSecret, QString code, QString redirectUri,
                                            QString verifier);

    /// The server itself says that this grant, token or app is no good: signing in again is the only way. Everything
    /// else ("Location is not active", 5xx, HTML, time-outs, a bare "Unauthorized") leaves the tokens alone.
    static bool refusesGrant(const Error &error);

private:
    api::Client m_client;
};

} // namespace outrigger::auth
