// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/channeltabs.h"

#include "gui/icons.h"
#include "gui/keymap.h"
#include "models/words.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

/// The key that chooses it, for the tool tip; empty when it is reached by going through them.
QString keyOf(Channel channel)
{
    switch (channel) {
    case Channel::Sms: return keyText(Command::ChannelSms);
    case Channel::InternalComment: return keyText(Command::ChannelComment);
    default: return keyText(Command::ChannelNext);
    }
}

QString shortName(const ReplyWay &way)
{
    if (way.channel == Channel::InternalComment)
        return ChannelTabs::tr("Comment");
    QString name = models::words::oneLine(models::words::channel(way.channel, way.typeWord), 24);
    if (!name.isEmpty())
        name[0] = name[0].toUpper();
    return name;
}

} // namespace

ChannelTabs::ChannelTabs(QWidget *parent) : QTabBar(parent)
{
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(false);
    connect(this, &QTabBar::currentChanged, this, [this] {
        if (!m_quiet)
            Q_EMIT chosen();
    });
}

int ChannelTabs::tabOf(Channel channel) const
{
    for (int tab = 0; tab < int(m_ways.size()); ++tab) {
        if (m_ways.at(tab).channel == channel)
            return tab;
    }
    return -1;
}

Channel ChannelTabs::channel() const
{
    return way().channel;
}

ReplyWay ChannelTabs::way() const
{
    return m_ways.value(currentIndex());
}

void ChannelTabs::setTab(int tab)
{
    m_quiet = true;
    setCurrentIndex(tab);
    m_quiet = false;
}

void ChannelTabs::setWays(const QVector<ReplyWay> &ways)
{
    const auto same = [](const ReplyWay &a, const ReplyWay &b) {
        return a.channel == b.channel && a.typeWord == b.typeWord && a.why == b.why && a.providerId == b.providerId;
    };
    if (std::equal(ways.cbegin(), ways.cend(), m_ways.cbegin(), m_ways.cend(), same))
        return;
    const Channel before = channel();
    const bool had = !m_ways.isEmpty();
    m_ways = ways;
    rebuild();
    const int tab = had ? tabOf(before) : 0;
    setTab(std::max(0, tab));
}

void ChannelTabs::rebuild()
{
    m_quiet = true;
    const int now = currentIndex();
    while (count() > int(m_ways.size()))
        removeTab(count() - 1);
    while (count() < int(m_ways.size()))
        addTab(QString());
    for (int tab = 0; tab < count(); ++tab) {
        const ReplyWay &way = m_ways.at(tab);
        const QString name = shortName(way);
        setTabText(tab, name);
        setTabIcon(tab, icons::icon(icons::ofChannel(way.channel)));
        const QString key = keyOf(way.channel);
        const QString against = !way.why.isEmpty() ? way.why : tab == now ? m_obstacle : QString();
        setTabToolTip(tab, !against.isEmpty() ? against
                          : way.channel == Channel::InternalComment ? tr("Internal comment: only your team sees it (%1)").arg(key)
                                                                    : tr("Write on %1 (%2)").arg(name, key));
        setTabEnabled(tab, way.why.isEmpty());
        setTabVisible(tab, m_roomy || way.why.isEmpty() || tab == now);
    }
    if (now >= 0 && now < count())
        setCurrentIndex(now); // a tab that is shut gives its place away
    m_quiet = false;
}

bool ChannelTabs::choose(Channel channel)
{
    const int tab = tabOf(channel);
    if (tab < 0 || !m_ways.at(tab).why.isEmpty())
        return false;
    setTab(tab);
    rebuild();
    return true;
}

void ChannelTabs::pick(Channel channel)
{
    if (channel != this->channel() && choose(channel))
        Q_EMIT chosen();
}

void ChannelTabs::pickNext()
{
    for (int step = 1; step < count(); ++step) {
        const ReplyWay &way = m_ways.at((currentIndex() + step) % count());
        if (!way.why.isEmpty())
            continue;
        pick(way.channel);
        return;
    }
}

void ChannelTabs::setObstacle(const QString &sentence)
{
    if (m_obstacle == sentence)
        return;
    m_obstacle = sentence;
    rebuild();
}

void ChannelTabs::setRoomy(bool roomy)
{
    if (m_roomy == roomy)
        return;
    m_roomy = roomy;
    rebuild();
}

} // namespace outrigger::gui
