// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contact.h"
#include "domain/contactfilter.h"
#include "gui/widgets.h"

class QVBoxLayout;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

/// Conditions of a list, written line by line: groups of them, all or any inside and between. Every change is told at
/// once; a condition without its value is not asked yet.
class FilterBuilder : public Pane
{
    Q_OBJECT
public:
    explicit FilterBuilder(models::Desk *desk, QWidget *parent = nullptr);
    void setFilter(const ContactFilter &filter);
    const ContactFilter &filter() const { return m_filter; }
    void takeFocus();

Q_SIGNALS:
    void changed();
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void rebuild(int focusGroup = -1, int focusRow = -1);
    QWidget *buildGroup(int group);
    QWidget *buildRow(int group, int row);
    QWidget *buildValue(int group, int row, const QString &name);
    void tell();
    ContactCondition &at(int group, int row) { return m_filter.groups[group].conditions[row]; }
    models::Desk *m_desk;
    ContactFilter m_filter;
    QVBoxLayout *m_column;
    QWidget *m_list = nullptr;
};

} // namespace outrigger::gui
