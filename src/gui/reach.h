// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/ids.h"

#include <QObject>

#include <memory>

namespace outrigger::models {
class Arrivals;
class Desk;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class Actions;
class Alarms;
class MainWindow;
class Notifier;
class QuickText;
class Settings;
class Tray;
class Work;

/// How the person and the program reach each other without the window: notifications, the tray, the quick text. Made
/// after the first picture, or after a start without a window. GUI thread; dies with the window.
class Reach : public QObject
{
    Q_OBJECT
public:
    struct Parts {
        sync::Engine *engine;
        models::Desk *desk;
        Settings *settings;
        Work *work;
        Actions *actions;
    };
    Reach(const Parts &parts, MainWindow *window);
    ~Reach() override;

    void setLocation(const LocationId &location);
    void openQuickText();
    void testNotification();
    /// Whether closing the window leaves the program in the tray.
    bool staysInTray() const;
    Notifier *notifier() const { return m_notifier; }
    Tray *tray() const { return m_tray; }
    QuickText *quickText() const { return m_quick.get(); } ///< null until it was asked for

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void connectTray();
    void connectNotifier();
    void showCounts();
    void open(const ContactId &contact);
    static Task<void> reply(Reach *self, ContactId contact, QString text);
    /// Something stands against sending it as it is: the person sees the thread, with the words in the composer.
    void writeThere(const ContactId &contact, const QString &text);
    QString fromNumber() const;

    Parts m_parts;
    MainWindow *m_window;
    Tray *m_tray;
    models::Arrivals *m_arrivals;
    Notifier *m_notifier;
    Alarms *m_alarms;
    std::unique_ptr<QuickText> m_quick; ///< a window of its own, so it has no parent
    TaskScope m_replying;
};

} // namespace outrigger::gui
