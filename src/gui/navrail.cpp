// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/navrail.h"

#include "gui/icons.h"
#include "gui/textline.h"

#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

RailButton::RailButton(const QString &icon, const QString &text, QWidget *parent) : QAbstractButton(parent), m_icon(icon)
{
    setText(text);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::ArrowCursor);
    connect(Style::instance(), &Style::changed, this, &QWidget::updateGeometry);
}

void RailButton::setCount(int count)
{
    if (m_count == count)
        return;
    m_count = count;
    update();
}

QSize RailButton::sizeHint() const
{
    return {px(64), px(52)};
}

QSize RailButton::minimumSizeHint() const
{
    return {px(64), px(28)};
}

void RailButton::enterEvent(QEnterEvent *)
{
    update();
}

void RailButton::leaveEvent(QEvent *)
{
    update();
}

void RailButton::paintEvent(QPaintEvent *)
{
    const Colours &c = colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const QRectF cell = QRectF(rect()).adjusted(px(5), px(2), -px(5), -px(2));
    if (isChecked() || (isEnabled() && underMouse())) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isChecked() ? c.selection : c.hover);
        painter.drawRoundedRect(cell, px(6), px(6));
    }
    if (isChecked()) {
        const double edge = px(3);
        const double x = mirrored ? width() - edge : 0;
        painter.setBrush(c.accent);
        painter.drawRoundedRect(QRectF(x, cell.top() + px(8), edge, cell.height() - px(16)), edge / 2, edge / 2);
    }
    QColor ink = isChecked() ? c.accent : c.text2;
    if (!isEnabled())
        ink = mixed(c.rail, c.text2, 0.45);
    const int side = px(20);
    const bool words = height() >= px(46); // in a low window the icon alone is shown; the name is in the tool tip
    const double top = words ? cell.top() + px(6) : (height() - side) / 2.0;
    icons::paint(&painter, QRectF((width() - side) / 2.0, top, side, side), m_icon, ink);
    painter.setPen(ink);
    const QRectF below(0, cell.top() + px(27), width(), cell.bottom() - cell.top() - px(27));
    if (words)
        TextLine(text(), Style::instance()->font(TextRole::Small), width() - px(6)).draw(&painter, below, Qt::AlignHCenter);
    if (m_count > 0)
        paintCount(&painter);
    if (hasFocus()) {
        painter.setPen(QPen(c.focus, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(cell, px(6), px(6));
    }
}

void RailButton::paintCount(QPainter *painter)
{
    const Colours &c = colours();
    const TextLine number(m_count > 99 ? u"99+"_s : locale().toString(m_count), Style::instance()->font(TextRole::SmallStrong));
    const double high = px(16);
    const double wide = qMax(high, number.width() + px(8));
    const double x = layoutDirection() == Qt::RightToLeft ? width() / 2.0 - px(4) - wide : width() / 2.0 + px(4);
    const QRectF pill(qMin(x, width() - wide - px(2)), px(4), wide, high);
    painter->setPen(Qt::NoPen);
    painter->setBrush(c.accent);
    painter->drawRoundedRect(pill, high / 2, high / 2);
    painter->setPen(c.onAccent);
    number.draw(painter, pill, Qt::AlignHCenter);
}

NavRail::NavRail(QWidget *parent) : Pane(Ground::Rail, parent)
{
    setObjectName(u"nav"_s);
    setAccessibleName(tr("Workspaces"));
    setEdges(Qt::RightEdge);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 8, 0, 8, 0);
    const auto workspace = [&](Command command, const QString &icon, const QString &id) {
        column->addWidget(add(command, icon, "nav."_L1 + id, keyRow(command).name));
    };
    workspace(Command::GoInbox, u"inbox"_s, u"inbox"_s);
    workspace(Command::GoNext, u"next"_s, u"next"_s);
    // The rail is narrow; the whole name is spoken and in the tool tip.
    m_buttons[int(Command::GoNext)]->setText(tr("Next"));
    workspace(Command::GoPipeline, u"pipeline"_s, u"pipeline"_s);
    workspace(Command::GoCalendar, u"calendar"_s, u"calendar"_s);
    workspace(Command::GoContacts, u"contacts"_s, u"contacts"_s);
    workspace(Command::GoTasks, u"tasks"_s, u"tasks"_s);
    workspace(Command::GoReports, u"reports"_s, u"reports"_s);
    workspace(Command::GoConsole, u"console"_s, u"console"_s);
    column->addStretch(1);
    column->addWidget(add(Command::Outbox, u"outbox"_s, u"nav.outbox"_s, tr("Outbox")));
    column->addWidget(add(Command::Settings, u"settings"_s, u"nav.settings"_s, tr("Settings")));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
}

RailButton *NavRail::add(Command command, const QString &icon, const QString &objectName, const QString &text)
{
    auto *button = named(new RailButton(icon, text, this), objectName, text);
    const QString key = keyText(command);
    if (keyRow(command).available) {
        button->setCheckable(true);
        button->setToolTip(key.isEmpty() ? text : tr("%1 (%2)").arg(text, key));
        button->setAccessibleDescription(key);
        connect(button, &QAbstractButton::clicked, this, [this, command] { Q_EMIT chosen(command); });
    } else {
        button->setEnabled(false);
        button->setToolTip(tr("%1 comes in a later version").arg(text));
        button->setAccessibleDescription(tr("Comes in a later version"));
    }
    m_buttons.insert(int(command), button);
    return button;
}

void NavRail::setCurrent(Command workspace)
{
    for (auto it = m_buttons.cbegin(); it != m_buttons.cend(); ++it)
        it.value()->setChecked(it.key() == int(workspace));
}

void NavRail::setUnread(int conversations)
{
    auto *button = m_buttons.value(int(Command::GoInbox));
    button->setCount(conversations);
    button->setAccessibleName(conversations > 0 ? tr("Inbox, %n unread", nullptr, conversations) : tr("Inbox"));
}

void NavRail::setOutbox(int waiting)
{
    auto *button = m_buttons.value(int(Command::Outbox));
    button->setCount(waiting);
    button->setAccessibleName(waiting > 0 ? tr("Outbox, %n waiting", nullptr, waiting) : tr("Outbox"));
}

} // namespace outrigger::gui
