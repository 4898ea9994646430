// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/rows.h"
#include "gui/widgets.h"

#include <QDate>
#include <QTimer>

class QCalendarWidget;
class QLineEdit;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

/// Above the messages: words to look for in the whole conversation, or the day to go to. Asks the desk and says which
/// message to show; the pane loads and shows it. Not modal, and it takes no room while it is shut.
class ThreadSearch : public Pane
{
    Q_OBJECT
public:
    explicit ThreadSearch(models::Desk *desk, QWidget *parent = nullptr);
    void setConversation(qint64 key); ///< 0: none; another one shuts it
    void openWords();
    void openDay();
    void shut();
    /// Messages have come or changed: what was found is looked for again, without moving.
    void again();
    /// The last message of a person before `key` (0: of all); says found() or nothingByPeople().
    void lastByPerson(qint64 beforeKey);

Q_SIGNALS:
    void found(qint64 key, const QString &needle); ///< needle: folded; empty for a day
    void nothingByPeople();
    void cleared();        ///< what was marked is not any more
    void left();           ///< Esc: back to the messages
    void olderRequested(); ///< look further back than this computer has
    void announced(const QString &sentence);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum class Mode { Words, Day };
    QWidget *buildWords();
    QWidget *buildDay();
    void open(Mode mode);
    void look(bool move);
    void step(int by);
    void showCount();
    void typedDay();
    void go(const QDate &day);
    static Task<void> search(ThreadSearch *self, qint64 conversation, QString text, bool move);
    static Task<void> toDay(ThreadSearch *self, qint64 conversation, QDate day);
    static Task<void> toPerson(ThreadSearch *self, qint64 conversation, qint64 before);

    models::Desk *m_desk;
    qint64 m_conversation = 0;
    ThreadHits m_hits;
    int m_at = -1; ///< of m_hits.keys
    QString m_needle;
    QWidget *m_words;
    QWidget *m_day;
    QLineEdit *m_text = nullptr;
    Label *m_count = nullptr;
    QToolButton *m_older = nullptr;
    QToolButton *m_newer = nullptr;
    QPushButton *m_further = nullptr;
    QLineEdit *m_typed = nullptr;
    Label *m_meant = nullptr;
    QPushButton *m_go = nullptr;
    QCalendarWidget *m_calendar = nullptr;
    QDate m_date;
    QTimer m_wait;
    Task<void> m_looking;
    Task<void> m_going;
};

} // namespace outrigger::gui
