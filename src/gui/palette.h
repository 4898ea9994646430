// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/keymap.h"
#include "models/palettemodel.h"

#include <QFrame>
#include <QPointer>

#include <optional>

class QLineEdit;
class QListView;

namespace outrigger::gui {

class Label;

/// The box that finds anything and does anything, above the window's upper third. The field keeps the focus; arrows walk
/// through the rows, Enter takes one, Escape goes back to where the person was. Made when it is first wanted.
class Palette : public QFrame
{
    Q_OBJECT
public:
    Palette(models::Desk *desk, Actions *actions, QWidget *window);
    /// Opens it with the last words marked, so that typing begins anew and Enter goes on. page: what can be done there is
    /// offered besides what can be done everywhere.
    void open(std::optional<KeyScope> page = {});
    void shut();
    bool isOpen() const { return isVisible(); }
    models::PaletteModel *model() const { return m_model; }

Q_SIGNALS:
    void personChosen(const outrigger::ContactId &contact);
    void dealChosen(const outrigger::OpportunityId &deal);
    void messageChosen(const outrigger::ContactId &contact, qint64 key, const QString &needle);
    void taskChosen(qint64 task, const outrigger::ContactId &contact);
    void noteChosen(qint64 note, const outrigger::ContactId &contact);
    void appointmentChosen(qint64 event, const QDateTime &start);
    void snippetChosen(const QString &snippet);
    void announced(const QString &sentence);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    bool onKey(int key);
    void choose(int row);
    void mark(int row);
    void onFilled();
    void place();
    void showCoverage();
    void offer(std::optional<KeyScope> page);

    Actions *m_actions;
    models::PaletteModel *m_model;
    QLineEdit *m_input;
    QListView *m_list;
    Label *m_empty;
    Label *m_coverage;
    QString m_covered;
    QPointer<QWidget> m_before; ///< had the focus
    bool m_takeFirst = false;   ///< Enter was pressed before the rows of these words were there
};

} // namespace outrigger::gui
