// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/surroundings.h"

#include <QNetworkInformation>

using namespace std::chrono_literals;

namespace outrigger::sync {

namespace {

constexpr auto lookEvery = 5s;
constexpr auto jump = 30s; ///< a smaller difference between the clocks is NTP at work

} // namespace

Surroundings::Surroundings(const Clock &clock, QObject *parent)
    : QObject(parent), m_clock(clock), m_wall(clock.now()), m_steady(clock.steady())
{
    m_timer.setInterval(lookEvery);
    connect(&m_timer, &QTimer::timeout, this, &Surroundings::look);
    m_timer.start();
    watchNetwork();
}

void Surroundings::look()
{
    const QDateTime wall = m_clock.now();
    const auto steady = m_clock.steady();
    const auto slept = std::chrono::milliseconds(m_wall.msecsTo(wall)) - (steady - m_steady);
    m_wall = wall;
    m_steady = steady;
    if (slept >= jump)
        Q_EMIT wokeUp(slept);
}

void Surroundings::watchNetwork()
{
    // Without a backend (no NetworkManager, for example) requests themselves have to show what the network does.
    if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
        return;
    const auto *information = QNetworkInformation::instance();
    connect(information, &QNetworkInformation::reachabilityChanged, this, [this] { Q_EMIT networkChanged(); });
    connect(information, &QNetworkInformation::transportMediumChanged, this, [this] { Q_EMIT networkChanged(); });
    connect(information, &QNetworkInformation::isBehindCaptivePortalChanged, this, [this] { Q_EMIT networkChanged(); });
}

} // namespace outrigger::sync
