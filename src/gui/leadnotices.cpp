// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/leadnotices.h"

#include "domain/contactchange.h"
#include "gui/work.h"
#include "models/contactwords.h"
#include "models/desk.h"

#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

using models::contactwords::label;

LeadNotices::LeadNotices(models::Desk *desk, Work *work, QWidget *parent) : QWidget(parent), m_desk(desk), m_work(work)
{
    setObjectName(u"lead.notices"_s);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 0);
    hide();
    connect(work, &Work::contactRecordChanged, this, [this](const ContactId &contact) {
        if (contact == m_contact.id)
            m_loading = load(this);
    });
}

void LeadNotices::setContact(const Contact &contact)
{
    const bool same = contact.id == m_contact.id && contact.phone == m_contact.phone && contact.email == m_contact.email
        && contact.displayName() == m_contact.displayName();
    m_contact = contact;
    if (same)
        return;
    hide();
    m_loading = load(this);
}

Task<void> LeadNotices::load(LeadNotices *self)
{
    const Contact contact = self->m_contact;
    auto asking = self->m_work->conflictsOf(contact.id);
    const auto conflicts = co_await asking;
    auto searching = self->m_desk->twinsOf(contact);
    const auto twins = co_await searching;
    if (contact.id == self->m_contact.id)
        self->show(conflicts.value_or(QVector<OutboxRecord>()), twins.value_or(QVector<ContactHit>()));
}

QWidget *LeadNotices::addBox(const QString &objectName, Strip::Kind)
{
    auto *box = new Pane(Ground::Window, m_list);
    box->setObjectName(objectName);
    box->setEdges(Qt::TopEdge | Qt::BottomEdge | Qt::LeftEdge | Qt::RightEdge);
    auto *column = new QVBoxLayout(box);
    setInsets(column, 10, 8, 10, 8, 6);
    m_list->layout()->addWidget(box);
    return box;
}

void LeadNotices::addConflict(const OutboxRecord &record)
{
    QWidget *box = addBox(u"lead.conflict"_s, Strip::Kind::Warn);
    const auto add = [box](const QString &text, TextRole role, Ink ink) {
        auto *line = new Label(text, role, ink, box);
        line->setWordWrap(true);
        box->layout()->addWidget(line);
    };
    const auto change = ContactChange::fromJson(record.payload);
    const QJsonObject theirs = record.look[theirsKey].toObject();
    const bool conflict = record.reasonCode == "changed_elsewhere"_L1;
    add(conflict ? tr("Changed in HighLevel meanwhile") : tr("Not changed in HighLevel"), TextRole::SmallStrong, Ink::Warn);
    const auto &reference = m_desk->reference();
    for (auto it = theirs.constBegin(); it != theirs.constEnd(); ++it) {
        add(label(it.key(), &reference.customFields), TextRole::Small, Ink::Text2);
        add(tr("Yours: %1").arg(models::contactwords::value(it.key(), change.to[it.key()], reference.users)), TextRole::Body, Ink::Text);
        add(tr("There: %1").arg(models::contactwords::value(it.key(), it.value(), reference.users)), TextRole::Body, Ink::Text);
    }
    if (!conflict)
        add(record.reason, TextRole::Small, Ink::Text2);
    auto *row = new QHBoxLayout;
    row->setSpacing(px(8));
    auto *keep = pushButton(conflict ? tr("Keep theirs") : tr("Leave it"), u"lead.conflict.theirs"_s, box, true);
    auto *mine = pushButton(conflict ? tr("Use mine") : tr("Try again"), u"lead.conflict.mine"_s, box);
    connect(keep, &QPushButton::clicked, this, [this, id = record.id] { m_work->dropRecord(id); });
    connect(mine, &QPushButton::clicked, this, [this, id = record.id] { m_work->retry(id); });
    row->addWidget(keep);
    row->addWidget(mine);
    row->addStretch(1);
    static_cast<QVBoxLayout *>(box->layout())->addLayout(row);
}

void LeadNotices::addTwin(const ContactHit &twin)
{
    QWidget *box = addBox(u"lead.twin"_s, Strip::Kind::Info);
    const QString what = twin.match == ContactHit::Match::Name ? tr("Same name: %1").arg(twin.name)
                                                                : tr("Has another card: %1").arg(twin.name);
    auto *line = new Label(what, TextRole::Body, Ink::Text, box);
    line->setWordWrap(true);
    box->layout()->addWidget(line);
    const QString facts = QStringList{twin.phone, twin.email}.join(u"  "_s).trimmed();
    if (!facts.isEmpty()) {
        auto *under = new Label(facts, TextRole::Small, Ink::Text2, box);
        under->setElided(true);
        box->layout()->addWidget(under);
    }
    auto *open = pushButton(tr("Open"), u"lead.twin.open"_s, box);
    open->setAccessibleName(tr("Open %1").arg(twin.name));
    connect(open, &QPushButton::clicked, this, [this, id = twin.id] { Q_EMIT contactRequested(id); });
    static_cast<QVBoxLayout *>(box->layout())->addWidget(open, 0, Qt::AlignLeading);
}

void LeadNotices::show(const QVector<OutboxRecord> &conflicts, const QVector<ContactHit> &twins)
{
    delete m_list;
    m_list = new QWidget(this);
    auto *column = new QVBoxLayout(m_list);
    setInsets(column, 0, 0, 0, 0, 8);
    for (const OutboxRecord &record : conflicts)
        addConflict(record);
    for (const ContactHit &twin : twins.mid(0, 2))
        addTwin(twin);
    layout()->addWidget(m_list);
    m_list->QWidget::show();
    setVisible(!conflicts.isEmpty() || !twins.isEmpty());
}

} // namespace outrigger::gui
