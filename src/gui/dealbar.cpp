// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dealbar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

DealBar::DealBar(QWidget *parent) : Pane(Ground::Surface, parent)
{
    named(static_cast<QWidget *>(this), u"pipeline.bar"_s, tr("With the ticked deals"));
    setEdges(Qt::TopEdge);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 16, 8, 16, 8, 8);
    auto *row = new QHBoxLayout;
    row->setSpacing(px(8));
    m_count = new Label(TextRole::BodyStrong, Ink::Text, this);
    m_count->setObjectName(u"pipeline.bar.count"_s);
    row->addWidget(m_count);
    row->addSpacing(px(8));
    const auto add = [&](const QString &text, const QString &id, const std::function<void()> &act) {
        auto *button = pushButton(text, u"pipeline.bar."_s + id, this);
        connect(button, &QPushButton::clicked, this, act);
        row->addWidget(button);
        return button;
    };
    m_acts.append(add(tr("Move to…"), u"move"_s, [this] { Q_EMIT moveWanted(); }));
    m_acts.append(add(tr("Owner…"), u"owner"_s, [this] { Q_EMIT ownerWanted(); }));
    m_acts.append(add(tr("Won"), u"won"_s, [this] { Q_EMIT statusWanted(DealStatus::Won); }));
    m_acts.append(add(tr("Lost…"), u"lost"_s, [this] { Q_EMIT statusWanted(DealStatus::Lost); }));
    m_acts.append(add(tr("Delete…"), u"delete"_s, [this] { askDelete(); }));
    auto *more = pushButton(tr("More"), u"pipeline.bar.more"_s, this);
    auto *menu = new QMenu(more);
    m_abandon = menu->addAction(tr("Abandoned"), this, [this] { Q_EMIT statusWanted(DealStatus::Abandoned); });
    m_abandon->setObjectName(u"pipeline.bar.abandoned"_s);
    menu->addAction(tr("Open again"), this, [this] { Q_EMIT statusWanted(DealStatus::Open); })->setObjectName(u"pipeline.bar.reopen"_s);
    menu->addAction(tr("Export…"), this, [this] { Q_EMIT exportWanted(); })->setObjectName(u"pipeline.bar.export"_s);
    more->setMenu(menu);
    row->addWidget(more);
    row->addStretch(1);
    auto *clear = iconButton(u"close"_s, u"pipeline.bar.clear"_s, tr("Take all ticks away"), this);
    connect(clear, &QToolButton::clicked, this, &DealBar::cleared);
    row->addWidget(clear);
    column->addLayout(row);
    m_sure = new QWidget(this);
    m_sure->setObjectName(u"pipeline.bar.sure"_s);
    auto *sure = new QHBoxLayout(m_sure);
    setInsets(sure, 0, 0, 0, 0, 8);
    m_sureWords = new Label(TextRole::Body, Ink::Text, m_sure);
    m_sureWords->setWordWrap(true);
    sure->addWidget(m_sureWords, 1);
    auto *keep = pushButton(tr("Keep them"), u"pipeline.bar.keep"_s, m_sure, true);
    auto *yes = pushButton(tr("Delete for everybody"), u"pipeline.bar.yes"_s, m_sure);
    sure->addWidget(keep);
    sure->addWidget(yes);
    column->addWidget(m_sure);
    m_sure->hide();
    connect(keep, &QPushButton::clicked, this, &DealBar::endAsking);
    connect(yes, &QPushButton::clicked, this, [this] {
        endAsking();
        Q_EMIT deleteWanted();
    });
    hide();
}

void DealBar::setTicked(int count, const QString &money)
{
    if (count != m_ticked)
        m_sure->hide(); // it asked about others
    m_ticked = count;
    m_count->setText(money.isEmpty() ? tr("%L1 ticked").arg(count) : tr("%L1 ticked  ·  %2").arg(count).arg(money));
    setVisible(count > 0);
}

void DealBar::setLocked(const QString &why)
{
    for (QPushButton *act : std::as_const(m_acts)) {
        act->setEnabled(why.isEmpty());
        act->setToolTip(why);
    }
    m_abandon->setEnabled(why.isEmpty());
}

void DealBar::askDelete()
{
    m_sureWords->setText(tr("%n deal(s) go from HighLevel for everybody, with their fields and followers; the leads stay. It can be undone until "
                            "they have left, and never in HighLevel.", nullptr, m_ticked));
    m_sure->show();
    m_sure->findChild<QPushButton *>(u"pipeline.bar.keep"_s)->setFocus(Qt::OtherFocusReason);
}

void DealBar::endAsking() { m_sure->hide(); }

void DealBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape) {
        Pane::keyPressEvent(event);
        return;
    }
    event->accept();
    if (m_sure->isVisible())
        endAsking();
    else
        Q_EMIT cleared();
}

} // namespace outrigger::gui
