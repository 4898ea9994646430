// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/tray.h"

#include "gui/icons.h"
#include "gui/settings.h"
#include "gui/style.h"

#include <QAction>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QSystemTrayIcon>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::gui {

namespace {

constexpr auto pauseFor = 1h;
constexpr int sizes[] = {16, 22, 24, 32, 48, 64};

/// The tray's ground may be light or dark whatever our scheme is, so the icon brings its own.
QPixmap drawn(int size, int count)
{
    const Colours c = Style::coloursOf(Scheme::Light);
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF all(0, 0, size, size);
    painter.setPen(Qt::NoPen);
    painter.setBrush(c.accent);
    painter.drawRoundedRect(all, size * 0.22, size * 0.22);
    const double inset = size * 0.16;
    icons::paint(&painter, all.adjusted(inset, inset, -inset, -inset), u"chat"_s, c.onAccent);
    if (count <= 0)
        return pixmap;
    const QString text = count > 9 ? u"9+"_s : QString::number(count);
    const double height = size * 0.6;
    const double width = text.size() > 1 ? size * 0.8 : height;
    const QRectF badge(size - width, size - height, width, height);
    painter.setBrush(Qt::white);
    painter.drawRoundedRect(badge.adjusted(-1, -1, 1, 1), height / 2, height / 2);
    painter.setBrush(c.danger);
    painter.drawRoundedRect(badge, height / 2, height / 2);
    QFont font = Style::instance()->font(TextRole::SmallStrong);
    font.setPixelSize(qMax(7, int(height * 0.8)));
    font.setWeight(QFont::Bold);
    painter.setFont(font);
    painter.setPen(Qt::white);
    painter.drawText(badge, Qt::AlignCenter, text);
    return pixmap;
}

} // namespace

Tray::Tray(Settings *settings, QObject *parent)
    : QObject(parent), m_settings(settings), m_menu(std::make_unique<QMenu>()), m_icon(new QSystemTrayIcon(this))
{
    m_icon->setObjectName(u"tray"_s);
    m_menu->setObjectName(u"tray.menu"_s);
    add(u"open"_s, tr("Open Outrigger"), &Tray::openRequested);
    add(u"newText"_s, tr("New text"), &Tray::newTextRequested);
    add(u"quickText"_s, tr("Quick text"), &Tray::quickTextRequested);
    m_menu->addSeparator();
    m_pause = m_menu->addAction(QString());
    m_pause->setObjectName(u"tray.pause"_s);
    m_pause->setCheckable(true);
    connect(m_pause, &QAction::triggered, this, [this](bool on) {
        m_settings->setPausedUntil(on ? QDateTime::currentDateTimeUtc().addDuration(pauseFor) : QDateTime());
    });
    m_menu->addSeparator();
    add(u"quit"_s, tr("Quit"), &Tray::quitRequested);
    m_pauseEnds.setSingleShot(true);
    connect(&m_pauseEnds, &QTimer::timeout, this, &Tray::showPause);
    connect(m_settings, &Settings::changed, this, &Tray::showPause);
    connect(m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            Q_EMIT openRequested();
    });
    connect(m_icon, &QSystemTrayIcon::messageClicked, this, &Tray::messageClicked);
    m_icon->setContextMenu(m_menu.get());
    showPause();
    setCounts(0, 0);
    m_icon->show(); // where there is no tray yet, Qt waits for one
}

Tray::~Tray() = default;

QAction *Tray::add(const QString &id, const QString &text, void (Tray::*signal)())
{
    QAction *action = m_menu->addAction(text);
    action->setObjectName("tray."_L1 + id);
    connect(action, &QAction::triggered, this, signal);
    return action;
}

bool Tray::isThere()
{
    return QSystemTrayIcon::isSystemTrayAvailable();
}

QIcon Tray::icon(int count)
{
    QIcon icon;
    for (const int size : sizes)
        icon.addPixmap(drawn(size, count));
    return icon;
}

void Tray::setCounts(int unread, int needsYou)
{
    if (unread == m_unread && needsYou == m_needsYou)
        return;
    m_unread = unread;
    m_needsYou = needsYou;
    m_icon->setIcon(icon(unread));
    QStringList words{tr("Outrigger")};
    if (unread > 0)
        words.append(tr("%n unread", nullptr, unread));
    if (needsYou > 0)
        words.append(tr("%n need(s) you", nullptr, needsYou));
    m_icon->setToolTip(words.join(u" · "_s));
}

void Tray::showPause()
{
    const QDateTime until = m_settings->pausedUntil();
    const qint64 left = until.isValid() ? QDateTime::currentDateTimeUtc().msecsTo(until) : 0;
    m_pause->setChecked(left > 0);
    m_pause->setText(left > 0 ? tr("Notifications paused until %1").arg(QLocale().toString(until.toLocalTime().time(), u"HH:mm"))
                              : tr("Pause notifications for 1 hour"));
    if (left > 0)
        m_pauseEnds.start(int(qMin<qint64>(left + 500, 24 * 3'600'000)));
}

void Tray::showMessage(const QString &title, const QString &body)
{
    m_icon->showMessage(title, body, icon(0));
}

} // namespace outrigger::gui
