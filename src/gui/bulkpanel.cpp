// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bulkpanel.h"

#include "domain/contactinput.h"
#include "gui/work.h"
#include "models/contactwords.h"
#include "models/desk.h"

#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

using Act = BulkPart::Act;
constexpr int asksForCountAbove = 200;
constexpr int block = 500;

QString userName(const User &user) { return user.name.isEmpty() ? (user.firstName + u' ' + user.lastName).trimmed() : user.name; }

QStringList tagsFrom(const QString &text)
{
    QStringList tags;
    const QStringList parts = text.split(u',', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        if (const QString tag = part.simplified().toLower(); !tag.isEmpty() && !tags.contains(tag))
            tags.append(tag);
    }
    return tags;
}

} // namespace

BulkPanel::BulkPanel(models::Desk *desk, Work *work, QWidget *parent) : Pane(Ground::Window, parent), m_desk(desk), m_work(work)
{
    setObjectName(u"bulk"_s);
    setAccessibleName(tr("With the ticked contacts"));
    setEdges(Qt::TopEdge);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 16, 8, 16, 8, 8);
    auto *row = new QHBoxLayout;
    row->setSpacing(px(8));
    m_count = new Label(TextRole::BodyStrong, Ink::Text, this);
    m_count->setObjectName(u"bulk.count"_s);
    row->addWidget(m_count);
    row->addSpacing(px(8));
    const auto add = [&](const QString &text, const QString &id, Topic topic) {
        auto *button = pushButton(text, u"bulk."_s + id, this);
        connect(button, &QPushButton::clicked, this, [this, topic] { Q_EMIT topicChosen(topic); });
        row->addWidget(button);
    };
    add(tr("Tags"), u"tags"_s, Topic::Tags);
    add(tr("Owner"), u"owner"_s, Topic::Owner);
    add(tr("Field"), u"field"_s, Topic::Field);
    add(tr("Workflow"), u"workflow"_s, Topic::Workflow);
    add(tr("Campaign"), u"campaign"_s, Topic::Campaign);
    auto *out = pushButton(tr("Export"), u"bulk.export"_s, this);
    connect(out, &QPushButton::clicked, this, &BulkPanel::exportWanted);
    row->addWidget(out);
    add(tr("Delete"), u"delete"_s, Topic::Remove);
    row->addStretch(1);
    column->addLayout(row);
    hide();
}

void BulkPanel::setTicked(int count)
{
    m_count->setText(tr("%L1 ticked").arg(count));
    setVisible(count >= 2 || m_line);
}

QComboBox *BulkPanel::addBox(QHBoxLayout *row, const QString &objectName, const QString &name)
{
    auto *box = named(new QComboBox(m_line), objectName, name);
    connect(box, &QComboBox::currentIndexChanged, this, &BulkPanel::tell);
    row->addWidget(box);
    return box;
}

QLineEdit *BulkPanel::addLine(QHBoxLayout *row, const QString &objectName, const QString &name)
{
    auto *line = named(new QLineEdit(m_line), objectName, name);
    line->setPlaceholderText(name);
    line->setMinimumWidth(px(200));
    connect(line, &QLineEdit::textChanged, this, &BulkPanel::tell);
    connect(line, &QLineEdit::returnPressed, this, [this] {
        if (m_go->isEnabled())
            run();
    });
    row->addWidget(line);
    return line;
}

void BulkPanel::buildTags(QHBoxLayout *row)
{
    m_mode = addBox(row, u"bulk.mode"_s, tr("Add or remove"));
    m_mode->addItems({tr("Add"), tr("Remove")});
    m_value = addLine(row, u"bulk.value"_s, tr("Tags, separated by commas"));
    QStringList known;
    for (const auto &tag : m_desk->reference().tags)
        known.append(tag.name);
    auto *completer = new QCompleter(known, m_value);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_value->setCompleter(completer);
    m_value->setFocus(Qt::OtherFocusReason);
}

void BulkPanel::buildOwner(QHBoxLayout *row)
{
    m_choice = addBox(row, u"bulk.choice"_s, tr("New owner"));
    m_choice->addItem(tr("Nobody"), QString());
    for (const User &user : m_desk->reference().users)
        m_choice->addItem(userName(user), user.id.value);
    m_choice->setFocus(Qt::OtherFocusReason);
}

void BulkPanel::buildField(QHBoxLayout *row)
{
    m_choice = addBox(row, u"bulk.choice"_s, tr("Field"));
    const auto &customs = m_desk->reference().customFields;
    for (const QString &field : {u"source"_s, u"companyName"_s, u"city"_s, u"state"_s, u"country"_s, u"timezone"_s, u"website"_s})
        m_choice->addItem(models::contactwords::label(field), field);
    for (const CustomField &custom : customs) {
        const QString field = contactfields::ofCustom(custom.id);
        if ((custom.model.isEmpty() || custom.model == "contact"_L1) && fieldShape(field, &custom) != FieldShape::ReadOnly)
            m_choice->addItem(custom.name, field);
    }
    m_value = addLine(row, u"bulk.value"_s, tr("New value; empty clears it"));
    m_value->setFocus(Qt::OtherFocusReason);
}

void BulkPanel::buildAutomation(QHBoxLayout *row, bool campaign)
{
    m_mode = addBox(row, u"bulk.mode"_s, tr("Add or take out"));
    m_mode->addItems({tr("Add to"), tr("Take out of")});
    m_choice = addBox(row, u"bulk.choice"_s, campaign ? tr("Campaign") : tr("Workflow"));
    const auto &items = campaign ? m_desk->reference().campaigns : m_desk->reference().workflows;
    if (items) {
        for (const NamedItem &item : *items) {
            if (item.usable)
                m_choice->addItem(item.name, item.id);
        }
    }
    m_choice->setFocus(Qt::OtherFocusReason);
}

void BulkPanel::open(Topic topic, const QVector<qint64> &keys)
{
    close();
    m_topic = topic;
    m_line = new QWidget(this);
    auto *column = new QVBoxLayout(m_line);
    setInsets(column, 0, 0, 0, 0, 6);
    auto *row = new QHBoxLayout;
    row->setSpacing(px(8));
    column->addLayout(row);
    m_preview = new Label(TextRole::Body, Ink::Text2, m_line);
    m_preview->setObjectName(u"bulk.preview"_s);
    m_preview->setWordWrap(true);
    m_go = pushButton(QString(), u"bulk.go"_s, m_line, true);
    switch (topic) {
    case Topic::Tags: buildTags(row); break;
    case Topic::Owner: buildOwner(row); break;
    case Topic::Field: buildField(row); break;
    case Topic::Workflow: buildAutomation(row, false); break;
    case Topic::Campaign: buildAutomation(row, true); break;
    case Topic::Remove: break;
    }
    m_sure = addLine(row, u"bulk.sure"_s, tr("Type the number to confirm"));
    m_sure->hide();
    row->addWidget(m_go);
    auto *cancel = pushButton(tr("Cancel"), u"bulk.cancel"_s, m_line);
    row->addWidget(cancel);
    row->addStretch(1);
    column->addWidget(m_preview);
    connect(m_go, &QPushButton::clicked, this, &BulkPanel::run);
    connect(cancel, &QPushButton::clicked, this, [this] {
        close();
        Q_EMIT closed();
    });
    static_cast<QVBoxLayout *>(layout())->addWidget(m_line);
    m_line->show();
    show();
    if (topic == Topic::Remove)
        cancel->setFocus(Qt::OtherFocusReason);
    m_reading = true;
    m_freezing = freeze(this, keys);
    tell();
}

/// The people as they are now: later changes of the list do not change whom this is for.
Task<void> BulkPanel::freeze(BulkPanel *self, QVector<qint64> keys)
{
    self->m_frozen.clear();
    for (qsizetype at = 0; at < keys.size(); at += block) {
        auto reading = self->m_desk->contactRows(keys.mid(at, block));
        const auto rows = co_await reading;
        if (!rows)
            break;
        for (const ContactRow &row : *rows)
            self->m_frozen.append(row.contact);
    }
    self->m_reading = false;
    if (self->m_line)
        self->tell();
}

std::optional<BulkPart> BulkPanel::part() const
{
    BulkPart what;
    const bool second = m_mode && m_mode->currentIndex() == 1;
    switch (m_topic) {
    case Topic::Tags:
        what.act = second ? Act::RemoveTags : Act::AddTags;
        what.tags = tagsFrom(m_value->text());
        return what.tags.isEmpty() ? std::nullopt : std::optional(what);
    case Topic::Owner:
        what.act = Act::Owner;
        what.id = m_choice->currentData().toString();
        return what;
    case Topic::Field: {
        what.act = Act::Field;
        what.field = m_choice->currentData().toString();
        const CustomField *definition = nullptr;
        for (const CustomField &custom : m_desk->reference().customFields) {
            if (contactfields::ofCustom(custom.id) == what.field)
                definition = &custom;
        }
        const FieldInput input = readField(what.field, m_value->text(), definition, m_desk->region());
        if (!input.ok())
            return std::nullopt;
        what.value = input.value;
        return what;
    }
    case Topic::Workflow:
    case Topic::Campaign:
        if (m_choice->currentIndex() < 0)
            return std::nullopt;
        what.act = m_topic == Topic::Campaign ? (second ? Act::LeaveCampaign : Act::JoinCampaign) : (second ? Act::LeaveWorkflow : Act::JoinWorkflow);
        what.id = m_choice->currentData().toString();
        return what;
    case Topic::Remove: what.act = Act::Delete; return what;
    }
    return std::nullopt;
}

QString BulkPanel::leftOut(const BulkPart &part, const Contact &contact) const
{
    if (contact.id.isLocal())
        return tr("not in HighLevel yet");
    const auto has = [&](const QString &tag) { return contact.tags.contains(tag, Qt::CaseInsensitive); };
    switch (part.act) {
    case Act::AddTags: return std::all_of(part.tags.cbegin(), part.tags.cend(), has) ? tr("has it already") : QString();
    case Act::RemoveTags: return std::none_of(part.tags.cbegin(), part.tags.cend(), has) ? tr("does not have it") : QString();
    case Act::Owner: return contact.assignedTo.value == part.id ? tr("has this owner already") : QString();
    case Act::Field:
        return contactfields::same(part.field, contactfields::value(contact, part.field), part.value) ? tr("has this value already") : QString();
    case Act::JoinWorkflow:
    case Act::JoinCampaign: return contact.dnd || contact.smsDnd() != DndStatus::Inactive ? tr("does not want to be disturbed") : QString();
    default: return {};
    }
}

void BulkPanel::tell()
{
    if (!m_line || !m_preview || !m_go || !m_sure)
        return;
    m_chosen.clear();
    const auto what = part();
    QMap<QString, int> out;
    if (what) {
        for (const Contact &contact : std::as_const(m_frozen)) {
            if (const QString why = leftOut(*what, contact); why.isEmpty())
                m_chosen.append(contact.id);
            else
                ++out[why];
        }
    }
    const int count = int(m_chosen.size());
    const bool remove = m_topic == Topic::Remove;
    m_go->setText(remove ? tr("Delete %L1 for everybody").arg(count) : tr("Change %L1").arg(count));
    QStringList reasons;
    for (auto it = out.cbegin(); it != out.cend(); ++it)
        reasons.append(tr("%L1 %2", "how many, why they are left out").arg(it.value()).arg(it.key()));
    QString text;
    if (m_reading)
        text = tr("Reading who is ticked…");
    else if (!what)
        text = m_choice && m_choice->count() == 0 ? tr("HighLevel has none here that is published.") : tr("Say what is to change.");
    else
        text = remove ? tr("%L1 contacts go from HighLevel for everybody, with conversations, deals, bookings, notes and tasks. It cannot be undone.").arg(count)
                      : tr("%L1 change.").arg(count);
    if (!reasons.isEmpty())
        text += u' ' + tr("Left out: %1.").arg(reasons.join(u", "_s));
    const bool automation = what && (what->act == Act::JoinWorkflow || what->act == Act::JoinCampaign);
    if (automation)
        text += u' ' + tr("What an automation sends cannot be taken back.");
    m_preview->setText(text);
    const bool ask = (remove || automation || count > asksForCountAbove) && count > 0;
    m_sure->setVisible(ask);
    m_sure->setPlaceholderText(tr("Type %1 to confirm").arg(count));
    m_go->setEnabled(!m_reading && count > 0 && (!ask || m_sure->text().trimmed() == QString::number(count)));
}

void BulkPanel::run()
{
    const auto what = part();
    if (!what || m_chosen.isEmpty())
        return;
    std::optional<BulkPart> undo;
    if (what->act == Act::AddTags || what->act == Act::RemoveTags) {
        undo = *what; // those who had it were left out, so this takes back what was done and nothing else
        undo->act = what->act == Act::AddTags ? Act::RemoveTags : Act::AddTags;
        if (what->tags.size() > 1)
            undo.reset(); // of several tags somebody may have had one
    }
    QString words = models::contactwords::act(*what);
    if (m_choice && m_topic != Topic::Field)
        words += u": "_s + m_choice->currentText();
    m_work->bulk(*what, m_chosen, words, undo);
    close();
    Q_EMIT closed();
}

void BulkPanel::close()
{
    m_freezing = {};
    m_frozen.clear();
    m_chosen.clear();
    if (m_line) {
        m_line->hide();
        m_line->deleteLater();
    }
    m_line = nullptr;
    m_mode = nullptr;
    m_choice = nullptr;
    m_value = nullptr;
    m_sure = nullptr;
    m_preview = nullptr;
    m_go = nullptr;
}

void BulkPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_line) {
        close();
        Q_EMIT closed();
        return;
    }
    Pane::keyPressEvent(event);
}

} // namespace outrigger::gui
