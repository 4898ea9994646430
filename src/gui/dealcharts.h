// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/dealrows.h"

#include <QScrollArea>

class QTableWidget;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class Label;

/// Bars with their names and numbers. What is drawn is also said: the widget's description reads like the table beside it.
class BarChart : public QWidget
{
    Q_OBJECT
public:
    struct Bar {
        QString name;
        QString number;   ///< as it is written
        double value = 0; ///< as long as the bar is
        double inner = 0; ///< drawn stronger inside of it: the weighted part
        QColor dot;
        bool expected = false; ///< not yet so: hatched
    };
    explicit BarChart(QWidget *parent);
    /// centred: as a funnel.
    void setBars(const QVector<Bar> &bars, bool centred);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QVector<Bar> m_bars;
    bool m_centred = false;
};

/// What a pipeline holds and what it has brought: a funnel of its stages and the months, drawn and as tables. The sums
/// come from the store; they are of one location, so of one currency.
class DealCharts : public QScrollArea
{
    Q_OBJECT
public:
    DealCharts(models::Desk *desk, QWidget *parent);
    void show(const Pipeline &pipeline, const std::optional<UserId> &owner);
    void takeFocus();

private:
    void read();
    static Task<void> load(DealCharts *self);
    void showFigures(const DealFigures &figures);
    void fillFunnel(const DealFigures &figures);
    void fillMonths(const DealFigures &figures);
    models::Desk *m_desk;
    Pipeline m_pipeline;
    std::optional<UserId> m_owner;
    double m_weighted = 0; ///< of all open ones
    Label *m_summary;
    BarChart *m_funnel;
    BarChart *m_months;
    QTableWidget *m_stages;
    QTableWidget *m_monthTable;
    Task<void> m_loading;
};

} // namespace outrigger::gui
