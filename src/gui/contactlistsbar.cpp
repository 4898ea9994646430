// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/contactlistsbar.h"

#include "models/desk.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

using models::SmartList;

ContactListsBar::ContactListsBar(models::Desk *desk, QWidget *parent) : Pane(Ground::Surface, parent), m_desk(desk), m_lists(new models::SmartLists(desk, this))
{
    setObjectName(u"contacts.lists"_s);
    setAccessibleName(tr("Smart lists"));
    setEdges(Qt::BottomEdge);
    m_row = new QHBoxLayout(this);
    setInsets(m_row, 12, 6, 16, 6, 8);
    m_row->addStretch(1);
    m_name = named(new QLineEdit(this), u"contacts.lists.name"_s, tr("Name of the new list"));
    m_name->setPlaceholderText(tr("Keep as a list: name"));
    m_name->setMaxLength(40);
    m_name->setMaximumWidth(px(200));
    m_row->addWidget(m_name);
    m_save = pushButton(tr("Keep"), u"contacts.lists.keep"_s, this);
    m_update = pushButton(tr("Update the list"), u"contacts.lists.update"_s, this);
    m_remove = pushButton(tr("Remove the list"), u"contacts.lists.remove"_s, this);
    for (auto *button : {m_save, m_update, m_remove})
        m_row->addWidget(button);
    connect(m_name, &QLineEdit::returnPressed, this, &ContactListsBar::keep);
    connect(m_name, &QLineEdit::textChanged, this, [this] { m_save->setEnabled(!m_name->text().trimmed().isEmpty()); });
    connect(m_save, &QPushButton::clicked, this, &ContactListsBar::keep);
    connect(m_update, &QPushButton::clicked, this, [this] {
        if (auto list = m_lists->find(m_current)) {
            list->filter = m_filter;
            list->text = m_text;
            m_lists->keep(*list);
        }
    });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        m_lists->remove(m_current);
        choose({});
    });
    connect(m_lists, &models::SmartLists::changed, this, &ContactListsBar::rebuild);
    m_soon.setSingleShot(true);
    m_soon.setInterval(400);
    connect(&m_soon, &QTimer::timeout, this, [this] { m_counting = count(this); });
    rebuild();
}

void ContactListsBar::setPlace(const LocationId &location, const UserId &me)
{
    m_location = location;
    m_me = me;
    m_lists->load(location);
    countAgain();
}

void ContactListsBar::countAgain()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void ContactListsBar::setShown(const ContactFilter &filter, const QString &text)
{
    m_filter = filter;
    m_text = text;
    showKeeping();
}

void ContactListsBar::showKeeping()
{
    const auto list = m_lists->find(m_current);
    const bool something = !m_filter.isEmpty() || !m_text.isEmpty();
    const bool differs = list && (list->filter != m_filter || list->text != m_text);
    const bool fresh = something && (!list || differs);
    m_name->setVisible(fresh);
    m_save->setVisible(fresh);
    m_save->setEnabled(!m_name->text().trimmed().isEmpty());
    m_update->setVisible(list && differs);
    m_remove->setVisible(list && !differs);
}

void ContactListsBar::keep()
{
    const QString name = m_name->text().simplified();
    if (name.isEmpty())
        return;
    const QString id = m_lists->keep(SmartList{{}, name, m_filter, m_text});
    if (id.isEmpty())
        return;
    m_current = id;
    m_name->clear();
    rebuild();
}

void ContactListsBar::choose(const QString &id)
{
    m_current = id;
    const auto list = m_lists->find(id);
    const SmartList one = list.value_or(SmartList());
    Q_EMIT chosen(one.filter, one.text);
    rebuild();
}

void ContactListsBar::rebuild()
{
    const bool focused = m_buttons && m_buttons->isAncestorOf(focusWidget()) && hasFocus();
    if (m_buttons) {
        m_buttons->hide();
        m_buttons->deleteLater();
    }
    m_buttons = new QWidget(this);
    auto *row = new QHBoxLayout(m_buttons);
    setInsets(row, 0, 0, 0, 0, 4);
    const auto add = [&](const QString &id, const QString &name) {
        auto *button = named(new QToolButton(m_buttons), id.isEmpty() ? u"contacts.list.all"_s : u"contacts.list."_s + id, name);
        button->setText(name);
        button->setCheckable(true);
        button->setChecked(id == m_current);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setProperty("list", id);
        button->setProperty("listName", name);
        connect(button, &QToolButton::clicked, this, [this, id] { choose(id); });
        row->addWidget(button);
        if (focused && id == m_current)
            button->setFocus(Qt::OtherFocusReason);
    };
    add({}, tr("All"));
    for (const SmartList &list : m_lists->all())
        add(list.id, list.name);
    m_row->insertWidget(0, m_buttons);
    m_buttons->show();
    showKeeping();
    countAgain();
}

Task<void> ContactListsBar::count(ContactListsBar *self)
{
    if (self->m_location.isEmpty())
        co_return;
    QVector<ContactListQuery> queries;
    QStringList ids;
    ids.append(QString());
    ContactListQuery query;
    query.location = self->m_location;
    query.me = self->m_me;
    queries.append(query);
    for (const SmartList &list : self->m_lists->all()) {
        query.filter = list.filter;
        query.text = list.text;
        queries.append(query);
        ids.append(list.id);
    }
    auto counting = self->m_desk->contactCounts(queries);
    const auto counts = co_await counting;
    if (!counts || counts->size() != ids.size())
        co_return;
    const auto buttons = self->m_buttons->findChildren<QToolButton *>();
    for (auto *button : buttons) {
        const qsizetype at = ids.indexOf(button->property("list").toString());
        if (at < 0)
            continue;
        const QString name = button->property("listName").toString();
        button->setText(name + u"  "_s + QLocale().toString(counts->at(at)));
        button->setAccessibleName(tr("%1, %L2 contacts").arg(name).arg(counts->at(at)));
    }
}

} // namespace outrigger::gui
