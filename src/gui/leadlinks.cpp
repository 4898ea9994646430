// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/leadlinks.h"

#include "core/json.h"
#include "gui/chooser.h"
#include "gui/icons.h"
#include "gui/widgets.h"
#include "models/callnow.h"
#include "models/desk.h"
#include "sync/engine.h"

#include <QInputDialog>
#include <QJsonArray>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr int most = 100; ///< HighLevel's largest page

QJsonArray listIn(const QJsonObject &answer, QLatin1String name)
{
    const QJsonValue list = answer.value(name);
    return list.isArray() ? list.toArray() : QJsonArray{};
}

} // namespace

LeadLinks::LeadLinks(sync::Engine *engine, models::Desk *desk, QWidget *parent) : QWidget(parent), m_engine(engine), m_desk(desk)
{
    setObjectName(u"lead.links"_s);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 6);
    column->addWidget(new Label(tr("Linked records"), TextRole::SmallStrong, Ink::Text2, this));
    m_add = pushButton(tr("Link a record"), u"lead.links.add"_s, this);
    column->addWidget(m_add, 0, Qt::AlignLeading);
    connect(m_add, &QPushButton::clicked, this, &LeadLinks::choose);
    m_pause.setSingleShot(true);
    m_pause.setInterval(600);
    connect(desk, &models::Desk::referenceChanged, this, [this] { m_known = {}; }); // kinds of links may be others, too: asked with the next lead
    connect(&m_pause, &QTimer::timeout, this, [this] { m_loading = load(this); });
    hide();
}

void LeadLinks::setContact(const ContactId &contact)
{
    if (contact == m_contact)
        return;
    m_contact = contact;
    m_links.clear(); // never another lead's
    m_loading = {};
    show();
    if (!contact.isEmpty() && !contact.isLocal())
        m_pause.start();
}

Task<void> LeadLinks::load(LeadLinks *self)
{
    const ContactId contact = self->m_contact;
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    if (self->m_known != account->location) {
        auto asking = models::callNow(self->m_engine, u"find-associations"_s, {{u"skip"_s, 0}, {u"limit"_s, most}});
        const auto answer = co_await asking;
        if (!answer)
            co_return; // no permission, or no network: nothing is shown
        self->m_associations.clear();
        for (const QJsonValue &one : listIn(*answer, "associations"_L1)) {
            const QJsonObject o = one.toObject();
            Association association{json::text(o["id"_L1]), json::text(o["firstObjectKey"_L1]), json::text(o["secondObjectKey"_L1]), json::text(o["firstObjectLabel"_L1]),
                                    json::text(o["secondObjectLabel"_L1])};
            if (!association.id.isEmpty() && association.ofContacts())
                self->m_associations.append(association);
        }
        self->m_known = account->location;
    }
    if (self->m_associations.isEmpty() || contact != self->m_contact)
        co_return;
    auto asking = models::callNow(self->m_engine, u"get-relations-by-record"_s, {{u"recordId"_s, contact.value}, {u"skip"_s, 0}, {u"limit"_s, most}});
    const auto answer = co_await asking;
    if (!answer || contact != self->m_contact)
        co_return;
    QVector<Link> links;
    for (const QJsonValue &one : listIn(*answer, "relations"_L1)) {
        const QJsonObject o = one.toObject();
        const QString of = json::text(o["associationId"_L1]);
        const auto association = std::find_if(self->m_associations.begin(), self->m_associations.end(), [&of](const Association &a) { return a.id == of; });
        if (association == self->m_associations.end())
            continue;
        const bool first = json::text(o["firstRecordId"_L1]) == contact.value;
        Link link;
        link.id = json::text(o["id"_L1]);
        link.other = json::text(o[first ? "secondRecordId"_L1 : "firstRecordId"_L1]);
        link.word = first ? association->secondWord : association->firstWord;
        link.contact = (first ? association->second : association->first) == "contact"_L1;
        link.name = link.other;
        if (!link.id.isEmpty() && !link.other.isEmpty())
            links.append(link);
    }
    for (Link &link : links) {
        if (!link.contact)
            continue;
        auto reading = self->m_desk->contact(ContactId(link.other));
        const auto found = co_await reading;
        if (found && *found)
            link.name = (*found)->displayName();
    }
    if (contact != self->m_contact)
        co_return;
    self->m_links = std::move(links);
    self->show();
}

void LeadLinks::show()
{
    if (m_list) {
        layout()->removeWidget(m_list);
        m_list->hide();
        m_list->deleteLater();
    }
    m_list = new QWidget(this);
    auto *column = new QVBoxLayout(m_list);
    setInsets(column, 0, 0, 0, 0, 4);
    for (const Link &link : std::as_const(m_links)) {
        auto *row = new QHBoxLayout;
        row->setSpacing(px(6));
        const QString words = tr("%1: %2", "kind of a linked record: its name").arg(link.word.isEmpty() ? tr("Record") : link.word, link.name);
        if (link.contact) {
            auto *open = pushButton(words, u"lead.link."_s + link.id, m_list);
            connect(open, &QPushButton::clicked, this, [this, link] { Q_EMIT contactRequested(ContactId(link.other)); });
            row->addWidget(open);
        } else {
            auto *label = new Label(words, TextRole::Body, Ink::Text, m_list);
            label->setElided(true);
            row->addWidget(label, 1);
        }
        row->addStretch(1);
        auto *away = iconButton(u"close"_s, u"lead.link.remove."_s + link.id, tr("Take the link to %1 away").arg(link.name), m_list);
        connect(away, &QToolButton::clicked, this, [this, link] { m_tasks.start(remove(this, link)); });
        row->addWidget(away);
        column->addLayout(row);
    }
    static_cast<QVBoxLayout *>(layout())->insertWidget(1, m_list);
    m_list->setVisible(!m_links.isEmpty());
    setVisible(!m_associations.isEmpty() && !m_contact.isEmpty());
}

void LeadLinks::choose()
{
    QVector<Chooser::Item> items;
    for (const Association &one : std::as_const(m_associations))
        items.append({one.id, one.first == one.second ? u"%1 – %2"_s.arg(one.firstWord, one.secondWord) : one.first == "contact"_L1 ? one.secondWord : one.firstWord});
    auto *chooser = new Chooser(u"lead.links.kind"_s, tr("Link this lead with"), items, items.value(0).id, this);
    connect(chooser, &Chooser::chosen, this, [this](const QString &id) {
        for (const Association &one : std::as_const(m_associations)) {
            if (one.id == id)
                askFor(one);
        }
    });
    chooser->open();
}

void LeadLinks::askFor(const Association &association)
{
    const bool contact = association.first == association.second;
    auto *dialog = new QInputDialog(this);
    dialog->setObjectName(u"lead.links.other"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setInputMode(QInputDialog::TextInput);
    dialog->setWindowTitle(tr("Link a record"));
    dialog->setLabelText(contact ? tr("Name, number or e-mail of the other contact:") : tr("Id of the record, as HighLevel shows it in its address:"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, association](const QString &typed) {
        if (!typed.trimmed().isEmpty())
            m_tasks.start(add(this, association, typed.trimmed()));
    });
    dialog->open();
}

Task<void> LeadLinks::add(LeadLinks *self, Association association, QString typed)
{
    const ContactId contact = self->m_contact;
    QString other = typed;
    if (association.first == association.second) {
        auto finding = self->m_desk->find(typed, 2);
        const auto hits = co_await finding;
        if (!hits || hits->isEmpty() || (hits->size() > 1 && hits->at(0).match != ContactHit::Match::Exact)) {
            Q_EMIT self->announced(hits && hits->size() > 1 ? tr("“%1” may be several people. Nothing was linked: give the number or the e-mail.").arg(typed)
                                                            : tr("Nobody here is called “%1”. Nothing was linked.").arg(typed));
            co_return;
        }
        other = hits->first().id.value;
    }
    const bool first = association.first == "contact"_L1;
    auto linking = models::callNow(self->m_engine, u"create-relation"_s, {{u"associationId"_s, association.id}, {u"firstRecordId"_s, first ? contact.value : other},
                                                     {u"secondRecordId"_s, first ? other : contact.value}});
    const auto made = co_await linking;
    Q_EMIT self->announced(made ? tr("Linked.") : tr("HighLevel did not link this: %1").arg(made.error().message));
    if (made && contact == self->m_contact)
        self->m_loading = load(self);
}

Task<void> LeadLinks::remove(LeadLinks *self, Link link)
{
    auto removing = models::callNow(self->m_engine, u"delete-relation"_s, {{u"relationId"_s, link.id}});
    const auto gone = co_await removing;
    Q_EMIT self->announced(gone ? tr("The link to %1 is gone.").arg(link.name) : tr("The link stays: %1").arg(gone.error().message));
    if (gone)
        self->m_loading = load(self);
}

} // namespace outrigger::gui
