// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/emptystate.h"

#include "gui/icons.h"
#include "gui/style.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace outrigger::gui {

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent), m_picture(new QLabel(this)), m_sentence(new QLabel(this)), m_button(new QPushButton(this))
{
    // Several live in one window: each button is known by the place that it is empty in.
    connect(this, &QObject::objectNameChanged, m_button, [this](const QString &name) { m_button->setObjectName(name + QLatin1String(".act")); });
    m_picture->setAlignment(Qt::AlignCenter);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_button->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(px(12));
    layout->setContentsMargins(px(24), px(24), px(24), px(24));
    layout->addStretch(2);
    layout->addWidget(m_picture);
    layout->addWidget(m_sentence);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(m_button, &QPushButton::clicked, this, &EmptyState::activated);
    connect(Style::instance(), &Style::changed, this, &EmptyState::recolour);
    recolour();
}

void EmptyState::set(const QString &icon, const QString &sentence, const QString &buttonText)
{
    m_icon = icon;
    m_sentence->setText(sentence);
    m_button->setText(buttonText);
    m_button->setVisible(!buttonText.isEmpty());
    recolour();
}

void EmptyState::recolour()
{
    QPalette palette = m_sentence->palette();
    palette.setColor(QPalette::WindowText, colours().text2);
    m_sentence->setPalette(palette);
    if (!m_icon.isEmpty())
        m_picture->setPixmap(icons::pixmap(m_icon, px(48), colours().text3, devicePixelRatioF()));
}

} // namespace outrigger::gui
