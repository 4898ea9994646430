// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/syncpage.h"

#include "auth/session.h"
#include "auth/vault.h"
#include "gui/celldelegate.h"
#include "gui/statuscell.h"
#include "sync/engine.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTableWidget>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::gui {

namespace {
enum Column { Area, Rows, LastSuccess, NextRun, Requests, Trouble, ColumnCount };
}

SyncPage::SyncPage(sync::Engine *engine, QWidget *parent) : Pane(Ground::Surface, parent), m_engine(engine)
{
    setObjectName(u"sync.page"_s);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 0);
    auto *head = new Pane(Ground::Surface, this);
    head->setEdges(Qt::BottomEdge);
    auto *top = new QVBoxLayout(head);
    setInsets(top, 16, 12, 16, 12, 8);
    auto *row = new QHBoxLayout;
    row->addWidget(new Label(tr("Sync"), TextRole::Title, Ink::Text, head));
    m_state = new Label(TextRole::Body, Ink::Text2, head);
    m_state->setObjectName(u"sync.state"_s);
    row->addWidget(m_state, 1);
    top->addLayout(row);
    m_detail = new Label(TextRole::Body, Ink::Text2, head);
    m_detail->setWordWrap(true);
    m_detail->setObjectName(u"sync.detail"_s);
    top->addWidget(m_detail);
    auto *buttons = new QHBoxLayout;
    m_now = pushButton(tr("Check for news now"), u"sync.now"_s, head);
    m_full = pushButton(tr("Compare everything"), u"sync.full"_s, head);
    m_full->setToolTip(tr("Reads everything again and finds what was deleted in HighLevel"));
    m_signIn = pushButton(tr("Sign in again"), u"sync.signIn"_s, head);
    m_unlock = pushButton(tr("Unlock the keychain"), u"sync.unlock"_s, head);
    m_offline = named(new QCheckBox(tr("Work offline"), head), u"sync.offline"_s, tr("Work offline"));
    m_offline->setToolTip(tr("Nothing is sent or fetched until you switch this off"));
    for (auto *button : {m_now, m_full, m_signIn, m_unlock})
        buttons->addWidget(button);
    buttons->addStretch(1);
    buttons->addWidget(m_offline);
    top->addLayout(buttons);
    column->addWidget(head);
    m_strip = new Strip(u"sync.strip"_s, this);
    column->addWidget(m_strip);
    m_areas = named(new QTableWidget(0, ColumnCount, this), u"sync.areas"_s, tr("Areas"));
    m_areas->setHorizontalHeaderLabels({tr("Area"), tr("Rows"), tr("Last success"), tr("Next"), tr("Requests"), tr("Trouble")});
    m_areas->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_areas->horizontalHeader()->setStretchLastSection(true);
    m_areas->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_areas->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_areas->setFrameShape(QFrame::NoFrame);
    m_areas->setItemDelegate(new CellDelegate(m_areas));
    m_areas->setShowGrid(false);
    m_areas->setTabKeyNavigation(false);
    m_areas->verticalHeader()->hide();
    m_areas->verticalHeader()->setDefaultSectionSize(px(32));
    m_areas->setColumnWidth(Area, px(240));
    column->addWidget(m_areas, 1);

    connect(m_now, &QPushButton::clicked, this, [this] { pull(false); });
    connect(m_full, &QPushButton::clicked, this, [this] { pull(true); });
    connect(m_signIn, &QPushButton::clicked, this, &SyncPage::signInRequested);
    connect(m_unlock, &QPushButton::clicked, this, [this] {
        if (m_unlocking.done())
            m_unlocking = doUnlock(this);
    });
    connect(m_offline, &QCheckBox::clicked, this, &SyncPage::offlineToggled);
    connect(m_strip, &Strip::acted, this, [this] { m_confirming = doConfirm(this, m_missingArea); });
    connect(engine, &sync::Engine::statusChanged, this, &SyncPage::refresh);
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &SyncPage::refresh);
    m_timer.start();
}

void SyncPage::showEvent(QShowEvent *)
{
    refresh();
}

void SyncPage::refresh()
{
    if (!isVisible())
        return;
    const auto status = m_engine->status();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_state->setText(statuswords::network(status, now, locale()));
    QString detail = status.detail;
    if (std::chrono::abs(status.clockOff) > 2min)
        detail += u' ' + tr("This computer's clock is off by %1.").arg(statuswords::age(std::chrono::duration_cast<std::chrono::seconds>(std::chrono::abs(status.clockOff))));
    if (status.connection != sync::Connection::WaitingForKeyring)
        m_unlockSaid.clear();
    else if (!m_unlockSaid.isEmpty())
        detail = m_unlockSaid;
    m_detail->setText(detail.trimmed());
    m_detail->setVisible(!m_detail->text().isEmpty());
    m_offline->setChecked(status.connection == sync::Connection::WorkingOffline);
    m_signIn->setVisible(status.connection == sync::Connection::SignInNeeded);
    m_unlock->setVisible(status.connection == sync::Connection::WaitingForKeyring);
    m_areas->setRowCount(int(status.areas.size()));
    m_missingArea.clear();
    for (int i = 0; i < status.areas.size(); ++i) {
        const auto &area = status.areas.at(i);
        const auto put = [&](int column, const QString &text) {
            auto *item = m_areas->item(i, column);
            if (!item)
                m_areas->setItem(i, column, item = new QTableWidgetItem);
            if (item->text() != text)
                item->setText(text);
        };
        put(Area, statuswords::area(area.area));
        put(Rows, area.total > 0 && !area.firstSyncDone ? tr("%L1 of %L2").arg(area.seen).arg(area.total) : area.seen > 0 ? tr("%L1").arg(area.seen) : QString());
        put(LastSuccess, area.lastSuccess.isValid() ? tr("%1 ago").arg(statuswords::age(std::chrono::seconds(area.lastSuccess.secsTo(now)))) : tr("not yet"));
        put(NextRun, area.running ? tr("now") : area.nextRun.isValid() ? tr("in %1").arg(statuswords::age(std::chrono::seconds(now.secsTo(area.nextRun)))) : QString());
        put(Requests, tr("%L1").arg(area.requests));
        put(Trouble, area.traceId.isEmpty() ? area.error : tr("%1 (trace %2)").arg(area.error, area.traceId));
        if (area.missing > 0) {
            m_missingArea = area.area;
            m_strip->show(Strip::Kind::Warn,
                          tr("%1: comparing everything did not find %n row(s) in HighLevel that are here. That is unusually many, so "
                             "nothing was removed. If they were deleted on purpose, remove them here as well; if not, compare again.",
                             nullptr, int(area.missing))
                              .arg(statuswords::area(area.area)),
                          tr("Remove %n row(s) here", nullptr, int(area.missing)));
        }
    }
    if (m_missingArea.isEmpty())
        m_strip->hide();
    const bool busy = !m_pulling.done();
    m_now->setEnabled(!busy);
    m_full->setEnabled(!busy);
}

void SyncPage::pull(bool full)
{
    m_pulling = doPull(this, full);
    refresh();
}

Task<void> SyncPage::doPull(SyncPage *self, bool full)
{
    auto pulling = self->m_engine->syncNow({}, full);
    const Status pulled = co_await pulling;
    if (!pulled)
        self->m_detail->setText(pulled.error().message);
}

Task<void> SyncPage::doUnlock(SyncPage *self)
{
    auto asking = self->m_engine->vault().unlock(); // the system's own prompt
    const auto state = co_await asking;
    if (state == auth::VaultState::Available && self->m_engine->session()) {
        auto retrying = self->m_engine->session()->retryKeyring();
        const Status read = co_await retrying;
        self->m_unlockSaid = read ? QString() : read.error().message;
    } else {
        self->m_unlockSaid = tr("The keychain is still locked, so nothing is sent or fetched. What you write waits here. Try again, or "
                                "unlock it in your system's password program.");
    }
    self->refresh();
}

Task<void> SyncPage::doConfirm(SyncPage *self, QString area)
{
    auto confirming = self->m_engine->confirmRemovals(std::move(area));
    const Status confirmed = co_await confirming;
    if (!confirmed)
        self->m_detail->setText(confirmed.error().message);
    self->refresh();
}

} // namespace outrigger::gui
