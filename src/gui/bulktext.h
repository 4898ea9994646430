// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contact.h"
#include "domain/outboxrecord.h"
#include "domain/sendguard.h"
#include "domain/textguard.h"

#include <QHash>
#include <QWidget>

class QPlainTextEdit;
class QToolButton;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class Label;

/// The text of a text to many: written once, filled in for each, shown as each of them gets it, with its parts counted.
class BulkText : public QWidget
{
    Q_OBJECT
public:
    BulkText(models::Desk *desk, const GuardRules &rules, QWidget *parent = nullptr);
    void takeFocus();
    QString text() const; ///< as it was written, trimmed
    /// What the cache knows of the talk with these; who is not among them is left out.
    void setFacts(QHash<ContactId, SendFacts> facts);
    /// Why this one gets nothing, in a few words; empty: gets it. The same guard as the composer's: what would ask there
    /// leaves out here, because nobody answers two hundred questions.
    QString whyNot(const Contact &contact) const;
    MessageDraft draftFor(const Contact &contact) const;
    /// Who gets it, for the preview and the meter.
    void setChosen(const QVector<Contact> &chosen);
    int parts() const { return m_parts; } ///< of all texts together

Q_SIGNALS:
    void changed();

private:
    QString filled(const Contact &contact) const;
    void showOne();
    models::Desk *m_desk;
    GuardRules m_rules;
    QPlainTextEdit *m_text;
    Label *m_preview;
    QToolButton *m_before;
    QToolButton *m_after;
    QHash<ContactId, SendFacts> m_facts;
    QVector<Contact> m_chosen;
    qsizetype m_shown = 0;
    int m_parts = 0;
};

} // namespace outrigger::gui
