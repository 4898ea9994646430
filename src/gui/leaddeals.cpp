// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/leaddeals.h"

#include "gui/keymap.h"
#include "gui/widgets.h"
#include "models/dealwords.h"
#include "models/desk.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {
constexpr int shown = 5;
}

LeadDeals::LeadDeals(models::Desk *desk, QWidget *parent) : QWidget(parent), m_desk(desk)
{
    setObjectName(u"lead.deals"_s);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 6);
    column->addWidget(new Label(tr("Deals"), TextRole::SmallStrong, Ink::Text2, this));
    auto *add = pushButton(tr("New deal"), u"lead.deals.add"_s, this);
    add->setToolTip(tr("New deal for this lead (%1)").arg(keyText(Command::NewDeal)));
    connect(add, &QPushButton::clicked, this, [this] { Q_EMIT newDealWanted(m_contact); });
    column->addWidget(add, 0, Qt::AlignLeading);
    hide();
    connect(desk, &models::Desk::dealsChanged, this, &LeadDeals::read);
}

void LeadDeals::setContact(const ContactId &contact)
{
    if (contact == m_contact)
        return;
    m_contact = contact;
    hide(); // never another lead's deals
    read();
}

void LeadDeals::read()
{
    if (!m_contact.isEmpty())
        m_loading = load(this);
}

Task<void> LeadDeals::load(LeadDeals *self)
{
    auto asking = self->m_desk->dealsOf(self->m_contact);
    const auto rows = co_await asking;
    self->show(rows ? *rows : QVector<DealRow>());
}

QString LeadDeals::stageName(const Opportunity &deal) const
{
    if (deal.status != DealStatus::Open)
        return models::dealwords::status(deal.status);
    if (const auto &pipelines = m_desk->reference().pipelines) {
        for (const Pipeline &pipeline : *pipelines) {
            if (const Stage *stage = pipeline.id == deal.pipeline ? pipeline.stage(deal.stage) : nullptr)
                return stage->name;
        }
    }
    return {};
}

void LeadDeals::show(const QVector<DealRow> &rows)
{
    delete m_list;
    m_list = new QWidget(this);
    auto *column = new QVBoxLayout(m_list);
    setInsets(column, 0, 0, 0, 0, 4);
    for (const DealRow &row : rows.mid(0, shown)) {
        QStringList facts;
        for (const QString &fact : {stageName(row.deal), models::dealwords::money(row.deal.value, m_desk->region()), models::dealwords::mark(row)}) {
            if (!fact.isEmpty())
                facts.append(fact);
        }
        QString text = row.deal.name;
        if (!facts.isEmpty())
            text += u'\n' + facts.join(u"  ·  "_s);
        auto *button = pushButton(text.replace(u'&', u"&&"_s), u"lead.deal."_s + row.deal.id.value, m_list);
        button->setAccessibleName(models::dealwords::sentence(row, stageName(row.deal), m_desk->region(), QDateTime::currentDateTimeUtc()));
        button->setAccessibleDescription(tr("Opens the deal"));
        connect(button, &QPushButton::clicked, this, [this, id = row.deal.id] { Q_EMIT dealChosen(id); });
        button->setProperty("leading", true);
        button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        column->addWidget(button);
    }
    if (rows.size() > shown)
        column->addWidget(new Label(tr("and %1 more").arg(rows.size() - shown), TextRole::Small, Ink::Text2, m_list));
    static_cast<QVBoxLayout *>(layout())->insertWidget(1, m_list);
    m_list->setVisible(!rows.isEmpty());
    QWidget::show();
}

} // namespace outrigger::gui
