// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusVariant>

namespace outrigger::test {

/// The Secret Service's way of passing a secret: (oayays).
struct BusSecret {
    QDBusObjectPath session;
    QByteArray parameters;
    QByteArray value;
    QString type;
};
inline QDBusArgument &operator<<(QDBusArgument &out, const BusSecret &secret)
{
    out.beginStructure();
    out << secret.session << secret.parameters << secret.value << secret.type;
    out.endStructure();
    return out;
}
inline const QDBusArgument &operator>>(const QDBusArgument &in, BusSecret &secret)
{
    in.beginStructure();
    in >> secret.session >> secret.parameters >> secret.value >> secret.type;
    in.endStructure();
    return in;
}

} // namespace outrigger::test

Q_DECLARE_METATYPE(outrigger::test::BusSecret)

namespace outrigger::test {

/// Locks and unlocks the private keyring of tests/support/with-keyring from outside the program under test, as its
/// owner does in the system's password program.
class KeyringOwner
{
public:
    bool lock() { return answered(service("Lock", {QVariant::fromValue(collections())})); }
    bool unlock()
    {
        qDBusRegisterMetaType<BusSecret>();
        const auto opened = service("OpenSession", {QStringLiteral("plain"), QVariant::fromValue(QDBusVariant(QString()))});
        if (!answered(opened))
            return false;
        BusSecret word;
        word.session = opened.arguments().at(1).value<QDBusObjectPath>();
        word.value = "password"; // what with-keyring made it with
        word.type = QStringLiteral("text/plain");
        auto call = QDBusMessage::createMethodCall(name(), QStringLiteral("/org/freedesktop/secrets"),
                                                   QStringLiteral("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"),
                                                   QStringLiteral("UnlockWithMasterPassword"));
        call.setArguments({QVariant::fromValue(collections().constFirst()), QVariant::fromValue(word)});
        return answered(QDBusConnection::sessionBus().call(call, QDBus::Block, 5000));
    }

private:
    static QString name() { return QStringLiteral("org.freedesktop.secrets"); }
    static QList<QDBusObjectPath> collections()
    {
        return {QDBusObjectPath(QStringLiteral("/org/freedesktop/secrets/collection/login"))};
    }
    static QDBusMessage service(const char *method, const QVariantList &arguments)
    {
        auto call = QDBusMessage::createMethodCall(name(), QStringLiteral("/org/freedesktop/secrets"),
                                                   QStringLiteral("org.freedesktop.Secret.Service"), QString::fromLatin1(method));
        call.setArguments(arguments);
        return QDBusConnection::sessionBus().call(call, QDBus::Block, 5000);
    }
    static bool answered(const QDBusMessage &reply)
    {
        if (reply.type() == QDBusMessage::ReplyMessage)
            return true;
        qWarning("the keyring said: %s", qPrintable(reply.errorMessage()));
        return false;
    }
};

} // namespace outrigger::test
