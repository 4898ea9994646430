// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/spellhelp.h"

#include "gui/composertext.h"
#include "gui/textmarks.h"

#include <QMenu>
#include <QPointer>
#include <QTextBlock>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

SpellHelp::SpellHelp(ComposerText *field, TextMarks *marks, Spelling *spelling, const QString &area)
    : QObject(field), m_field(field), m_marks(marks), m_spelling(spelling), m_area(area)
{
    m_marks->setMisspelt([this](const QString &line, int position) { return wrongIn(line, position); });
    connect(m_spelling, &Spelling::changed, m_marks, &QSyntaxHighlighter::rehighlight);
    connect(field, &ComposerText::menuRequested, this, &SpellHelp::onMenu);
    connect(field, &QPlainTextEdit::cursorPositionChanged, this, &SpellHelp::onCaret);
}

void SpellHelp::setNames(const QStringList &names)
{
    QSet<QString> words;
    for (const QString &name : names) {
        const auto parts = Spelling::pieces(name, {});
        for (const auto &part : parts)
            words.insert(part.word);
    }
    if (words == m_names)
        return;
    m_names = words;
    m_marks->rehighlight();
}

QVector<std::pair<int, int>> SpellHelp::wrongIn(const QString &line, int position) const
{
    QVector<std::pair<int, int>> found;
    const int caret = m_field->hasFocus() ? m_field->textCursor().position() : -1;
    const auto words = m_spelling->wrong(line);
    for (const auto &word : words) {
        if (m_names.contains(word.word))
            continue;
        // Nobody wants to be corrected in the middle of a word.
        if (position + word.at + word.length == caret) {
            m_spared = caret;
            continue;
        }
        found.append({word.at, word.length});
    }
    return found;
}

void SpellHelp::onCaret()
{
    if (m_spared < 0 || m_field->textCursor().position() == m_spared)
        return;
    const QTextBlock block = m_field->document()->findBlock(qMin(m_spared, m_field->document()->characterCount() - 1));
    m_spared = -1;
    m_marks->rehighlightBlock(block);
}

QTextCursor SpellHelp::wrongAt(int position, bool orNext) const
{
    QTextCursor found;
    const auto *document = m_field->document();
    for (QTextBlock block = document->findBlock(position); block.isValid(); block = block.next()) {
        const auto words = m_spelling->wrong(block.text());
        for (const auto &word : words) {
            const int at = block.position() + word.at;
            const bool here = position >= at && position <= at + word.length;
            if (m_names.contains(word.word) || !(here || (orNext && at >= position)))
                continue;
            found = QTextCursor(m_field->document());
            found.setPosition(at);
            found.setPosition(at + word.length, QTextCursor::KeepAnchor);
            return found;
        }
        if (!orNext)
            break;
    }
    return found;
}

bool SpellHelp::correct()
{
    QTextCursor word = wrongAt(m_field->textCursor().selectionStart(), true);
    if (word.isNull())
        word = wrongAt(0, true);
    if (word.isNull()) {
        Q_EMIT announced(tr("No word is marked as misspelt."));
        return false;
    }
    m_field->setTextCursor(word);
    m_field->ensureCursorVisible();
    auto *menu = new QMenu(m_field);
    m_offering = offer(this, word, menu, m_field->viewport()->mapToGlobal(m_field->cursorRect(word).topLeft()));
    return true;
}

void SpellHelp::onMenu(const QPoint &globalPosition, int position)
{
    QMenu *menu = m_field->createStandardContextMenu();
    const QTextCursor word = m_field->isReadOnly() ? QTextCursor() : wrongAt(position, false);
    m_offering = offer(this, word, menu, globalPosition);
}

/// The menu opens when the better words are there, a moment later.
Task<void> SpellHelp::offer(SpellHelp *self, QTextCursor word, QMenu *below, QPoint at)
{
    QPointer<QMenu> menu(below);
    menu->setObjectName(self->m_area + ".spelling"_L1);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (!word.isNull()) {
        auto asking = self->m_spelling->suggest(word.selectedText());
        const auto better = co_await asking;
        if (!menu)
            co_return;
        const bool alone = menu->isEmpty();
        self->fill(menu, word, better.value_or(QStringList()));
        if (alone) // above the word: what is being corrected stays in view
            at.ry() -= menu->sizeHint().height();
    }
    menu->popup(at);
}

void SpellHelp::fill(QMenu *menu, const QTextCursor &word, const QStringList &better)
{
    const auto actions = menu->actions();
    QAction *first = actions.isEmpty() ? nullptr : actions.first();
    const auto add = [&](const QString &text, const std::function<void()> &act) {
        auto *action = new QAction(text, menu);
        connect(action, &QAction::triggered, this, act);
        menu->insertAction(first, action);
        return action;
    };
    int number = 0;
    for (const QString &one : better) {
        QString shown = one;
        shown.replace(u'&', "&&"_L1);
        ++number;
        add(tr("&%1  %2").arg(number).arg(shown), [word, one] { QTextCursor(word).insertText(one); });
    }
    if (better.isEmpty())
        add(tr("No better word is known"), [] {})->setEnabled(false);
    menu->insertSeparator(first);
    const QString own = word.selectedText();
    add(tr("&Add “%1” to my words").arg(own), [this, own] { m_spelling->learn(QString(own).replace(QChar(0x2019), u'\'')); });
    menu->insertSeparator(first);
    if (!first && !menu->actions().isEmpty())
        menu->setActiveAction(menu->actions().first());
}

} // namespace outrigger::gui
