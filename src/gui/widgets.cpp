// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets.h"

#include "gui/focusback.h"
#include "gui/icons.h"
#include "gui/striplayout.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QStyleOption>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

QColor inkColour(Ink ink)
{
    const Colours &c = colours();
    switch (ink) {
    case Ink::Text: return c.text;
    case Ink::Text2: return c.text2;
    case Ink::Text3: return c.text3;
    case Ink::Accent: return c.accent;
    case Ink::Ok: return c.ok;
    case Ink::Warn: return c.warn;
    case Ink::Danger: return c.danger;
    }
    return c.text;
}

Label::Label(TextRole role, Ink ink, QWidget *parent) : QLabel(parent), m_role(role), m_ink(ink)
{
    setTextFormat(Qt::PlainText);
    restyle();
    connect(Style::instance(), &Style::changed, this, &Label::restyle);
}

Label::Label(QWidget *parent) : Label(TextRole::Body, Ink::Text, parent) {}

Label::Label(const QString &text, TextRole role, Ink ink, QWidget *parent) : Label(role, ink, parent)
{
    setText(text);
}

void Label::setInk(Ink ink)
{
    if (m_ink == ink)
        return;
    m_ink = ink;
    restyle();
}

namespace {
struct RoleWord {
    TextRole role;
    QLatin1String word;
};
constexpr RoleWord roleWords[] = {{TextRole::Title, "title"_L1}, {TextRole::Heading, "heading"_L1}, {TextRole::Body, "body"_L1}, {TextRole::Small, "small"_L1}};
struct InkWord {
    Ink ink;
    QLatin1String word;
};
constexpr InkWord inkWords[] = {{Ink::Text, "text"_L1}, {Ink::Text2, "text2"_L1}, {Ink::Danger, "danger"_L1}};
} // namespace

void Label::setRole(const QString &word)
{
    for (const auto &row : roleWords) {
        if (row.word == word)
            m_role = row.role;
    }
    restyle();
}

void Label::setInkWord(const QString &word)
{
    for (const auto &row : inkWords) {
        if (row.word == word)
            setInk(row.ink);
    }
}

QString Label::roleWord() const
{
    for (const auto &row : roleWords) {
        if (row.role == m_role)
            return row.word;
    }
    return {};
}

QString Label::inkWord() const
{
    for (const auto &row : inkWords) {
        if (row.ink == m_ink)
            return row.word;
    }
    return {};
}

void Label::setElided(bool elided)
{
    m_elided = elided;
    setSizePolicy(elided ? QSizePolicy::Ignored : QSizePolicy::Preferred, QSizePolicy::Preferred);
}

QSize Label::minimumSizeHint() const
{
    const QSize hint = QLabel::minimumSizeHint();
    return m_elided ? QSize(0, hint.height()) : hint;
}

void Label::paintEvent(QPaintEvent *event)
{
    if (!m_elided) {
        QLabel::paintEvent(event);
        return;
    }
    const QString whole = text();
    const QRect rect = contentsRect();
    const QString shown = fontMetrics().elidedText(whole, Qt::ElideRight, rect.width());
    const QString tip = shown == whole ? QString() : whole;
    if (toolTip() != tip)
        setToolTip(tip);
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    painter.drawText(rect, int(QStyle::visualAlignment(layoutDirection(), alignment())), shown);
}

void Label::restyle()
{
    setFont(Style::instance()->font(m_role));
    QPalette p = palette();
    p.setColor(QPalette::WindowText, inkColour(m_ink));
    p.setColor(QPalette::Text, inkColour(m_ink));
    for (const auto role : {QPalette::WindowText, QPalette::Text})
        p.setColor(QPalette::Disabled, role, QApplication::palette().color(QPalette::Disabled, role));
    setPalette(p);
}

Pane::Pane(Ground ground, QWidget *parent) : QWidget(parent), m_ground(ground)
{
    setAttribute(Qt::WA_OpaquePaintEvent); // or what lies below is painted first, pane over pane
    connect(Style::instance(), &Style::changed, this, [this] { update(); });
}

void Pane::setEdges(Qt::Edges edges)
{
    m_edges = edges;
    update();
}

void Pane::paintEvent(QPaintEvent *)
{
    const Colours &c = colours();
    QPainter painter(this);
    const QColor ground = m_ground == Ground::Surface ? c.surface : m_ground == Ground::Window ? c.window : c.rail;
    painter.fillRect(rect(), ground);
    const int edge = qMax(1, c.edge);
    if (m_edges & Qt::TopEdge)
        painter.fillRect(0, 0, width(), edge, c.line);
    if (m_edges & Qt::BottomEdge)
        painter.fillRect(0, height() - edge, width(), edge, c.line);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    if (m_edges & (mirrored ? Qt::RightEdge : Qt::LeftEdge))
        painter.fillRect(0, 0, edge, height(), c.line);
    if (m_edges & (mirrored ? Qt::LeftEdge : Qt::RightEdge))
        painter.fillRect(width() - edge, 0, edge, height(), c.line);
}

Strip::Strip(const QString &objectName, QWidget *parent) : QWidget(parent)
{
    setObjectName(objectName);
    m_text = new Label(TextRole::Body, Ink::Text, this);
    m_text->setWordWrap(true);
    m_text->setObjectName(objectName + ".text"_L1);
    auto *row = new StripLayout(m_text, this);
    setInsets(row, 12, 6, 8, 6, 8);
    m_act = pushButton({}, objectName + ".act"_L1, this);
    m_second = pushButton({}, objectName + ".second"_L1, this);
    row->addWidget(m_text);
    row->addWidget(m_act);
    row->addWidget(m_second);
    connect(m_act, &QPushButton::clicked, this, &Strip::acted);
    connect(m_second, &QPushButton::clicked, this, &Strip::secondActed);
    connect(Style::instance(), &Style::changed, this, [this] { update(); });
    giveFocusBack(this);
    hide();
}

void Strip::show(Kind kind, const QString &sentence, const QString &act, const QString &secondAct)
{
    m_kind = kind;
    m_text->setText(sentence);
    for (const auto &[button, text] : {std::pair{m_act, act}, std::pair{m_second, secondAct}}) {
        button->setText(text);
        button->setAccessibleName(text);
        button->setVisible(!text.isEmpty());
    }
    setVisible(true);
    update();
}

QString Strip::sentence() const
{
    return isHidden() ? QString() : m_text->text();
}

void Strip::paintEvent(QPaintEvent *)
{
    const Colours &c = colours();
    QPainter painter(this);
    QColor ink = c.text3;
    if (m_kind == Kind::Warn)
        ink = c.warn;
    else if (m_kind == Kind::Danger)
        ink = c.danger;
    else if (m_kind == Kind::Info)
        ink = c.accent;
    painter.fillRect(rect(), c.tints ? mixed(c.surface, ink, 0.10) : c.surface);
    const int bar = px(3);
    painter.fillRect(layoutDirection() == Qt::RightToLeft ? width() - bar : 0, 0, bar, height(), ink);
}

QToolButton *iconButton(const QString &icon, const QString &objectName, const QString &name, QWidget *parent)
{
    auto *button = named(new QToolButton(parent), objectName, name);
    button->setAutoRaise(true);
    button->setIcon(icons::icon(icon));
    button->setToolTip(name);
    button->setFocusPolicy(Qt::TabFocus);
    const auto size = [button] {
        button->setIconSize(QSize(px(18), px(18)));
        button->setFixedSize(px(32), px(32));
    };
    size();
    QObject::connect(Style::instance(), &Style::changed, button, size);
    return button;
}

QPushButton *pushButton(const QString &text, const QString &objectName, QWidget *parent, bool primary)
{
    auto *button = named(new QPushButton(text, parent), objectName, text);
    button->setDefault(primary);
    button->setAutoDefault(true); // outside dialogs, too, Enter presses the button that has the focus
    return button;
}

void setInsets(QLayout *layout, int left, int top, int right, int bottom, int spacing)
{
    layout->setContentsMargins(px(left), px(top), px(right), px(bottom));
    layout->setSpacing(spacing ? px(spacing) : 0);
}

QString wholeSentence(const QString &sentence, const QString &nextStep)
{
    return nextStep.isEmpty() ? sentence : sentence + u' ' + nextStep;
}

void dotNames(QWidget *form)
{
    for (QWidget *widget : form->findChildren<QWidget *>()) {
        if (!widget->objectName().startsWith("qt_"_L1)) // a part of Qt's own widgets
            widget->setObjectName(widget->objectName().replace(u'_', u'.'));
    }
}

} // namespace outrigger::gui
