// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/schedulepanel.h"

#include "models/words.h"

#include "domain/whenwhere.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>

using namespace Qt::StringLiterals;
using outrigger::models::words::dayAndClock;

namespace outrigger::gui {

SchedulePanel::SchedulePanel(const QString &area, std::function<QString(const QDateTime &)> guard, QWidget *parent)
    : Pane(Ground::Window, parent), m_guard(std::move(guard)), m_area(area)
{
    setObjectName(area + u".panel"_s);
    setEdges(Qt::TopEdge | Qt::BottomEdge);
    setAccessibleName(tr("Send later"));
    auto *column = new QVBoxLayout(this);
    setInsets(column, 14, 8, 12, 9, 6);
    auto *top = new QHBoxLayout;
    m_title = new Label(TextRole::BodyStrong, Ink::Text, this);
    m_title->setElided(true);
    auto *shut = iconButton(u"close"_s, area + u".close"_s, tr("Do not schedule (Esc)"), this);
    connect(shut, &QToolButton::clicked, this, &SchedulePanel::left);
    top->addWidget(m_title, 1);
    top->addWidget(shut);
    column->addLayout(top);
    m_presets = new QWidget(this);
    m_grid = new QGridLayout(m_presets);
    m_grid->setContentsMargins({});
    m_grid->setSpacing(px(6));
    column->addWidget(m_presets);
    auto *line = new QHBoxLayout;
    m_when = named(new QLineEdit(this), area + u".when"_s, tr("Another time, on the lead's clock"));
    m_when->setPlaceholderText(tr("Another time: fri 3pm, tomorrow 9, in 2 hours"));
    m_when->setMaxLength(80);
    m_confirm = pushButton(tr("Schedule"), area + u".confirm"_s, this, true);
    line->addWidget(m_when, 1);
    line->addWidget(m_confirm);
    column->addLayout(line);
    m_result = new Label(TextRole::Small, Ink::Text2, this);
    m_result->setObjectName(area + u".result"_s);
    m_result->setWordWrap(true);
    column->addWidget(m_result);
    m_onReply = named(new QCheckBox(tr("Take it back if they write first"), this), area + u".onReply"_s, tr("Take it back if they write first"));
    m_onReply->setToolTip(tr("Outrigger watches for their reply while it runs. Closed, it cannot."));
    column->addWidget(m_onReply);
    connect(m_when, &QLineEdit::textChanged, this, &SchedulePanel::typed);
    connect(m_when, &QLineEdit::returnPressed, this, [this] { choose(m_moment.at); });
    m_confirm->setAutoDefault(true);
    connect(m_confirm, &QPushButton::clicked, this, [this] { choose(m_asked.isValid() ? m_asked : m_moment.at); });
    hide();
}

void SchedulePanel::open(const Contact &contact, const QString &locationZone, bool cancelOnReply)
{
    m_zone = leadZone(contact, locationZone).zone;
    m_name = contact.firstName.isEmpty() ? contact.displayName() : contact.firstName;
    m_title->setText(tr("Send later, on %1’s clock").arg(m_name));
    m_onReply->setChecked(cancelOnReply);
    m_when->clear();
    fillPresets();
    typed();
    show();
    if (auto *first = m_presets->findChild<QPushButton *>())
        first->setFocus(Qt::OtherFocusReason);
}

void SchedulePanel::close()
{
    hide();
}

void SchedulePanel::fillPresets()
{
    qDeleteAll(m_presets->findChildren<QPushButton *>());
    int number = 0;
    const auto presets = schedule::presets(m_clock->now(), m_zone);
    for (const auto &preset : presets) {
        const QString clocks = bothClocks(preset.at);
        auto *button = pushButton(tr("%1\n%2", "preset, time").arg(preset.name, dayAndClock(preset.at, m_zone)),
                                  m_area + u".preset%1"_s.arg(number + 1), m_presets);
        button->setFixedHeight(button->fontMetrics().lineSpacing() * 2 + px(16));
        const QString against = m_guard(preset.at);
        button->setAccessibleName(preset.name + u", "_s + clocks);
        button->setAccessibleDescription(against);
        button->setToolTip(against.isEmpty() ? clocks : clocks + u'\n' + against);
        button->setAutoDefault(true); // Enter on it chooses it
        connect(button, &QPushButton::clicked, this, [this, at = preset.at] { choose(at); });
        m_grid->addWidget(button, number / 2, number % 2);
        ++number;
    }
    for (int column = 0; column < 2; ++column)
        m_grid->setColumnStretch(column, 1);
}

QString SchedulePanel::bothClocks(const QDateTime &at) const
{
    const QDateTime theirs = at.toTimeZone(m_zone);
    const QDateTime mine = at.toLocalTime();
    if (theirs.date() == mine.date() && theirs.time() == mine.time())
        return dayAndClock(at, m_zone);
    return tr("%1 for %2, %3 for you", "time, name, time").arg(dayAndClock(at, m_zone), m_name, dayAndClock(at, QTimeZone::systemTimeZone()));
}

void SchedulePanel::typed()
{
    m_moment = schedule::parse(m_when->text(), m_clock->now(), m_zone);
    m_asked = {};
    m_confirm->setText(tr("Schedule"));
    QStringList words;
    bool warns = false;
    if (!m_moment.problem.isEmpty()) {
        words << m_moment.problem;
        warns = true;
    } else if (m_moment.at.isValid()) {
        words << bothClocks(m_moment.at) + u'.';
        if (!m_moment.note.isEmpty())
            words << m_moment.note;
        if (const QString against = m_guard(m_moment.at); !against.isEmpty()) {
            words << against;
            warns = true;
        }
    }
    m_result->setText(words.join(u' '));
    m_result->setInk(warns ? Ink::Warn : Ink::Text2);
    m_result->setVisible(!words.isEmpty());
    m_when->setAccessibleDescription(m_result->text());
    m_confirm->setEnabled(m_moment.at.isValid());
}

void SchedulePanel::choose(const QDateTime &at)
{
    // A panel may stay open for hours.
    if (!at.isValid() || at < m_clock->now().addSecs(schedule::leastAhead / 2)) {
        fillPresets();
        typed();
        return;
    }
    if (const QString against = m_guard(at); !against.isEmpty() && at != m_asked) {
        // A second act in another place, as when sending.
        m_asked = at;
        m_result->setText(bothClocks(at) + u". "_s + against);
        m_result->setInk(Ink::Warn);
        m_result->show();
        m_confirm->setText(tr("Schedule anyway"));
        m_confirm->setAccessibleDescription(against);
        m_confirm->setEnabled(true);
        m_confirm->setFocus(Qt::OtherFocusReason);
        return;
    }
    Q_EMIT chosen(at, m_onReply->isChecked());
}

void SchedulePanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT left();
        return;
    }
    Pane::keyPressEvent(event);
}

} // namespace outrigger::gui
