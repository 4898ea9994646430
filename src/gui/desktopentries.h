// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"

#include <QString>
#include <QStringList>

namespace outrigger::gui {

class Settings;

/// What the desktop is told about this program: that it starts at login, and which links it opens. Plain files of the
/// person's own (freedesktop.org's Autostart, Desktop Entry and MIME Applications specifications); xdg-mime makes the
/// choice known to the desktop. Everything can be taken back, and what was there before comes back. GUI thread.
class DesktopEntries
{
public:
    /// program: absolute path; arguments: what starts it on this profile; key: empty for the standard profile, else
    /// what tells this profile's entries from others'.
    DesktopEntries(QString program, QStringList arguments, const QString &key);

    static const QStringList &schemes(); ///< tel, sms, outrigger

    bool startsAtLogin() const;
    /// hidden: into the tray, without a window.
    Status setStartsAtLogin(bool on, bool hidden);

    /// The desktop file that opens links of this scheme; empty: none.
    static Task<Result<QString>> handlerOf(QString scheme);
    /// Whether the desktop opens links of this scheme with this profile's program.
    bool opens(const QString &scheme) const;
    /// settings remembers what opened them before; it must outlive the task.
    Task<Status> setOpens(QString scheme, bool on, Settings *settings) const;

    /// One Exec line, quoted as the Desktop Entry specification asks; `field` ("%u") is added as it is.
    static QString execLine(const QString &program, const QStringList &arguments, const QString &field);
    /// The text of mimeapps.list without this handler for this MIME type; everything else stays as it is.
    static QString withoutHandler(const QString &list, const QString &mimeType, const QString &handler);

private:
    static QString mimeList(); ///< the person's own choices of programs
    QString autostartFile() const;
    QString handlerFile() const;
    QStringList declaredSchemes() const;
    Status declare(const QStringList &schemes) const;
    Status forget(const QString &scheme) const;

    QString m_program;
    QStringList m_arguments;
    QString m_name;    ///< "outrigger" or "outrigger-KEY"
    QString m_handler; ///< its desktop file for links
};

} // namespace outrigger::gui
