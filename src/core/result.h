// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <chrono>
#include <optional>
#include <tl/expected.hpp>

namespace outrigger {

/// What went wrong, as far as the program must act on it. The words for a person are in Error::message.
enum class ErrorKind {
    Offline,       ///< no connection could be made: name, route, refusal
    Timeout,       ///< one of our deadlines ran out
    Tls,           ///< certificate or protocol was not acceptable
    Portal,        ///< something between us and HighLevel answered instead of it (HTML, redirect)
    TokenRefused,  ///< 401 that speaks about the token itself: refresh once, then sign in
    ScopeMissing,  ///< 401 that speaks about a scope or the kind of token: switch one feature off
    VersionRefused,///< 401 that speaks about the Version header: a defect, never a sign-out
    Forbidden,     ///< 403
    NotFound,      ///< 404
    Invalid,       ///< 400, 413, 415, 422: the request was understood and refused
    RateLimited,   ///< 429
    Server,        ///< 408, 409, 5xx
    BadReply,      ///< the answer is cut, not JSON, or lacks what it must have
    Cancelled,     ///< the owner went away
    Storage,       ///< a database could not be read or written
    StorageFull,   ///< no space left
    Keyring,       ///< the Secret Service failed
    KeyringLocked, ///< the Secret Service is there, but locked
    SignInNeeded,  ///< no usable token
    Usage,         ///< the caller's input is wrong
    Busy,          ///< somebody else holds the profile
    Internal       ///< a defect of ours
};

/// Whether bytes of the request may have reached the other side.
enum class Sent { No, Yes, Unknown };

struct Error {
    ErrorKind kind = ErrorKind::Internal;
    QString message;   ///< one plain English sentence for a person; translatable text is made from kind where possible
    int http = 0;      ///< status, 0 when there was no answer
    Sent sent = Sent::No;
    QString traceId;   ///< HighLevel's traceId, for support
    QString code;      ///< HighLevel's canonicalCode, or a code of ours
    std::optional<std::chrono::milliseconds> retryAfter; ///< only with RateLimited
    QJsonObject detail; ///< the parsed error body where there was one; never logged
    bool jsonError = false; ///< the body was the API's own JSON error: the proof that refusals need
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, QString message)
{
    Error error;
    error.kind = kind;
    error.message = std::move(message);
    return tl::unexpected<Error>(std::move(error));
}

} // namespace outrigger
