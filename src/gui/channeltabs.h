// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replyways.h"

#include <QTabBar>

namespace outrigger::gui {

/// On which channel the composer writes: one tab for each way that there is, those that are shut with the reason. It
/// never changes by itself while a person writes.
class ChannelTabs : public QTabBar
{
    Q_OBJECT
public:
    explicit ChannelTabs(QWidget *parent = nullptr);
    /// The ways to somebody. What is chosen stays chosen, even when it is shut now: what was written for it is there.
    void setWays(const QVector<ReplyWay> &ways);
    Channel channel() const;
    ReplyWay way() const;
    /// By the program: says nothing to anybody. False when there is no such way, or it is shut.
    bool choose(Channel channel);
    /// By the person: as choose(), and chosen() follows.
    void pick(Channel channel);
    void pickNext(); ///< the next one that is open
    /// What stands against the way that is chosen, beside its own reason; for the tool tip.
    void setObstacle(const QString &sentence);
    void setRoomy(bool roomy); ///< false: only those that can be chosen are shown

Q_SIGNALS:
    void chosen(); ///< by the person

private:
    int tabOf(Channel channel) const;
    void rebuild();
    void setTab(int tab);
    QVector<ReplyWay> m_ways;
    QString m_obstacle;
    bool m_roomy = true;
    bool m_quiet = false;
};

} // namespace outrigger::gui
