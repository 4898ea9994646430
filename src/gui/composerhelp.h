// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contact.h"
#include "domain/snippet.h"

#include <QObject>

class QKeyEvent;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class ComposerText;
class Settings;
class SpellHelp;
class SnippetPopup;
class TextMarks;
class WrongLead;

/// What helps while a text is written: snippets by "/", merge fields filled with the lead's values and marked while they
/// are not, Tab through the gaps.
class ComposerHelp : public QObject
{
    Q_OBJECT
public:
    /// A child of `field`. `area` begins the object names.
    ComposerHelp(ComposerText *field, models::Desk *desk, Settings *settings, const QString &area);
    void setContact(const Contact &contact);
    /// Fills what can be filled in the whole text; one step for Ctrl+Z.
    void fillFields();
    WrongLead *wrongLead() const { return m_wrongLead; }
    void correctSpelling(); ///< the menu of better words for the next wrong one
    void editSnippets(const QString &text = {}); ///< the dialog; with a text: a new one that says this

Q_SIGNALS:
    void announced(const QString &sentence);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool pressed(QKeyEvent *event);
    void look();
    void insert(const Snippet &snippet);
    bool toGap(bool forward);

    ComposerText *m_field;
    models::Desk *m_desk;
    QString m_area;
    Contact m_contact;
    TextMarks *m_marks;
    SpellHelp *m_spelling;
    WrongLead *m_wrongLead;
    SnippetPopup *m_popup = nullptr; ///< made when it is first called
    int m_dismissed = -1;            ///< the "/" that Esc was pressed at
};

} // namespace outrigger::gui
