// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "domain/contact.h"
#include "domain/schedule.h"
#include "gui/widgets.h"

#include <functional>

class QCheckBox;
class QGridLayout;
class QLineEdit;
class QPushButton;

namespace outrigger::gui {

/// Above the composer: when a text is to leave. Presets and a typed time, both on the lead's clock, each shown on both;
/// what the send guard says of that hour; whether a reply takes the text back. Not modal: the text stays editable.
class SchedulePanel : public Pane
{
    Q_OBJECT
public:
    /// `area` begins its object names: "composer.schedule". guard: what stands against the text at a moment (UTC), one
    /// sentence or nothing.
    SchedulePanel(const QString &area, std::function<QString(const QDateTime &)> guard, QWidget *parent = nullptr);

    /// Shows itself for this lead and puts the focus on the first preset. locationZone: IANA, for leads who tell nothing.
    void open(const Contact &contact, const QString &locationZone, bool cancelOnReply);
    void close();
    void setClock(const Clock &clock) { m_clock = &clock; } ///< tests; must outlive the panel

Q_SIGNALS:
    void chosen(const QDateTime &at, bool cancelOnReply); ///< UTC, in the future
    void left(); ///< Esc or Close: back to the text

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void fillPresets();
    void typed();
    void choose(const QDateTime &at);
    QString bothClocks(const QDateTime &at) const;

    std::function<QString(const QDateTime &)> m_guard;
    const Clock *m_clock = &Clock::system();
    QString m_area;
    QString m_name;
    QTimeZone m_zone = QTimeZone::systemTimeZone();
    Label *m_title;
    QWidget *m_presets;
    QGridLayout *m_grid;
    QLineEdit *m_when;
    Label *m_result;
    QCheckBox *m_onReply;
    QPushButton *m_confirm;
    schedule::Moment m_moment;
    QDateTime m_asked; ///< chosen, and the guard asks: the next press answers
};

} // namespace outrigger::gui
