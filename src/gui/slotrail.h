// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/ids.h"
#include "gui/widgets.h"

#include <QPointer>
#include <QTimeZone>

#include <functional>
#include <optional>

class QAbstractItemView;
class QListWidget;

namespace outrigger::models {
class Desk;
class FreeTimes;
}

namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

/// The next free times, at an edge of the window while a lead is carried there: a drop on one opens the booking sheet
/// with that time picked. There while something is carried, and only then; by keys the sheet does the same (Ctrl+B).
class SlotRail : public Pane
{
    Q_OBJECT
public:
    SlotRail(sync::Engine *engine, models::Desk *desk, QWidget *parent);
    /// Shows itself at the right (or left, in right-to-left) edge of the parent, or at its bottom.
    enum class Edge { Side, Bottom };
    void begin(const ContactId &contact, const QString &name, Edge edge);
    void carryTo(const QPoint &global); ///< marks the time below the pointer
    /// Whether the pointer is over it: then the drop is the rail's.
    bool holds(const QPoint &global) const;
    /// Ends the carrying; over a time the sheet opens. Answers whether it was over the rail.
    bool drop(const QPoint &global);
    void end();
    bool isCarrying() const { return !m_contact.isEmpty(); }

Q_SIGNALS:
    void announced(const QString &sentence);

private:
    void fill();
    void place();

    models::Desk *m_desk;
    models::FreeTimes *m_free;
    ContactId m_contact;
    QString m_name;
    CalendarId m_calendar;
    QTimeZone m_theirs;
    Edge m_edge = Edge::Side;
    Label *m_title;
    Label *m_nothing;
    QListWidget *m_list;
    Task<void> m_reading;
};

/// Lets the rows of a list be carried to the rail: sideways, because up and down chooses rows. It runs no drag of the
/// desktop's (that would be a nested event loop): the list keeps the mouse until it is let go. Escape puts it back.
class LeadCarry : public QObject
{
    Q_OBJECT
public:
    struct Lead {
        ContactId contact;
        QString name;
    };
    using LeadAt = std::function<std::optional<Lead>(const QModelIndex &)>;
    /// rail: asked for when something is carried for the first time.
    LeadCarry(QAbstractItemView *view, LeadAt leadAt, std::function<SlotRail *()> rail);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void begin(const QPoint &global);
    void end();

    QAbstractItemView *m_view;
    LeadAt m_leadAt;
    std::function<SlotRail *()> m_makeRail;
    QPointer<SlotRail> m_rail;
    QPointer<QLabel> m_carried; ///< the name below the pointer
    std::optional<Lead> m_lead; ///< pressed on, or carried
    QPoint m_pressed;
    bool m_carrying = false;
};

} // namespace outrigger::gui
