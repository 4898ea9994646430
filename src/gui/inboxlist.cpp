// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxlist.h"

#include "gui/emptystate.h"
#include "gui/icons.h"
#include "gui/inboxdelegate.h"
#include "gui/keymap.h"
#include "gui/settings.h"
#include "gui/textline.h"
#include "models/inboxcounts.h"
#include "models/inboxmodel.h"

#include <QAction>
#include <QApplication>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QScrollBar>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {
constexpr std::array splitOrder{Split::NewLeads, Split::Replies, Split::Mine, Split::Unassigned, Split::Snoozed, Split::All};
}

SplitButton::SplitButton(const QString &text, QWidget *parent) : QAbstractButton(parent)
{
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    connect(Style::instance(), &Style::changed, this, &QWidget::updateGeometry);
}

void SplitButton::setCount(int count)
{
    m_count = count;
    setAccessibleName(tr("%1, %2").arg(text()).arg(count));
    update();
}

QSize SplitButton::sizeHint() const
{
    return {px(72), px(28)};
}

void SplitButton::enterEvent(QEnterEvent *)
{
    update();
}

void SplitButton::leaveEvent(QEvent *)
{
    update();
}

void SplitButton::paintEvent(QPaintEvent *)
{
    const Colours &c = colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF cell = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(Qt::NoPen);
    if (isChecked())
        painter.setBrush(c.selection);
    else if (underMouse())
        painter.setBrush(c.hover);
    painter.drawRoundedRect(cell, px(6), px(6));
    if (!c.tints && isChecked()) {
        painter.setPen(QPen(c.accent, c.edge));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(cell, px(6), px(6));
    }
    const TextLine number(m_count > 0 ? locale().toString(m_count) : QString(), Style::instance()->font(TextRole::SmallStrong));
    const double numberWidth = m_count > 0 ? number.width() + px(5) : 0;
    const QRectF inside = cell.adjusted(px(4), 0, -px(4), 0);
    const TextLine word(text(), Style::instance()->font(isChecked() ? TextRole::SmallStrong : TextRole::Small), inside.width() - numberWidth);
    const double start = inside.left() + qMax(0.0, (inside.width() - word.width() - numberWidth) / 2);
    QRectF wordRect(start, inside.top(), word.width(), inside.height());
    QRectF numberRect(start + word.width(), inside.top(), numberWidth, inside.height());
    if (layoutDirection() == Qt::RightToLeft) {
        numberRect.moveLeft(start);
        wordRect.moveLeft(start + numberWidth);
    }
    painter.setPen(isChecked() ? c.text : c.text2);
    word.draw(&painter, wordRect, Qt::AlignLeft);
    painter.setPen(isChecked() ? c.accent : c.text2);
    number.draw(&painter, numberRect, Qt::AlignRight);
    if (hasFocus()) {
        painter.setPen(QPen(c.focus, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), px(6), px(6));
    }
}

InboxList::InboxList(models::InboxModel *model, models::InboxCounts *counts, Settings *settings, Actions *actions, QWidget *parent)
    : Pane(Ground::Surface, parent), m_model(model), m_counts(counts), m_settings(settings)
{
    setObjectName(u"inbox.pane"_s);
    setEdges(Qt::RightEdge);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 8, 1, 0, 0);
    column->addWidget(buildSplits());
    auto *line = new QWidget(this);
    auto *row = new QHBoxLayout(line);
    setInsets(row, 8, 6, 8, 8, 4);
    m_filter = named(new QLineEdit(line), u"inbox.filter"_s, tr("Filter conversations"));
    m_filter->setPlaceholderText(tr("Filter by name, number or words"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icons::icon(u"search"_s), QLineEdit::LeadingPosition);
    // The field's own small buttons are controls too.
    for (auto *button : m_filter->findChildren<QAbstractButton *>())
        button->setFocusPolicy(Qt::NoFocus);
    row->addWidget(m_filter);
    m_filters = iconButton(u"filter"_s, u"inbox.filters"_s, tr("Show only some (%1)").arg(keyText(Command::Filters)), line);
    m_filters->setCheckable(true);
    connect(m_filters, &QToolButton::clicked, this, [this] {
        m_filters->setChecked(!m_query.filter.isEmpty());
        openFilters();
    });
    row->addWidget(m_filters);
    column->addWidget(line);
    column->addWidget(buildFilterLine());
    buildList(actions);
    column->addWidget(m_stack, 1);

    m_filterTimer.setSingleShot(true);
    m_filterTimer.setInterval(120);
    connect(&m_filterTimer, &QTimer::timeout, this, &InboxList::query);
    connect(m_filter, &QLineEdit::textChanged, &m_filterTimer, qOverload<>(&QTimer::start));
    connect(m_filter, &QLineEdit::returnPressed, this, [this] {
        m_view->setFocus(Qt::OtherFocusReason);
        move(0);
    });
    connect(m_counts, &models::InboxCounts::changed, this, &InboxList::showCounts);
    connect(m_model, &models::InboxModel::spineChanged, this, [this] {
        if (m_wanted)
            select(m_wanted);
        if (std::exchange(m_chooseFirst, false))
            move(-m_model->rowCount());
        showEmptiness();
        showProgress();
        onCurrent();
    });
    connect(m_model, &QAbstractItemModel::dataChanged, this, &InboxList::onCurrent);
    connect(settings, &Settings::changed, this, [this] {
        m_delegate->setDensity(m_settings->compactRows() ? Density::Compact : Density::Comfortable);
        m_view->doItemsLayout();
    });
    setMinimumWidth(px(240));
}

QWidget *InboxList::buildSplits()
{
    auto *box = named(new QWidget(this), u"inbox.splits"_s, tr("Splits of the inbox"));
    auto *grid = new QGridLayout(box);
    setInsets(grid, 8, 0, 8, 0, 2);
    const QHash<int, std::pair<QString, QString>> words{
        {int(Split::NewLeads), {u"newleads"_s, tr("New leads")}}, {int(Split::Replies), {u"replies"_s, tr("Replies")}},
        {int(Split::Mine), {u"mine"_s, tr("Mine")}},              {int(Split::Unassigned), {u"unassigned"_s, tr("Unassigned")}},
        {int(Split::Snoozed), {u"snoozed"_s, tr("Snoozed")}},     {int(Split::All), {u"all"_s, tr("All")}},
    };
    int place = 0;
    for (const Split split : splitOrder) {
        const auto &[id, word] = words[int(split)];
        auto *button = named(new SplitButton(word, box), "inbox.split."_L1 + id, word);
        button->setToolTip(tr("%1 (%2 for the next)").arg(word, keyText(Command::NextSplit)));
        connect(button, &QAbstractButton::clicked, this, [this, split] { setSplit(split); });
        m_splits.insert(int(split), button);
        grid->addWidget(button, place / 3, place % 3);
        ++place;
    }
    m_splits[int(m_query.split)]->setChecked(true);
    return box;
}

void InboxList::buildList(Actions *actions)
{
    m_stack = new QStackedWidget(this);
    m_view = named(new QListView(m_stack), u"inbox.list"_s, tr("Conversations"));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setUniformItemSizes(true);
    m_view->setMouseTracking(true);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_delegate = new InboxDelegate(m_view);
    m_delegate->setDensity(m_settings->compactRows() ? Density::Compact : Density::Comfortable);
    m_view->setItemDelegate(m_delegate);
    m_view->setModel(m_model);
    actions->attach(m_view, KeyScope::Lists);
    actions->attach(m_view, KeyScope::Inbox);
    for (const auto command : {Command::NextSplit, Command::PreviousSplit}) // from an empty split, too
        addAction(actions->action(command));
    m_empty = new EmptyState(m_stack);
    m_empty->setObjectName(u"inbox.empty"_s);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &InboxList::onCurrent);
    connect(m_view, &QAbstractItemView::doubleClicked, this, &InboxList::activated);
    connect(m_view, &QAbstractItemView::clicked, this, [this] {
        m_announced = 0; // another conversation may have been opened from elsewhere meanwhile
        onCurrent();
    });
    connect(m_view, &QWidget::customContextMenuRequested, this, [this](const QPoint &point) {
        const auto row = currentRow();
        if (row)
            Q_EMIT menuRequested(*row, m_view->viewport()->mapToGlobal(point));
    });
    connect(m_delegate, &InboxDelegate::actRequested, this, [this](InboxDelegate::Act act, qint64 key) {
        const auto row = rowOfKey(key);
        if (!row)
            return;
        if (act == InboxDelegate::Act::Done)
            Q_EMIT doneRequested(*row);
        else if (act == InboxDelegate::Act::Snooze)
            Q_EMIT snoozeRequested(*row, QCursor::pos());
        else
            Q_EMIT starRequested(*row);
    });
    connect(m_empty, &EmptyState::activated, this, [this] {
        if (!m_filter->text().isEmpty() || !m_query.filter.isEmpty()) {
            m_filter->clear();
            setFilter({});
        } else if (m_query.split != Split::All) {
            setSplit(m_afterClear);
        } else {
            Q_EMIT newTextRequested();
        }
    });
}

void InboxList::showGlance(const store::Glance &glance, const QString &locationZone)
{
    if (m_asked || glance.query.split != m_query.split)
        return;
    setZones(QTimeZone::systemTimeZone(), locationZone);
    m_model->show(glance);
}

void InboxList::setQuery(const InboxQuery &query)
{
    m_asked = true;
    m_query.location = query.location;
    m_query.me = query.me;
    this->query();
}

void InboxList::setZones(const QTimeZone &mine, const QString &locationZone)
{
    m_model->setZone(mine);
    m_delegate->setZones(mine, locationZone);
}

void InboxList::query()
{
    m_query.text = m_filter->text().trimmed();
    m_query.now = QDateTime::currentDateTimeUtc();
    if (m_saved && !m_query.location.isEmpty())
        m_saved->load(m_query.location);
    m_model->setQuery(m_query);
    m_counts->setQuery(m_query);
}

void InboxList::setSplit(Split split)
{
    if (!m_savedId.isEmpty()) { // its words were its own
        const QSignalBlocker quiet(m_filter);
        m_filter->clear();
    }
    m_savedId.clear();
    m_query.split = split;
    m_query.filter = {};
    m_query.oldestFirst.reset();
    checkSplits();
    showFilter();
    query();
}

void InboxList::nextSplit(int step)
{
    const auto &own = m_saved ? m_saved->all() : QVector<models::SavedSplit>();
    const auto builtIn = int(splitOrder.size());
    const auto size = builtIn + int(own.size());
    int at = int(std::find(splitOrder.begin(), splitOrder.end(), m_query.split) - splitOrder.begin());
    for (int i = 0; i < own.size(); ++i) {
        if (own.at(i).id == m_savedId)
            at = builtIn + i;
    }
    const int place = (at + step + size) % size;
    if (place < builtIn)
        setSplit(splitOrder[size_t(place)]);
    else
        setSaved(own.at(place - builtIn).id);
}

void InboxList::showCounts()
{
    for (auto it = m_splits.cbegin(); it != m_splits.cend(); ++it)
        it.value()->setCount(m_counts->of(Split(it.key())));
    for (int i = 0; m_saved && i < m_saved->all().size(); ++i) {
        if (auto *button = m_savedButtons.value(m_saved->all().at(i).id))
            button->setCount(m_counts->ofSaved(i));
    }
    if (m_stack->currentWidget() == m_empty)
        showEmptiness(); // it says numbers
}

void InboxList::showEmptiness()
{
    if (m_model->rowCount() > 0 || m_model->isLoading()) {
        QWidget *focus = QApplication::focusWidget();
        const bool emptyHadFocus = focus == m_empty || m_empty->isAncestorOf(focus);
        m_stack->setCurrentWidget(m_view);
        if (emptyHadFocus)
            m_view->setFocus(Qt::OtherFocusReason);
        return;
    }
    const bool hadFocus = m_view->hasFocus();
    m_afterClear = Split::All;
    if (!m_query.filter.isEmpty())
        m_empty->set(u"filter"_s, tr("Nothing here is as the filter asks: %1.").arg(filterWords(m_query.filter, m_query.text)), tr("Clear the filter"));
    else if (!m_query.text.isEmpty())
        m_empty->set(u"search"_s, tr("No conversation matches “%1”.").arg(m_query.text), tr("Clear the filter"));
    else if (m_query.split == Split::All)
        m_empty->set(u"inbox"_s, tr("No conversations yet. Text someone with %1.").arg(keyText(Command::NewText)), tr("New text"));
    else if (m_query.split == Split::Snoozed)
        m_empty->set(u"snooze"_s, tr("Nothing sleeps. What you snooze waits here until its time."), tr("Show all"));
    else
        showClear();
    m_stack->setCurrentWidget(m_empty);
    if (hadFocus)
        m_empty->setFocus(Qt::OtherFocusReason);
}

std::optional<ConversationRow> InboxList::rowOfKey(qint64 key) const
{
    const int row = m_model->rowOfKey(key);
    if (row < 0)
        return {};
    const QVariant value = m_model->data(m_model->index(row, 0), models::InboxModel::RowRole);
    return value.isValid() ? std::optional(value.value<ConversationRow>()) : std::nullopt;
}

qint64 InboxList::currentKey() const
{
    const QModelIndex index = m_view->currentIndex();
    return index.isValid() ? m_model->keyAt(index.row()) : 0;
}

std::optional<ConversationRow> InboxList::currentRow() const
{
    const qint64 key = currentKey();
    return key ? rowOfKey(key) : std::nullopt;
}

void InboxList::select(qint64 key)
{
    const int row = m_model->rowOfKey(key);
    if (row < 0) {
        m_wanted = key;
        return;
    }
    m_wanted = 0;
    const QModelIndex index = m_model->index(row, 0);
    if (m_view->currentIndex() != index)
        m_view->setCurrentIndex(index);
    m_view->scrollTo(index);
}

void InboxList::showOpen(qint64 key)
{
    if (m_model->rowOfKey(key) < 0 || currentKey() == key)
        return;
    m_announced = key;
    select(key);
}

void InboxList::markOpen(const ContactId &contact)
{
    const auto row = currentRow();
    if (row && row->contactId == contact)
        m_view->selectionModel()->select(m_view->currentIndex(), QItemSelectionModel::ClearAndSelect);
    else
        m_view->clearSelection();
}

void InboxList::move(int step)
{
    const int rows = m_model->rowCount();
    if (rows == 0)
        return;
    const QModelIndex index = m_view->currentIndex();
    const int row = index.isValid() ? qBound(0, index.row() + step, rows - 1) : 0;
    m_view->setCurrentIndex(m_model->index(row, 0));
}

void InboxList::stepAway()
{
    const QModelIndex index = m_view->currentIndex();
    const int rows = m_model->rowCount();
    if (!index.isValid() || rows < 2)
        return;
    move(index.row() + 1 < rows ? 1 : -1);
}

void InboxList::onCurrent()
{
    const auto row = currentRow();
    if (!m_asked || !row || row->key == m_announced)
        return;
    m_announced = row->key;
    // A view that gets the focus makes a row current without selecting it; what is open must be seen.
    const QModelIndex index = m_view->currentIndex();
    if (!m_view->selectionModel()->isSelected(index))
        m_view->selectionModel()->select(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    Q_EMIT chosen(*row);
}

} // namespace outrigger::gui
