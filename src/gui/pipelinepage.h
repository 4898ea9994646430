// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/dealrows.h"
#include "domain/leadtask.h"
#include "domain/outboxrecord.h"
#include "gui/widgets.h"

#include <QTimer>

#include <optional>

class QBoxLayout;
class QComboBox;
class QLineEdit;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace outrigger::models {
class BoardModel;
class DealTableModel;
class Desk;
class StageRules;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class Actions;
class BoardView;
class DealBar;
class DealCharts;
class DealPanel;
class DealTable;
class EmptyState;
class Settings;
class Work;
enum class Command;

/// The pipeline workspace: which pipeline, whose deals, what they are worth, and the board. Every act goes through Work.
class PipelinePage : public Pane
{
    Q_OBJECT
public:
    PipelinePage(sync::Engine *engine, models::Desk *desk, Settings *settings, Work *work, Actions *actions, QWidget *parent);
    void setPlace(const LocationId &location);
    void takeFocus();
    /// From the deals to the open deal and back; false when the focus leaves the page.
    bool nextPane(int step);
    void run(Command command);
    /// Shows the deal with this id, in whatever pipeline and status it is.
    void openDeal(const OpportunityId &id);
    BoardView *board() const { return m_board; }
    QWidget *bar() const; ///< with the ticked deals
    models::BoardModel *model() const { return m_model; }
    /// Whose deal is open or has the focus; empty when none.
    ContactId currentContact() const;

Q_SIGNALS:
    void announced(const QString &sentence);
    void contactRequested(const outrigger::ContactId &contact);
    void bookingRequested(const outrigger::ContactId &contact);
    void taskRequested(const outrigger::TaskRow &row); ///< to be changed

private:
    void buildHead();
    // pipelinepage_views.cpp
    enum class View { Board, List, Charts };
    void buildViews(QBoxLayout *row, QWidget *head);
    void setView(View view);
    void nextView();
    QWidget *viewWidget();
    DealTable *table();
    DealCharts *charts();
    /// What it takes to show the same in the view that is not the board.
    void fillView();
    bool runInTable(Command command);
    void moveInOrder(const DealRow &row, Command command); ///< one stage on or back, to the first or the last
    void exportShown();
    static Task<void> writeExport(PipelinePage *self, QString path, QVector<qint64> keys);
    void readReference();
    void applyFilter(); ///< what was typed, without the pause
    void showPipeline();
    void showState();
    void setFilters();
    void clearFilters();
    const Pipeline *pipeline() const;
    // pipelinepage_current.cpp
    qint64 currentKey() const;
    std::optional<DealRow> currentRow() const; ///< as it was last painted
    /// Does this with the deal as the cache has it: at once when that is known, else when it has been read.
    void withDeal(qint64 key, std::function<void(const DealRow &)> act);
    static Task<void> readDeal(PipelinePage *self, qint64 key, std::function<void(const DealRow &)> act);
    bool waitsForCards(Command command);
    void onRefilled();
    void showDealMenu(const QPoint &global);
    void popUpDealMenu(const DealRow &row, const QPoint &global);
    void move(qint64 key, int column);
    void moveTo(const DealRow &row, const StageId &stage);
    // pipelinepage_moves.cpp
    /// Deals that are to come into a stage, and what its rules have asked so far.
    struct Move {
        QVector<DealRow> rows;
        StageId stage;
        std::optional<double> value;
        QString reason;
        bool booked = false;
        bool valueAsked = false;
        bool reasonAsked = false;
    };
    void begin(Move move);
    void goOn();
    void askBooking();
    void askForValue();
    void askForReason();
    void finish();
    void onBooked(const OutboxRecord &record);
    void showMenu(int column, const QPoint &global);
    // pipelinepage_many.cpp
    void buildBar(QVBoxLayout *column);
    void showTicks();
    void clearTicks();
    QVector<qint64> tickedKeys() const;
    /// Reads those that are ticked, and then does this with them.
    void withTicked(std::function<void(const QVector<DealRow> &)> act);
    static Task<void> readTicked(PipelinePage *self, QVector<qint64> keys, std::function<void(const QVector<DealRow> &)> act);
    void moveMany();
    void chooseOwner(const QVector<DealRow> &rows);
    void endMany(DealStatus status);
    void end(const QVector<DealRow> &rows, DealStatus status, const QString &reason);
    /// Asks for the reason of what was lost; reasons that have not been read yet appear when they come.
    void askWhyLost(const QString &title, std::function<void(const QString &reason)> answered);
    bool runMany(Command command);
    const Pipeline *pipelineWith(const StageId &stage) const;
    void chooseStage(const DealRow &row);
    void choosePipeline();
    void setStatus(const DealRow &row, DealStatus status);
    void askValue(const DealRow &row, bool thenWon);
    void newDeal();
    DealPanel *panel();
    void openRow(const DealRow &row);
    void closePanel();
    void rememberMine();
    void toggleMine();
    void toggleDensity();
    // pipelinepage_cards.cpp
    QStringList cardWords() const;
    void setCardWords(const QStringList &words);
    QVector<std::pair<QString, QString>> cardLines() const; ///< word and name of what a card can have a line for
    void showCards();
    void showCardMenu();
    void showLock();
    bool isLocked();
    void onRecord(const OutboxRecord &record);
    void loadProblems();
    static Task<void> findProblems(PipelinePage *self);
    static Task<void> findDeal(PipelinePage *self, OpportunityId id);
    static Task<void> readAgain(PipelinePage *self);
    static Task<void> readReasons(PipelinePage *self);
    void showProblem();

    struct Problem {
        RecordId record;
        QString sentence;
        bool conflict = false;
    };
    sync::Engine *m_engine;
    models::Desk *m_desk;
    Settings *m_settings;
    Work *m_work;
    Actions *m_actions;
    models::BoardModel *m_model;
    BoardView *m_board;
    LocationId m_location;
    PipelineId m_pipeline;
    QToolButton *m_lockSign;
    QToolButton *m_cards;
    QPushButton *m_switch;
    QPushButton *m_add;
    Label *m_total;
    QLineEdit *m_filter;
    QComboBox *m_owner;
    QComboBox *m_status;
    QComboBox *m_sort;
    Label *m_hidden;
    Strip *m_problem;
    Strip *m_waiting; ///< what a move waits for
    DealBar *m_bar;
    models::StageRules *m_rules;
    std::optional<Move> m_move;
    QSplitter *m_splitter;
    QStackedWidget *m_stack;
    DealPanel *m_panel = nullptr;
    bool m_mine = false;
    bool m_scopeMissing = false; ///< HighLevel said so of a change
    QString m_lock; ///< why nothing can be changed; empty: all can
    EmptyState *m_empty;
    View m_view = View::Board;
    QVector<QToolButton *> m_viewButtons;
    models::DealTableModel *m_rows = nullptr;
    DealTable *m_table = nullptr;
    DealCharts *m_charts = nullptr;
    Task<void> m_exporting;
    QVector<Problem> m_problems;
    QTimer m_pause;
    qint64 m_follow = 0; ///< the card that the focus goes to when it is in its new place
    QVector<Command> m_later; ///< keys that wait for the cards of a new filter
    TaskScope m_acting;
    Task<void> m_ticking;
    Task<void> m_finding;
    Task<void> m_opening;
    Task<void> m_reading;
    Task<void> m_reasons;
};

} // namespace outrigger::gui
