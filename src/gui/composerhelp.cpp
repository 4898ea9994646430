// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/composerhelp.h"

#include "gui/composertext.h"
#include "gui/snippetdialog.h"
#include "gui/snippetpopup.h"
#include "gui/spellhelp.h"
#include "gui/textmarks.h"
#include "gui/wronglead.h"
#include "models/desk.h"
#include "models/snippets.h"

#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {
/// A text for one lead as a snippet for all: it must not greet this one by name ever after.
QString forAnybody(QString text, const QString &firstName)
{
    static const QString field = u"{{contact.first_name}}"_s;
    const auto inWord = [&text](qsizetype at) { return at >= 0 && at < text.size() && text.at(at).isLetterOrNumber(); };
    for (qsizetype at = 0; firstName.size() > 1 && (at = text.indexOf(firstName, at)) >= 0;) {
        const bool whole = !inWord(at - 1) && !inWord(at + firstName.size());
        if (whole)
            text.replace(at, firstName.size(), field);
        at += whole ? field.size() : firstName.size();
    }
    return text;
}
} // namespace

ComposerHelp::ComposerHelp(ComposerText *field, models::Desk *desk, Settings *settings, const QString &area)
    : QObject(field), m_field(field), m_desk(desk), m_area(area), m_marks(new TextMarks(field->document())),
      m_spelling(new SpellHelp(field, m_marks, Spelling::of(desk, settings), area)),
      m_wrongLead(new WrongLead(desk, this))
{
    connect(m_spelling, &SpellHelp::announced, this, &ComposerHelp::announced);
    field->installEventFilter(this);
    connect(field, &QPlainTextEdit::cursorPositionChanged, this, &ComposerHelp::look);
    connect(field, &QPlainTextEdit::textChanged, this, &ComposerHelp::look);
    connect(field, &ComposerText::pasted, this, &ComposerHelp::fillFields);
    connect(field, &ComposerText::pasted, m_wrongLead, &WrongLead::pasted);
    connect(desk->snippets(), &models::Snippets::changed, this, &ComposerHelp::look);
}

void ComposerHelp::setContact(const Contact &contact)
{
    if (m_contact.id != contact.id && m_popup)
        m_popup->hide();
    m_contact = contact;
    m_field->setContact(contact.id);
    m_wrongLead->setContact(contact);
    m_spelling->setNames({contact.firstName, contact.lastName, contact.companyName, contact.city});
}

void ComposerHelp::correctSpelling()
{
    m_spelling->correct();
}

/// Shows, narrows or hides the list, as text and caret want it.
void ComposerHelp::look()
{
    const QTextCursor cursor = m_field->textCursor();
    const QString text = m_field->toPlainText();
    const int at = m_field->hasFocus() && !m_field->isReadOnly() && !cursor.hasSelection() ? snippetCall(text, cursor.position()) : -1;
    if (at < 0 || at == m_dismissed) {
        if (at < 0)
            m_dismissed = -1;
        if (m_popup)
            m_popup->hide();
        return;
    }
    m_desk->snippets()->load();
    if (!m_popup) {
        m_popup = new SnippetPopup(m_field, m_area + ".snippets"_L1);
        connect(this, &QObject::destroyed, m_popup, &QObject::deleteLater);
        connect(m_popup, &SnippetPopup::chosen, this, &ComposerHelp::insert);
        connect(m_popup, &SnippetPopup::marked, this, [this] { Q_EMIT announced(m_popup->spoken()); });
    }
    m_popup->show(matchSnippets(m_desk->snippets()->all(), text.mid(at + 1, cursor.position() - at - 1)), m_desk->mergeValues(m_contact));
}

void ComposerHelp::insert(const Snippet &snippet)
{
    QTextCursor cursor = m_field->textCursor();
    const int at = snippetCall(m_field->toPlainText(), cursor.position());
    if (at < 0)
        return;
    const Merged merged = fillMergeFields(snippet.text, m_desk->mergeValues(m_contact));
    cursor.setPosition(at, QTextCursor::KeepAnchor);
    cursor.insertText(merged.text);
    if (!merged.open.isEmpty()) {
        cursor.setPosition(at + merged.open.first().at);
        cursor.setPosition(at + merged.open.first().at + merged.open.first().length, QTextCursor::KeepAnchor);
    }
    m_field->setTextCursor(cursor);
    m_field->ensureCursorVisible();
    m_field->setFocus(Qt::OtherFocusReason);
    const auto gaps = int(merged.open.size());
    if (gaps > 0)
        Q_EMIT announced(tr("%n field(s) could not be filled in. Tab goes to the next one.", nullptr, gaps));
}

void ComposerHelp::fillFields()
{
    const QString text = m_field->toPlainText();
    const Merged merged = fillMergeFields(text, m_desk->mergeValues(m_contact));
    if (merged.text == text)
        return;
    QTextCursor cursor(m_field->document());
    const int behind = int(text.size()) - m_field->textCursor().position();
    cursor.select(QTextCursor::Document);
    cursor.insertText(merged.text);
    cursor.setPosition(qMax(0, int(merged.text.size()) - behind));
    m_field->setTextCursor(cursor);
}

/// Past the last gap Tab leaves the field as everywhere, so nobody is caught in it.
bool ComposerHelp::toGap(bool forward)
{
    QTextCursor cursor = m_field->textCursor();
    const auto fields = mergeFields(m_field->toPlainText());
    const MergeField *gap = nullptr;
    for (const MergeField &field : fields) {
        if (forward && field.at >= cursor.selectionEnd() && !gap)
            gap = &field;
        if (!forward && field.at + field.length <= cursor.selectionStart())
            gap = &field;
    }
    if (!gap)
        return false;
    cursor.setPosition(gap->at);
    cursor.setPosition(gap->at + gap->length, QTextCursor::KeepAnchor);
    m_field->setTextCursor(cursor);
    m_field->ensureCursorVisible();
    return true;
}

bool ComposerHelp::pressed(QKeyEvent *event)
{
    const bool plain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (m_popup && m_popup->isVisible() && plain) {
        switch (event->key()) {
        case Qt::Key_Down: m_popup->step(1); return true;
        case Qt::Key_Up: m_popup->step(-1); return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Tab: m_popup->take(); return true;
        case Qt::Key_Escape:
            m_dismissed = snippetCall(m_field->toPlainText(), m_field->textCursor().position());
            m_popup->hide();
            return true;
        default: break;
        }
    }
    if (event->text() == "}"_L1) // a field written by hand is filled when it is whole
        QMetaObject::invokeMethod(this, &ComposerHelp::fillFields, Qt::QueuedConnection);
    if (event->key() == Qt::Key_Tab && plain)
        return toGap(true);
    if (event->key() == Qt::Key_Backtab)
        return toGap(false);
    return false;
}

bool ComposerHelp::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress)
        return pressed(static_cast<QKeyEvent *>(event));
    if (m_popup && (event->type() == QEvent::FocusOut || event->type() == QEvent::Hide))
        m_popup->hide();
    return QObject::eventFilter(watched, event);
}

void ComposerHelp::editSnippets(const QString &text)
{
    auto *dialog = new SnippetDialog(m_desk->snippets(), m_field->window());
    if (!text.trimmed().isEmpty())
        dialog->begin(forAnybody(text, m_contact.firstName.trimmed()));
    dialog->open();
}

} // namespace outrigger::gui
