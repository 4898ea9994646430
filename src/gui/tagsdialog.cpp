// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/tagsdialog.h"

#include "gui/screenfit.h"
#include "gui/widgets.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {
constexpr int isNew = Qt::UserRole + 1;
bool holds(const QStringList &list, const QString &tag) { return list.contains(tag, Qt::CaseInsensitive); }
void drop(QStringList &list, const QString &tag)
{
    list.removeIf([&tag](const QString &one) { return one.compare(tag, Qt::CaseInsensitive) == 0; });
}
} // namespace

TagsDialog::TagsDialog(const QString &lead, const QStringList &known, const QStringList &has, QWidget *parent)
    : QDialog(parent), m_known(known), m_had(has), m_has(has)
{
    setObjectName(u"tags.dialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Tags of %1").arg(lead));
    for (const QString &tag : has) {
        if (!holds(m_known, tag))
            m_known.append(tag);
    }
    // What the lead has stands first: that is what may be taken away.
    std::stable_sort(m_known.begin(), m_known.end(), [this](const QString &a, const QString &b) { return holds(m_had, a) > holds(m_had, b); });
    auto *column = new QVBoxLayout(this);
    setInsets(column, 16, 14, 16, 14, 10);
    auto *title = new Label(windowTitle(), TextRole::Heading, Ink::Text, this);
    title->setElided(true);
    column->addWidget(title);
    m_typed = named(new QLineEdit(this), u"tags.typed"_s, tr("Find a tag, or type a new one"));
    m_typed->setPlaceholderText(tr("Find a tag, or type a new one"));
    m_typed->setMaxLength(100);
    m_typed->installEventFilter(this);
    column->addWidget(m_typed);
    m_list = named(new QListWidget(this), u"tags.list"_s, tr("Tags"));
    m_list->setUniformItemSizes(true);
    column->addWidget(m_list, 1);
    auto *row = new QHBoxLayout;
    auto *cancel = pushButton(tr("Cancel"), u"tags.cancel"_s, this);
    auto *ok = pushButton(tr("Keep"), u"tags.keep"_s, this, true);
    cancel->setAutoDefault(false);
    ok->setAutoDefault(false);
    row->addWidget(new Label(tr("Enter ticks. Enter in the empty field keeps."), TextRole::Small, Ink::Text2, this), 1);
    row->addWidget(cancel);
    row->addWidget(ok);
    column->addLayout(row);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(ok, &QPushButton::clicked, this, &TagsDialog::keep);
    connect(m_typed, &QLineEdit::textChanged, this, &TagsDialog::show);
    connect(m_list, &QListWidget::itemChanged, this, [this](const QListWidgetItem *item) {
        const QString tag = item->data(Qt::UserRole).toString();
        drop(m_has, tag);
        if (item->checkState() == Qt::Checked)
            m_has.append(tag);
    });
    show({});
    resizeWithin(this, 380, 420);
    m_typed->setFocus();
}

void TagsDialog::show(const QString &typed)
{
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    const QString word = typed.simplified().toLower(); // HighLevel keeps tags in lower case
    const auto add = [this](const QString &text, const QString &tag, bool fresh) {
        auto *item = new QListWidgetItem(text, m_list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(holds(m_has, tag) ? Qt::Checked : Qt::Unchecked);
        item->setData(Qt::UserRole, tag);
        item->setData(isNew, fresh);
    };
    for (const QString &tag : std::as_const(m_known)) {
        if (tag.contains(word, Qt::CaseInsensitive))
            add(tag, tag, false);
    }
    if (!word.isEmpty() && !holds(m_known, word))
        add(tr("New tag: %1").arg(word), word, true);
    if (m_list->count() > 0)
        m_list->setCurrentRow(0);
}

void TagsDialog::enter()
{
    if (m_typed->text().trimmed().isEmpty()) {
        keep();
        return;
    }
    auto *item = m_list->currentItem();
    if (!item)
        return;
    const QString tag = item->data(Qt::UserRole).toString();
    if (item->data(isNew).toBool())
        m_known.prepend(tag);
    item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
    m_typed->clear();
}

void TagsDialog::keep()
{
    QStringList add;
    QStringList remove;
    for (const QString &tag : std::as_const(m_has)) {
        if (!holds(m_had, tag))
            add.append(tag);
    }
    for (const QString &tag : std::as_const(m_had)) {
        if (!holds(m_has, tag))
            remove.append(tag);
    }
    if (!add.isEmpty() || !remove.isEmpty())
        Q_EMIT changed(add, remove);
    accept();
}

bool TagsDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_typed || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
        if (key->modifiers() & Qt::ControlModifier)
            keep();
        else
            enter();
        return true;
    }
    if (key->key() == Qt::Key_Down || key->key() == Qt::Key_Up) {
        const int row = m_list->currentRow() + (key->key() == Qt::Key_Down ? 1 : -1);
        m_list->setCurrentRow(qBound(0, row, m_list->count() - 1));
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace outrigger::gui
