// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/eventdays.h"
#include "gui/style.h"

#include <QAbstractItemView>
#include <QTimeZone>

#include <optional>

namespace outrigger::gui {

/// Appointments of a day, a week, a month, or as a list of days. One painted item view over CalendarModel: nothing in it
/// is a widget. Hours are drawn as the clock of `zone` shows them; on a night on which the clocks change a reading that
/// is there twice shares one place, and the texts say which one it is.
class CalendarView : public QAbstractItemView
{
    Q_OBJECT
public:
    enum class Mode { Day, WorkWeek, Week, Month, Agenda };

    explicit CalendarView(QWidget *parent = nullptr);
    void setModel(QAbstractItemModel *model) override;

    void setMode(Mode mode);
    Mode mode() const { return m_mode; }
    /// The period that holds this day.
    void setDate(const QDate &date);
    QDate date() const { return m_date; }
    QDate firstDay() const; ///< of what is shown
    int days() const;       ///< how many are shown
    /// Earlier or later by one period.
    void step(int periods);
    void setZone(const QTimeZone &zone);
    /// Of the location: what is there from midnight to midnight is a whole day here as well.
    void setPlaceZone(const QTimeZone &zone);
    /// A second row of hours beside the first; the same zone, or an invalid one: none.
    void setTheirZone(const QTimeZone &zone, const QString &name);
    void setNow(const QDateTime &now); ///< the line of the moment, and what "today" is

    qint64 currentKey() const; ///< of the current event; 0: none
    void showKey(qint64 key);
    /// The moment that was pointed at last, for booking and blocking; invalid: none.
    QDateTime pointed() const { return m_pointed; }
    /// The mouse holds something: nothing may change the places of hours and days until it lets go.
    bool isHeld() const { return m_held; }
    /// What is free, while an appointment is dragged: marked, and drops snap to it.
    void setFreeTimes(const QVector<Slot> &times);
    QVector<Slot> freeTimes() const { return m_free; }
    void scrollToHour(int hour);
    QRect rectOf(int row) const; ///< in the viewport; empty when it is not shown

    /// One sheet of paper: what everything is measured by instead of the viewport while it is painted there.
    struct Sheet {
        QSize size;
        int hour = 0;               ///< px of one; 0: as on the screen
        int scrolled = 0;           ///< px of the content above it
        QVector<QPair<int, int>> weeks; ///< of a month: where each begins and how high it is; 0: it is on another sheet
        QDate goesOn;               ///< of the agenda: the day whose heading is on the sheet before
        bool measuring = false;     ///< nothing is left out for want of room
    };
    /// Everything of the period that is shown, at whatever hour, as sheets that are at most this large (px of the screen).
    QVector<Sheet> sheets(const QSize &size);
    /// In light colours, without what belongs to the screen alone: the current event, the line of the moment.
    void paintSheet(QPainter &painter, const Sheet &sheet);

    QRect visualRect(const QModelIndex &index) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    QModelIndex indexAt(const QPoint &point) const override;
    void doItemsLayout() override;
    void reset() override;

Q_SIGNALS:
    void periodChanged(); ///< another window of time is shown
    void openRequested(const outrigger::EventRow &row);
    void currentEventChanged();
    void letGo(); ///< the mouse, whatever it did
    void bookRequested(const QDateTime &at);
    void blockRequested(const QDateTime &from, const QDateTime &to); ///< dragged over empty time
    void dragBegan(const outrigger::EventRow &row);
    /// Dropped there. free: it is a free time, and the drop has snapped to it.
    void moveRequested(const outrigger::EventRow &row, const outrigger::Slot &to, bool free);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    int horizontalOffset() const override { return 0; }
    int verticalOffset() const override;
    bool isIndexHidden(const QModelIndex &index) const override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    void updateGeometries() override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    struct Box {
        int row = -1;
        QRect rect;        ///< in the content: scrolled with it, but for the band of whole days
        bool band = false; ///< stands in the head, which does not scroll
        bool cutBefore = false, cutAfter = false; ///< it goes on in what is not shown, or in another row
        QDate day; ///< of the first of the days that it covers here
    };
    eventdays::Zones zones() const { return {m_zone, m_placeZone}; }
    /// Of each row, as of the last layout.
    struct Stand {
        eventdays::Days days;
        bool band = false, whole = false;
    };
    const Stand &standOf(int row) const { return m_stands.at(row); }
    bool isGrid() const { return m_mode == Mode::Day || m_mode == Mode::WorkWeek || m_mode == Mode::Week; }
    const EventRow &event(int row) const;
    // What is painted on: the viewport, or a sheet of paper.
    QSize area() const;
    int scrolled() const;
    const Colours &colours() const;
    QDate today() const; ///< on the clock that is shown; none on paper, which is read on other days as well
    void lay(const Sheet *sheet);
    QVector<Sheet> gridSheets(const QSize &size);
    QVector<Sheet> monthSheets(const QSize &size);
    QVector<Sheet> agendaSheets(const QSize &size);

    int hour() const;
    int gutter() const;
    int headHeight() const;
    int bandHeight() const;
    QRect dayRect(int day) const; ///< of the grid's body, or the cell of a month
    void ensureLayout() const;
    void layoutGrid() const;
    void layoutBand(const QVector<int> &rows) const;
    void layoutMonth() const;
    void layoutWeekOfMonth(int week, const QVector<int> &rows) const;
    void layoutAgenda() const;
    QPoint offset(const Box &box) const;
    const Box *boxAt(const QPoint &point) const;
    /// Which end of a blocked time is taken hold of there. An appointment is as long as its calendar says.
    enum class Grip { Whole, Start, End };
    Grip gripAt(const QPoint &point, const Box &box) const;
    void showCursorAt(const QPoint &point);
    int dayAt(int x) const; ///< of the grid; -1 beside it
    QDateTime timeAt(const QPoint &point) const; ///< on a quarter of an hour; invalid outside
    int yOf(const QTime &time) const;
    QVector<int> shownRows() const; ///< in the order of time
    void finishDrag();
    /// Where the drop at the pointer would put it, and whether that is free; nothing where it cannot stand.
    struct Drop {
        Slot to;
        bool free = false;
    };
    std::optional<Drop> dropAt(const QPoint &point) const;
    std::optional<Drop> stretchedTo(const QPoint &point) const;
    void paintDrag(QPainter &painter);
    void paintCarriedDays(QPainter &painter, const Drop &drop);

    void paintAll(QPainter &painter);
    void paintGrid(QPainter &painter, const QRect &area);
    void paintHead(QPainter &painter);
    void paintMonth(QPainter &painter, const QRect &area);
    void paintMore(QPainter &painter, const QRect &rect, int count);
    void paintAgenda(QPainter &painter, const QRect &area);
    void paintDay(QPainter &painter, const QDate &date, int y);
    void paintEventBox(QPainter &painter, const Box &box, bool small);

    Mode m_mode = Mode::Week;
    QDate m_date = QDate::currentDate();
    QTimeZone m_zone = QTimeZone::systemTimeZone();
    QTimeZone m_placeZone;
    QTimeZone m_theirs;
    QString m_theirName;
    QDateTime m_now = QDateTime::currentDateTimeUtc();
    QDateTime m_pointed;
    QVector<Slot> m_free;
    mutable QVector<Box> m_boxes;
    mutable QVector<Stand> m_stands;
    mutable QVector<int> m_more; ///< how many each cell of a month, or each day of the band, does not show
    mutable QVector<QPair<QDate, int>> m_headings; ///< of the agenda: day, y
    mutable int m_bandRows = 0;
    mutable int m_contentHeight = 0;
    mutable bool m_dirty = true;
    const Sheet *m_sheet = nullptr; ///< while it is painted on paper
    qint64 m_key = 0; ///< of the current event, which outlives a reset of the model
    QPoint m_pressed;
    QPoint m_dragAt;
    int m_pressedRow = -1;
    int m_grabbed = 0;    ///< px from the event's top
    int m_grabbedDay = 0; ///< days from the event's first
    Grip m_grip = Grip::Whole;
    bool m_held = false;
    bool m_dragging = false;
    bool m_blocking = false;
    QDateTime m_blockFrom;
};

} // namespace outrigger::gui
