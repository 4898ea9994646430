// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxlist.h"

#include "gui/chips.h"
#include "gui/emptystate.h"
#include "gui/keymap.h"
#include "gui/splitdialog.h"
#include "gui/triagemenus.h"
#include "models/desk.h"
#include "models/inboxcounts.h"
#include "models/inboxmodel.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>

using namespace Qt::StringLiterals;

// What is shown of the inbox: filters, the person's own splits, and how far the morning's work is.
namespace outrigger::gui {

namespace {
constexpr int splitColumns = 3;
constexpr int firstOwnRow = 2; ///< below the built-in ones
} // namespace

void InboxList::setDesk(models::Desk *desk)
{
    m_desk = desk;
    m_saved = new models::SavedSplits(desk, this);
    connect(m_saved, &models::SavedSplits::changed, this, &InboxList::showSaved);
    connect(m_saved, &models::SavedSplits::failed, this, [this](const Error &error) { Q_EMIT announced(error.message); });
    connect(desk, &models::Desk::referenceChanged, this, &InboxList::showFilter);
}

QWidget *InboxList::buildFilterLine()
{
    auto *box = new QWidget(this);
    auto *column = new QVBoxLayout(box);
    setInsets(column, 8, 0, 8, 6, 4);
    m_chips = named(new ChipRow(box), u"inbox.filterChips"_s, tr("What is shown"));
    m_saveSplit = pushButton(tr("Save as a split…"), u"inbox.saveSplit"_s, box);
    m_progress = new Label(TextRole::Small, Ink::Text2, box);
    m_progress->setObjectName(u"inbox.progress"_s);
    column->addWidget(m_chips);
    column->addWidget(m_saveSplit, 0, Qt::AlignLeft);
    column->addWidget(m_progress);
    connect(m_chips, &ChipRow::removeRequested, this, [this](const QString &words) {
        for (const auto &part : filterParts()) {
            if (part.words == words) {
                setFilter(part.without);
                return;
            }
        }
    });
    connect(m_saveSplit, &QPushButton::clicked, this, [this] {
        models::SavedSplit split;
        split.base = m_query.split;
        split.filter = m_query.filter;
        split.text = m_query.text;
        split.oldestFirst = m_query.oldestFirst;
        editSplit(split);
    });
    m_filterLine = box;
    for (auto *part : {static_cast<QWidget *>(m_chips), static_cast<QWidget *>(m_saveSplit), static_cast<QWidget *>(m_progress), box})
        part->hide();
    return box;
}

QVector<triage::Part> InboxList::filterParts() const
{
    return triage::parts(m_query.filter, [this](const UserId &user) { return m_desk ? m_desk->userName(user) : QString(); });
}

QString InboxList::filterWords(const InboxFilter &filter, const QString &text) const
{
    QStringList words;
    for (const auto &part : triage::parts(filter, [this](const UserId &user) { return m_desk->userName(user); }))
        words << part.words;
    if (!text.isEmpty())
        words << tr("the words “%1”").arg(text);
    return words.join(u", "_s);
}

void InboxList::openFilters()
{
    if (!m_desk)
        return;
    QStringList tags;
    for (const auto &tag : m_desk->reference().tags)
        tags.append(tag.name);
    tags.sort(Qt::CaseInsensitive);
    auto *menu = triage::filterMenu(this, m_query.filter, m_desk->reference().users, tags, [this](const InboxFilter &filter) { setFilter(filter); });
    menu->popup(m_filters->mapToGlobal(QPoint(0, m_filters->height())));
}

void InboxList::setFilter(const InboxFilter &filter)
{
    m_query.filter = filter;
    showFilter();
    query();
}

void InboxList::showFilter()
{
    if (!m_chips)
        return;
    QVector<ChipRow::Chip> chips;
    for (const auto &part : filterParts()) {
        ChipRow::Chip chip;
        chip.text = part.words;
        chip.kind = ChipKind::Accent;
        chip.removable = true;
        chips.append(chip);
    }
    const auto saved = m_saved ? m_saved->find(m_savedId) : std::nullopt;
    const bool asSaved = saved && saved->filter == m_query.filter && saved->text == m_filter->text().trimmed();
    m_chips->setChips(chips);
    m_chips->setVisible(!chips.isEmpty());
    m_saveSplit->setVisible(!chips.isEmpty() && !asSaved);
    m_filters->setChecked(!chips.isEmpty());
    m_filters->setAccessibleDescription(filterWords(m_query.filter, {}));
    showProgress();
}

void InboxList::setSaved(const QString &id)
{
    const auto split = m_saved->find(id);
    if (!split)
        return;
    m_savedId = id;
    const InboxQuery applied = split->applied(m_query);
    m_query.split = applied.split;
    m_query.filter = applied.filter;
    m_query.oldestFirst = applied.oldestFirst;
    {
        const QSignalBlocker quiet(m_filter); // asked below, at once
        m_filter->setText(split->text);
    }
    checkSplits();
    showFilter();
    query();
}

void InboxList::checkSplits()
{
    for (auto it = m_splits.cbegin(); it != m_splits.cend(); ++it)
        it.value()->setChecked(m_savedId.isEmpty() && it.key() == int(m_query.split));
    for (auto it = m_savedButtons.cbegin(); it != m_savedButtons.cend(); ++it)
        it.value()->setChecked(it.key() == m_savedId);
}

void InboxList::showSaved()
{
    qDeleteAll(m_savedButtons);
    m_savedButtons.clear();
    auto *grid = qobject_cast<QGridLayout *>(m_splits[int(Split::All)]->parentWidget()->layout());
    QVector<InboxQuery> queries;
    int place = firstOwnRow * splitColumns;
    for (const auto &split : m_saved->all()) {
        auto *button = named(new SplitButton(split.name, grid->parentWidget()), "inbox.split.own."_L1 + split.id, split.name);
        button->setToolTip(filterWords(split.filter, split.text));
        button->setContextMenuPolicy(Qt::CustomContextMenu);
        connect(button, &QAbstractButton::clicked, this, [this, id = split.id] { setSaved(id); });
        connect(button, &QWidget::customContextMenuRequested, this, [this, button, id = split.id] { splitMenu(button, id); });
        m_savedButtons.insert(split.id, button);
        grid->addWidget(button, place / splitColumns, place % splitColumns);
        button->show();
        ++place;
        queries.append(split.applied(m_query));
    }
    m_counts->setSaved(queries);
    if (!m_savedId.isEmpty() && !m_saved->find(m_savedId))
        setSplit(Split::All);
    checkSplits();
    showFilter();
}

void InboxList::splitMenu(QWidget *button, const QString &id)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"split.menu"_s);
    menu->addAction(tr("&Edit…"), this, [this, id] {
        if (const auto split = m_saved->find(id))
            editSplit(*split);
    });
    menu->addAction(tr("Move &left"), this, [this, id] { m_saved->move(id, -1); });
    menu->addAction(tr("Move &right"), this, [this, id] { m_saved->move(id, 1); });
    menu->addAction(tr("&Delete"), this, [this, id] { m_saved->remove(id); });
    menu->popup(button->mapToGlobal(QPoint(0, button->height())));
}

void InboxList::editSplit(const models::SavedSplit &split)
{
    auto *dialog = new SplitDialog(split, filterWords(split.filter, split.text), this);
    connect(dialog, &SplitDialog::kept, this, [this](const models::SavedSplit &kept) {
        const QString id = m_saved->keep(kept);
        if (id.isEmpty())
            Q_EMIT announced(tr("There are as many splits as there can be. Delete one first."));
        else
            setSaved(id);
    });
    connect(dialog, &SplitDialog::removeRequested, m_saved, &models::SavedSplits::remove);
    dialog->open();
}

/// The rows of the split before are still here until the next spine has come.
void InboxList::chooseFirst()
{
    m_chooseFirst = true;
}

/// An act that takes this row away from what is shown. What comes back by undo or by a new message does not count.
void InboxList::worked(qint64 key)
{
    m_worked.insert(key, false);
    showProgress();
}

void InboxList::showProgress()
{
    if (!m_progress)
        return;
    for (auto it = m_worked.begin(); it != m_worked.end();) {
        const bool here = m_model->rowOfKey(it.key()) >= 0;
        if (here && it.value()) {
            it = m_worked.erase(it);
            continue;
        }
        it.value() = it.value() || !here;
        ++it;
    }
    int gone = 0;
    for (const bool left : std::as_const(m_worked))
        gone += left;
    const bool counts = m_query.split != Split::All && m_query.split != Split::Snoozed;
    m_progress->setVisible(counts && gone > 0);
    m_progress->setText(tr("%1 of %2 done", "number, number").arg(gone).arg(gone + m_model->rowCount()));
    m_filterLine->setVisible(!m_progress->isHidden() || !m_chips->isHidden());
}

/// The inbox at zero: what sleeps, and one way to go on.
void InboxList::showClear()
{
    QStringList words{tr("Inbox is clear.")};
    const int sleeping = m_counts->of(Split::Snoozed);
    if (sleeping > 0)
        words << tr("%n snoozed.", nullptr, sleeping);
    const int waiting = m_query.split == Split::Replies ? 0 : m_counts->of(Split::Replies);
    if (waiting > 0)
        words << tr("%n lead(s) wait for a reply elsewhere.", nullptr, waiting);
    m_empty->set(u"done"_s, words.join(u' '), waiting > 0 ? tr("Show replies") : sleeping > 0 ? tr("Show what sleeps") : tr("Show all"));
    m_afterClear = waiting > 0 ? Split::Replies : sleeping > 0 ? Split::Snoozed : Split::All;
}

} // namespace outrigger::gui
