// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/calendar.h"
#include "domain/contact.h"
#include "domain/leadtask.h"
#include "gui/widgets.h"

class QCompleter;
class QGridLayout;
class QLineEdit;
class QStringListModel;
class QPushButton;
class QVBoxLayout;

namespace outrigger::models {
class Desk;
}

namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class AvatarLabel;
class ChipRow;
class LeadAutomation;
class LeadDeals;
class LeadFields;
class LeadNotices;
class LeadNotes;
class LeadTasks;
class SureBox;
class TimelineBox;
class LeadLinks;
class Work;

/// Everything about the open lead, at the right of the thread: every field can be changed where it stands.
class LeadPanel : public Pane
{
    Q_OBJECT
public:
    LeadPanel(sync::Engine *engine, models::Desk *desk, Work *work, QWidget *parent = nullptr);
    void setContact(const Contact &contact);
    void clear();
    /// Begins to change this field (a name of contactfields).
    void edit(const QString &field);
    /// Brings this note (its row's key) into sight, when this lead is shown and its notes have been read.
    void revealNote(const ContactId &contact, qint64 note);

Q_SIGNALS:
    void contactRequested(const outrigger::ContactId &contact);
    void bookRequested();
    void taskRequested(const outrigger::TaskRow &row); ///< to be changed
    void appointmentRequested(const outrigger::EventRow &row);

private:
    void build();
    QWidget *buildHead();
    QWidget *buildTags();
    QWidget *buildDelete();
    static Task<void> tellConsequences(LeadPanel *self);
    void show();
    void showTags();
    void showAppointments();
    void addHeading(const QString &text);
    void addTag(const QString &tag);
    void addAppointments();
    static Task<void> loadAppointments(LeadPanel *self);

    sync::Engine *m_engine;
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
    LeadNotices *m_notices = nullptr;
    LeadAutomation *m_automation = nullptr;
    LeadFields *m_reach = nullptr;
    LeadFields *m_person = nullptr;
    LeadFields *m_rest = nullptr;
    SureBox *m_sure = nullptr;
    Task<void> m_counting;
    LeadTasks *m_tasks = nullptr;
    LeadNotes *m_notes = nullptr;
    TimelineBox *m_timeline = nullptr;
    LeadLinks *m_links = nullptr;
    std::optional<std::pair<ContactId, qint64>> m_wantedNote;
    QStringListModel *m_knownTags = nullptr;
    QWidget *m_facts = nullptr;
    QVBoxLayout *m_factsHome = nullptr;
    QGridLayout *m_grid = nullptr;
    QVector<EventRow> m_appointments;
    Task<void> m_loading;
};

} // namespace outrigger::gui
