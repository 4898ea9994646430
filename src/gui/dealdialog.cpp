// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dealdialog.h"

#include "gui/widgets.h"
#include "models/desk.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

DealDialog::DealDialog(models::Desk *desk, const PipelineId &pipeline, const StageId &stage, const ContactId &contact, const QString &contactName,
                       QWidget *parent)
    : QDialog(parent), m_desk(desk)
{
    setObjectName(u"deal.new"_s);
    build();
    m_line->setCurrentIndex(std::max(0, m_line->findData(pipeline.value)));
    showStages(stage);
    connect(m_line, &QComboBox::currentIndexChanged, this, [this] { showStages({}); });
    m_pause.setSingleShot(true);
    m_pause.setInterval(120);
    connect(&m_pause, &QTimer::timeout, this, &DealDialog::find);
    connect(m_who, &QLineEdit::textEdited, this, [this] {
        m_takeFirst = false;
        m_pause.start();
    });
    if (contact.isEmpty())
        m_who->setFocus();
    else
        choose(contact, contactName);
}

void DealDialog::showStages(const StageId &chosen)
{
    m_stage->clear();
    if (const auto &all = m_desk->reference().pipelines) {
        for (const Pipeline &one : *all) {
            if (one.id.value != m_line->currentData().toString())
                continue;
            for (const Stage &stage : one.stages)
                m_stage->addItem(stage.name, stage.id.value);
        }
    }
    m_stage->setCurrentIndex(std::max(0, m_stage->findData(chosen.value)));
}

void DealDialog::build()
{
    setAttribute(Qt::WA_DeleteOnClose);
    const QString title = tr("New deal");
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
        if (!m_contact.isEmpty())
            return;
        m_takeFirst = true;
        if (m_foundFor == m_who->text().trimmed())
            takeFirst();
        else
            find(); // what is listed was found for other words
    });
    m_name = named(new QLineEdit(this), area + u".name"_s, tr("Name of the deal"));
    m_name->setMaxLength(200);
    form->addRow(tr("Name"), m_name);
    m_value = named(new QLineEdit(this), area + u".value"_s, tr("Value"));
    m_value->setPlaceholderText(tr("12,500"));
    form->addRow(tr("Value"), m_value);
    m_line = named(new QComboBox(this), area + u".pipeline"_s, tr("Pipeline"));
    if (const auto &all = m_desk->reference().pipelines) {
        for (const Pipeline &one : *all)
            m_line->addItem(one.name, one.id.value);
    }
    form->addRow(tr("Pipeline"), m_line);
    m_stage = named(new QComboBox(this), area + u".stage"_s, tr("Stage"));
    form->addRow(tr("Stage"), m_stage);
    m_owner = named(new QComboBox(this), area + u".owner"_s, tr("Owner"));
    m_owner->addItem(tr("Nobody"), QString());
    for (const User &user : m_desk->reference().users)
        m_owner->addItem(user.name, user.id.value);
    form->addRow(tr("Owner"), m_owner);
    column->addLayout(form);
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
    m_keep = pushButton(tr("Add the deal"), area + u".keep"_s, this, true);
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

void DealDialog::takeFirst()
{
    if (std::exchange(m_takeFirst, false) && m_found->count() > 0)
        Q_EMIT m_found->itemActivated(m_found->item(0));
}

void DealDialog::find()
{
    m_pause.stop();
    m_contact = {};
    m_searching = search(this);
}

Task<void> DealDialog::search(DealDialog *self)
{
    const QString words = self->m_who->text().trimmed();
    auto asking = self->m_desk->find(words, 6);
    const auto hits = co_await asking;
    self->m_foundFor = words;
    self->m_found->clear();
    if (hits) {
        for (const ContactHit &hit : *hits) {
            auto *item = new QListWidgetItem(hit.phone.isEmpty() ? hit.name : hit.name + u"  ·  "_s + hit.phone, self->m_found);
            item->setData(Qt::UserRole, hit.id.value);
            item->setData(Qt::UserRole + 1, hit.name);
        }
    }
    self->m_found->setVisible(self->m_found->count() > 0);
    if (words == self->m_who->text().trimmed())
        self->takeFirst();
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
    if (m_contact.isEmpty()) {
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
    DealDraft draft;
    draft.contactId = m_contact;
    draft.pipeline = PipelineId(m_line->currentData().toString());
    draft.stage = StageId(m_stage->currentData().toString());
    draft.name = name;
    draft.value = value;
    draft.assignedTo = UserId(m_owner->currentData().toString());
    const QString contactName = m_contactName;
    accept();
    Q_EMIT created(draft, contactName);
}

} // namespace outrigger::gui
