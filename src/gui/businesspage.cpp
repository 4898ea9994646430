// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/businesspage.h"

#include "core/json.h"
#include "domain/contact.h"
#include "gui/fieldframe.h"
#include "gui/keymap.h"
#include "gui/work.h"
#include "models/callnow.h"
#include "models/desk.h"
#include "sync/engine.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

struct Field {
    const char *key;
    const char *word;
};

constexpr std::array fields{
    Field{"name", QT_TRANSLATE_NOOP("outrigger::gui::BusinessPage", "Name")},
    Field{"phone", QT_TRANSLATE_NOOP("outrigger::gui::BusinessPage", "Phone")},
    Field{"email", QT_TRANSLATE_NOOP("outrigger::gui::BusinessPage", "E-mail")},
    Field{"website", QT_TRANSLATE_NOOP("outrigger::gui::BusinessPage", "Website")},
    Field{"address", QT_TRANSLATE_NOOP("outrigger::gui::BusinessPage", "Address")},
    Field{"city", QT_TRANSLATE_NOOP("outrigger::gui::BusinessPage", "City")},
    Field{"state", QT_TRANSLATE_NOOP("outrigger::gui::BusinessPage", "State")},
    Field{"postalCode", QT_TRANSLATE_NOOP("outrigger::gui::BusinessPage", "Postal code")},
    Field{"country", QT_TRANSLATE_NOOP("outrigger::gui::BusinessPage", "Country (two letters)")},
};
constexpr int mostPeople = 100; ///< HighLevel's largest page

/// HighLevel answers a write with "buiseness" and a read with "business".
QJsonObject businessIn(const QJsonObject &answer)
{
    const QJsonObject misspelt = answer["buiseness"_L1].toObject();
    return misspelt.isEmpty() ? answer["business"_L1].toObject() : misspelt;
}

QString idOf(const QJsonObject &object)
{
    const QString id = json::text(object["id"_L1]);
    return id.isEmpty() ? json::text(object["_id"_L1]) : id;
}

} // namespace

BusinessPage::BusinessPage(sync::Engine *engine, models::Desk *desk, Work *work, Actions *actions, QWidget *parent)
    : Pane(Ground::Surface, parent), m_engine(engine), m_desk(desk), m_work(work)
{
    named(static_cast<QWidget *>(this), u"businesses.page"_s, tr("Businesses"));
    auto *row = new QHBoxLayout(this);
    setInsets(row, 0, 0, 0, 0, 0);
    row->addWidget(buildList(), 1);
    row->addWidget(buildFields(), 2);
    actions->attach(m_list, KeyScope::Contacts); // the way back
    connect(desk, &models::Desk::referenceChanged, this, &BusinessPage::fillList);
    fillList();
    showFields({});
}

QWidget *BusinessPage::buildList()
{
    auto *side = new Pane(Ground::Surface, this);
    side->setEdges(Qt::RightEdge);
    auto *column = new QVBoxLayout(side);
    setInsets(column, 16, 8, 16, 12, 8);
    auto *add = pushButton(tr("New business"), u"businesses.new"_s, side);
    column->addWidget(add, 0, Qt::AlignLeading);
    m_list = named(new QListWidget(side), u"businesses.list"_s, tr("Businesses"));
    m_list->setUniformItemSizes(true);
    column->addWidget(m_list, 1);
    connect(add, &QPushButton::clicked, this, [this] {
        openBusiness({});
        m_fields.value(u"name"_s)->setFocus(Qt::OtherFocusReason);
    });
    connect(m_list, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem *item) {
        if (item)
            openBusiness(item->data(Qt::UserRole).toString());
    });
    return side;
}

QWidget *BusinessPage::buildFields()
{
    auto *area = named(new QScrollArea(this), u"businesses.scroll"_s, tr("About the business"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    auto *body = new Pane(Ground::Surface, area);
    auto *column = new QVBoxLayout(body);
    setInsets(column, 16, 8, 16, 16, 10);
    m_name = new Label(TextRole::Heading, Ink::Text, body);
    m_name->setObjectName(u"businesses.name"_s);
    m_name->setWordWrap(true);
    column->addWidget(m_name);
    m_state = new Label(TextRole::Small, Ink::Warn, body);
    m_state->setObjectName(u"businesses.state"_s);
    m_state->setWordWrap(true);
    column->addWidget(m_state);
    auto *form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    for (const Field &field : fields) {
        const QString key = QString::fromLatin1(field.key), word = tr(field.word);
        auto *line = named(new QLineEdit(body), u"businesses.field."_s + key, word);
        m_fields.insert(key, line);
        form->addRow(word, line);
        connect(line, &QLineEdit::returnPressed, this, &BusinessPage::keep);
    }
    m_about = named(new QPlainTextEdit(body), u"businesses.field.description"_s, tr("Description"));
    m_about->setTabChangesFocus(true);
    auto *frame = new FieldFrame(body);
    frame->setField(m_about);
    frame->setFixedHeight(px(78));
    form->addRow(tr("Description"), frame);
    column->addLayout(form);
    m_keep = pushButton(tr("Keep"), u"businesses.keep"_s, body, true);
    column->addWidget(m_keep, 0, Qt::AlignLeading);
    connect(m_keep, &QPushButton::clicked, this, &BusinessPage::keep);
    m_peopleHead = new Label(tr("People"), TextRole::SmallStrong, Ink::Text2, body);
    column->addWidget(m_peopleHead);
    m_people = named(new QListWidget(body), u"businesses.people"_s, tr("People of the business"));
    m_people->setMinimumHeight(px(140));
    column->addWidget(m_people, 1);
    connect(m_people, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem *item) { Q_EMIT contactRequested(ContactId(item->data(Qt::UserRole).toString())); });
    column->addWidget(buildDelete());
    area->setWidget(body);
    return area;
}

/// HighLevel cannot give it back, so its name is typed.
QWidget *BusinessPage::buildDelete()
{
    auto *box = new QWidget(this);
    auto *column = new QVBoxLayout(box);
    setInsets(column, 0, 0, 0, 0, 6);
    m_delete = pushButton(tr("Delete the business…"), u"businesses.delete"_s, box);
    column->addWidget(m_delete, 0, Qt::AlignLeading);
    m_sure = new QWidget(box);
    m_sure->setObjectName(u"businesses.sure"_s);
    auto *inside = new QVBoxLayout(m_sure);
    setInsets(inside, 0, 0, 0, 0, 6);
    m_sureWords = new Label(TextRole::Body, Ink::Text, m_sure);
    m_sureWords->setWordWrap(true);
    inside->addWidget(m_sureWords);
    m_sureName = named(new QLineEdit(m_sure), u"businesses.sure.name"_s, tr("The name of the business, to delete it"));
    inside->addWidget(m_sureName);
    auto *row = new QHBoxLayout;
    auto *no = pushButton(tr("Keep it"), u"businesses.sure.no"_s, m_sure, true);
    m_yes = pushButton(tr("Delete for everybody"), u"businesses.sure.yes"_s, m_sure);
    row->addWidget(no);
    row->addWidget(m_yes);
    row->addStretch(1);
    inside->addLayout(row);
    column->addWidget(m_sure);
    m_sure->hide();
    connect(m_delete, &QPushButton::clicked, this, &BusinessPage::askDelete);
    connect(no, &QPushButton::clicked, this, [this] {
        m_sure->hide();
        m_delete->setFocus(Qt::OtherFocusReason);
    });
    connect(m_sureName, &QLineEdit::textChanged, this,
            [this](const QString &typed) { m_yes->setEnabled(!m_id.isEmpty() && typed.simplified() == nameOf(m_id).simplified()); });
    connect(m_yes, &QPushButton::clicked, this, [this] { m_writing.start(remove(this)); });
    return box;
}

void BusinessPage::takeFocus()
{
    if (!m_list->currentItem() && m_list->count() > 0)
        m_list->setCurrentRow(0);
    m_list->setFocus(Qt::OtherFocusReason);
}

QWidget *BusinessPage::list() const { return m_list; }

int BusinessPage::count() const { return m_list->count(); }

void BusinessPage::fillList()
{
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    const auto all = m_desk->reference().businesses.value_or(QVector<NamedItem>());
    for (const NamedItem &one : all) {
        auto *item = new QListWidgetItem(one.name.isEmpty() ? tr("Business without a name") : one.name, m_list);
        item->setData(Qt::UserRole, one.id);
        if (one.id == m_id)
            m_list->setCurrentItem(item);
    }
    Q_EMIT counted();
}

QString BusinessPage::nameOf(const QString &id) const
{
    if (id == idOf(m_business))
        return json::text(m_business["name"_L1]);
    const auto all = m_desk->reference().businesses.value_or(QVector<NamedItem>());
    const auto found = std::find_if(all.begin(), all.end(), [&id](const NamedItem &one) { return one.id == id; });
    return found != all.end() ? found->name : QString();
}

void BusinessPage::openBusiness(const QString &id)
{
    if (id == m_id && !id.isEmpty())
        return;
    m_id = id;
    m_business = {};
    m_read = false;
    m_sure->hide();
    m_people->clear();
    m_loading = {};
    if (id.isEmpty()) {
        const QSignalBlocker quiet(m_list);
        m_list->setCurrentItem(nullptr);
        m_list->clearSelection();
    }
    showFields({});
    showState(id.isEmpty() ? QString() : tr("Reading from HighLevel…"));
    if (!id.isEmpty())
        m_loading = load(this);
}

void BusinessPage::showState(const QString &sentence)
{
    m_state->setText(sentence);
    m_state->setVisible(!sentence.isEmpty());
}

void BusinessPage::showFields(const QJsonObject &business)
{
    const bool made = !m_id.isEmpty();
    m_name->setText(made ? nameOf(m_id) : tr("New business"));
    for (auto it = m_fields.cbegin(); it != m_fields.cend(); ++it) {
        it.value()->setText(json::text(business[it.key()]));
        it.value()->setEnabled(m_read || !made); // what was not read is not written over
    }
    m_about->setPlainText(json::text(business["description"_L1]));
    m_about->setEnabled(m_read || !made);
    m_keep->setText(made ? tr("Keep") : tr("Add this business"));
    m_keep->setEnabled(m_read || !made);
    m_peopleHead->setVisible(made);
    m_people->setVisible(made);
    m_delete->setVisible(made);
}

void BusinessPage::showPeople(const QJsonObject &answer)
{
    m_people->clear();
    const QJsonArray all = answer["contacts"_L1].toArray();
    for (const QJsonValue &one : all) {
        const QJsonObject o = one.toObject();
        QStringList words{json::text(o["name"_L1])};
        if (words.first().isEmpty())
            words = {QString(json::text(o["firstName"_L1]) + u' ' + json::text(o["lastName"_L1])).simplified()};
        for (const auto &key : {u"phone"_s, u"email"_s}) {
            if (const QString value = json::text(o[key]); !value.isEmpty())
                words.append(value);
        }
        words.removeAll(QString());
        auto *item = new QListWidgetItem(words.isEmpty() ? tr("Contact without a name") : words.join(u"  ·  "_s), m_people);
        item->setData(Qt::UserRole, idOf(o));
    }
    m_peopleHead->setText(all.size() < mostPeople ? tr("People: %L1").arg(all.size()) : tr("People: the first %L1").arg(all.size()));
}

Task<void> BusinessPage::load(BusinessPage *self)
{
    const QString id = self->m_id;
    auto reading = models::callNow(self->m_engine, u"get-business"_s, {{u"businessId"_s, id}});
    const auto business = co_await reading;
    if (!business) {
        self->showState(tr("HighLevel did not tell more of it: %1").arg(business.error().message));
        co_return;
    }
    self->m_business = businessIn(*business);
    self->m_read = true;
    self->showFields(self->m_business);
    self->showState({});
    auto asking = models::callNow(self->m_engine, u"get-contacts-by-business"_s, {{u"businessId"_s, id}, {u"limit"_s, QString::number(mostPeople)}, {u"skip"_s, u"0"_s}});
    const auto people = co_await asking;
    if (people)
        self->showPeople(*people);
    else
        self->m_peopleHead->setText(tr("HighLevel did not tell its people: %1").arg(people.error().message));
}

/// What is typed and not in HighLevel yet.
QJsonObject BusinessPage::changes() const
{
    QJsonObject values;
    const auto put = [&](const QString &key, const QString &typed) {
        if (typed != json::text(m_business[key]))
            values.insert(key, typed);
    };
    for (auto it = m_fields.cbegin(); it != m_fields.cend(); ++it)
        put(it.key(), it.value()->text().trimmed());
    put(u"description"_s, m_about->toPlainText().trimmed());
    return values;
}

void BusinessPage::keep()
{
    QJsonObject values = changes();
    if (values.isEmpty()) {
        Q_EMIT announced(tr("Nothing was changed."));
        return;
    }
    if (m_fields.value(u"name"_s)->text().trimmed().isEmpty()) {
        showState(tr("A business needs a name."));
        m_fields.value(u"name"_s)->setFocus(Qt::OtherFocusReason);
        return;
    }
    m_keep->setEnabled(false); // once
    if (m_id.isEmpty()) {
        m_writing.start(create(this, values));
        return;
    }
    QJsonObject back;
    for (auto it = values.constBegin(); it != values.constEnd(); ++it)
        back.insert(it.key(), json::text(m_business[it.key()]));
    for (QJsonObject *one : {&values, &back})
        one->insert(u"businessId"_s, m_id);
    m_writing.start(write(this, values, back));
}

Task<void> BusinessPage::write(BusinessPage *self, QJsonObject values, QJsonObject back)
{
    const QString id = values["businessId"_L1].toString();
    auto writing = models::callNow(self->m_engine, u"update-business"_s, values);
    const auto answer = co_await writing;
    const bool here = id == self->m_id;
    if (here)
        self->m_keep->setEnabled(true);
    if (!answer) {
        const QString words = tr("HighLevel did not keep this: %1").arg(answer.error().message);
        if (here)
            self->showState(words);
        Q_EMIT self->announced(words);
        co_return;
    }
    if (back.isEmpty()) {
        Q_EMIT self->announced(tr("The business is as it was."));
    } else {
        UndoList::Entry entry;
        entry.what = tr("Changed: %1").arg(self->nameOf(id));
        entry.undo = [page = QPointer(self), back] {
            if (page)
                page->m_writing.start(write(page, back, {}));
        };
        self->m_work->undoList().add(entry);
        Q_EMIT self->m_work->said(tr("The business is changed."), tr("Undo"), [work = QPointer(self->m_work)] {
            if (work)
                work->undoList().undo();
        });
    }
    if (here)
        self->m_loading = load(self); // as HighLevel has it
    auto reading = self->m_engine->syncNow({u"businesses"_s}, false);
    co_await reading;
}

Task<void> BusinessPage::create(BusinessPage *self, QJsonObject values)
{
    auto writing = models::callNow(self->m_engine, u"create-business"_s, values);
    const auto answer = co_await writing;
    self->m_keep->setEnabled(true);
    if (!answer) {
        const QString words = tr("HighLevel did not add it: %1").arg(answer.error().message);
        self->showState(words);
        Q_EMIT self->announced(words);
        co_return;
    }
    const QString id = idOf(businessIn(*answer));
    Q_EMIT self->announced(tr("%1 is added.").arg(values["name"_L1].toString()));
    if (self->m_id.isEmpty())
        self->openBusiness(id);
    auto reading = self->m_engine->syncNow({u"businesses"_s}, false);
    co_await reading;
}

void BusinessPage::askDelete()
{
    m_sureWords->setText(tr("%1 goes from HighLevel for everybody, and it cannot be brought back. Its people stay and belong to no business. Type its name to delete it.").arg(nameOf(m_id)));
    m_sureName->clear();
    m_yes->setEnabled(false);
    m_sure->show();
    m_sureName->setFocus(Qt::OtherFocusReason);
    Q_EMIT announced(m_sureWords->text());
}

Task<void> BusinessPage::remove(BusinessPage *self)
{
    const QString id = self->m_id, name = self->nameOf(id);
    self->m_yes->setEnabled(false);
    auto removing = models::callNow(self->m_engine, u"delete-business"_s, {{u"businessId"_s, id}});
    const auto gone = co_await removing;
    Q_EMIT self->announced(gone ? tr("%1 is deleted.").arg(name) : tr("%1 was not deleted: %2").arg(name, gone.error().message));
    if (!gone)
        co_return;
    if (self->m_id == id)
        self->openBusiness({});
    auto reading = self->m_engine->syncNow({u"businesses"_s}, false);
    co_await reading;
}

} // namespace outrigger::gui
