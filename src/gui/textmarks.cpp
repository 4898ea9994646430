// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/textmarks.h"

#include "domain/mergefields.h"
#include "domain/segments.h"
#include "gui/style.h"

#include <QTextDocument>

namespace outrigger::gui {

namespace {
constexpr int fewOdd = 8; // a text in another script is no text with odd characters
}

TextMarks::TextMarks(QTextDocument *document) : QSyntaxHighlighter(document)
{
    connect(Style::instance(), &Style::changed, this, &QSyntaxHighlighter::rehighlight);
}

void TextMarks::setMisspelt(Misspelt misspelt)
{
    m_misspelt = std::move(misspelt);
}

void TextMarks::highlightBlock(const QString &text)
{
    const Colours &c = colours();
    if (m_misspelt) {
        QTextCharFormat wavy;
        wavy.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        wavy.setUnderlineColor(c.danger);
        for (const auto &[at, length] : m_misspelt(text, currentBlock().position()))
            setFormat(at, length, wavy);
    }
    const auto odd = measureSms(text).culprits;
    if (odd.size() <= fewOdd) {
        for (const int at : odd) {
            QTextCharFormat dotted = format(at);
            dotted.setUnderlineStyle(QTextCharFormat::DotLine);
            dotted.setUnderlineColor(c.warn);
            setFormat(at, 1, dotted);
        }
    }
    QTextCharFormat open;
    open.setBackground(c.tints ? mixed(c.surface, c.warn, 0.28) : c.surface);
    open.setForeground(c.tints ? c.text : c.warn);
    open.setFontUnderline(!c.tints);
    const auto fields = mergeFields(text);
    for (const MergeField &field : fields)
        setFormat(field.at, field.length, open);
}

} // namespace outrigger::gui
