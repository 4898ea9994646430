// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/surebox.h"

#include "gui/widgets.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

SureBox::SureBox(const QString &name, const QString &act, const QString &keep, QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 12, 0, 0, 8);
    m_act = pushButton(act, name, this);
    column->addWidget(m_act, 0, Qt::AlignLeading);
    m_sure = new Pane(Ground::Window, this);
    m_sure->setObjectName(name + u".sure"_s);
    m_sure->setEdges(Qt::TopEdge | Qt::BottomEdge | Qt::LeftEdge | Qt::RightEdge);
    auto *inside = new QVBoxLayout(m_sure);
    setInsets(inside, 10, 8, 10, 8, 8);
    m_words = new Label(TextRole::Body, Ink::Text, m_sure);
    m_words->setWordWrap(true);
    m_words->setObjectName(name + u".words"_s);
    inside->addWidget(m_words);
    m_keep = pushButton(keep, name + u".keep"_s, m_sure, true);
    auto *yes = pushButton(tr("Delete for everybody"), name + u".yes"_s, m_sure);
    inside->addWidget(m_keep, 0, Qt::AlignLeading);
    inside->addWidget(yes, 0, Qt::AlignLeading);
    column->addWidget(m_sure);
    m_sure->hide();
    connect(m_act, &QPushButton::clicked, this, &SureBox::wanted);
    connect(m_keep, &QPushButton::clicked, this, [this] {
        reset();
        m_act->setFocus(Qt::OtherFocusReason);
    });
    connect(yes, &QPushButton::clicked, this, [this] {
        reset();
        Q_EMIT confirmed();
    });
}

void SureBox::ask(const QString &words)
{
    m_words->setText(words);
    m_act->hide();
    m_sure->show();
    m_keep->setFocus(Qt::OtherFocusReason);
}

void SureBox::reset()
{
    m_sure->hide();
    m_act->show();
}

void SureBox::setLocked(const QString &why)
{
    m_act->setEnabled(why.isEmpty());
    m_act->setToolTip(why);
}

} // namespace outrigger::gui
