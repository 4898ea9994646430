// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/answerview.h"
#include "domain/catalogue.h"
#include "gui/keymap.h"
#include "gui/widgets.h"

class QLineEdit;
class QListView;
class QListWidget;
class QPlainTextEdit;
class QScrollArea;
class QSpinBox;
class QSplitter;
class QStackedWidget;
class QTableView;
class QTabWidget;
class QTreeView;

namespace outrigger::models {
class AnswerModel;
class Desk;
class IdPicks;
class OperationTree;
class WatchList;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class Actions;
class ConsoleForm;
class EmptyState;
class Settings;

/// Every operation of HighLevel: the catalogue as a tree, a form made from its row, the exact request, and the answer as
/// a table and as JSON. Nothing here knows a single operation. Calls leave at once and once; they do not go through the
/// outbox, and what they named is read again.
class ConsolePage : public Pane
{
    Q_OBJECT
public:
    ConsolePage(sync::Engine *engine, models::Desk *desk, models::WatchList *watches, Settings *settings, Actions *actions, QWidget *parent = nullptr);
    ~ConsolePage() override;

    void takeFocus(); ///< the search
    bool run(Command command); ///< false: not the console's
    void nextPane(int step);
    void show(const catalogue::Call &call);
    QTreeView *tree() const { return m_tree; }

Q_SIGNALS:
    void announced(const QString &sentence);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// One call that was made. Nothing secret is kept of it.
    struct Past {
        catalogue::Call call;
        QDateTime at;
        QString outcome; ///< "200 in 45 ms", or what went wrong
        bool good = false;
        catalogue::AnswerView view;
    };
    // consolepage_parts.cpp
    QWidget *buildLeft();
    QWidget *buildMiddle();
    QWidget *buildHead(QWidget *parent);
    QWidget *buildActs(QWidget *parent);
    QWidget *buildRight();
    QWidget *buildWatchRow(QWidget *parent);

    void open(const catalogue::Operation *operation);
    void search(const QString &words);
    void showOperation();
    void showRequest();
    void showWarning();
    bool confirmed() const;
    /// The call with the account's own ids filled in; nothing when something is wrong, which is said then.
    std::optional<catalogue::Call> complete();
    void send();
    void dryRun();
    void copyCommand();
    void watch();
    void showAnswer(const catalogue::AnswerView &view);
    void showOutcome(const QString &words, Ink ink);
    void keepPast(Past past);
    void openPast(int row);
    void saveAnswer();
    static Task<void> sendNow(ConsolePage *self, catalogue::Call call);
    static Task<void> rereadLater(sync::Engine *engine, catalogue::Touched touched);
    QString failure(const catalogue::Operation &operation, const Error &error) const;

    sync::Engine *m_engine;
    Settings *m_settings;
    models::IdPicks *m_picks;
    models::OperationTree *m_operations;
    models::AnswerModel *m_rows;
    models::WatchList *m_watches;
    QSplitter *m_split = nullptr;
    QTabWidget *m_leftTabs = nullptr;
    QLineEdit *m_search = nullptr;
    QTreeView *m_tree = nullptr;
    EmptyState *m_nothing = nullptr;
    QStackedWidget *m_found = nullptr;
    QListWidget *m_history = nullptr;
    QListView *m_watchView = nullptr;
    QStackedWidget *m_middle = nullptr;
    Label *m_name = nullptr;
    Label *m_about = nullptr;
    Label *m_facts = nullptr;
    Strip *m_warning = nullptr;
    QScrollArea *m_scroll = nullptr;
    ConsoleForm *m_form = nullptr;
    QWidget *m_confirmRow = nullptr;
    Label *m_confirmWords = nullptr;
    QLineEdit *m_confirm = nullptr;
    QPushButton *m_send = nullptr;
    QPushButton *m_dryRun = nullptr;
    QPushButton *m_copy = nullptr;
    QWidget *m_watchRow = nullptr;
    QSpinBox *m_minutes = nullptr;
    QLineEdit *m_watchFile = nullptr;
    Label *m_outcome = nullptr;
    QTabWidget *m_rightTabs = nullptr;
    QPlainTextEdit *m_request = nullptr;
    QTableView *m_table = nullptr;
    QPlainTextEdit *m_json = nullptr;
    Label *m_tableWords = nullptr;
    QPushButton *m_save = nullptr;
    QByteArray m_answer; ///< of the latest call, as it came; for saving
    QVector<Past> m_past; ///< newest first
    Task<void> m_sending;
    TaskScope m_later;
};

} // namespace outrigger::gui
