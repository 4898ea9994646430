// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/health.h"

#include "api/words.h"

#include <algorithm>
#include <vector>

using namespace std::chrono_literals;

namespace outrigger::api {

namespace {

constexpr auto failureWindow = 30s;
constexpr std::size_t failuresToOpen = 5;
constexpr std::chrono::milliseconds firstStep = 5s;
constexpr std::chrono::milliseconds lastStep = 60s;
constexpr auto slowAnswer = 3s;
constexpr auto wakeJump = 10s;
constexpr auto clockJump = 2s; ///< more than the drift between two answers

template <class T>
T median(const std::deque<T> &values)
{
    std::vector<T> sorted(values.begin(), values.end());
    std::sort(sorted.begin(), sorted.end());
    return sorted[sorted.size() / 2];
}

Error notNow(ErrorKind kind, const char *code, const char *message)
{
    Error error;
    error.kind = kind;
    error.sent = Sent::No;
    error.code = QString::fromLatin1(code);
    error.message = Words::tr(message);
    return error;
}

} // namespace

std::optional<Error> Health::refusal(Verb verb, Priority priority, Credential credential)
{
    // Sign-in has no GET of its own that could prove the way free again.
    if (credential == Credential::None)
        return std::nullopt;
    if (m_way == NetworkState::Portal && verb != Verb::Get)
        return notNow(ErrorKind::Portal, "portal",
                      QT_TRANSLATE_NOOP("outrigger::api::Words",
                                        "Something between this computer and HighLevel answers "
                                        "instead of it. Changes wait until that is over."));
    if (!m_open || priority == Priority::Click)
        return std::nullopt;
    const auto now = m_clock.steady();
    if (verb == Verb::Get && now >= m_nextTry) {
        m_nextTry = now + m_step; // one try at a time
        return std::nullopt;
    }
    return notNow(
        ErrorKind::Offline, "breaker",
        QT_TRANSLATE_NOOP("outrigger::api::Words", "HighLevel cannot be reached. The next try comes by itself."));
}

void Health::finished(Verb verb, const Error *error, std::chrono::milliseconds took)
{
    if (!error) {
        succeeded(verb, took);
        return;
    }
    switch (error->kind) {
    case ErrorKind::Offline:
    case ErrorKind::Tls:
    case ErrorKind::Timeout:
    case ErrorKind::Server:
    case ErrorKind::BadReply:
    case ErrorKind::Portal:
        if (error->code != QLatin1String("network_changed") && error->code != QLatin1String("too_big"))
            failed(error->kind);
        break;
    default:
        // Any other answer comes from HighLevel itself, so the way is free; but it proves nothing about what we may do.
        if (error->jsonError)
            succeeded(Verb::Post, took);
        break;
    }
}

void Health::succeeded(Verb verb, std::chrono::milliseconds took)
{
    m_inARow = 0;
    m_failures.clear();
    m_open = false;
    m_step = 0ms;
    m_took.push_back(took);
    if (m_took.size() > 3)
        m_took.pop_front();
    m_way = median(m_took) > slowAnswer ? NetworkState::Slow : NetworkState::Online;
    if (verb == Verb::Get) {
        m_proven = m_clock.steady();
        m_provenOffset = wallMinusSteady();
    }
}

void Health::failed(ErrorKind kind)
{
    const auto now = m_clock.steady();
    ++m_inARow;
    m_failures.push_back(now);
    while (!m_failures.empty() && now - m_failures.front() > failureWindow)
        m_failures.pop_front();
    if (m_open) {
        m_step = std::min(m_step * 2, lastStep);
        m_nextTry = now + m_step;
    } else if (m_failures.size() >= failuresToOpen) {
        m_open = true;
        m_step = firstStep;
        m_nextTry = now + m_step;
    }
    if (kind == ErrorKind::Portal)
        m_way = NetworkState::Portal;
    else if (kind == ErrorKind::Offline || kind == ErrorKind::Tls || m_open)
        m_way = NetworkState::Offline;
    else if (kind == ErrorKind::Timeout || kind == ErrorKind::BadReply)
        m_way = m_inARow >= 2 ? NetworkState::Offline : NetworkState::Slow;
}

void Health::sawServerDate(const QDateTime &date)
{
    // Somebody set the clock, or the machine slept: what was measured against the old one says nothing of the new one,
    // and a median of both would be wrong for three more answers.
    if (!knowsServerTime())
        m_skews.clear();
    m_skewOffset = wallMinusSteady();
    // The header has whole seconds: its middle is the best guess.
    m_skews.push_back(std::chrono::milliseconds(m_clock.now().msecsTo(date) + 500));
    if (m_skews.size() > 5)
        m_skews.pop_front();
}

void Health::signInNeeded(bool needed)
{
    m_signInNeeded = needed;
}

void Health::limited(bool paused)
{
    m_limited = paused;
}

void Health::networkChanged()
{
    m_way = NetworkState::Unknown;
    m_inARow = 0;
    m_failures.clear();
    m_open = false;
    m_step = 0ms;
    m_proven.reset();
    m_took.clear();
}

NetworkState Health::state() const
{
    if (m_way == NetworkState::Offline || m_way == NetworkState::Portal)
        return m_way;
    if (m_signInNeeded)
        return NetworkState::SignInNeeded;
    return m_limited ? NetworkState::Limited : m_way;
}

bool Health::freshlyProven(std::chrono::milliseconds age) const
{
    if (!m_proven || m_way == NetworkState::Offline || m_way == NetworkState::Portal)
        return false;
    // Steady time stands still while the machine sleeps; wall time does not. A jump between them means a wake-up, also
    // when nobody has told us.
    const auto jump = wallMinusSteady() - m_provenOffset;
    if (jump > wakeJump || jump < -wakeJump)
        return false;
    return m_clock.steady() - *m_proven <= age;
}

std::chrono::milliseconds Health::skew() const
{
    return m_skews.empty() ? 0ms : median(m_skews);
}

bool Health::knowsServerTime() const
{
    const auto moved = wallMinusSteady() - m_skewOffset;
    return !m_skews.empty() && moved <= clockJump && moved >= -clockJump;
}

QDateTime Health::blockedUntil() const
{
    if (!m_open)
        return {};
    return m_clock.now().addMSecs(std::max(m_nextTry - m_clock.steady(), 0ms).count());
}

std::chrono::milliseconds Health::wallMinusSteady() const
{
    return std::chrono::milliseconds(m_clock.now().toMSecsSinceEpoch()) - m_clock.steady();
}

} // namespace outrigger::api
