// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bulkpanel.h"

#include "domain/bulktext.h"
#include "domain/contactinput.h"
#include "domain/username.h"
#include "gui/bulktext.h"
#include "gui/settings.h"
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
constexpr int asksForTextsAbove = 10;
constexpr int textsAMinute = 60'000 / textPace;
constexpr int factsRead = 2 * textsADay; ///< some of them are left out
constexpr int block = 500;

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

BulkPanel::BulkPanel(models::Desk *desk, BulkWork *work, const Settings *settings, QWidget *parent)
    : Pane(Ground::Window, parent), m_desk(desk), m_work(work), m_settings(settings)
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
    // Large letters take two rows: one would cut the words.
    auto *second = px(100) >= 140 ? new QHBoxLayout : row;
    second->setSpacing(px(8));
    auto *current = row;
    const auto add = [&](const QString &text, const QString &id, Topic topic) {
        auto *button = pushButton(text, u"bulk."_s + id, this);
        connect(button, &QPushButton::clicked, this, [this, topic] { Q_EMIT topicChosen(topic); });
        current->addWidget(button);
    };
    add(tr("Tags"), u"tags"_s, Topic::Tags);
    add(tr("Owner"), u"owner"_s, Topic::Owner);
    add(tr("Field"), u"field"_s, Topic::Field);
    add(tr("Workflow"), u"workflow"_s, Topic::Workflow);
    current = second;
    add(tr("Campaign"), u"campaign"_s, Topic::Campaign);
    add(tr("Business"), u"business"_s, Topic::Business);
    add(tr("Text"), u"text"_s, Topic::Text);
    auto *out = pushButton(tr("Export"), u"bulk.export"_s, this);
    connect(out, &QPushButton::clicked, this, &BulkPanel::exportWanted);
    second->addWidget(out);
    add(tr("Delete"), u"delete"_s, Topic::Remove);
    second->addStretch(1);
    column->addLayout(row);
    if (second != row) {
        row->addStretch(1);
        column->addLayout(second);
    }
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
        m_choice->addItem(teammateName(user), user.id.value);
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

void BulkPanel::buildBusiness(QHBoxLayout *row)
{
    m_choice = addBox(row, u"bulk.choice"_s, tr("Business"));
    const auto &items = m_desk->reference().businesses;
    if (items) {
        for (const NamedItem &item : *items)
            m_choice->addItem(item.name, item.id);
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
    case Topic::Business: buildBusiness(row); break;
    case Topic::Text:
        m_text = new BulkText(m_desk, m_settings->guardRules(), m_line);
        column->insertWidget(0, m_text);
        connect(m_text, &BulkText::changed, this, &BulkPanel::tell);
        m_text->takeFocus();
        break;
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
    if (self->m_topic == Topic::Text) {
        auto learning = readFacts(self);
        co_await learning;
    }
    self->m_reading = false;
    if (self->m_line)
        self->tell();
}

/// For the guard, of as many as can get a text today.
Task<void> BulkPanel::readFacts(BulkPanel *self)
{
    auto counting = self->m_work->textsToday();
    const auto today = co_await counting;
    self->m_room = std::max(0, textsADay - today.value_or(textsADay));
    QHash<ContactId, SendFacts> facts;
    for (qsizetype i = 0; i < std::min<qsizetype>(self->m_frozen.size(), factsRead); ++i) {
        const ContactId id = self->m_frozen.at(i).id;
        auto asking = self->m_desk->sendFacts(id);
        const auto known = co_await asking;
        if (known)
            facts.insert(id, *known);
    }
    if (self->m_text)
        self->m_text->setFacts(std::move(facts));
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
    case Topic::Business:
        if (m_choice->currentIndex() < 0)
            return std::nullopt;
        what.act = Act::Business;
        what.id = m_choice->currentData().toString();
        return what;
    case Topic::Text: // no part of a job: run() makes records of their own
        return m_text && !m_text->text().isEmpty() ? std::optional(what) : std::nullopt;
    case Topic::Remove: what.act = Act::Delete; return what;
    }
    return std::nullopt;
}

QString BulkPanel::leftOut(const BulkPart &part, const Contact &contact) const
{
    if (contact.id.isLocal())
        return tr("not in HighLevel yet");
    if (m_topic == Topic::Text)
        return m_text->whyNot(contact);
    const auto has = [&](const QString &tag) { return contact.tags.contains(tag, Qt::CaseInsensitive); };
    switch (part.act) {
    case Act::AddTags: return std::all_of(part.tags.cbegin(), part.tags.cend(), has) ? tr("has it already") : QString();
    case Act::RemoveTags: return std::none_of(part.tags.cbegin(), part.tags.cend(), has) ? tr("does not have it") : QString();
    case Act::Owner: return contact.assignedTo.value == part.id ? tr("has this owner already") : QString();
    case Act::Field:
        return contactfields::same(part.field, contactfields::value(contact, part.field), part.value) ? tr("has this value already") : QString();
    case Act::Business: return contact.raw["businessId"_L1].toString() == part.id ? tr("is of this business already") : QString();
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
                m_chosen.append(contact);
            else
                ++out[why];
        }
    }
    const bool text = m_topic == Topic::Text;
    if (text && m_chosen.size() > m_room) {
        out[tr("are too many for one day")] += int(m_chosen.size()) - m_room;
        m_chosen.resize(m_room);
    }
    if (text)
        m_text->setChosen(m_chosen);
    const int count = int(m_chosen.size());
    const bool remove = m_topic == Topic::Remove;
    m_go->setText(remove ? tr("Delete %L1 for everybody").arg(count) : text ? tr("Text %L1").arg(count) : tr("Change %L1").arg(count));
    QStringList reasons;
    for (auto it = out.cbegin(); it != out.cend(); ++it)
        reasons.append(tr("%L1 %2", "how many, why they are left out").arg(it.value()).arg(it.key()));
    QString words;
    if (m_reading)
        words = tr("Reading who is ticked…");
    else if (!what)
        words = text ? tr("Write the text.")
            : m_choice && m_choice->count() == 0 ? (m_topic == Topic::Business ? tr("HighLevel has no business here.") : tr("HighLevel has none here that is published."))
                                                 : tr("Say what is to change.");
    else if (text)
        words = tr("%L1 get it, %L2 parts in all, about %3 a minute.").arg(count).arg(m_text->parts()).arg(textsAMinute);
    else
        words = remove ? tr("%L1 contacts go from HighLevel for everybody, with conversations, deals, bookings, notes and tasks. It cannot be undone.").arg(count)
                      : tr("%L1 change.").arg(count);
    if (!reasons.isEmpty())
        words += u' ' + tr("Left out: %1.").arg(reasons.join(u", "_s));
    const bool automation = what && (what->act == Act::JoinWorkflow || what->act == Act::JoinCampaign);
    if (automation)
        words += u' ' + tr("What an automation sends cannot be taken back.");
    m_preview->setText(words);
    const bool ask = (remove || automation || (text && count > asksForTextsAbove) || count > asksForCountAbove) && count > 0;
    m_sure->setVisible(ask);
    m_sure->setPlaceholderText(tr("Type %1 to confirm").arg(count));
    m_go->setEnabled(!m_reading && count > 0 && (!ask || m_sure->text().trimmed() == QString::number(count)));
}

void BulkPanel::run()
{
    const auto what = part();
    if (!what || m_chosen.isEmpty())
        return;
    if (m_topic == Topic::Text) {
        QVector<MessageDraft> texts;
        for (const Contact &contact : std::as_const(m_chosen))
            texts.append(m_text->draftFor(contact));
        m_work->sendTexts(texts);
        close();
        Q_EMIT closed();
        return;
    }
    QVector<ContactId> ids;
    for (const Contact &contact : std::as_const(m_chosen))
        ids.append(contact.id);
    QString words = models::contactwords::act(*what);
    if (m_choice && m_topic != Topic::Field)
        words += u": "_s + m_choice->currentText();
    m_work->run(*what, ids, words, undoOf(*what));
    close();
    Q_EMIT closed();
}

/// Of several tags somebody may have had one already: each gets back what they lacked before, and nothing else.
QVector<BulkUndo> BulkPanel::undoOf(const BulkPart &part) const
{
    QVector<BulkUndo> undo;
    if (part.act != Act::AddTags && part.act != Act::RemoveTags)
        return undo;
    const bool adds = part.act == Act::AddTags;
    QMap<QStringList, QVector<ContactId>> byTags;
    for (const Contact &contact : m_chosen) {
        QStringList changed;
        for (const QString &tag : part.tags) {
            if (contact.tags.contains(tag, Qt::CaseInsensitive) != adds)
                changed.append(tag);
        }
        byTags[changed].append(contact.id);
    }
    for (auto it = byTags.cbegin(); it != byTags.cend(); ++it) {
        BulkPart back = part;
        back.act = adds ? Act::RemoveTags : Act::AddTags;
        back.tags = it.key();
        undo.append({back, it.value()});
    }
    return undo;
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
    m_text = nullptr;
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
