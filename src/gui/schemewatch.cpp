// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/schemewatch.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace outrigger::gui {

namespace {
const QString portalService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString portalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString portalInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString appearance = QStringLiteral("org.freedesktop.appearance");
} // namespace

SchemeWatch::SchemeWatch(QObject *parent) : QObject(parent)
{
    m_reducedMotion = qEnvironmentVariableIsSet("OUTRIGGER_NO_MOTION");
}

void SchemeWatch::start()
{
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(portalService, portalPath, portalInterface, QStringLiteral("SettingChanged"), this,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    for (const QString &key : {QStringLiteral("color-scheme"), QStringLiteral("contrast"), QStringLiteral("reduced-motion")})
        ask(key);
}

void SchemeWatch::ask(const QString &key)
{
    auto call = QDBusMessage::createMethodCall(portalService, portalPath, portalInterface, QStringLiteral("Read"));
    call << appearance << key;
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, 3000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, key](QDBusPendingCallWatcher *done) {
        done->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *done;
        if (!reply.isError())
            take(key, reply.value().variant());
    });
}

void SchemeWatch::settingChanged(const QString &space, const QString &key, const QDBusVariant &value)
{
    if (space == appearance)
        take(key, value.variant());
}

void SchemeWatch::take(const QString &key, QVariant value)
{
    // Read() wraps the variant once more than SettingChanged does.
    while (value.canConvert<QDBusVariant>() && value.metaType() == QMetaType::fromType<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    bool number = false;
    const int setting = value.toInt(&number);
    if (!number)
        return;
    if (key == QLatin1String("color-scheme"))
        m_colourScheme = setting;
    else if (key == QLatin1String("contrast"))
        m_contrast = setting;
    else if (key == QLatin1String("reduced-motion"))
        m_reducedMotion = setting == 1 || qEnvironmentVariableIsSet("OUTRIGGER_NO_MOTION");
    else
        return;
    Q_EMIT changed();
}

SchemeWatch::Preference SchemeWatch::preference() const
{
    if (m_contrast == 1)
        return Preference::HighContrast;
    if (m_colourScheme == 1)
        return Preference::Dark;
    if (m_colourScheme == 2)
        return Preference::Light;
    return Preference::Unknown;
}

bool SchemeWatch::reducedMotion() const
{
    return m_reducedMotion;
}

} // namespace outrigger::gui
