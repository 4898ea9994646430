// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <memory>

class Ui_WritingForm;

namespace outrigger::gui {

class Settings;

/// The part of the settings page that is about writing: spelling, prices, what asks before a text leaves.
class WritingSettings : public QWidget
{
    Q_OBJECT
public:
    WritingSettings(Settings *settings, QWidget *parent);
    ~WritingSettings() override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void fillSpelling();
    void fillPrices();
    Settings *m_settings;
    std::unique_ptr<Ui_WritingForm> m_form;
};

} // namespace outrigger::gui
