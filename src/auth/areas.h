// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "auth/signin.h"

namespace outrigger::auth {

/// Looks with one harmless read at each part of HighLevel that Outrigger uses. A row says whether the read worked and,
/// when a scope is missing, which one to tick.
class AreaCheck
{
public:
    AreaCheck(api::Client *client, LocationId location, UserId someUser);
    int count() const;
    /// Does not fail; a part that cannot be reached gives a row that says so.
    Task<ScopeRow> row(int index);

private:
    Task<ScopeRow> contacts();
    Task<ScopeRow> conversations();
    Task<ScopeRow> texting();

    api::Client *m_client;
    LocationId m_location;
    UserId m_user;
    ConversationId m_conversation; ///< found on the way; its messages are the texting check
    std::optional<Error> m_conversationError;
};

/// The row for a read that ended so. `error` empty: it worked.
ScopeRow scopeRow(const QString &area, const QString &scope, const std::optional<Error> &error,
                  const QString &detail = {});

} // namespace outrigger::auth
