// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/consolepage.h"

#include "core/aside.h"
#include "gui/consoleform.h"
#include "gui/emptystate.h"
#include "gui/settings.h"
#include "models/answermodel.h"
#include "models/idpicks.h"
#include "models/operationtree.h"
#include "models/watchlist.h"
#include "sync/engine.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QHeaderView>
#include <QJsonDocument>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTabWidget>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr qsizetype mostPast = 50;
enum Tab { RequestTab, TableTab, JsonTab };

/// A call without what must not be kept.
catalogue::Call withoutSecrets(catalogue::Call call)
{
    QJsonObject body = call.body.toObject();
    for (const auto &parameter : call.operation->parameters) {
        if (parameter.type != "secret"_L1 && parameter.place != catalogue::Place::File)
            continue;
        call.values.remove(parameter.key);
        body.remove(parameter.key);
    }
    if (call.body.isObject())
        call.body = body;
    return call;
}

} // namespace

ConsolePage::ConsolePage(sync::Engine *engine, models::Desk *desk, models::WatchList *watches, Settings *settings, Actions *actions, QWidget *parent)
    : Pane(Ground::Surface, parent), m_engine(engine), m_settings(settings), m_picks(new models::IdPicks(engine, desk, this)),
      m_operations(new models::OperationTree(this)), m_rows(new models::AnswerModel(this)), m_watches(watches)
{
    setObjectName(u"console.page"_s);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 0);
    m_split = new QSplitter(this);
    m_split->setObjectName(u"console.split"_s);
    m_split->setChildrenCollapsible(false);
    m_split->setHandleWidth(1);
    m_split->addWidget(buildLeft());
    m_split->addWidget(buildMiddle());
    m_split->addWidget(buildRight());
    m_split->setSizes({px(290), px(440), px(560)});
    m_split->setStretchFactor(1, 2);
    m_split->setStretchFactor(2, 3);
    m_split->restoreState(settings->state(u"console"_s));
    column->addWidget(m_split);
    actions->attach(this, KeyScope::Console);
    connect(m_split, &QSplitter::splitterMoved, this, [this] { m_settings->setState(u"console"_s, m_split->saveState()); });
    connect(m_search, &QLineEdit::textChanged, this, &ConsolePage::search);
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        if (m_form->operation() && !m_form->takeFocus())
            m_send->setFocus(Qt::OtherFocusReason);
    });
    m_search->installEventFilter(this);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &index) { open(models::OperationTree::operationOf(index)); });
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (!models::OperationTree::operationOf(index))
            m_tree->setExpanded(index, !m_tree->isExpanded(index));
        else if (!m_form->takeFocus())
            m_send->setFocus(Qt::OtherFocusReason);
    });
    connect(m_form, &ConsoleForm::changed, this, &ConsolePage::showRequest);
    connect(m_send, &QPushButton::clicked, this, &ConsolePage::send);
    connect(m_dryRun, &QPushButton::clicked, this, &ConsolePage::dryRun);
    connect(m_copy, &QPushButton::clicked, this, &ConsolePage::copyCommand);
    connect(m_save, &QPushButton::clicked, this, &ConsolePage::saveAnswer);
    connect(m_confirm, &QLineEdit::returnPressed, this, &ConsolePage::send);
    connect(m_history, &QListWidget::currentRowChanged, this, &ConsolePage::openPast);
    connect(m_history, &QListWidget::itemActivated, this, [this] { send(); });
    m_history->setToolTip(tr("Enter makes the call again"));
}

ConsolePage::~ConsolePage()
{
    m_sending.cancel();
    m_later.cancel();
}

void ConsolePage::takeFocus()
{
    m_leftTabs->setCurrentIndex(0);
    m_search->setFocus(Qt::OtherFocusReason);
    m_search->selectAll();
}

bool ConsolePage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Down) {
        m_tree->setFocus(Qt::OtherFocusReason);
        return true;
    }
    return Pane::eventFilter(watched, event);
}

bool ConsolePage::run(Command command)
{
    switch (command) {
    case Command::ConsoleSend: send(); return true;
    case Command::ConsoleDryRun: dryRun(); return true;
    case Command::ConsoleCopy: copyCommand(); return true;
    case Command::ConsoleWatch: watch(); return true;
    case Command::FilterHere: takeFocus(); return true;
    default: return false;
    }
}

void ConsolePage::nextPane(int step)
{
    const QVector<QWidget *> panes{m_leftTabs, m_middle, m_rightTabs};
    int at = 0;
    for (int i = 0; i < panes.size(); ++i) {
        if (panes.at(i)->isAncestorOf(QApplication::focusWidget()))
            at = i;
    }
    at = (at + step + int(panes.size())) % int(panes.size());
    if (at == 0)
        m_tree->setFocus(Qt::OtherFocusReason);
    else if (at == 1 && m_form->operation())
        m_send->setFocus(Qt::OtherFocusReason);
    else
        m_rightTabs->setFocus(Qt::OtherFocusReason);
}

void ConsolePage::search(const QString &words)
{
    const auto *before = m_form->operation();
    {
        const QSignalBlocker quiet(m_tree->selectionModel());
        m_operations->setWords(words);
    }
    if (!words.trimmed().isEmpty())
        m_tree->expandAll();
    const int found = m_operations->found();
    m_nothing->set(u"search"_s, tr("No operation is called “%1”.").arg(words.trimmed()));
    m_found->setCurrentWidget(found > 0 ? static_cast<QWidget *>(m_tree) : m_nothing);
    const QModelIndex index = words.trimmed().isEmpty() ? m_operations->indexOf(before) : m_operations->best(words);
    if (index.isValid())
        m_tree->setCurrentIndex(index);
}

void ConsolePage::open(const catalogue::Operation *operation)
{
    if (operation && operation != m_form->operation())
        show({operation, {}, QJsonValue(QJsonValue::Undefined), {}});
}

void ConsolePage::show(const catalogue::Call &call)
{
    catalogue::Call filled = call;
    if (const auto account = m_engine->account())
        catalogue::fillIn(filled, account->location);
    m_form->show(filled);
    m_middle->setCurrentIndex(1);
    m_scroll->verticalScrollBar()->setValue(0);
    showOperation();
    showRequest();
    m_rightTabs->setCurrentIndex(RequestTab);
    showOutcome({}, Ink::Text2);
}

void ConsolePage::showOperation()
{
    const auto &operation = *m_form->operation();
    m_name->setText(operation.deprecated ? tr("%1: outdated").arg(operation.name) : operation.name);
    m_about->setText(operation.about);
    QStringList facts{QString::fromLatin1(operation.verb + ' ' + operation.path)};
    facts.append(operation.scopes.isEmpty() ? tr("no permission is published") : operation.scopes.join(tr(" or ")));
    if (operation.token == catalogue::Token::Agency)
        facts.append(tr("takes the agency's token"));
    m_facts->setText(facts.join(u"  ·  "_s));
    const QString ask = catalogue::askSentence(operation);
    m_confirmRow->setVisible(!ask.isEmpty());
    m_confirmWords->setText(ask + u' ' + tr("Type “%1” to allow it.").arg(operation.name));
    m_confirm->clear();
    m_confirm->setPlaceholderText(operation.name);
    m_watchRow->setVisible(operation.reads && operation.trigger);
    const QString verb = ask.isEmpty() ? tr("Send") : operation.ask() == catalogue::Ask::Delete ? tr("Delete") : tr("Send all the same");
    m_send->setText(verb);
    showWarning();
}

void ConsolePage::showWarning()
{
    const auto &operation = *m_form->operation();
    const auto account = m_engine->account();
    const QStringList lacking = account ? catalogue::lacking(operation, account->scopes) : QStringList();
    if (!lacking.isEmpty())
        m_warning->show(Strip::Kind::Warn, tr("The sign-in lacks the permission %1, so HighLevel will refuse this. Tick it there and sign in again.")
                                               .arg(lacking.join(tr(" or "))));
    else if (operation.token == catalogue::Token::Agency)
        m_warning->show(Strip::Kind::Info, tr("This takes an agency's token. With a sub-account's, HighLevel will refuse it."));
    else
        m_warning->hide();
}

void ConsolePage::showRequest()
{
    if (!m_form->operation())
        return;
    const auto call = m_form->call();
    if (!call) {
        m_request->setPlainText(tr("Not complete yet: %1").arg(call.error().message));
        return;
    }
    catalogue::Call whole = *call;
    if (const auto account = m_engine->account())
        catalogue::fillIn(whole, account->location);
    QStringList absent;
    const auto missing = catalogue::missing(whole);
    for (const auto *parameter : missing) {
        absent.append(parameter->key);
        if (parameter->place != catalogue::Place::Body && parameter->place != catalogue::Place::File) // shows where it will stand
            whole.values.insert(parameter->key, u'<' + parameter->key + u'>');
    }
    for (const auto &parameter : whole.operation->parameters) {
        if (parameter.type == "secret"_L1 && whole.values.contains(parameter.key))
            whole.values.insert(parameter.key, tr("(hidden)"));
    }
    const auto request = m_engine->describeCall(whole);
    QString text = request ? request->text() : request.error().message;
    if (!absent.isEmpty())
        text += u'\n' + tr("Still needed: %1").arg(absent.join(u", "_s));
    m_request->setPlainText(text);
}

bool ConsolePage::confirmed() const
{
    return m_form->operation()->ask() == catalogue::Ask::Nothing
        || m_confirm->text().simplified().compare(m_form->operation()->name, Qt::CaseInsensitive) == 0;
}

std::optional<catalogue::Call> ConsolePage::complete()
{
    if (!m_form->operation())
        return std::nullopt;
    auto call = m_form->call();
    if (!call) {
        showOutcome(call.error().message, Ink::Danger);
        m_form->goToUnreadable();
        return std::nullopt;
    }
    if (const auto account = m_engine->account())
        catalogue::fillIn(*call, account->location);
    if (m_form->goToProblem(*call)) {
        QStringList names;
        const auto absent = catalogue::missing(*call);
        for (const auto *parameter : absent)
            names.append(parameter->key);
        showOutcome(tr("Nothing was sent. Still needed: %1.").arg(names.join(u", "_s)), Ink::Danger);
        return std::nullopt;
    }
    return *call;
}

void ConsolePage::dryRun()
{
    const auto call = complete();
    if (!call)
        return;
    m_rightTabs->setCurrentIndex(RequestTab);
    showOutcome(tr("Nothing was sent. This is the request that would leave."), Ink::Text2);
}

void ConsolePage::send()
{
    if (!m_sending.done())
        return;
    const auto call = complete();
    if (!call)
        return;
    if (!confirmed()) {
        showOutcome(tr("Nothing was sent. Type “%1” to allow it.").arg(call->operation->name), Ink::Danger);
        m_confirm->setFocus(Qt::OtherFocusReason);
        return;
    }
    m_send->setEnabled(false);
    showOutcome(tr("Asking HighLevel…"), Ink::Text2);
    m_sending = sendNow(this, *call);
}

Task<void> ConsolePage::sendNow(ConsolePage *self, catalogue::Call call)
{
    auto calling = self->m_engine->callOperation(call);
    const auto answer = co_await calling;
    self->m_send->setEnabled(true);
    self->m_confirm->clear(); // each time anew
    Past past{withoutSecrets(call), QDateTime::currentDateTime(), {}, answer.has_value(), {}};
    if (!answer) {
        past.outcome = self->failure(*call.operation, answer.error());
        self->m_answer = QJsonDocument(answer.error().detail).toJson(QJsonDocument::Compact);
        past.view = catalogue::viewOf(self->m_answer);
        self->showOutcome(past.outcome, Ink::Danger);
    } else {
        self->m_answer = answer->body;
        auto reading = aside([body = answer->body] { return catalogue::viewOf(body); });
        past.view = co_await reading;
        past.outcome = tr("%1 in %2 ms, %3").arg(answer->http).arg(answer->milliseconds).arg(QLocale().formattedDataSize(answer->body.size()));
        self->m_picks->learn(past.view.ids);
        self->showOutcome(past.outcome, Ink::Ok);
        if (const auto touched = catalogue::touchedBy(call); !touched.isEmpty())
            self->m_later.start(rereadLater(self->m_engine, touched));
    }
    self->showAnswer(past.view);
    self->keepPast(std::move(past));
}

/// So that the lists show what was just changed. What cannot be read now comes with the next pull.
Task<void> ConsolePage::rereadLater(sync::Engine *engine, catalogue::Touched touched)
{
    auto reading = engine->reread(touched);
    const Status read = co_await reading;
    if (!read)
        qInfo("not read again yet: %s", qUtf8Printable(read.error().code));
}

QString ConsolePage::failure(const catalogue::Operation &operation, const Error &error) const
{
    QString words = error.message.isEmpty() ? tr("It did not work.") : error.message;
    if (error.http > 0)
        words = tr("%1: %2").arg(error.http).arg(words);
    if (!operation.reads && error.sent == Sent::Unknown)
        words += u' ' + tr("It is not certain whether HighLevel did it: look before you send it again.");
    if (operation.token == catalogue::Token::Agency && error.kind == ErrorKind::ScopeMissing)
        words += u' ' + tr("It takes an agency's token.");
    if (!error.traceId.isEmpty())
        words += u' ' + tr("Trace id %1.").arg(error.traceId);
    return words;
}

void ConsolePage::showAnswer(const catalogue::AnswerView &view)
{
    m_rows->set(view);
    for (int i = 0; i < m_rows->columnCount(); ++i)
        m_table->setColumnWidth(i, px(view.listName.isEmpty() ? (i == 0 ? 200 : 420) : 150));
    QString text = view.text;
    if (!view.isJson && text.isEmpty() && view.bytes > 0)
        text = tr("The answer is a file of %1. Save it to open it.").arg(QLocale().formattedDataSize(view.bytes));
    if (view.cut)
        text += u'\n' + tr("… the rest of %1 is left out here. Save keeps all of it.").arg(QLocale().formattedDataSize(view.bytes));
    m_json->setPlainText(text);
    QString rows = view.listName.isEmpty() ? QString() : tr("%1: %2 rows").arg(view.listName).arg(view.allRows);
    if (view.rows.size() < view.allRows)
        rows = tr("%1: the first %2 of %3 rows").arg(view.listName).arg(view.rows.size()).arg(view.allRows);
    m_tableWords->setText(rows);
    m_tableWords->setVisible(!rows.isEmpty());
    m_save->setEnabled(!m_answer.isEmpty());
    m_rightTabs->setCurrentIndex(view.isJson && !view.rows.isEmpty() ? TableTab : JsonTab);
}

void ConsolePage::showOutcome(const QString &words, Ink ink)
{
    m_outcome->setInk(ink);
    m_outcome->setText(words);
    if (!words.isEmpty())
        Q_EMIT announced(words);
}

void ConsolePage::keepPast(Past past)
{
    auto *item = new QListWidgetItem;
    const QString time = QLocale().toString(past.at.time(), QLocale::ShortFormat);
    item->setText(tr("%1  %2\n%3").arg(time, past.call.operation->name, past.outcome));
    item->setData(Qt::AccessibleTextRole, tr("%1 at %2: %3").arg(past.call.operation->name, time, past.outcome));
    if (!past.good)
        item->setForeground(inkColour(Ink::Danger));
    const QSignalBlocker quiet(m_history);
    m_history->insertItem(0, item);
    m_past.prepend(std::move(past));
    if (m_past.size() > mostPast) {
        m_past.removeLast();
        delete m_history->takeItem(m_history->count() - 1);
    }
    m_history->setCurrentRow(-1);
}

void ConsolePage::openPast(int row)
{
    if (row < 0 || row >= m_past.size())
        return;
    const Past past = m_past.at(row);
    show(past.call);
    m_answer.clear(); // only the latest is kept as a whole
    showAnswer(past.view);
    showOutcome(past.outcome, past.good ? Ink::Ok : Ink::Danger);
}

void ConsolePage::copyCommand()
{
    if (!m_form->operation())
        return;
    const auto call = m_form->call();
    if (!call) {
        showOutcome(call.error().message, Ink::Danger);
        m_form->goToUnreadable();
        return;
    }
    QApplication::clipboard()->setText(catalogue::commandLine(*call));
    showOutcome(tr("The command is on the clipboard."), Ink::Text2);
}

void ConsolePage::watch()
{
    if (!m_form->operation() || m_watchRow->isHidden())
        return;
    const auto call = complete();
    if (!call)
        return;
    m_watches->add({*call, m_minutes->value(), m_watchFile->text().trimmed()});
    m_leftTabs->setCurrentIndex(2);
    m_watchView->setCurrentIndex(m_watches->index(m_watches->rowCount() - 1));
    showOutcome(tr("It is looked at every %1 minutes while Outrigger runs.").arg(m_minutes->value()), Ink::Text2);
}

void ConsolePage::saveAnswer()
{
    auto *dialog = new QFileDialog(window(), tr("Save the answer"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(m_form->operation() ? m_form->operation()->key + u".json"_s : u"answer.json"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, bytes = m_answer](const QString &path) {
        m_later.start([](ConsolePage *self, QString file, QByteArray whole) -> Task<void> {
            auto writing = aside([file, whole] { return writeWhole(file, whole); });
            const bool written = co_await writing;
            self->showOutcome(written ? tr("The answer is in %1.").arg(file) : tr("%1 cannot be written. Choose another place.").arg(file),
                              written ? Ink::Text2 : Ink::Danger);
        }(this, path, bytes));
    });
    dialog->open();
}

} // namespace outrigger::gui
