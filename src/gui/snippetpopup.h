// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/mergefields.h"
#include "domain/snippet.h"

#include <QFrame>

class QListWidget;
class QPlainTextEdit;
class QLabel;

namespace outrigger::gui {

/// The list of snippets above a text field, with what the chosen one says to this lead. The field keeps the focus and
/// hands its keys on.
class SnippetPopup : public QFrame
{
    Q_OBJECT
public:
    /// `field` is what it belongs to; it lies in the field's window, above it.
    SnippetPopup(QPlainTextEdit *field, const QString &objectName);
    /// Shows these, the first chosen; hides when there are none.
    void show(const QVector<Snippet> &snippets, const MergeValues &values);
    void step(int by);
    void take(); ///< chosen() with the one that is marked
    /// What a screen reader says of the marked one.
    QString spoken() const;

Q_SIGNALS:
    void chosen(const outrigger::Snippet &snippet);
    void marked(); ///< another one

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void place();
    void preview();
    QPlainTextEdit *m_field;
    QListWidget *m_list;
    QLabel *m_preview;
    QVector<Snippet> m_snippets;
    MergeValues m_values;
};

} // namespace outrigger::gui
