// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/leadnote.h"

#include <QHash>
#include <QWidget>

#include <optional>

class QPlainTextEdit;
class QPushButton;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class Label;
class Work;

/// The team's notes on the lead whose conversation is open, or on one appointment: read when it is opened, written and
/// changed here.
class LeadNotes : public QWidget
{
    Q_OBJECT
public:
    enum class On { Lead, Appointment };
    LeadNotes(models::Desk *desk, Work *work, QWidget *parent, On on = On::Lead);
    void setContact(const ContactId &contact) { setAbout(contact, {}); }
    /// An appointment that HighLevel has, of this contact; both empty: nothing.
    void setAbout(const ContactId &contact, const AppointmentId &appointment);
    /// Shows this one, now or when it has been read, and says where by revealed().
    void reveal(qint64 note);

Q_SIGNALS:
    void revealed(QWidget *card);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void read();
    static Task<void> load(LeadNotes *self);
    void show(const QVector<NoteRow> &rows);
    QMenu *menuOf(const NoteRow &row); ///< deletes itself when it is closed
    void addColours(QMenu *menu, const NoteRow &row);
    QWidget *card(const NoteRow &row, int number);
    void edit(const std::optional<NoteRow> &row); ///< nothing: a new one
    void keep();
    void showButtons();
    QString about() const { return m_contact.value + m_appointment.value; }

    models::Desk *m_desk;
    Work *m_work;
    QString m_name; ///< of the objects: "lead.note", "event.note"
    ContactId m_contact;
    AppointmentId m_appointment;
    QVector<NoteRow> m_rows;
    std::optional<NoteRow> m_edited;
    qint64 m_wanted = 0; ///< key
    QHash<QString, QString> m_begun; ///< what was not finished when another lead or appointment was opened
    QWidget *m_list = nullptr;
    QPlainTextEdit *m_text;
    QWidget *m_buttons;
    QPushButton *m_keep;
    QPushButton *m_cancel;
    Task<void> m_loading;
};

} // namespace outrigger::gui
