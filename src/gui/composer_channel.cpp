// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/composer.h"

#include "gui/attachments.h"
#include "gui/channeltabs.h"
#include "gui/composertext.h"
#include "gui/fieldframe.h"
#include "gui/icons.h"
#include "gui/segmentmeter.h"
#include "models/desk.h"
#include "models/words.h"

#include <QComboBox>
#include <QPainter>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

// On which channel the composer writes, and how that is to be seen.
namespace outrigger::gui {

Channel Composer::channel() const
{
    return m_channel->channel();
}

bool Composer::chooseChannel(Channel channel)
{
    m_wayOpen = false;
    const bool there = m_channel->choose(channel);
    showChannel();
    showState();
    return there;
}

void Composer::address(MessageDraft &draft) const
{
    draft.type = sendType();
    draft.providerId = m_channel->way().providerId;
    // A colleague's comment has no number, and the other channels know their own.
    draft.fromNumber = channel() == Channel::Sms ? fromNumber() : QString();
    draft.toNumber = channel() == Channel::Sms ? m_contact.phone : QString();
}

void Composer::onChannel()
{
    m_wayOpen = false;
    m_sendWhenKnown.reset();
    m_refusal.clear();
    showChannel();
    showState();
    m_text->setFocus(Qt::OtherFocusReason);
    Q_EMIT draftChanged(); // what is written belongs to the channel, too
    Q_EMIT announced(staysInside(channel()) ? tr("Internal comment. Only your team sees it.")
                                            : tr("Writing on %1.").arg(channelWord(channel())));
}

/// The ways to this contact. A new text goes to a number; nothing else is known of somebody new.
void Composer::showWays()
{
    QVector<ReplyWay> ways = replyWays(m_contact, m_facts.talks);
    if (m_area != u"composer"_s)
        ways.resize(1);
    ways.first().why.clear(); // the obstacle says it, and the tab keeps its draft
    if (!m_shut.isEmpty())
        ways.resize(1);
    m_channel->setWays(ways);
    showChannel();
}

void Composer::showChannel()
{
    const bool text = channel() == Channel::Sms;
    const bool inside = staysInside(channel());
    m_meter->setVisible(text);
    m_from->setVisible(text);
    m_fromWord->setVisible(text && width() >= px(540));
    m_inside->setVisible(inside);
    m_frame->setInside(inside);
    m_send->setIcon(icons::icon(inside ? u"comment"_s : u"send"_s));
    m_text->setAccessibleName(inside ? tr("Internal comment") : tr("Text"));
    m_text->setAccessibleDescription(inside ? tr("Only your team sees this.") : QString());
    update();
}

QString Composer::sendWords(const QString &name) const
{
    if (staysInside(channel()))
        return tr("Add comment");
    if (channel() != Channel::Sms) {
        QString word = channelWord(channel());
        word[0] = word[0].toUpper();
        return name.isEmpty() ? word : tr("%1 to %2", "WhatsApp to Sarah").arg(word, name);
    }
    if (name.isEmpty())
        return tr("Text");
    if (m_newText)
        return m_contact.firstName.isEmpty() ? tr("Add and text") : tr("Add and text %1").arg(name);
    return tr("Text %1").arg(name);
}

QString Composer::sendTip() const
{
    if (staysInside(channel()))
        return tr("Add for your team (%1)");
    if (channel() == Channel::Sms)
        return m_attachments->pictures() == 0 ? tr("Send as SMS (%1)") : tr("Send as MMS (%1)");
    return tr("Send on %2 (%1)").arg(u"%1"_s, channelWord(channel()));
}

QString Composer::placeholder(const QString &name) const
{
    if (name.isEmpty())
        return {};
    if (staysInside(channel()))
        return tr("A comment for your team. %1 does not get it.").arg(name);
    return channel() == Channel::Sms ? tr("Write to %1").arg(name) : tr("Write to %1 on %2").arg(name, channelWord(channel()));
}

/// They wrote last where nobody can answer from here: said before somebody looks for it.
QString Composer::shutWay() const
{
    if (channel() != Channel::Sms || m_area != u"composer"_s)
        return {};
    const ChannelTalk *latest = nullptr;
    for (const ChannelTalk &talk : m_facts.talks) {
        if (talk.heardAt.isValid() && (!latest || talk.heardAt > latest->heardAt))
            latest = &talk;
    }
    if (!latest)
        return {};
    for (const ReplyWay &way : replyWays(m_contact, m_facts.talks)) {
        if (way.channel == latest->channel && way.channel != Channel::Sms && !way.why.isEmpty())
            return tr("They wrote last on %1.").arg(models::words::oneLine(models::words::channel(way.channel, way.typeWord), 40)) + u' ' + way.why;
    }
    return {};
}

/// What only the team sees stands on another ground, from edge to edge.
void Composer::paintEvent(QPaintEvent *event)
{
    Pane::paintEvent(event);
    if (!staysInside(channel()))
        return;
    const Colours &c = colours();
    QPainter painter(this);
    if (c.tints)
        painter.fillRect(rect(), mixed(c.surface, c.info, 0.12));
    painter.fillRect(QRect(0, 0, width(), px(3)), c.info);
}

} // namespace outrigger::gui
