// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QObject>
#include <QTimer>

#include <memory>

class QAction;
class QMenu;
class QSystemTrayIcon;

namespace outrigger::gui {

class Settings;

/// The program in the desktop's tray: how many conversations are unread, and a menu. On a desktop without a tray it
/// shows nothing and waits for one. Made after the first picture.
class Tray : public QObject
{
    Q_OBJECT
public:
    explicit Tray(Settings *settings, QObject *parent = nullptr);
    ~Tray() override;

    static bool isThere(); ///< asks the desktop
    void setCounts(int unread, int needsYou);
    QMenu *menu() const { return m_menu.get(); }
    /// The platform's balloon, where no notification service answers.
    void showMessage(const QString &title, const QString &body);
    /// The program's icon with a count in its corner; 0: without one.
    static QIcon icon(int count);

Q_SIGNALS:
    void openRequested();
    void newTextRequested();
    void quickTextRequested();
    void quitRequested();
    void messageClicked();

private:
    QAction *add(const QString &id, const QString &text, void (Tray::*signal)());
    void showPause();
    Settings *m_settings;
    std::unique_ptr<QMenu> m_menu;
    QSystemTrayIcon *m_icon;
    QAction *m_pause;
    QTimer m_pauseEnds;
    int m_unread = -1;
    int m_needsYou = -1;
};

} // namespace outrigger::gui
