// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/toast.h"

#include "gui/focusback.h"
#include "gui/icons.h"
#include "gui/style.h"

#include <QAccessible>
#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>

#include <algorithm>

namespace outrigger::gui {

Toast::Toast(QWidget *parent)
    : QFrame(parent), m_text(new QLabel(this)), m_button(new QPushButton(this)), m_timer(new QTimer(this))
{
    setObjectName(QStringLiteral("toast"));
    setFrameShape(NoFrame);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setObjectName(QStringLiteral("toast.text"));
    m_button->setObjectName(QStringLiteral("toast.act"));
    m_button->setAutoDefault(false);
    m_button->setFocusPolicy(Qt::TabFocus); // a click must not take the focus from the list or the composer
    auto *close = new QToolButton(this);
    close->setObjectName(QStringLiteral("toast.close"));
    close->setIcon(icons::icon(QStringLiteral("close")));
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::TabFocus);
    close->setAccessibleName(tr("Dismiss"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(px(16), px(8), px(8), px(8));
    layout->setSpacing(px(12));
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button);
    layout->addWidget(close);
    m_timer->setSingleShot(true);
    connect(m_timer, &QTimer::timeout, this, [this] {
        if (QApplication::focusWidget() && isAncestorOf(QApplication::focusWidget()))
            m_timer->start(std::chrono::seconds(4)); // somebody is about to press Undo
        else
            dismiss();
    });
    connect(m_button, &QPushButton::clicked, this, &Toast::runAct);
    connect(close, &QToolButton::clicked, this, &Toast::dismiss);
    parent->installEventFilter(this);
    giveFocusBack(this);
    hide();
}

void Toast::showMessage(const QString &sentence, const QString &actName, std::function<void()> act,
                        std::chrono::milliseconds stay)
{
    m_text->setText(sentence);
    m_button->setText(actName);
    m_button->setVisible(!actName.isEmpty());
    m_act = std::move(act);
    place();
    show();
    raise();
    m_timer->start(stay);
    // Qt 6.4 has no announcement event; an alert on the text is what screen readers speak without moving the focus.
    QAccessibleEvent alert(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void Toast::setBottomInset(int px)
{
    m_bottomInset = px;
    place();
}

void Toast::keepClearOf(QWidget *bar)
{
    m_bars.append(bar);
    bar->installEventFilter(this);
}

void Toast::keepBeside(QWidget *column)
{
    m_column = column;
    column->installEventFilter(this);
}

QString Toast::message() const
{
    return isVisible() ? m_text->text() : QString();
}

void Toast::dismiss()
{
    m_timer->stop();
    m_act = {};
    hide();
}

void Toast::runAct()
{
    auto act = std::exchange(m_act, {});
    dismiss();
    if (act)
        act();
}

void Toast::place()
{
    const QWidget *host = parentWidget();
    const int edge = (m_column && m_column->isVisible() ? m_column->width() : 0) + px(12);
    // No wider than the list beside the rail: it never lies over what is being written.
    const int most = std::min(px(296), host->width() - edge - px(12));
    const int content = m_text->fontMetrics().horizontalAdvance(m_text->text()) + px(16) + px(8) + px(24) + px(40)
        + (m_button->text().isEmpty() ? 0 : m_button->sizeHint().width() + px(12));
    const int width = std::clamp(content, std::min(px(240), most), std::max(most, 1));
    const int height = std::max(px(48), layout()->hasHeightForWidth() ? layout()->heightForWidth(width) : sizeHint().height());
    const int x = isRightToLeft() ? host->width() - width - edge : edge;
    int inset = m_bottomInset;
    for (const auto &bar : std::as_const(m_bars)) {
        if (bar && bar->isVisible())
            inset = std::max(inset, host->height() - bar->mapTo(host, QPoint()).y() + px(8));
    }
    setGeometry(x, std::max(0, host->height() - height - inset), width, height);
}

void Toast::paintEvent(QPaintEvent *)
{
    const Colours &c = colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(c.inputBorder, c.edge));
    painter.setBrush(c.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6));
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    const auto type = event->type();
    const bool beside = watched != parentWidget() && (type == QEvent::Show || type == QEvent::Hide || type == QEvent::Move);
    if ((beside || type == QEvent::Resize) && isVisible())
        QMetaObject::invokeMethod(this, &Toast::place, Qt::QueuedConnection); // when everything has its new place
    return QFrame::eventFilter(watched, event);
}

void Toast::enterEvent(QEnterEvent *event)
{
    m_timer->stop();
    QFrame::enterEvent(event);
}

void Toast::leaveEvent(QEvent *event)
{
    if (isVisible())
        m_timer->start(std::chrono::seconds(4));
    QFrame::leaveEvent(event);
}

void Toast::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else
        QFrame::keyPressEvent(event);
}

} // namespace outrigger::gui
