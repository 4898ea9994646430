// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/cheatsheet.h"

#include "gui/keymap.h"
#include "gui/screenfit.h"
#include "gui/widgets.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

QWidget *section(KeyScope scope, bool letters, QWidget *parent)
{
    auto *box = new QWidget(parent);
    auto *grid = new QGridLayout(box);
    setInsets(grid, 0, 0, 0, 12, 4);
    grid->setHorizontalSpacing(px(16));
    grid->setColumnStretch(1, 1);
    auto *title = new Label(scopeName(scope), TextRole::SmallStrong, Ink::Accent, box);
    grid->addWidget(title, 0, 0, 1, 2);
    int line = 1;
    for (const auto &row : keyTable()) {
        if (row.scope != scope || !row.available || (row.keys.isEmpty() && row.shown.isEmpty()))
            continue;
        auto *key = new Label(keyText(row.command), TextRole::SmallStrong, Ink::Text, box);
        key->setMinimumWidth(px(104));
        auto *name = new Label(row.name, TextRole::Small, row.singleLetter && !letters ? Ink::Text3 : Ink::Text2, box);
        name->setWordWrap(true);
        grid->addWidget(key, line, 0, Qt::AlignTop);
        grid->addWidget(name, line, 1, Qt::AlignTop);
        ++line;
    }
    return box;
}

} // namespace

CheatSheet::CheatSheet(bool singleLetterKeys, QWidget *parent) : QDialog(parent)
{
    setObjectName(u"cheatsheet"_s);
    setWindowTitle(tr("Keys"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 20, 16, 20, 16, 12);
    column->addWidget(new Label(tr("Keys"), TextRole::Title, Ink::Text, this));
    if (!singleLetterKeys) {
        auto *note = new Label(tr("Single-letter keys are switched off in the settings."), TextRole::Small, Ink::Text2, this);
        column->addWidget(note);
    }
    auto *area = named(new QScrollArea(this), u"cheatsheet.list"_s, tr("List of keys"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    auto *inside = new QWidget(area);
    auto *columns = new QHBoxLayout(inside);
    setInsets(columns, 0, 0, 8, 0, 32);
    auto *left = new QVBoxLayout;
    auto *right = new QVBoxLayout;
    for (const auto scope : {KeyScope::Everywhere, KeyScope::Thread, KeyScope::Calendar})
        left->addWidget(section(scope, singleLetterKeys, inside));
    left->addStretch();
    for (const auto scope : {KeyScope::Lists, KeyScope::Inbox, KeyScope::Composer, KeyScope::Tasks, KeyScope::Contacts, KeyScope::Board})
        right->addWidget(section(scope, singleLetterKeys, inside));
    right->addStretch();
    columns->addLayout(left, 1);
    columns->addLayout(right, 1);
    area->setWidget(inside);
    column->addWidget(area, 1);
    auto *close = pushButton(tr("Close"), u"cheatsheet.close"_s, this, true);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    column->addWidget(close, 0, Qt::AlignRight);
    resizeWithin(this, 820, 700);
}

void CheatSheet::keyPressEvent(QKeyEvent *event)
{
    if (event->text() == "?"_L1 || event->key() == Qt::Key_F1) {
        accept();
        return;
    }
    QDialog::keyPressEvent(event);
}

} // namespace outrigger::gui
