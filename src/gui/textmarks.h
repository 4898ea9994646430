// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSyntaxHighlighter>

#include <functional>

namespace outrigger::gui {

/// What is marked in a text while it is written: merge fields that are not filled in (amber), words that a dictionary
/// does not know (wavy line), and the few characters that make a text travel as Unicode (dotted line). Only looks up;
/// never asks a dictionary.
class TextMarks : public QSyntaxHighlighter
{
    Q_OBJECT
public:
    explicit TextMarks(QTextDocument *document);
    /// Positions and lengths of the misspelt words of the line that begins at `position`. Called for each line that
    /// changes: it must be quick.
    using Misspelt = std::function<QVector<std::pair<int, int>>(const QString &line, int position)>;
    void setMisspelt(Misspelt misspelt);

protected:
    void highlightBlock(const QString &text) override;

private:
    Misspelt m_misspelt;
};

} // namespace outrigger::gui
