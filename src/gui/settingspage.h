// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "gui/widgets.h"

#include <memory>

class QCheckBox;
class QFormLayout;
class Ui_SettingsForm;

namespace outrigger::gui {

class DesktopEntries;
class Settings;

/// The person's choices, on the form ui/settingspage.ui. Everything takes effect at once.
class SettingsPage : public Pane
{
    Q_OBJECT
public:
    /// entries and settings outlive the page. folder: the profile's, to be shown.
    SettingsPage(Settings *settings, DesktopEntries *entries, bool practice, const QString &folder, QWidget *parent = nullptr);
    ~SettingsPage() override;
    /// What became of the test notification.
    void showTestResult(const QString &sentence);

Q_SIGNALS:
    void notificationTestWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fillLook();
    void fillTyping();
    void fillReading();
    void fillNotifications();
    void fillStart();
    void fillPrivacy(const QString &folder);
    void putLogin(bool on);
    void showStart();
    void tick(QCheckBox *box, bool on, void (Settings::*set)(bool));
    QCheckBox *linkBox(const QString &scheme) const;
    void putQuiet();
    void fillReminders();
    void putReminders();
    void allowQuiet();
    static Task<void> changeLinks(SettingsPage *self, QString scheme, bool on);

    Settings *m_settings;
    DesktopEntries *m_entries;
    std::unique_ptr<Ui_SettingsForm> m_form;
    TaskScope m_changing;
};

} // namespace outrigger::gui
