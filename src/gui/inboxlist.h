// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/rows.h"
#include "gui/triagemenus.h"
#include "gui/widgets.h"
#include "models/savedsplits.h"

#include <QAbstractButton>
#include <QTimer>

class QLineEdit;
class QListView;
class QStackedWidget;

namespace outrigger::models {
class Desk;
class InboxCounts;
class InboxModel;
}
namespace outrigger::store {
struct Glance;
}

namespace outrigger::gui {

class Actions;
class ChipRow;
class EmptyState;
class InboxDelegate;
class Settings;

/// One of the splits above the list: its word and its count.
class SplitButton : public QAbstractButton
{
    Q_OBJECT
public:
    SplitButton(const QString &text, QWidget *parent);
    void setCount(int count);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    int m_count = -1;
};

/// The list pane: splits with counts, filter, conversations.
class InboxList : public Pane
{
    Q_OBJECT
public:
    InboxList(models::InboxModel *model, models::InboxCounts *counts, Settings *settings, Actions *actions,
              QWidget *parent = nullptr);

    /// Names of people and tags, and where the person's own splits are kept. Outlives the pane.
    void setDesk(models::Desk *desk);
    void setQuery(const InboxQuery &query); ///< location and me; split and filter are the pane's own
    /// The first screen, before the cache can be asked. The rows are painted and can be walked through; what is chosen is
    /// opened after the first setQuery.
    void showGlance(const store::Glance &glance, const QString &locationZone);
    void setZones(const QTimeZone &mine, const QString &locationZone);
    void setSplit(Split split);
    Split split() const { return m_query.split; }
    void setSaved(const QString &id); ///< one of the person's own
    void nextSplit(int step);
    void openFilters();
    void setFilter(const InboxFilter &filter);
    const InboxFilter &inboxFilter() const { return m_query.filter; }
    models::SavedSplits *saved() const { return m_saved; }
    void worked(qint64 key); ///< this row is dealt with and about to leave
    QListView *view() const { return m_view; }
    QLineEdit *filter() const { return m_filter; }
    std::optional<ConversationRow> currentRow() const; ///< none while it is not loaded
    qint64 currentKey() const;
    void select(qint64 key); ///< now, or when it has come into the list
    /// This conversation is open: its row is the chosen one when it is in the list.
    void showOpen(qint64 key);
    /// This contact is open: the current row is marked when it is theirs, and nobody else's ever is.
    void markOpen(const ContactId &contact);
    void move(int step);
    /// Chooses the neighbour of the current row, which is about to leave the list.
    void stepAway();
    void chooseFirst(); ///< when the rows that were just asked for have come

Q_SIGNALS:
    void chosen(const outrigger::ConversationRow &row); ///< the current row changed
    void activated();                                    ///< Enter, double click
    void doneRequested(const outrigger::ConversationRow &row);
    void snoozeRequested(const outrigger::ConversationRow &row, const QPoint &globalPosition);
    void starRequested(const outrigger::ConversationRow &row);
    void menuRequested(const outrigger::ConversationRow &row, const QPoint &globalPosition);
    void newTextRequested();
    void announced(const QString &sentence);

private:
    QWidget *buildSplits();
    void buildList(Actions *actions);
    QWidget *buildFilterLine();
    void query();
    QVector<triage::Part> filterParts() const;
    QString filterWords(const InboxFilter &filter, const QString &text) const;
    void showFilter();
    void showSaved();
    void checkSplits();
    void splitMenu(QWidget *button, const QString &id);
    void editSplit(const models::SavedSplit &split);
    void showProgress();
    void showClear();
    void showCounts();
    void showEmptiness();
    void onCurrent();
    std::optional<ConversationRow> rowOfKey(qint64 key) const;

    models::InboxModel *m_model;
    models::InboxCounts *m_counts;
    Settings *m_settings;
    InboxQuery m_query;
    models::Desk *m_desk = nullptr;
    models::SavedSplits *m_saved = nullptr;
    QString m_savedId; ///< of the split that is shown, if it is the person's own
    QHash<int, SplitButton *> m_splits;
    QHash<QString, SplitButton *> m_savedButtons;
    QHash<qint64, bool> m_worked; ///< dealt with; true: it has left what is shown
    QToolButton *m_filters = nullptr;
    QWidget *m_filterLine = nullptr;
    ChipRow *m_chips = nullptr;
    QPushButton *m_saveSplit = nullptr;
    Label *m_progress = nullptr;
    Split m_afterClear = Split::All;
    QLineEdit *m_filter = nullptr;
    QListView *m_view = nullptr;
    QStackedWidget *m_stack = nullptr;
    EmptyState *m_empty = nullptr;
    InboxDelegate *m_delegate = nullptr;
    QTimer m_filterTimer;
    bool m_chooseFirst = false;
    bool m_asked = false;  ///< the first query has been set
    qint64 m_wanted = 0;   ///< to be chosen when it comes into the list
    qint64 m_announced = 0; ///< the key that chosen() was last emitted for
};

} // namespace outrigger::gui
