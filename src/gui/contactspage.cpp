// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/contactspage.h"

#include "gui/celldelegate.h"
#include "gui/emptystate.h"
#include "gui/icons.h"
#include "gui/keymap.h"
#include "models/contactsmodel.h"
#include "models/desk.h"
#include "sync/engine.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTableView>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

using models::ContactsModel;

ContactsPage::ContactsPage(sync::Engine *engine, models::Desk *desk, Actions *actions, QWidget *parent)
    : Pane(Ground::Surface, parent), m_desk(desk), m_model(new ContactsModel(&engine->cache(), this))
{
    setObjectName(u"contacts.page"_s);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 0);
    auto *head = new Pane(Ground::Surface, this);
    head->setEdges(Qt::BottomEdge);
    auto *row = new QHBoxLayout(head);
    setInsets(row, 16, 12, 16, 12, 12);
    row->addWidget(new Label(tr("Contacts"), TextRole::Title, Ink::Text, head));
    m_count = new Label(TextRole::Body, Ink::Text2, head);
    m_count->setObjectName(u"contacts.count"_s);
    row->addWidget(m_count, 1);
    m_filter = named(new QLineEdit(head), u"contacts.filter"_s, tr("Filter contacts"));
    m_filter->setPlaceholderText(tr("Filter by name, number, e-mail or tag"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icons::icon(u"search"_s), QLineEdit::LeadingPosition);
    m_filter->setMinimumWidth(px(280));
    row->addWidget(m_filter);
    column->addWidget(head);
    m_stack = new QStackedWidget(this);
    m_view = named(new QTableView(m_stack), u"contacts.table"_s, tr("Contacts"));
    m_view->setModel(m_model);
    setUpTable(m_view, 32);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(ContactsModel::Name, Qt::AscendingOrder);
    const int widths[] = {200, 140, 220, 170, 120, 100};
    for (int i = 0; i < 6; ++i)
        m_view->setColumnWidth(i, px(widths[i]));
    actions->attach(m_view, KeyScope::Lists);
    m_empty = new EmptyState(m_stack);
    m_empty->setObjectName(u"contacts.empty"_s);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    column->addWidget(m_stack, 1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(120);
    connect(&m_pause, &QTimer::timeout, this, [this] { m_model->setFilter(m_filter->text().trimmed()); });
    connect(m_filter, &QLineEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(m_filter, &QLineEdit::returnPressed, this, [this] {
        m_view->setFocus(Qt::OtherFocusReason);
        move(0);
    });
    connect(m_model, &ContactsModel::spineChanged, this, &ContactsPage::showCount);
    connect(m_view, &QAbstractItemView::doubleClicked, this, &ContactsPage::openCurrent);
    connect(m_empty, &EmptyState::activated, m_filter, &QLineEdit::clear);
    connect(desk, &models::Desk::referenceChanged, this, [this] { setPlace(m_desk->location()); });
}

void ContactsPage::setPlace(const LocationId &location)
{
    m_model->setLocation(location, m_desk->region(), QTimeZone::systemTimeZone());
}

void ContactsPage::move(int step)
{
    const int rows = m_model->rowCount();
    if (rows == 0)
        return;
    const QModelIndex index = m_view->currentIndex();
    m_view->setCurrentIndex(m_model->index(index.isValid() ? qBound(0, index.row() + step, rows - 1) : 0, 0));
}

ContactId ContactsPage::currentContact() const
{
    return m_model->index(m_view->currentIndex().row(), 0).data(ContactsModel::ContactIdRole).value<ContactId>();
}

void ContactsPage::openCurrent()
{
    const ContactId id = currentContact();
    if (!id.isEmpty())
        Q_EMIT contactRequested(id);
}

void ContactsPage::showCount()
{
    const int rows = m_model->rowCount();
    m_count->setText(m_filter->text().isEmpty() ? tr("%L1 contacts").arg(rows) : tr("%L1 found").arg(rows));
    if (rows == 0 && !m_model->isLoading()) {
        if (m_filter->text().isEmpty())
            m_empty->set(u"contacts"_s, tr("No contacts on this computer yet. They come with the first sync."));
        else
            m_empty->set(u"search"_s, tr("No contact matches “%1”.").arg(m_filter->text()), tr("Clear the filter"));
        m_stack->setCurrentWidget(m_empty);
    } else {
        m_stack->setCurrentWidget(m_view);
    }
}

} // namespace outrigger::gui
