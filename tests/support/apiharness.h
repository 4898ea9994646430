// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"

#include <QString>

namespace outrigger::test {

/// A token source whose token a test changes by hand; counts what is asked of it.
class HandTokens final : public api::TokenSource
{
public:
    Task<Result<Token>> token() override
    {
        ++asked;
        co_return Token{value, generation};
    }
    Task<Result<Token>> renew(qint64 of) override
    {
        ++renewals;
        if (of == generation && canRenew) {
            ++generation;
            ++renewed;
            value = QStringLiteral("token-%1").arg(generation);
        }
        if (!canRenew)
            co_return fail(ErrorKind::SignInNeeded, QStringLiteral("Sign in again."));
        co_return Token{value, generation};
    }
    QString value = QStringLiteral("token-1");
    qint64 generation = 1;
    bool canRenew = true;
    int asked = 0;
    int renewals = 0; ///< calls
    int renewed = 0;  ///< that really made a new token
};

} // namespace outrigger::test
