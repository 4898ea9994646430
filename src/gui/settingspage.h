// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/widgets.h"

class QFormLayout;

namespace outrigger::gui {

class Settings;

/// The person's few choices. Everything takes effect at once unless it says otherwise.
class SettingsPage : public Pane
{
    Q_OBJECT
public:
    SettingsPage(Settings *settings, bool practice, QWidget *parent = nullptr);

private:
    void buildLook(QFormLayout *form);
    void buildWriting(QFormLayout *form);
    void buildReading(QFormLayout *form);
    void heading(QFormLayout *form, const QString &text);
    Settings *m_settings;
    QWidget *m_box;
};

} // namespace outrigger::gui
