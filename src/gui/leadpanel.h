// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/calendar.h"
#include "domain/contact.h"
#include "gui/widgets.h"

class QCompleter;
class QGridLayout;
class QLineEdit;
class QStringListModel;
class QVBoxLayout;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class AvatarLabel;
class ChipRow;
class LeadDeals;
class Work;

/// The facts about the open lead, at the right of the thread. Tags can be added and removed here.
class LeadPanel : public Pane
{
    Q_OBJECT
public:
    LeadPanel(models::Desk *desk, Work *work, QWidget *parent = nullptr);
    void setContact(const Contact &contact);
    void clear();

Q_SIGNALS:
    void bookRequested();
    void appointmentRequested(const outrigger::EventRow &row);

private:
    void build();
    QWidget *buildHead();
    QWidget *buildTags();
    void show();
    void showTags();
    void showFacts();
    void addFact(const QString &name, const QString &value, const QString &id);
    void addHeading(const QString &text);
    void addTag(const QString &tag);
    void addAppointments();
    static Task<void> loadAppointments(LeadPanel *self);

    models::Desk *m_desk;
    Work *m_work;
    Contact m_contact;
    QWidget *m_body = nullptr;
    AvatarLabel *m_avatar = nullptr;
    Label *m_name = nullptr;
    Label *m_under = nullptr;
    ChipRow *m_verdicts = nullptr;
    ChipRow *m_tags = nullptr;
    QLineEdit *m_newTag = nullptr;
    LeadDeals *m_deals = nullptr;
    QStringListModel *m_knownTags = nullptr;
    QWidget *m_facts = nullptr;
    QVBoxLayout *m_factsHome = nullptr;
    QGridLayout *m_grid = nullptr;
    QVector<EventRow> m_appointments;
    Task<void> m_loading;
};

} // namespace outrigger::gui
