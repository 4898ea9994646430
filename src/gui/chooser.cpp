// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/chooser.h"

#include "gui/screenfit.h"
#include "gui/widgets.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

Chooser::Chooser(const QString &objectName, const QString &title, QVector<Item> items, const QString &current, QWidget *parent)
    : QDialog(parent), m_items(std::move(items)), m_current(current)
{
    setObjectName(objectName);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 16, 14, 16, 14, 10);
    column->addWidget(new Label(title, TextRole::Heading, Ink::Text, this));
    m_hint = new Label(TextRole::Small, Ink::Text2, this);
    m_hint->setObjectName(objectName + u".hint"_s);
    m_hint->setWordWrap(true);
    m_hint->hide();
    column->addWidget(m_hint);
    m_typed = named(new QLineEdit(this), objectName + u".typed"_s, title);
    m_typed->setPlaceholderText(tr("Type its beginning"));
    m_typed->installEventFilter(this);
    column->addWidget(m_typed);
    m_list = named(new QListWidget(this), objectName + u".list"_s, title);
    m_list->setUniformItemSizes(true);
    column->addWidget(m_list, 1);
    connect(m_typed, &QLineEdit::textChanged, this, &Chooser::show);
    connect(m_list, &QListWidget::itemActivated, this, &Chooser::take);
    connect(m_list, &QListWidget::itemClicked, this, &Chooser::take);
    show({});
    resizeWithin(this, 340, 360);
    m_typed->setFocus();
}

void Chooser::setItems(QVector<Item> items)
{
    m_items = std::move(items);
    m_current = m_items.isEmpty() ? QString() : m_items.first().id;
    show(m_typed->text());
}

void Chooser::setHint(const QString &sentence)
{
    m_hint->setText(sentence);
    m_hint->setVisible(!sentence.isEmpty());
    m_typed->setAccessibleDescription(sentence);
}

void Chooser::show(const QString &typed)
{
    const QString word = typed.trimmed();
    m_list->clear();
    // What begins so stands before what only holds it.
    for (const bool begins : {true, false}) {
        for (const Item &item : m_items) {
            const bool starts = item.text.startsWith(word, Qt::CaseInsensitive);
            if (starts != begins || !item.text.contains(word, Qt::CaseInsensitive))
                continue;
            auto *row = new QListWidgetItem(item.text, m_list);
            row->setData(Qt::UserRole, item.id);
            if (word.isEmpty() && item.id == m_current)
                m_list->setCurrentItem(row);
        }
    }
    if (!m_list->currentItem() && m_list->count() > 0)
        m_list->setCurrentRow(0);
}

void Chooser::take()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    const QString id = item->data(Qt::UserRole).toString();
    accept();
    Q_EMIT chosen(id);
}

bool Chooser::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_typed && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            take();
            return true;
        }
        if (key->key() == Qt::Key_Down || key->key() == Qt::Key_Up) {
            const int step = key->key() == Qt::Key_Down ? 1 : -1;
            m_list->setCurrentRow(std::clamp(m_list->currentRow() + step, 0, std::max(0, m_list->count() - 1)));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace outrigger::gui
