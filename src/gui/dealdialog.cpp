// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dealdialog.h"

#include "gui/widgets.h"
#include "models/dealwords.h"
#include "models/desk.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

DealDialog::DealDialog(models::Desk *desk, const Pipeline &pipeline, const StageId &stage, const ContactId &contact, const QString &contactName,
                       QWidget *parent)
    : QDialog(parent), m_desk(desk), m_pipeline(pipeline)
{
    setObjectName(u"deal.new"_s);
    build(tr("New deal in %1").arg(pipeline.name));
    m_stage->setCurrentIndex(std::max(0, m_stage->findData(stage.value)));
    m_pause.setSingleShot(true);
    m_pause.setInterval(120);
    connect(&m_pause, &QTimer::timeout, this, &DealDialog::find);
    if (contact.isEmpty()) {
        connect(m_who, &QLineEdit::textEdited, &m_pause, qOverload<>(&QTimer::start));
        m_who->setFocus();
    } else {
        choose(contact, contactName);
    }
}

DealDialog::DealDialog(models::Desk *desk, const Pipeline &pipeline, const DealRow &row, QWidget *parent)
    : QDialog(parent), m_desk(desk), m_pipeline(pipeline), m_row(row), m_contact(row.deal.contactId), m_contactName(row.deal.contactName)
{
    setObjectName(u"deal.page"_s);
    build(row.deal.name.isEmpty() ? tr("Deal without a name") : row.deal.name);
    m_name->setText(row.deal.name);
    m_value->setText(row.deal.value ? QLocale(QLocale::English).toString(*row.deal.value, 'f', std::abs(*row.deal.value - std::round(*row.deal.value)) < 0.005 ? 0 : 2) : QString());
    m_stage->setCurrentIndex(m_stage->findData(row.deal.stage.value));
    m_owner->setCurrentIndex(std::max(0, m_owner->findData(row.deal.assignedTo.value)));
    m_name->setFocus();
}

void DealDialog::build(const QString &title)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    const QString area = objectName();
    auto *column = new QVBoxLayout(this);
    setInsets(column, 20, 16, 20, 16, 12);
    auto *head = new Label(title, TextRole::Heading, Ink::Text, this);
    head->setElided(true);
    column->addWidget(head);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->setHorizontalSpacing(px(12));
    form->setVerticalSpacing(px(8));
    if (!m_row) {
        m_who = named(new QLineEdit(this), area + u".contact"_s, tr("Contact"));
        m_who->setPlaceholderText(tr("Name, number or e-mail"));
        m_found = named(new QListWidget(this), area + u".found"_s, tr("Contacts that were found"));
        m_found->setMaximumHeight(px(132));
        m_found->hide();
        form->addRow(tr("Contact"), m_who);
        form->addRow(QString(), m_found);
        connect(m_found, &QListWidget::itemActivated, this, [this](const QListWidgetItem *item) {
            choose(ContactId(item->data(Qt::UserRole).toString()), item->data(Qt::UserRole + 1).toString());
        });
        connect(m_found, &QListWidget::itemClicked, m_found, &QListWidget::itemActivated);
        connect(m_who, &QLineEdit::returnPressed, this, [this] {
            if (m_contact.isEmpty() && m_found->count() > 0)
                Q_EMIT m_found->itemActivated(m_found->item(0));
        });
    }
    m_name = named(new QLineEdit(this), area + u".name"_s, tr("Name of the deal"));
    m_name->setMaxLength(200);
    form->addRow(tr("Name"), m_name);
    m_value = named(new QLineEdit(this), area + u".value"_s, tr("Value"));
    m_value->setPlaceholderText(tr("12,500"));
    form->addRow(tr("Value"), m_value);
    m_stage = named(new QComboBox(this), area + u".stage"_s, tr("Stage"));
    for (const Stage &stage : m_pipeline.stages)
        m_stage->addItem(stage.name, stage.id.value);
    form->addRow(tr("Stage"), m_stage);
    m_owner = named(new QComboBox(this), area + u".owner"_s, tr("Owner"));
    m_owner->addItem(tr("Nobody"), QString());
    for (const User &user : m_desk->reference().users)
        m_owner->addItem(user.name, user.id.value);
    form->addRow(tr("Owner"), m_owner);
    column->addLayout(form);
    if (m_row)
        addFacts(column);
    m_problem = new Label(TextRole::Small, Ink::Danger, this);
    m_problem->setObjectName(area + u".problem"_s);
    m_problem->setWordWrap(true);
    m_problem->hide();
    column->addWidget(m_problem);
    column->addStretch(1);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    auto *cancel = pushButton(tr("Cancel"), area + u".cancel"_s, this);
    cancel->setAutoDefault(false);
    m_keep = pushButton(m_row ? tr("Save") : tr("Add the deal"), area + u".keep"_s, this, true);
    row->addWidget(cancel);
    row->addWidget(m_keep);
    column->addLayout(row);
    // Enter in the contact's field chooses the contact: it must not add the deal as well.
    m_keep->setDefault(false);
    m_keep->setAutoDefault(false);
    for (QLineEdit *field : {m_name, m_value})
        connect(field, &QLineEdit::returnPressed, this, &DealDialog::keep);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_keep, &QPushButton::clicked, this, &DealDialog::keep);
    resize(px(440), sizeHint().height());
}

/// What a person does not type: where it stands, since when, for whom; and what can be done with the whole deal.
void DealDialog::addFacts(QVBoxLayout *column)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const Opportunity &deal = m_row->deal;
    QStringList facts;
    facts.append(tr("Status: %1").arg(models::dealwords::status(deal.status)));
    if (deal.status == DealStatus::Lost && m_desk->reference().lostReasons) {
        for (const LostReason &reason : *m_desk->reference().lostReasons) {
            if (reason.id == deal.lostReason)
                facts.append(tr("Reason: %1").arg(reason.name));
        }
    }
    if (const int days = models::dealwords::daysInStage(*m_row, now); days >= 0)
        facts.append(tr("%n day(s) in this stage", nullptr, days));
    if (!deal.source.isEmpty())
        facts.append(tr("Source: %1").arg(deal.source));
    if (deal.createdAt.isValid())
        facts.append(tr("Made %1").arg(QLocale().toString(deal.createdAt.toLocalTime().date(), QLocale::ShortFormat)));
    for (const CustomValue &field : deal.customFields) {
        const QString name = m_desk->fieldName(field.id);
        if (!name.isEmpty() && !field.value.toVariant().toString().isEmpty())
            facts.append(name + u": "_s + field.value.toVariant().toString());
    }
    auto *words = new Label(facts.join(u"  ·  "_s), TextRole::Small, Ink::Text2, this);
    words->setObjectName(u"deal.page.facts"_s);
    words->setWordWrap(true);
    column->addWidget(words);
    auto *row = new QHBoxLayout;
    const auto act = [this, row](const QString &text, const QString &name, const std::function<void()> &run) {
        auto *button = pushButton(text, u"deal.page."_s + name, this);
        button->setAutoDefault(false);
        row->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, run] {
            const auto todo = run;
            accept();
            todo();
        });
    };
    if (!deal.contactId.isEmpty())
        act(tr("Conversation"), u"conversation"_s, [this] { Q_EMIT contactWanted(m_row->deal.contactId); });
    if (deal.status == DealStatus::Open) {
        act(tr("Won"), u"won"_s, [this] { Q_EMIT statusWanted(*m_row, DealStatus::Won); });
        act(tr("Lost"), u"lost"_s, [this] { Q_EMIT statusWanted(*m_row, DealStatus::Lost); });
        act(tr("Abandoned"), u"abandoned"_s, [this] { Q_EMIT statusWanted(*m_row, DealStatus::Abandoned); });
    } else {
        act(tr("Open again"), u"reopen"_s, [this] { Q_EMIT statusWanted(*m_row, DealStatus::Open); });
    }
    row->addStretch(1);
    act(tr("Delete"), u"delete"_s, [this] { Q_EMIT deleteWanted(*m_row); });
    column->addLayout(row);
}

void DealDialog::find()
{
    m_contact = {};
    m_searching = search(this);
}

Task<void> DealDialog::search(DealDialog *self)
{
    auto asking = self->m_desk->find(self->m_who->text().trimmed(), 6);
    const auto hits = co_await asking;
    self->m_found->clear();
    if (hits) {
        for (const ContactHit &hit : *hits) {
            auto *item = new QListWidgetItem(hit.phone.isEmpty() ? hit.name : hit.name + u"  ·  "_s + hit.phone, self->m_found);
            item->setData(Qt::UserRole, hit.id.value);
            item->setData(Qt::UserRole + 1, hit.name);
        }
    }
    self->m_found->setVisible(self->m_found->count() > 0);
}

void DealDialog::choose(const ContactId &contact, const QString &name)
{
    m_contact = contact;
    m_contactName = name;
    m_who->setText(name);
    m_found->hide();
    if (m_name->text().trimmed().isEmpty())
        m_name->setText(dealNameFor(name));
    m_value->setFocus(Qt::OtherFocusReason);
}

void DealDialog::problem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

void DealDialog::keep()
{
    if (!isVisible())
        return; // it was kept already
    if (!m_row && m_contact.isEmpty()) {
        problem(tr("Choose whose deal this is: type a name and press Enter."));
        m_who->setFocus();
        return;
    }
    const QString name = m_name->text().simplified();
    if (name.isEmpty()) {
        problem(tr("A deal needs a name."));
        m_name->setFocus();
        return;
    }
    const std::optional<double> value = readMoney(m_value->text());
    if (!value && !m_value->text().trimmed().isEmpty()) {
        problem(tr("“%1” is no amount of money. Write it like 12,500.").arg(m_value->text().trimmed()));
        m_value->setFocus();
        return;
    }
    const StageId stage(m_stage->currentData().toString());
    const UserId owner(m_owner->currentData().toString());
    if (!m_row) {
        DealDraft draft;
        draft.contactId = m_contact;
        draft.pipeline = m_pipeline.id;
        draft.stage = stage;
        draft.name = name;
        draft.value = value;
        draft.assignedTo = owner;
        const QString contactName = m_contactName;
        accept();
        Q_EMIT created(draft, contactName);
        return;
    }
    const Opportunity &deal = m_row->deal;
    DealChange change;
    if (name != deal.name)
        change.name = name;
    if (value && value != deal.value)
        change.value = value;
    if (!stage.isEmpty() && stage != deal.stage) {
        change.stage = stage;
        change.pipeline = m_pipeline.id;
    }
    if (owner != deal.assignedTo)
        change.assignedTo = owner;
    const DealRow row = *m_row;
    accept();
    if (!change.isEmpty())
        Q_EMIT changed(row, change);
}

} // namespace outrigger::gui
