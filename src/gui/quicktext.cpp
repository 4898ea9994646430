// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/quicktext.h"

#include "domain/phone.h"
#include "gui/composer.h"
#include "gui/screenfit.h"
#include "gui/settings.h"
#include "models/desk.h"

#include <QClipboard>
#include <QCloseEvent>
#include <QGuiApplication>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {
constexpr int longestNumber = 40; // what is longer is not a number that somebody copied
}

QuickText::QuickText(sync::Engine *engine, models::Desk *desk, Settings *settings, Work *work, Actions *actions)
    : m_desk(desk), m_settings(settings)
{
    setObjectName(u"quick"_s);
    setWindowTitle(tr("Quick text – Outrigger"));
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 0);
    auto *ground = new Pane(Ground::Surface, this);
    auto *row = new QHBoxLayout(ground);
    setInsets(row, 16, 10, 12, 0, 0);
    m_offer = pushButton(QString(), u"quick.offer"_s, ground);
    row->addWidget(m_offer);
    row->addStretch(1);
    m_offer->hide();
    column->addWidget(ground);
    m_pane = new NewText(engine, desk, settings, work, actions, this, NewText::Place::Quick);
    column->addWidget(m_pane, 1);
    connect(m_pane, &NewText::closed, this, &QWidget::hide);
    connect(m_pane, &NewText::sent, this, &QWidget::hide);
    resizeWithin(this, 480, 400);
}

QuickText::~QuickText() = default;

void QuickText::open()
{
    if (!isVisible() && m_pane->composer()->text().trimmed().isEmpty())
        m_pane->begin();
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
    offerClipboard();
}

void QuickText::offerClipboard()
{
    m_offer->hide();
    disconnect(m_offer, &QPushButton::clicked, this, nullptr);
    if (!m_settings->offerClipboard() || !m_pane->to().isEmpty())
        return;
    const QString text = QGuiApplication::clipboard()->text().trimmed();
    if (text.isEmpty() || text.size() > longestNumber)
        return;
    const auto number = phone::parse(text, m_desk->region());
    if (!number || !number->valid)
        return;
    const QString shown = phone::display(number->e164, m_desk->region());
    m_offer->setText(tr("Text %1, from the clipboard").arg(shown));
    m_offer->setAccessibleName(m_offer->text());
    m_offer->show();
    connect(m_offer, &QPushButton::clicked, this, [this, number] {
        m_offer->hide();
        m_pane->begin(number->e164, m_pane->composer()->text());
    });
    m_naming = nameOffer(this, number->e164, shown);
}

Task<void> QuickText::nameOffer(QuickText *self, QString number, QString shown)
{
    auto finding = self->m_desk->find(number, 1);
    const auto hits = co_await finding;
    if (!hits || hits->isEmpty() || hits->first().match != ContactHit::Match::Exact || hits->first().name.isEmpty())
        co_return;
    self->m_offer->setText(tr("Text %1, %2, from the clipboard").arg(hits->first().name, shown));
    self->m_offer->setAccessibleName(self->m_offer->text());
}

void QuickText::closeEvent(QCloseEvent *event)
{
    event->accept(); // hidden; what was written stays
}

} // namespace outrigger::gui
