// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/contactspage.h"

#include "gui/bulkpanel.h"
#include "gui/businesspage.h"
#include "gui/celldelegate.h"
#include "gui/contactlistsbar.h"
#include "gui/emptystate.h"
#include "gui/filterbuilder.h"
#include "gui/icons.h"
#include "gui/importdialog.h"
#include "gui/jobstrip.h"
#include "gui/settings.h"
#include "gui/work.h"
#include "models/bulkjobs.h"
#include "models/contactsmodel.h"
#include "models/desk.h"
#include "sync/engine.h"
#include "sync/exportfile.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

using models::ContactsModel;

namespace {

const QString columnsState = QStringLiteral("contacts.columns");
constexpr int columnsVersion = 2;

int usualWidth(int column)
{
    switch (column) {
    case ContactsModel::Name: return 200;
    case ContactsModel::Phone: return 140;
    case ContactsModel::Email: return 210;
    case ContactsModel::Company: return 150;
    case ContactsModel::Tags: return 160;
    case ContactsModel::Owner: return 110;
    case ContactsModel::Activity: return 110;
    case ContactsModel::Deals:
    case ContactsModel::Unread: return 90;
    default: return 110;
    }
}

bool isUsual(int column)
{
    switch (column) {
    case ContactsModel::Name:
    case ContactsModel::Phone:
    case ContactsModel::Email:
    case ContactsModel::Company:
    case ContactsModel::Tags:
    case ContactsModel::Owner:
    case ContactsModel::Activity:
    case ContactsModel::Added: return true;
    default: return false;
    }
}

} // namespace

ContactsPage::ContactsPage(sync::Engine *engine, models::Desk *desk, Settings *settings, Work *work, Actions *actions, QWidget *parent)
    : Pane(Ground::Surface, parent), m_engine(engine), m_desk(desk), m_settings(settings), m_work(work), m_actions(actions), m_model(new ContactsModel(&engine->cache(), this))
{
    setObjectName(u"contacts.page"_s);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 0);
    auto *head = new Pane(Ground::Surface, this);
    buildHead(head);
    column->addWidget(head);
    m_lists = new ContactListsBar(desk, this);
    column->addWidget(m_lists);
    m_conditions = new FilterBuilder(desk, this);
    m_conditions->hide();
    column->addWidget(m_conditions);
    buildTable();
    actions->attach(m_view, KeyScope::Lists);
    actions->attach(m_view, KeyScope::Contacts);
    column->addWidget(m_stack, 1);
    buildBulk(column);
    m_pause.setSingleShot(true);
    m_pause.setInterval(120);
    connect(&m_pause, &QTimer::timeout, this, &ContactsPage::applyFilter);
    connect(m_filter, &QLineEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(m_filter, &QLineEdit::returnPressed, this, [this] {
        m_view->setFocus(Qt::OtherFocusReason);
        move(0);
    });
    connect(m_conditions, &FilterBuilder::changed, &m_pause, qOverload<>(&QTimer::start));
    connect(m_conditions, &FilterBuilder::closed, this, [this] {
        m_conditions->hide();
        m_conditionsButton->setChecked(false);
        m_view->setFocus(Qt::OtherFocusReason);
    });
    connect(m_lists, &ContactListsBar::chosen, this, &ContactsPage::showFilter);
    connect(m_model, &ContactsModel::spineChanged, this, &ContactsPage::showCount);
    connect(m_view, &QAbstractItemView::doubleClicked, this, &ContactsPage::openCurrent);
    connect(m_empty, &EmptyState::activated, this, [this] { showFilter({}, {}); });
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        m_ticking = m_ticking && m_inTick;
        showCount();
    });
    m_view->installEventFilter(this);
    connect(desk, &models::Desk::referenceChanged, this, [this] { setPlace(m_desk->location()); });
    connect(desk, &models::Desk::contactsChanged, m_lists, &ContactListsBar::countAgain);
}

ContactsPage::~ContactsPage() = default;

QWidget *ContactsPage::bulk() const { return m_bulk; }

QWidget *ContactsPage::mainList() const
{
    return m_businessesButton->isChecked() ? m_businesses->list() : m_view;
}

/// Arrows go to other rows without letting go of what is ticked, as J and K do.
bool ContactsPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && m_ticking && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->modifiers() == Qt::NoModifier && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down)) {
            move(key->key() == Qt::Key_Down ? 1 : -1);
            return true;
        }
    }
    return Pane::eventFilter(watched, event);
}

void ContactsPage::buildHead(QWidget *head)
{
    auto *rows = new QVBoxLayout(head);
    setInsets(rows, 16, 12, 16, 6, 8);
    auto *row = new QHBoxLayout;
    row->setSpacing(px(12));
    rows->addLayout(row);
    // Large letters take two rows, as on the board.
    auto *filters = px(100) >= 140 ? new QHBoxLayout : row;
    filters->setSpacing(px(12));
    row->addWidget(new Label(tr("Contacts"), TextRole::Title, Ink::Text, head));
    m_count = new Label(TextRole::Body, Ink::Text2, head);
    m_count->setObjectName(u"contacts.count"_s);
    row->addWidget(m_count, 1);
    m_filter = named(new QLineEdit(head), u"contacts.filter"_s, tr("Filter contacts"));
    m_filter->setPlaceholderText(tr("Name, number, e-mail or tag"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icons::icon(u"search"_s), QLineEdit::LeadingPosition);
    m_filter->setMinimumWidth(px(240));
    filters->addWidget(m_filter);
    if (filters != row)
        rows->addLayout(filters);
    m_conditionsButton = pushButton(tr("Conditions"), u"contacts.conditions.toggle"_s, head);
    m_conditionsButton->setCheckable(true);
    m_conditionsButton->setToolTip(tr("Conditions of the list (%1)").arg(keyText(Command::ContactFilters)));
    connect(m_conditionsButton, &QPushButton::clicked, this, [this] { run(Command::ContactFilters); });
    filters->addWidget(m_conditionsButton);
    m_businessesButton = pushButton(tr("Businesses"), u"contacts.businesses"_s, head);
    m_businessesButton->setCheckable(true);
    m_businessesButton->setToolTip(tr("Businesses, or back to the contacts (%1)").arg(keyText(Command::ContactBusinesses)));
    connect(m_businessesButton, &QPushButton::clicked, this, &ContactsPage::showBusinesses);
    row->addWidget(m_businessesButton);
    auto *columns = iconButton(u"more"_s, u"contacts.columns"_s, tr("Choose the columns"), head);
    connect(columns, &QToolButton::clicked, this, &ContactsPage::showColumnMenu);
    row->addWidget(columns);
}

void ContactsPage::buildTable()
{
    m_stack = new QStackedWidget(this);
    m_stack->setMinimumHeight(px(72)); // else what stands for an empty list would squeeze the conditions above it
    m_view = named(new QTableView(m_stack), u"contacts.table"_s, tr("Contacts"));
    m_view->setModel(m_model);
    setUpTable(m_view, 32);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    auto *header = m_view->horizontalHeader();
    header->setSectionsMovable(true);
    header->setFirstSectionMovable(false); // the name says whose row it is
    header->setStretchLastSection(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, &ContactsPage::showColumnMenu);
    restoreColumns();
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(ContactsModel::Name, Qt::AscendingOrder);
    // A column that has no order leaves the arrow where it was.
    connect(header, &QHeaderView::sortIndicatorChanged, this, [this, header, last = std::pair(int(ContactsModel::Name), Qt::AscendingOrder)](int column, Qt::SortOrder order) mutable {
        if (ContactsModel::isSortable(column))
            last = {column, order};
        else if (column != last.first)
            header->setSortIndicator(last.first, last.second);
    });
    for (auto signal : {&QHeaderView::sectionMoved, &QHeaderView::sectionResized})
        connect(header, signal, this, &ContactsPage::keepColumns);
    m_empty = new EmptyState(m_stack);
    m_empty->setObjectName(u"contacts.empty"_s);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
}

void ContactsPage::buildBulk(QVBoxLayout *column)
{
    m_bulk = new BulkPanel(m_desk, new BulkWork(m_engine, m_work, this), m_settings, this);
    column->addWidget(m_bulk);
    m_jobs = new models::BulkJobs(m_engine, this);
    auto *strip = new JobStrip(m_jobs, m_desk, this);
    column->addWidget(strip);
    connect(m_bulk, &BulkPanel::topicChosen, this, [this](BulkPanel::Topic topic) { m_bulk->open(topic, tickedKeys()); });
    connect(m_bulk, &BulkPanel::exportWanted, this, &ContactsPage::exportTicked);
    connect(m_bulk, &BulkPanel::closed, this, [this] {
        showCount();
        m_view->setFocus(Qt::OtherFocusReason);
    });
    connect(strip, &JobStrip::announced, this, &ContactsPage::announced);
}

/// The ticked ones; with none or one, everybody who is shown.
void ContactsPage::exportTicked()
{
    QVector<qint64> keys = tickedKeys();
    if (keys.size() < 2) {
        keys.clear();
        for (int row = 0; row < m_model->rowCount(); ++row)
            keys.append(m_model->keyAt(row));
    }
    auto *dialog = new QFileDialog(this, tr("Export %L1 contacts").arg(keys.size()), QString(),
                                   tr("Comma-separated values (*.csv);;vCard (*.vcf);;JSON Lines (*.jsonl)"));
    dialog->setObjectName(u"contacts.export"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, keys](const QString &path) { m_tasks.start(writeExport(this, path, keys)); });
    dialog->open();
}

void ContactsPage::showBusinesses(bool on)
{
    if (on && !m_businesses) {
        m_businesses = new BusinessPage(m_engine, m_desk, m_work, m_actions, m_stack);
        m_stack->addWidget(m_businesses);
        connect(m_businesses, &BusinessPage::contactRequested, this, &ContactsPage::contactRequested);
        connect(m_businesses, &BusinessPage::announced, this, &ContactsPage::announced);
        connect(m_businesses, &BusinessPage::counted, this, &ContactsPage::showCount);
    }
    m_businessesButton->setChecked(on);
    if (on) {
        m_conditions->hide();
        m_conditionsButton->setChecked(false);
        m_view->clearSelection(); // what is ticked must be what is seen
    }
    m_filter->setEnabled(!on);
    m_conditionsButton->setEnabled(!on);
    m_lists->setVisible(!on);
    showCount();
    if (on)
        m_businesses->takeFocus();
    else
        m_view->setFocus(Qt::OtherFocusReason);
}

void ContactsPage::importFile()
{
    auto *dialog = new QFileDialog(this, tr("Import contacts"), QString(), tr("Comma-separated values or vCards (*.csv *.tsv *.txt *.vcf *.vcard);;All files (*)"));
    dialog->setObjectName(u"contacts.import"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        auto *sheet = new ImportDialog(m_engine, m_desk, path, this);
        connect(sheet, &ImportDialog::started, this, &ContactsPage::announced);
        sheet->open();
    });
    dialog->open();
}

Task<void> ContactsPage::writeExport(ContactsPage *self, QString path, QVector<qint64> keys)
{
    sync::ExportRequest request;
    request.location = self->m_location;
    request.format = sync::exportFormatOf(path);
    request.contacts = keys;
    auto writing = sync::exportToFile(&self->m_engine->cache(), request, path);
    const auto count = co_await writing;
    Q_EMIT self->announced(count ? tr("%L1 contacts written to %2").arg(*count).arg(path) : count.error().message);
}

void ContactsPage::restoreColumns()
{
    auto *header = m_view->horizontalHeader();
    for (int i = 0; i < ContactsModel::ColumnCount; ++i) {
        m_view->setColumnWidth(i, px(usualWidth(i)));
        m_view->setColumnHidden(i, !isUsual(i));
    }
    const QByteArray kept = m_settings->state(columnsState);
    if (kept.size() > 4 && kept.at(0) == char(columnsVersion))
        header->restoreState(kept.mid(1));
    header->setSortIndicatorShown(true);
    header->setSectionsClickable(true);
    m_view->setColumnHidden(ContactsModel::Name, false);
}

void ContactsPage::keepColumns()
{
    m_settings->setState(columnsState, QByteArray(1, char(columnsVersion)) + m_view->horizontalHeader()->saveState());
}

void ContactsPage::showColumnMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"contacts.columns.menu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int i = 1; i < ContactsModel::ColumnCount; ++i) {
        auto *action = menu->addAction(m_model->headerData(i, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setObjectName(u"contacts.column."_s + ContactsModel::columnWord(i));
        action->setCheckable(true);
        action->setChecked(!m_view->isColumnHidden(i));
        connect(action, &QAction::toggled, this, [this, i](bool shown) {
            m_view->setColumnHidden(i, !shown);
            if (shown && m_view->columnWidth(i) < px(40))
                m_view->setColumnWidth(i, px(usualWidth(i)));
            keepColumns();
        });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Import contacts…")), &QAction::triggered, this, &ContactsPage::importFile);
    connect(menu->addAction(tr("Export contacts…")), &QAction::triggered, this, &ContactsPage::exportTicked);
    menu->popup(QCursor::pos());
}

void ContactsPage::setPlace(const LocationId &location)
{
    const auto account = m_engine->account();
    const UserId me = account ? account->me : UserId();
    m_model->setUsers(m_desk->reference().users);
    m_model->setLocation(location, m_desk->region(), QTimeZone::systemTimeZone());
    m_lists->setPlace(location, me);
    if (location != m_location)
        m_jobs->load();
    m_location = location;
}

void ContactsPage::showFilter(const ContactFilter &filter, const QString &text)
{
    m_conditions->setFilter(filter);
    {
        const QSignalBlocker quiet(m_filter);
        m_filter->setText(text);
    }
    m_pause.stop();
    applyFilter();
}

void ContactsPage::applyFilter()
{
    const auto account = m_engine->account();
    const QString text = m_filter->text().trimmed();
    m_model->setFilter(m_conditions->filter(), account ? account->me : UserId());
    m_model->setText(text);
    m_lists->setShown(m_conditions->filter(), text);
    int asked = 0;
    for (const auto &group : m_conditions->filter().groups)
        asked += int(group.conditions.size());
    m_conditionsButton->setText(asked > 0 ? tr("Conditions: %1").arg(asked) : tr("Conditions"));
}

void ContactsPage::move(int step)
{
    const int rows = m_model->rowCount();
    if (rows == 0)
        return;
    const QModelIndex index = m_view->currentIndex();
    const QModelIndex next = m_model->index(index.isValid() ? qBound(0, index.row() + step, rows - 1) : 0, 0);
    if (!m_ticking) {
        m_view->setCurrentIndex(next);
        return;
    }
    m_view->selectionModel()->setCurrentIndex(next, QItemSelectionModel::NoUpdate);
    m_view->scrollTo(next);
}

void ContactsPage::tick()
{
    const QModelIndex index = m_view->currentIndex();
    if (!index.isValid())
        return;
    // A row that is marked because the arrows came to it is not ticked yet.
    const bool first = !m_ticking && tickedKeys().size() <= 1;
    m_ticking = m_inTick = true;
    m_view->selectionModel()->select(index, (first ? QItemSelectionModel::Select : QItemSelectionModel::Toggle) | QItemSelectionModel::Rows);
    m_inTick = false;
    move(1); // which stays as it was
}

bool ContactsPage::run(Command command)
{
    const bool businesses = m_businessesButton->isChecked();
    if (command == Command::ContactBusinesses) {
        showBusinesses(!businesses);
        return true;
    }
    if (businesses && command != Command::ContactImport && command != Command::ContactExport)
        return true; // the contacts are not in view
    switch (command) {
    case Command::ContactTick: tick(); return true;
    case Command::ContactTickAll:
        m_view->selectAll();
        Q_EMIT announced(tr("%L1 contacts ticked").arg(m_model->rowCount()));
        return true;
    case Command::ContactFilters: {
        const bool show = !m_conditions->isVisible();
        m_conditions->setVisible(show);
        m_conditionsButton->setChecked(show);
        if (show)
            m_conditions->takeFocus();
        else
            m_view->setFocus(Qt::OtherFocusReason);
        return true;
    }
    case Command::ContactColumns: showColumnMenu(); return true;
    case Command::ContactTags:
    case Command::ContactAssign:
    case Command::ContactDelete: {
        QVector<qint64> keys = tickedKeys();
        if (keys.isEmpty() && m_view->currentIndex().isValid())
            keys.append(m_model->keyAt(m_view->currentIndex().row()));
        if (!keys.isEmpty())
            m_bulk->open(command == Command::ContactTags ? BulkPanel::Topic::Tags
                             : command == Command::ContactAssign ? BulkPanel::Topic::Owner : BulkPanel::Topic::Remove, keys);
        return true;
    }
    case Command::ContactExport: exportTicked(); return true;
    case Command::ContactImport: importFile(); return true;
    default: return false;
    }
}

ContactId ContactsPage::currentContact() const
{
    if (m_businessesButton->isChecked())
        return {};
    return m_model->index(m_view->currentIndex().row(), 0).data(ContactsModel::ContactIdRole).value<ContactId>();
}

QVector<qint64> ContactsPage::tickedKeys() const
{
    QVector<qint64> keys;
    QVector<std::pair<int, int>> ranges;
    const auto selection = m_view->selectionModel()->selection();
    for (const QItemSelectionRange &range : selection)
        ranges.append({range.top(), range.bottom()});
    std::sort(ranges.begin(), ranges.end());
    int last = -1;
    for (const auto &[top, bottom] : std::as_const(ranges)) {
        for (int row = std::max(top, last + 1); row <= bottom; ++row)
            keys.append(m_model->keyAt(row));
        last = std::max(last, bottom);
    }
    return keys;
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
    if (rows > 0 && !m_view->currentIndex().isValid()) // the keys have a row to begin with; it is not marked
        m_view->selectionModel()->setCurrentIndex(m_model->index(0, 0), QItemSelectionModel::NoUpdate);
    const bool filtered = !m_model->text().isEmpty() || !m_model->query().filter.isEmpty();
    QString text = filtered ? tr("%L1 found").arg(rows) : tr("%L1 contacts").arg(rows);
    const int ticked = int(tickedKeys().size());
    if (ticked > 1)
        text += tr(" · %L1 ticked").arg(ticked);
    m_count->setText(text);
    m_bulk->setTicked(ticked);
    if (m_businessesButton->isChecked()) {
        m_count->setText(tr("%L1 businesses").arg(m_businesses->count()));
        m_stack->setCurrentWidget(m_businesses);
    } else if (rows == 0 && !m_model->isLoading()) {
        if (!filtered)
            m_empty->set(u"contacts"_s, tr("No contacts on this computer yet. They come with the first sync."));
        else if (m_model->query().filter.isEmpty())
            m_empty->set(u"search"_s, tr("No contact matches “%1”.").arg(m_filter->text()), tr("Clear the filter"));
        else
            m_empty->set(u"filter"_s, tr("No contact meets these conditions."), tr("Clear the filter"));
        m_stack->setCurrentWidget(m_empty);
    } else {
        m_stack->setCurrentWidget(m_view);
    }
}

} // namespace outrigger::gui
