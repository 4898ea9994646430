// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace outrigger::gui {

class Label;
class Pane;

/// A button for what cannot be taken back, and in its place what it means with two answers. Not a dialog: the person sees
/// what it is about while deciding, and Enter keeps. Names: NAME, NAME.sure, NAME.words, NAME.keep, NAME.yes.
class SureBox : public QWidget
{
    Q_OBJECT
public:
    SureBox(const QString &name, const QString &act, const QString &keep, QWidget *parent);
    /// Says what it means, and waits for an answer.
    void ask(const QString &words);
    /// Back to the button.
    void reset();
    /// It cannot be done, and why; empty: it can.
    void setLocked(const QString &why);

Q_SIGNALS:
    void wanted();    ///< the button: ask() comes next
    void confirmed();

private:
    QPushButton *m_act;
    Pane *m_sure;
    Label *m_words;
    QPushButton *m_keep;
};

} // namespace outrigger::gui
