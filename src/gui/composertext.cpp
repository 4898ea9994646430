// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/composertext.h"

#include "gui/attachments.h"
#include "gui/style.h"
#include "gui/wronglead.h"

#include <QAbstractTextDocumentLayout>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocumentFragment>
#include <QTextLayout>

#include <cmath>

namespace outrigger::gui {

ComposerText::ComposerText(QWidget *parent) : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(px(6));
    connect(this, &QPlainTextEdit::textChanged, this, &ComposerText::grow);
    connect(Style::instance(), &Style::changed, this, [this] {
        document()->setDocumentMargin(px(6));
        grow();
    });
}

int ComposerText::heightOfLines(int lines) const
{
    const double line = QFontMetricsF(font()).lineSpacing();
    return int(std::ceil(lines * line + 2 * document()->documentMargin())) + 2 * frameWidth() + 2;
}

QSize ComposerText::sizeHint() const
{
    int lines = 0;
    for (auto block = document()->begin(); block.isValid() && lines < 9; block = block.next())
        lines += block.layout() ? qMax(1, block.layout()->lineCount()) : 1;
    return {px(240), heightOfLines(qBound(1, lines, 8))};
}

QSize ComposerText::minimumSizeHint() const
{
    return {px(120), sizeHint().height()};
}

void ComposerText::grow()
{
    updateGeometry();
    const bool scrolls = sizeHint().height() >= heightOfLines(8);
    setVerticalScrollBarPolicy(scrolls ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
}

void ComposerText::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    grow();
}

bool ComposerText::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        // With nothing typed to undo, the window's Undo is meant: it takes back the text that is about to leave.
        if (key->matches(QKeySequence::Undo) && !document()->isUndoAvailable()) {
            event->ignore();
            return true;
        }
    }
    return QPlainTextEdit::event(event);
}

void ComposerText::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (enter && modifiers == Qt::ControlModifier) {
        Q_EMIT sendRequested(true);
        return;
    }
    if (enter && modifiers == (m_enterSends ? Qt::KeyboardModifiers() : Qt::KeyboardModifiers(Qt::ShiftModifier))) {
        Q_EMIT sendRequested(false);
        return;
    }
    if (enter) {
        insertPlainText(QStringLiteral("\n"));
        ensureCursorVisible();
        return;
    }
    const bool empty = document()->isEmpty();
    if (event->key() == Qt::Key_Escape) {
        if (empty)
            Q_EMIT takeBackRequested();
        else
            Q_EMIT leaveRequested();
        return;
    }
    if (event->key() == Qt::Key_Up && modifiers == Qt::NoModifier && empty) {
        Q_EMIT takeBackRequested();
        return;
    }
    if (modifiers == Qt::AltModifier && event->key() >= Qt::Key_1 && event->key() <= Qt::Key_9) {
        Q_EMIT numberRequested(event->key() - Qt::Key_1);
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void ComposerText::contextMenuEvent(QContextMenuEvent *event)
{
    const bool mouse = event->reason() == QContextMenuEvent::Mouse;
    const QPoint caret = viewport()->mapToGlobal(cursorRect().bottomLeft());
    const int position = mouse ? cursorForPosition(viewport()->mapFromGlobal(event->globalPos())).position() : textCursor().position();
    Q_EMIT menuRequested(mouse ? event->globalPos() : caret, position);
    event->accept();
}

QMimeData *ComposerText::createMimeDataFromSelection() const
{
    return copied(textCursor().selection().toPlainText(), m_contact);
}

bool ComposerText::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasText() || Attachments::isOffered(source);
}

void ComposerText::insertFromMimeData(const QMimeData *source)
{
    if (Attachments::isOffered(source)) {
        Q_EMIT filesOffered(source);
        return;
    }
    if (source->hasText())
        insertPlainText(source->text());
    Q_EMIT pasted(source->text(), copiedFrom(source));
}

} // namespace outrigger::gui
