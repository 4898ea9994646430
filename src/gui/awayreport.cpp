// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/awayreport.h"

#include "gui/widgets.h"
#include "models/desk.h"

#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::gui {

namespace {

constexpr auto pulse = 30s;     ///< how exactly the end of a visit is known after a crash
constexpr auto patience = 10s;  ///< so long a report waits for the network
constexpr int mostNames = 4;

QString span(qint64 seconds)
{
    const qint64 whole = qMax<qint64>(1, seconds / 60);
    if (whole < 60)
        return AwayReport::tr("%1 min").arg(whole);
    if (whole < 24 * 60)
        return AwayReport::tr("%1 h %2 min", "hours, minutes").arg(whole / 60).arg(whole % 60);
    return AwayReport::tr("%n day(s)", nullptr, int(whole / (24 * 60)));
}

QString names(const QVector<AwayNews::Lead> &leads)
{
    QStringList list;
    for (const auto &lead : leads.mid(0, mostNames))
        list << lead.name;
    if (leads.size() > mostNames)
        list << AwayReport::tr("%n more", nullptr, int(leads.size()) - mostNames);
    return list.join(u", "_s);
}

QString newLeads(const AwayNews &news, const QDateTime &now)
{
    return AwayReport::tr("%n new lead(s), waiting %1", nullptr, int(news.newLeads.size())).arg(span(news.newLeads.constFirst().since.secsTo(now)));
}

} // namespace

QString AwayReport::sentence(const AwayNews &news, const QDateTime &now)
{
    QStringList parts;
    if (!news.replies.isEmpty())
        parts << tr("%n lead(s) wrote and wait", nullptr, int(news.replies.size()));
    if (!news.newLeads.isEmpty())
        parts << newLeads(news, now);
    if (!news.failed.isEmpty())
        parts << tr("%n text(s) did not arrive", nullptr, int(news.failed.size()));
    return parts.join(u", "_s);
}

AwayReport::AwayReport(const AwayNews &news, const QDateTime &since, const QDateTime &now, QWidget *parent) : QDialog(parent)
{
    setObjectName(u"away.report"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("While you were away"));
    setAccessibleDescription(sentence(news, now));
    auto *column = new QVBoxLayout(this);
    setInsets(column, 20, 16, 20, 16, 10);
    column->addWidget(new Label(tr("While you were away (%1)").arg(span(since.secsTo(now))), TextRole::Title, Ink::Text, this));
    const auto line = [&](const QString &words, const QString &who, const QString &name, const std::function<void()> &go) {
        auto *button = pushButton(words, name, this);
        button->setAutoDefault(true); // Enter on it goes there
        button->setAccessibleDescription(who);
        connect(button, &QPushButton::clicked, this, [this, go] {
            go();
            accept();
        });
        column->addWidget(button, 0, Qt::AlignLeft);
        auto *label = new Label(who, TextRole::Small, Ink::Text2, this);
        label->setWordWrap(true);
        column->addWidget(label);
        return button;
    };
    if (!news.newLeads.isEmpty())
        line(newLeads(news, now), names(news.newLeads), u"away.newLeads"_s, [this] { Q_EMIT newLeadsWanted(); });
    if (!news.replies.isEmpty())
        line(tr("%n lead(s) wrote and wait", nullptr, int(news.replies.size())), names(news.replies), u"away.replies"_s, [this] { Q_EMIT repliesWanted(); });
    if (!news.failed.isEmpty())
        line(tr("%n text(s) did not arrive", nullptr, int(news.failed.size())), names(news.failed), u"away.failed"_s,
             [this, contact = news.failed.constFirst().contact] { Q_EMIT contactWanted(contact); });
    column->addStretch(1);
    auto *row = new QHBoxLayout;
    auto *inbox = pushButton(tr("To the inbox (Esc)"), u"away.inbox"_s, this);
    auto *begin = pushButton(tr("Begin with who waits longest"), u"away.begin"_s, this, true);
    inbox->setAutoDefault(true);
    begin->setDefault(true);
    row->addStretch(1);
    row->addWidget(inbox);
    row->addWidget(begin);
    column->addLayout(row);
    connect(inbox, &QPushButton::clicked, this, &QDialog::reject);
    connect(begin, &QPushButton::clicked, this, [this] {
        Q_EMIT repliesWanted();
        accept();
    });
    setMinimumWidth(px(420));
    begin->setFocus();
}

AwayWatch::AwayWatch(models::Desk *desk, QWidget *window) : QObject(window), m_desk(desk)
{
    m_pulse.setInterval(pulse);
    connect(&m_pulse, &QTimer::timeout, this, [this] {
        if (!m_active || m_location.isEmpty())
            return;
        // A computer that slept does not beat: the gap is the time away.
        const QDateTime now = m_clock->now();
        const QDateTime before = std::exchange(m_lastHere, now);
        if (before.isValid() && before.secsTo(now) >= minutes * 60)
            cameBack(before);
        m_keeping = keep(this, now);
    });
    m_pulse.start();
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, &AwayWatch::caughtUp);
}

void AwayWatch::begin()
{
    if (m_desk->location() == m_location || m_desk->location().isEmpty())
        return;
    m_location = m_desk->location();
    m_lastHere = {};
    m_reading = read(this);
}

Task<void> AwayWatch::read(AwayWatch *self)
{
    auto asking = self->m_desk->kept(u"lastHere/"_s + self->m_location.value);
    const auto kept = co_await asking;
    const QDateTime now = self->m_clock->now();
    const QDateTime before = kept ? QDateTime::fromString(*kept, Qt::ISODate) : QDateTime();
    self->m_lastHere = now;
    if (before.isValid() && before.secsTo(now) >= minutes * 60)
        self->cameBack(before);
    self->m_keeping = keep(self, now);
}

Task<void> AwayWatch::keep(AwayWatch *self, QDateTime now)
{
    auto keeping = self->m_desk->keep(u"lastHere/"_s + self->m_location.value, now.toUTC().toString(Qt::ISODate));
    co_await keeping; // a visit that is not noted makes the next report longer, no more
}

void AwayWatch::setActive(bool active)
{
    if (active == m_active)
        return;
    m_active = active;
    const QDateTime now = m_clock->now();
    if (active && m_lastHere.isValid() && m_lastHere.secsTo(now) >= minutes * 60)
        cameBack(m_lastHere);
    if (m_lastHere.isValid())
        m_lastHere = now;
}

void AwayWatch::cameBack(const QDateTime &since)
{
    m_waitingSince = since;
    m_waitsFrom = m_clock->now();
    m_patience.start();
}

void AwayWatch::caughtUp()
{
    if (!m_waitingSince.isValid())
        return;
    m_patience.stop();
    m_waitsFrom = {};
    m_asking = ask(this, std::exchange(m_waitingSince, {}));
}

Task<void> AwayWatch::ask(AwayWatch *self, QDateTime since)
{
    auto asking = self->m_desk->awayNews(since);
    const auto news = co_await asking;
    if (!news || news->isEmpty())
        co_return;
    QMetaObject::invokeMethod(
        self, [self, news = *news, since] { Q_EMIT self->report(news, since); }, Qt::QueuedConnection);
}

} // namespace outrigger::gui
