// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/statuscell.h"

#include "models/words.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QProgressBar>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::gui {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(StatusWords)
};
} // namespace

namespace statuswords {

QString area(const QString &area)
{
    if (area == "contacts"_L1)
        return Words::tr("Contacts");
    if (area == "conversations"_L1)
        return Words::tr("Inbox");
    if (area.startsWith("messages"_L1))
        return area == "messages"_L1 ? Words::tr("Messages") : Words::tr("E-mail messages");
    if (area == "customFields"_L1)
        return Words::tr("Custom fields");
    if (area == "lostReasons"_L1)
        return Words::tr("Reasons for losing");
    if (area == "customValues"_L1)
        return Words::tr("Custom values");
    if (area == "users"_L1)
        return Words::tr("Users");
    if (area == "numbers"_L1)
        return Words::tr("Numbers");
    if (area == "reference"_L1)
        return Words::tr("Location, users, numbers, fields and tags");
    return area.isEmpty() ? area : area.left(1).toUpper() + area.mid(1);
}

QString age(std::chrono::seconds age)
{
    if (age < 90s)
        return Words::tr("%1 s").arg(qMax(0LL, static_cast<long long>(age.count())));
    if (age < 90min)
        return Words::tr("%1 min").arg(std::chrono::duration_cast<std::chrono::minutes>(age).count());
    return Words::tr("%1 h").arg(std::chrono::duration_cast<std::chrono::hours>(age).count());
}

QString network(const sync::EngineStatus &status, const QDateTime &now, const QLocale &locale)
{
    const auto time = [](const QDateTime &when) { return models::words::clock(when.toLocalTime().time()); };
    using sync::Connection;
    switch (status.connection) {
    case Connection::Starting: return Words::tr("Starting");
    case Connection::Live: {
        for (const auto &one : status.areas) {
            if (one.area == "conversations"_L1 && one.lastSuccess.isValid())
                return Words::tr("Live · inbox %1").arg(age(std::chrono::seconds(one.lastSuccess.secsTo(now))));
        }
        return Words::tr("Live");
    }
    case Connection::Slow:
        return status.resumesAt.isValid() ? Words::tr("Slow · next try %1").arg(age(std::chrono::seconds(now.secsTo(status.resumesAt))))
                                          : Words::tr("Slow");
    case Connection::Offline: return status.since.isValid() ? Words::tr("Offline since %1").arg(time(status.since)) : Words::tr("Offline");
    case Connection::Portal: return Words::tr("This network wants you to sign in");
    case Connection::Limited:
        return status.resumesAt.isValid()
            ? Words::tr("Limit · resumes %1").arg(locale.toString(status.resumesAt.toLocalTime().time(), u"HH:mm:ss"_s))
            : Words::tr("Limit reached");
    case Connection::SignInNeeded: return Words::tr("Sign-in needed");
    case Connection::WaitingForKeyring: return Words::tr("Waiting for the keychain");
    case Connection::WorkingOffline: return Words::tr("Working offline");
    }
    return {};
}

QString outbox(const sync::EngineStatus &status)
{
    QStringList parts;
    if (status.waiting > 0)
        parts.append(Words::tr("%n waiting", nullptr, status.waiting));
    if (status.needsYou > 0)
        parts.append(status.needsYou == 1 ? Words::tr("1 needs you") : Words::tr("%n need you", nullptr, status.needsYou));
    return parts.isEmpty() ? Words::tr("nothing waits") : parts.join(u" · "_s);
}

} // namespace statuswords

StatusButton::StatusButton(QWidget *parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setFont(Style::instance()->font(TextRole::Small));
    connect(Style::instance(), &Style::changed, this, [this] {
        setFont(Style::instance()->font(TextRole::Small));
        updateGeometry();
    });
}

void StatusButton::set(const QString &text, const QColor &dot)
{
    m_dot = dot;
    if (text != this->text()) {
        setText(text);
        updateGeometry();
    }
    update();
}

QSize StatusButton::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(text()) + px(m_dot.isValid() ? 36 : 22), px(24)};
}

void StatusButton::enterEvent(QEnterEvent *)
{
    update();
}

void StatusButton::leaveEvent(QEvent *)
{
    update();
}

void StatusButton::paintEvent(QPaintEvent *)
{
    const Colours &c = colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF cell = QRectF(rect()).adjusted(1, 1, -1, -1);
    if (underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(c.hover);
        painter.drawRoundedRect(cell, px(6), px(6));
    }
    QRectF words = cell.adjusted(px(8), 0, -px(8), 0);
    if (m_dot.isValid()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_dot);
        const double side = px(8);
        const double x = layoutDirection() == Qt::RightToLeft ? words.right() - side : words.left();
        painter.drawEllipse(QRectF(x, (height() - side) / 2.0, side, side));
        if (layoutDirection() == Qt::RightToLeft)
            words.setRight(words.right() - px(14));
        else
            words.setLeft(words.left() + px(14));
    }
    painter.setFont(font());
    painter.setPen(c.text2);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeading, text());
    if (hasFocus()) {
        painter.setPen(QPen(c.focus, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(cell, px(6), px(6));
    }
}

StatusCell::StatusCell(sync::Engine *engine, QWidget *parent) : Pane(Ground::Window, parent), m_engine(engine)
{
    setObjectName(u"status"_s);
    setAccessibleName(Words::tr("Status"));
    setEdges(Qt::TopEdge);
    auto *row = new QHBoxLayout(this);
    setInsets(row, 8, 3, 12, 2, 4);
    m_network = named(new StatusButton(this), u"status.network"_s, Words::tr("Connection"));
    m_network->setToolTip(Words::tr("Connection and freshness. Press for the sync page."));
    m_outbox = named(new StatusButton(this), u"status.outbox"_s, Words::tr("Outbox"));
    m_outbox->setToolTip(Words::tr("What has not left yet. Press for the outbox."));
    m_progress = new Label(TextRole::Small, Ink::Text2, this);
    m_progress->setObjectName(u"status.progress"_s);
    m_bar = named(new QProgressBar(this), u"status.bar"_s, Words::tr("First sync"));
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(px(120), px(6));
    row->addWidget(m_network);
    row->addWidget(m_outbox);
    row->addStretch(1);
    row->addWidget(m_progress);
    row->addWidget(m_bar);
    connect(m_network, &QAbstractButton::clicked, this, &StatusCell::syncPageRequested);
    connect(m_outbox, &QAbstractButton::clicked, this, &StatusCell::outboxRequested);
    connect(engine, &sync::Engine::statusChanged, this, &StatusCell::refresh);
    connect(Style::instance(), &Style::changed, this, &StatusCell::refresh);
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &StatusCell::refresh);
    m_timer.start();
    refresh();
}

void StatusCell::refresh()
{
    const auto status = m_engine->status();
    const Colours &c = colours();
    QColor dot = c.text3;
    using sync::Connection;
    if (status.connection == Connection::Live)
        dot = c.ok;
    else if (status.connection == Connection::SignInNeeded || status.connection == Connection::Portal
             || status.connection == Connection::WaitingForKeyring || status.connection == Connection::Limited
             || status.connection == Connection::Slow)
        dot = c.warn;
    const QString network = statuswords::network(status, QDateTime::currentDateTimeUtc(), locale());
    m_network->set(network, dot);
    m_network->setAccessibleName(network);
    m_network->setAccessibleDescription(status.detail);
    const QString outbox = statuswords::outbox(status);
    m_outbox->set(outbox, status.needsYou > 0 ? c.warn : QColor());
    m_outbox->setAccessibleName(Words::tr("Outbox: %1").arg(outbox));
    showProgress(status);
}

void StatusCell::showProgress(const sync::EngineStatus &status)
{
    const sync::AreaStatus *running = nullptr;
    for (const auto &area : status.areas) {
        if (!area.firstSyncDone && area.running && (!running || area.total > running->total))
            running = &area;
    }
    m_bar->setVisible(running);
    m_progress->setVisible(running);
    if (!running)
        return;
    QString text = running->total > 0
        ? Words::tr("%1: %2 of %3").arg(statuswords::area(running->area), locale().toString(running->seen), locale().toString(running->total))
        : Words::tr("%1: %2").arg(statuswords::area(running->area), locale().toString(running->seen));
    if (running->timeLeft.count() >= 0)
        text += Words::tr(" · about %1 left").arg(statuswords::age(std::chrono::duration_cast<std::chrono::seconds>(running->timeLeft)));
    m_progress->setText(text);
    m_bar->setRange(0, running->total > 0 ? 1000 : 0);
    if (running->total > 0)
        m_bar->setValue(int(qBound(qint64(0), running->seen * 1000 / running->total, qint64(1000))));
}

} // namespace outrigger::gui
