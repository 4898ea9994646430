// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/desktopentries.h"

#include "core/await.h"
#include "gui/settings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSaveFile>
#include <QStandardPaths>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::gui {

namespace {

constexpr auto patience = 10s;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(DesktopEntries)
};

QString mimeOf(const QString &scheme)
{
    return "x-scheme-handler/"_L1 + scheme;
}

/// What the program prints, when it ends well. Destroying the task ends the program.
Task<Result<QString>> output(QString program, QStringList arguments)
{
    const QString found = QStandardPaths::findExecutable(program);
    if (found.isEmpty())
        co_return fail(ErrorKind::NotFound, Words::tr("%1 is not installed, so the desktop cannot be told. Install the package xdg-utils and try again.").arg(program));
    Deferred<bool> ended;
    const auto resolve = ended.resolver();
    QProcess process;
    QTimer limit;
    limit.setSingleShot(true);
    QObject::connect(&process, &QProcess::finished, &process, [resolve] { resolve(true); }, Qt::QueuedConnection);
    QObject::connect(&process, &QProcess::errorOccurred, &process, [resolve](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            resolve(true);
    }, Qt::QueuedConnection);
    QObject::connect(&limit, &QTimer::timeout, &limit, [resolve] { resolve(false); }, Qt::QueuedConnection);
    limit.start(patience);
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(found, arguments);
    const bool inTime = co_await ended;
    if (!inTime || process.error() == QProcess::FailedToStart || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        co_return fail(ErrorKind::Internal, Words::tr("The desktop did not take it (%1 failed). Nothing has changed; try again, or choose the program for links in the desktop's settings.").arg(program));
    co_return QString::fromUtf8(process.readAllStandardOutput()).trimmed();
}

Status written(const QString &path, const QString &text)
{
    QSaveFile file(path);
    const QByteArray bytes = text.toUtf8();
    if (!QDir().mkpath(QFileInfo(path).absolutePath()) || !file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return fail(ErrorKind::Storage, Words::tr("%1 cannot be written. Check its permissions and the free space.").arg(path));
    return {};
}

Status removed(const QString &path)
{
    if (QFile::exists(path) && !QFile::remove(path))
        return fail(ErrorKind::Storage, Words::tr("%1 cannot be removed. Check its permissions.").arg(path));
    return {};
}

QString read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.read(1'000'000)) : QString();
}

QString valueOf(const QString &entry, QLatin1String key)
{
    for (const QString &line : entry.split(u'\n')) {
        if (line.startsWith(key) && line.mid(key.size()).trimmed().startsWith(u'='))
            return line.section(u'=', 1).trimmed();
    }
    return {};
}

} // namespace

DesktopEntries::DesktopEntries(QString program, QStringList arguments, const QString &key)
    : m_program(std::move(program)), m_arguments(std::move(arguments)),
      m_name(key.isEmpty() ? u"outrigger"_s : u"outrigger-"_s + key), m_handler(m_name + u"-links.desktop"_s)
{
}

const QStringList &DesktopEntries::schemes()
{
    static const QStringList all{u"tel"_s, u"sms"_s, u"outrigger"_s};
    return all;
}

QString DesktopEntries::execLine(const QString &program, const QStringList &arguments, const QString &field)
{
    QStringList words;
    for (QString word : QStringList(program) + arguments) {
        // First the quoting of an argument, then the escapes of a value of type string, then the field codes.
        // Only where it must be: xdg-mime of today does not find a program whose name stands in quotes.
        static const QRegularExpression reserved(u"[^A-Za-z0-9_@%+=:,./-]"_s);
        if (word.isEmpty() || word.contains(reserved)) {
            for (const auto c : {u'\\', u'"', u'`', u'$'})
                word.replace(c, u"\\"_s + c);
            word = u'"' + word + u'"';
        }
        word.replace(u'\\', u"\\\\"_s).replace(u'\n', u"\\n"_s).replace(u'\r', u"\\r"_s).replace(u'\t', u"\\t"_s);
        words.append(word.replace(u'%', u"%%"_s));
    }
    if (!field.isEmpty())
        words.append(field);
    return words.join(u' ');
}

QString DesktopEntries::withoutHandler(const QString &list, const QString &mimeType, const QString &handler)
{
    QStringList kept;
    bool defaults = false;
    for (const QString &line : list.split(u'\n')) {
        if (line.startsWith(u'['))
            defaults = line.trimmed() == "[Default Applications]"_L1;
        if (!defaults || line.section(u'=', 0, 0).trimmed() != mimeType || !line.contains(u'=')) {
            kept.append(line);
            continue;
        }
        QStringList handlers = line.section(u'=', 1).trimmed().split(u';', Qt::SkipEmptyParts);
        if (handlers.removeAll(handler) == 0)
            kept.append(line);
        else if (!handlers.isEmpty())
            kept.append(mimeType + u'=' + handlers.join(u';'));
    }
    return kept.join(u'\n');
}

QString DesktopEntries::autostartFile() const
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/autostart/"_s + m_name + u".desktop"_s;
}

QString DesktopEntries::handlerFile() const
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/applications/"_s + m_handler;
}

bool DesktopEntries::startsAtLogin() const
{
    // A desktop's own settings switch an entry off by a key in it.
    const QString entry = read(autostartFile());
    return !entry.isEmpty() && valueOf(entry, "Hidden"_L1) != "true"_L1 && valueOf(entry, "X-GNOME-Autostart-enabled"_L1) != "false"_L1;
}

Status DesktopEntries::setStartsAtLogin(bool on, bool hidden)
{
    if (!on)
        return removed(autostartFile());
    const QStringList arguments = hidden ? m_arguments + QStringList(u"--hidden"_s) : m_arguments;
    return written(autostartFile(), u"[Desktop Entry]\nType=Application\nVersion=1.0\nName=Outrigger\nIcon=outrigger\nExec="_s
                                        + execLine(m_program, arguments, {}) + u"\nTerminal=false\n"_s);
}

QStringList DesktopEntries::declaredSchemes() const
{
    QStringList found;
    const QStringList types = valueOf(read(handlerFile()), "MimeType"_L1).split(u';', Qt::SkipEmptyParts);
    for (const QString &scheme : schemes()) {
        if (types.contains(mimeOf(scheme)))
            found.append(scheme);
    }
    return found;
}

Status DesktopEntries::declare(const QStringList &list) const
{
    if (list.isEmpty())
        return removed(handlerFile());
    QString types;
    for (const QString &scheme : list)
        types += mimeOf(scheme) + u';';
    // "--" because what follows comes from outside: it is never an option.
    return written(handlerFile(), u"[Desktop Entry]\nType=Application\nVersion=1.0\nName=Outrigger\nIcon=outrigger\nExec="_s
                                      + execLine(m_program, m_arguments + QStringList(u"--"_s), u"%u"_s)
                                      + u"\nTerminal=false\nNoDisplay=true\nMimeType="_s + types + u'\n');
}

bool DesktopEntries::opens(const QString &scheme) const
{
    const QString list = read(mimeList());
    return declaredSchemes().contains(scheme) && withoutHandler(list, mimeOf(scheme), m_handler) != list;
}

QString DesktopEntries::mimeList()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/mimeapps.list"_s;
}

/// There was nothing before, and xdg-mime cannot take a choice back: the line goes from the person's own list.
Status DesktopEntries::forget(const QString &scheme) const
{
    const QString path = mimeList();
    const QString list = read(path);
    const QString rest = withoutHandler(list, mimeOf(scheme), m_handler);
    return rest == list ? Status() : written(path, rest);
}

Task<Result<QString>> DesktopEntries::handlerOf(QString scheme)
{
    auto asking = output(u"xdg-mime"_s, {u"query"_s, u"default"_s, mimeOf(scheme)});
    co_return co_await asking;
}

Task<Status> DesktopEntries::setOpens(QString scheme, bool on, Settings *settings) const
{
    const DesktopEntries self = *this;
    auto asking = output(u"xdg-mime"_s, {u"query"_s, u"default"_s, mimeOf(scheme)});
    const auto current = co_await asking;
    if (!current)
        co_return fail(current.error());
    QStringList declared = self.declaredSchemes();
    const bool ours = self.opens(scheme);
    if (on && !ours && *current != self.m_handler)
        settings->setLinkBefore(scheme, *current);
    declared.removeAll(scheme);
    if (on) {
        declared.append(scheme);
        const Status told = self.declare(declared);
        if (!told)
            co_return told;
    }
    const QString before = settings->linkBefore(scheme).value_or(QString());
    const bool setting = on || (ours && !before.isEmpty());
    if (setting) {
        auto choosing = output(u"xdg-mime"_s, {u"default"_s, on ? self.m_handler : before, mimeOf(scheme)});
        const auto chosen = co_await choosing;
        if (!chosen)
            co_return fail(chosen.error());
    }
    if (!on) {
        const Status forgotten = self.forget(scheme);
        if (!forgotten)
            co_return forgotten;
        const Status told = self.declare(declared);
        if (!told)
            co_return told;
        settings->setLinkBefore(scheme, std::nullopt);
    }
    // Desktops that read the cache of handlers instead of the files; there it is a matter of minutes at worst.
    auto refreshing = output(u"update-desktop-database"_s, {QFileInfo(self.handlerFile()).absolutePath()});
    co_await refreshing;
    co_return Status();
}

} // namespace outrigger::gui
