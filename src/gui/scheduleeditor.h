// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "domain/scheduledtext.h"
#include "domain/sendguard.h"

#include <QDialog>

#include <memory>
#include <optional>

namespace Ui {
class ScheduleEditor;
}
namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class SchedulePanel;
class Settings;
class Work;

/// Changes the words or the moment of a text that is to leave later, or sends it now. What stands here leaves only once
/// the earlier one is certainly taken back; until the change is on the disk the dialog stays open with its words.
/// Deletes itself when closed.
class ScheduleEditor : public QDialog
{
    Q_OBJECT
public:
    ScheduleEditor(ScheduledText text, models::Desk *desk, Settings *settings, Work *work, QWidget *parent = nullptr);
    ~ScheduleEditor() override;

private:
    QString against(const QDateTime &when) const;
    void sendNow();
    /// at invalid: now. cancelOnReply empty: as it was.
    void replace(const QDateTime &at, std::optional<bool> cancelOnReply);
    void answered(const Result<RecordId> &result);
    void showState();
    static Task<void> learn(ScheduleEditor *self);

    ScheduledText m_item;
    models::Desk *m_desk;
    Settings *m_settings;
    Work *m_work;
    SendFacts m_facts;
    bool m_asked = false; ///< Send now was pressed, and the guard asks
    std::unique_ptr<Ui::ScheduleEditor> m_ui;
    SchedulePanel *m_panel;
    Task<void> m_learning;
};

} // namespace outrigger::gui
