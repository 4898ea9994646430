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

/// The team's notes on the lead whose conversation is open: read when it is opened, written and changed here.
class LeadNotes : public QWidget
{
    Q_OBJECT
public:
    LeadNotes(models::Desk *desk, Work *work, QWidget *parent);
    void setContact(const ContactId &contact);
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
    QWidget *card(const NoteRow &row, int number);
    void edit(const std::optional<NoteRow> &row); ///< nothing: a new one
    void keep();
    void showButtons();

    models::Desk *m_desk;
    Work *m_work;
    ContactId m_contact;
    QVector<NoteRow> m_rows;
    std::optional<NoteRow> m_edited;
    qint64 m_wanted = 0; ///< key
    QHash<ContactId, QString> m_begun; ///< what was not finished when another lead was opened
    QWidget *m_list = nullptr;
    QPlainTextEdit *m_text;
    QWidget *m_buttons;
    QPushButton *m_keep;
    QPushButton *m_cancel;
    Task<void> m_loading;
};

} // namespace outrigger::gui
