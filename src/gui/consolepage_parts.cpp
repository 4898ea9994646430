// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/consolepage.h"

#include "gui/celldelegate.h"
#include "gui/consoleform.h"
#include "gui/emptystate.h"
#include "models/answermodel.h"
#include "models/operationtree.h"
#include "models/watchlist.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QTabWidget>
#include <QTextDocument>
#include <QTextOption>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;

// The widgets of the console; what they do is in consolepage.cpp.
namespace outrigger::gui {

namespace {

QPlainTextEdit *readOnlyText(const QString &objectName, const QString &name, QWidget *parent)
{
    auto *text = named(new QPlainTextEdit(parent), objectName, name);
    text->setReadOnly(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setFont(Style::instance()->font(TextRole::Mono));
    text->setFrameShape(QFrame::NoFrame);
    text->document()->setDocumentMargin(px(12));
    return text;
}

QTabWidget *tabs(const QString &objectName, const QString &name, QWidget *parent)
{
    auto *widget = named(new QTabWidget(parent), objectName, name);
    widget->setDocumentMode(true);
    widget->tabBar()->setDrawBase(false);
    widget->tabBar()->setExpanding(false);
    return widget;
}

} // namespace

QWidget *ConsolePage::buildLeft()
{
    m_leftTabs = tabs(u"console.places"_s, tr("Operations, history and watches"), this);
    auto *operations = new QWidget(m_leftTabs);
    auto *column = new QVBoxLayout(operations);
    setInsets(column, 10, 10, 10, 0, 8);
    m_search = named(new QLineEdit(operations), u"console.search"_s, tr("Find an operation"));
    m_search->setPlaceholderText(tr("Find an operation"));
    m_search->setClearButtonEnabled(true);
    column->addWidget(m_search);
    m_found = new QStackedWidget(operations);
    m_tree = named(new QTreeView(m_found), u"console.tree"_s, tr("HighLevel's operations"));
    m_tree->setModel(m_operations);
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setExpandsOnDoubleClick(true);
    m_tree->setIndentation(px(16));
    m_nothing = new EmptyState(m_found);
    m_nothing->setObjectName(u"console.nothing"_s);
    m_found->addWidget(m_tree);
    m_found->addWidget(m_nothing);
    column->addWidget(m_found, 1);
    m_leftTabs->addTab(operations, tr("Operations"));

    m_history = named(new QListWidget(m_leftTabs), u"console.history"_s, tr("Calls that were made, newest first"));
    m_history->setFrameShape(QFrame::NoFrame);
    m_history->setItemDelegate(new CellDelegate(m_history));
    m_leftTabs->addTab(m_history, tr("History"));

    auto *watching = new QWidget(m_leftTabs);
    auto *watchColumn = new QVBoxLayout(watching);
    setInsets(watchColumn, 0, 0, 0, 8, 6);
    m_watchView = named(new QListView(watching), u"console.watches"_s, tr("What is watched"));
    m_watchView->setModel(m_watches);
    m_watchView->setFrameShape(QFrame::NoFrame);
    m_watchView->setWordWrap(true);
    watchColumn->addWidget(m_watchView, 1);
    auto *acts = new QHBoxLayout;
    setInsets(acts, 10, 0, 10, 0, 8);
    auto *now = pushButton(tr("Look now"), u"console.watchNow"_s, watching);
    auto *stop = pushButton(tr("Stop watching"), u"console.watchStop"_s, watching);
    acts->addWidget(now);
    acts->addWidget(stop);
    acts->addStretch(1);
    watchColumn->addLayout(acts);
    connect(now, &QPushButton::clicked, this, [this] { m_watches->runNow(m_watchView->currentIndex().row()); });
    connect(stop, &QPushButton::clicked, this, [this] { m_watches->remove(m_watchView->currentIndex().row()); });
    m_leftTabs->addTab(watching, tr("Watches"));
    return m_leftTabs;
}

QWidget *ConsolePage::buildHead(QWidget *parent)
{
    auto *head = new Pane(Ground::Surface, parent);
    head->setEdges(Qt::BottomEdge);
    auto *column = new QVBoxLayout(head);
    setInsets(column, 16, 12, 16, 10, 2);
    m_name = new Label(QString(), TextRole::Title, Ink::Text, head);
    m_name->setObjectName(u"console.name"_s);
    m_about = new Label(QString(), TextRole::Body, Ink::Text2, head);
    m_facts = new Label(QString(), TextRole::Small, Ink::Text2, head);
    m_facts->setObjectName(u"console.facts"_s);
    for (Label *label : {m_name, m_about, m_facts}) {
        label->setElided(true);
        column->addWidget(label);
    }
    return head;
}

QWidget *ConsolePage::buildWatchRow(QWidget *parent)
{
    auto *row = new QWidget(parent);
    auto *line = new QHBoxLayout(row);
    setInsets(line, 0, 0, 0, 0, 8);
    line->addWidget(new Label(tr("Every"), TextRole::Body, Ink::Text, row));
    m_minutes = named(new QSpinBox(row), u"console.minutes"_s, tr("Minutes between two looks"));
    m_minutes->setRange(models::WatchList::fewestMinutes, models::WatchList::mostMinutes);
    m_minutes->setValue(5);
    m_minutes->setSuffix(tr(" min"));
    line->addWidget(m_minutes);
    m_watchFile = named(new QLineEdit(row), u"console.watchFile"_s, tr("File for what is new; empty: a notification"));
    m_watchFile->setPlaceholderText(tr("into a file…"));
    line->addWidget(m_watchFile, 1);
    auto *choose = iconButton(u"save"_s, u"console.watchChoose"_s, tr("Choose the file"), row);
    line->addWidget(choose);
    connect(choose, &QToolButton::clicked, this, [this] {
        auto *dialog = new QFileDialog(window(), tr("Write what is new to"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setOption(QFileDialog::DontConfirmOverwrite); // it is added to
        connect(dialog, &QFileDialog::fileSelected, m_watchFile, &QLineEdit::setText);
        dialog->open();
    });
    auto *start = pushButton(tr("Watch"), u"console.watch"_s, row);
    start->setToolTip(tr("Calls it again and again, and tells what is new (%1)").arg(keyText(Command::ConsoleWatch)));
    line->addWidget(start);
    connect(start, &QPushButton::clicked, this, &ConsolePage::watch);
    return row;
}

QWidget *ConsolePage::buildActs(QWidget *parent)
{
    auto *acts = new Pane(Ground::Window, parent);
    acts->setEdges(Qt::TopEdge);
    auto *column = new QVBoxLayout(acts);
    setInsets(column, 16, 10, 16, 10, 8);
    m_confirmRow = new QWidget(acts);
    auto *confirming = new QVBoxLayout(m_confirmRow);
    setInsets(confirming, 0, 0, 0, 0, 4);
    m_confirmWords = new Label(QString(), TextRole::Body, Ink::Danger, m_confirmRow);
    m_confirmWords->setWordWrap(true);
    m_confirm = named(new QLineEdit(m_confirmRow), u"console.confirm"_s, tr("The operation's name, to confirm it"));
    confirming->addWidget(m_confirmWords);
    confirming->addWidget(m_confirm);
    column->addWidget(m_confirmRow);
    m_watchRow = buildWatchRow(acts);
    column->addWidget(m_watchRow);
    auto *row = new QHBoxLayout;
    row->setSpacing(px(8));
    m_send = pushButton(tr("Send"), u"console.send"_s, acts, true);
    m_send->setToolTip(tr("Send the request (%1)").arg(keyText(Command::ConsoleSend)));
    m_dryRun = pushButton(tr("Dry run"), u"console.dryRun"_s, acts);
    m_dryRun->setToolTip(tr("Check it and show the request; nothing is sent (%1)").arg(keyText(Command::ConsoleDryRun)));
    m_copy = pushButton(tr("Copy as command"), u"console.copy"_s, acts);
    m_copy->setToolTip(tr("The same call for a shell: outrigger-cli op call … (%1)").arg(keyText(Command::ConsoleCopy)));
    row->addWidget(m_send);
    row->addWidget(m_dryRun);
    row->addStretch(1);
    row->addWidget(m_copy);
    column->addLayout(row);
    return acts;
}

QWidget *ConsolePage::buildMiddle()
{
    m_middle = new QStackedWidget(this);
    auto *empty = new EmptyState(m_middle);
    empty->setObjectName(u"console.empty"_s);
    empty->set(u"console"_s, tr("Choose an operation on the left. Each of the 126 operations has its form here."));
    m_middle->addWidget(empty);
    auto *page = new Pane(Ground::Surface, m_middle);
    page->setEdges(Qt::LeftEdge | Qt::RightEdge);
    auto *column = new QVBoxLayout(page);
    setInsets(column, 0, 0, 0, 0, 0);
    column->setContentsMargins(1, 0, 1, 0);
    column->addWidget(buildHead(page));
    m_warning = new Strip(u"console.warning"_s, page);
    m_warning->hide();
    column->addWidget(m_warning);
    m_scroll = new QScrollArea(page);
    m_scroll->setObjectName(u"console.scroll"_s);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_form = new ConsoleForm(m_picks, m_scroll);
    m_scroll->setWidget(m_form);
    column->addWidget(m_scroll, 1);
    column->addWidget(buildActs(page));
    m_middle->addWidget(page);
    return m_middle;
}

QWidget *ConsolePage::buildRight()
{
    auto *right = new Pane(Ground::Surface, this);
    auto *column = new QVBoxLayout(right);
    setInsets(column, 0, 0, 0, 0, 0);
    m_rightTabs = tabs(u"console.answer"_s, tr("Request and answer"), right);
    m_request = readOnlyText(u"console.request"_s, tr("The request as it leaves"), m_rightTabs);
    m_request->setLineWrapMode(QPlainTextEdit::WidgetWidth); // an address is seen as a whole
    m_request->setWordWrapMode(QTextOption::WrapAnywhere);
    m_rightTabs->addTab(m_request, tr("Request"));
    auto *tabled = new QWidget(m_rightTabs);
    auto *tableColumn = new QVBoxLayout(tabled);
    setInsets(tableColumn, 0, 0, 0, 0, 0);
    m_table = named(new QTableView(tabled), u"console.table"_s, tr("The answer as a table"));
    m_table->setModel(m_rows);
    setUpTable(m_table, 32);
    m_table->setSelectionBehavior(QAbstractItemView::SelectItems);
    tableColumn->addWidget(m_table, 1);
    m_tableWords = new Label(QString(), TextRole::Small, Ink::Text2, tabled);
    m_tableWords->setContentsMargins(px(12), px(6), px(12), px(6));
    tableColumn->addWidget(m_tableWords);
    m_rightTabs->addTab(tabled, tr("Table"));
    m_json = readOnlyText(u"console.json"_s, tr("The answer as JSON"), m_rightTabs);
    m_rightTabs->addTab(m_json, tr("JSON"));
    column->addWidget(m_rightTabs, 1);
    auto *foot = new Pane(Ground::Window, right);
    foot->setEdges(Qt::TopEdge);
    auto *row = new QHBoxLayout(foot);
    setInsets(row, 12, 8, 12, 8, 8);
    m_outcome = new Label(QString(), TextRole::Body, Ink::Text2, foot);
    m_outcome->setObjectName(u"console.status"_s);
    m_outcome->setWordWrap(true);
    row->addWidget(m_outcome, 1);
    m_save = pushButton(tr("Save…"), u"console.save"_s, foot);
    m_save->setToolTip(tr("Keep the whole answer in a file"));
    m_save->setEnabled(false);
    row->addWidget(m_save);
    column->addWidget(foot);
    return right;
}

} // namespace outrigger::gui
