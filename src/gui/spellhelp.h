// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "gui/spelling.h"

#include <QObject>
#include <QTextCursor>

class QMenu;

namespace outrigger::gui {

class ComposerText;
class TextMarks;

/// Spelling in one text field: wavy lines, and a menu of better words by the mouse or a key.
class SpellHelp : public QObject
{
    Q_OBJECT
public:
    /// A child of `field`.
    SpellHelp(ComposerText *field, TextMarks *marks, Spelling *spelling, const QString &area);
    void setNames(const QStringList &names); ///< of the lead: these are right
    /// The wrong word at the caret, else the next one, with its menu. Answers false when all are right.
    bool correct();

Q_SIGNALS:
    void announced(const QString &sentence);

private:
    QVector<std::pair<int, int>> wrongIn(const QString &line, int position) const;
    QTextCursor wrongAt(int position, bool orNext) const;
    static Task<void> offer(SpellHelp *self, QTextCursor word, QMenu *below, QPoint at);
    void fill(QMenu *menu, const QTextCursor &word, const QStringList &better);
    void onMenu(const QPoint &globalPosition, int position);
    void onCaret();

    ComposerText *m_field;
    TextMarks *m_marks;
    Spelling *m_spelling;
    QString m_area;
    QSet<QString> m_names;
    mutable int m_spared = -1; ///< the end of the word that is being typed and not judged yet
    Task<void> m_offering;
};

} // namespace outrigger::gui
