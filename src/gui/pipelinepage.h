// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/dealrows.h"
#include "domain/outboxrecord.h"
#include "gui/widgets.h"

#include <QTimer>

#include <optional>

class QComboBox;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace outrigger::models {
class BoardModel;
class Desk;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class Actions;
class BoardView;
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
    void run(Command command);
    /// Shows the deal with this id, in whatever pipeline and status it is.
    void openDeal(const OpportunityId &id);
    BoardView *board() const { return m_board; }

Q_SIGNALS:
    void announced(const QString &sentence);
    void contactRequested(const outrigger::ContactId &contact);

private:
    void buildHead();
    void readReference();
    void showPipeline();
    void showState();
    void setFilters();
    void clearFilters();
    const Pipeline *pipeline() const;
    std::optional<DealRow> currentRow() const;
    void move(qint64 key, int column);
    void moveTo(const DealRow &row, const StageId &stage);
    void chooseStage();
    void choosePipeline();
    void setStatus(const DealRow &row, DealStatus status);
    void askValue(const DealRow &row, bool thenWon);
    void newDeal();
    void openRow(const DealRow &row);
    void onRecord(const OutboxRecord &record);
    void loadProblems();
    static Task<void> findProblems(PipelinePage *self);
    static Task<void> findDeal(PipelinePage *self, OpportunityId id);
    static Task<void> readAgain(PipelinePage *self);
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
    models::BoardModel *m_model;
    BoardView *m_board;
    LocationId m_location;
    PipelineId m_pipeline;
    QPushButton *m_switch;
    Label *m_total;
    QLineEdit *m_filter;
    QComboBox *m_owner;
    QComboBox *m_status;
    QComboBox *m_sort;
    Label *m_hidden;
    Strip *m_problem;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QVector<Problem> m_problems;
    QTimer m_pause;
    qint64 m_follow = 0; ///< the card that the focus goes to when it is in its new place
    Task<void> m_finding;
    Task<void> m_opening;
    Task<void> m_reading;
};

} // namespace outrigger::gui
