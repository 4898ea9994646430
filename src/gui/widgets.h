// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/style.h"

#include <QLabel>
#include <QToolButton>
#include <QWidget>

class QBoxLayout;
class QLayout;
class QPushButton;

namespace outrigger::gui {

/// The inks and grounds of the design by role; they follow the scheme.
enum class Ink { Text, Text2, Text3, Accent, Ok, Warn, Danger };
QColor inkColour(Ink ink);
enum class Ground { Surface, Window, Rail };

/// Gives a control its stable object name and what it says to a screen reader.
template <class W>
W *named(W *widget, const QString &objectName, const QString &accessibleName)
{
    widget->setObjectName(objectName);
    widget->setAccessibleName(accessibleName);
    return widget;
}

/// Plain text in a role's font and ink. What it shows is what a screen reader reads.
class Label : public QLabel
{
    Q_OBJECT
    Q_PROPERTY(QString role READ roleWord WRITE setRole) // for forms: title heading body small
    Q_PROPERTY(QString ink READ inkWord WRITE setInkWord) // for forms: text text2 danger
public:
    explicit Label(QWidget *parent); ///< body text; a form sets the rest
    explicit Label(TextRole role, Ink ink = Ink::Text, QWidget *parent = nullptr);
    Label(const QString &text, TextRole role, Ink ink = Ink::Text, QWidget *parent = nullptr);
    void setInk(Ink ink);
    void setRole(const QString &word);
    void setInkWord(const QString &word);
    QString roleWord() const;
    QString inkWord() const;
    /// Shortened with an ellipsis instead of asking for room; the whole text is the tool tip.
    void setElided(bool elided);
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void restyle();
    TextRole m_role;
    Ink m_ink;
    bool m_elided = false;
};

/// A filled area, with hairlines at the edges that are asked for.
class Pane : public QWidget
{
    Q_OBJECT
public:
    explicit Pane(Ground ground, QWidget *parent = nullptr);
    void setEdges(Qt::Edges edges);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Ground m_ground;
    Qt::Edges m_edges;
};

/// A strip above or below something: what is so and at most two acts. Never a pop-up.
class Strip : public QWidget
{
    Q_OBJECT
public:
    enum class Kind { Calm, Warn, Danger, Info };
    explicit Strip(const QString &objectName, QWidget *parent = nullptr);
    void show(Kind kind, const QString &sentence, const QString &act = {}, const QString &secondAct = {});
    QString sentence() const;

Q_SIGNALS:
    void acted();
    void secondActed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Kind m_kind = Kind::Calm;
    Label *m_text;
    QPushButton *m_act;
    QPushButton *m_second;
};

/// A form of ui/ cannot have dots in its names, because they become C++ names: gives everything in `form` its public
/// name, with dots for underscores.
void dotNames(QWidget *form);
/// A flat button with an icon. name is its accessible name and its tool tip.
QToolButton *iconButton(const QString &icon, const QString &objectName, const QString &name, QWidget *parent);
QPushButton *pushButton(const QString &text, const QString &objectName, QWidget *parent, bool primary = false);
/// Insets and spacing in design px.
void setInsets(QLayout *layout, int left, int top, int right, int bottom, int spacing);
/// Shown because of an error that a person must read: what happened and what to do.
QString wholeSentence(const QString &sentence, const QString &nextStep);

} // namespace outrigger::gui
