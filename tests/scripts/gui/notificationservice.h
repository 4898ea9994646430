// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QObject>
#include <QStringList>
#include <QVariantMap>
#include <QVector>

namespace outrigger::test {

/// A notification service that takes replies, as Plasma's does (no daemon in Debian outside Plasma has that), and that
/// remembers what it was told.
class NotificationService : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    struct Shown {
        uint id;
        QString summary;
        QString body;
        QStringList actions;
    };
    QVector<Shown> shown;
    QVector<uint> closed;

    /// On a connection of its own: it must not be taken for the program that asks.
    [[nodiscard]] bool offer()
    {
        auto bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("service"));
        return bus.isConnected() && bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), this, QDBusConnection::ExportScriptableContents)
            && bus.registerService(QStringLiteral("org.freedesktop.Notifications"));
    }

public Q_SLOTS:
    Q_SCRIPTABLE QStringList GetCapabilities()
    {
        return {QStringLiteral("actions"), QStringLiteral("body"), QStringLiteral("inline-reply")};
    }
    Q_SCRIPTABLE uint Notify(const QString &, uint replaces, const QString &, const QString &summary, const QString &body, const QStringList &actions,
                             const QVariantMap &, int)
    {
        const uint id = replaces != 0 ? replaces : ++m_last;
        shown.append({id, summary, body, actions});
        return id;
    }
    Q_SCRIPTABLE void CloseNotification(uint id)
    {
        closed.append(id);
        Q_EMIT NotificationClosed(id, 3);
    }

Q_SIGNALS:
    Q_SCRIPTABLE void NotificationReplied(uint id, const QString &text);
    Q_SCRIPTABLE void NotificationClosed(uint id, uint reason);
    Q_SCRIPTABLE void ActionInvoked(uint id, const QString &action);

private:
    uint m_last = 0;
};

} // namespace outrigger::test
