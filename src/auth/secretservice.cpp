// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/secretservice.h"

#include "core/await.h"

#include <QCoreApplication>
#include <QDBusArgument>
#include <QDBusError>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>
#include <QDeadlineTimer>
#include <QFile>
#include <QTimer>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace outrigger::auth {

namespace {

const auto service = QStringLiteral("org.freedesktop.secrets");
const auto servicePath = QStringLiteral("/org/freedesktop/secrets");
const auto serviceInterface = QStringLiteral("org.freedesktop.Secret.Service");
const auto collectionInterface = QStringLiteral("org.freedesktop.Secret.Collection");
const auto promptInterface = QStringLiteral("org.freedesktop.Secret.Prompt");
const auto absentCode = QStringLiteral("absent");

std::chrono::milliseconds left(const QDeadlineTimer &deadline)
{
    return std::chrono::milliseconds(std::max<qint64>(1, deadline.remainingTime()));
}

VaultState stateOf(const Error &error)
{
    return error.code == absentCode ? VaultState::Absent : VaultState::Unknown;
}

} // namespace

/// Hears the one Completed signal of a prompt.
class PromptEar : public QObject
{
    Q_OBJECT
public:
    explicit PromptEar(Resolver<bool> done) : m_done(std::move(done)) {}
public Q_SLOTS:
    void completed(bool dismissed, const QDBusVariant &) { m_done(!dismissed); }

private:
    Resolver<bool> m_done;
};

SecretService::SecretService(QObject *parent)
    // A connection of our own: the shared one cannot be opened again when the bus has gone away.
    : QObject(parent), m_name(u"outrigger-keyring-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces)), m_bus(m_name)
{
}

SecretService::~SecretService()
{
    QDBusConnection::disconnectFromBus(m_name);
}

bool SecretService::connectBus()
{
    if (m_bus.isConnected())
        return true;
    QDBusConnection::disconnectFromBus(m_name);
    // An unset address makes libdbus try to launch a bus through X11, which is never wanted here.
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")
        && !QFile::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + u"/bus"_s))
        return false;
    m_bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, m_name);
    return m_bus.isConnected();
}

Task<Result<QDBusMessage>> SecretService::call(QDBusMessage message, std::chrono::milliseconds limit)
{
    Error absent;
    absent.kind = ErrorKind::Keyring;
    absent.code = absentCode;
    if (!connectBus())
        co_return fail(absent);
    Deferred<QDBusMessage> answered;
    QDBusPendingCallWatcher watcher(m_bus.asyncCall(message, int(limit.count())));
    connect(
        &watcher, &QDBusPendingCallWatcher::finished, &watcher,
        [resolve = answered.resolver(), &watcher] { resolve(watcher.reply()); }, Qt::QueuedConnection);
    const QDBusMessage reply = co_await answered;
    if (reply.type() != QDBusMessage::ErrorMessage)
        co_return reply;
    const auto type = QDBusError(reply).type();
    if (type == QDBusError::ServiceUnknown || type == QDBusError::Disconnected || type == QDBusError::NoServer
        || reply.errorName().startsWith(u"org.freedesktop.DBus.Error.Spawn"_s)
        || reply.errorName() == u"org.freedesktop.DBus.Error.NameHasNoOwner"_s)
        co_return fail(absent);
    co_return fail(ErrorKind::Keyring, u"The keyring service did not answer."_s);
}

/// "/" when there is none.
Task<Result<QString>> SecretService::defaultCollection(std::chrono::milliseconds limit)
{
    auto message = QDBusMessage::createMethodCall(service, servicePath, serviceInterface, u"ReadAlias"_s);
    message << u"default"_s;
    auto asked = call(message, limit);
    auto reply = co_await asked;
    if (!reply)
        co_return fail(reply.error());
    const auto path = qvariant_cast<QDBusObjectPath>(reply->arguments().value(0));
    co_return path.path();
}

Task<VaultState> SecretService::probe(std::chrono::milliseconds limit)
{
    const QDeadlineTimer deadline(limit);
    auto looked = defaultCollection(limit);
    auto collection = co_await looked;
    if (!collection)
        co_return stateOf(collection.error());
    if (collection->isEmpty() || *collection == u"/"_s)
        co_return VaultState::Locked;
    auto message = QDBusMessage::createMethodCall(service, *collection, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    message << collectionInterface << u"Locked"_s;
    auto asked = call(message, left(deadline));
    auto reply = co_await asked;
    if (!reply)
        co_return stateOf(reply.error());
    const QVariant locked = qvariant_cast<QDBusVariant>(reply->arguments().value(0)).variant();
    if (locked.typeId() != QMetaType::Bool)
        co_return VaultState::Unknown;
    co_return locked.toBool() ? VaultState::Locked : VaultState::Available;
}

Task<bool> SecretService::prompted(QString promptPath, std::chrono::milliseconds limit)
{
    const QDeadlineTimer deadline(limit);
    Deferred<bool> done;
    PromptEar ear(done.resolver());
    m_bus.connect(service, promptPath, promptInterface, u"Completed"_s, &ear, SLOT(completed(bool,QDBusVariant)));
    auto message = QDBusMessage::createMethodCall(service, promptPath, promptInterface, u"Prompt"_s);
    message << QString();
    auto asked = call(message, limit);
    auto shown = co_await asked;
    if (!shown)
        co_return false;
    QTimer timer;
    connect(&timer, &QTimer::timeout, &timer, [resolve = done.resolver()] { resolve(false); }, Qt::QueuedConnection);
    timer.setSingleShot(true);
    timer.start(left(deadline));
    co_return co_await done;
}

Task<VaultState> SecretService::unlock(std::chrono::milliseconds limit)
{
    const QDeadlineTimer deadline(limit);
    auto looked = defaultCollection(limit);
    auto collection = co_await looked;
    if (!collection)
        co_return stateOf(collection.error());
    QDBusMessage message;
    if (collection->isEmpty() || *collection == u"/"_s) {
        message = QDBusMessage::createMethodCall(service, servicePath, serviceInterface, u"CreateCollection"_s);
        const QVariantMap properties{{collectionInterface + u".Label"_s, u"Login"_s}};
        message << properties << u"default"_s;
    } else {
        message = QDBusMessage::createMethodCall(service, servicePath, serviceInterface, u"Unlock"_s);
        message << QVariant::fromValue(QList<QDBusObjectPath>{QDBusObjectPath(*collection)});
    }
    auto asked = call(message, left(deadline));
    auto reply = co_await asked;
    if (!reply)
        co_return stateOf(reply.error());
    const auto prompt = qvariant_cast<QDBusObjectPath>(reply->arguments().value(1)).path();
    if (!prompt.isEmpty() && prompt != u"/"_s) {
        auto waiting = prompted(prompt, left(deadline));
        co_await waiting;
    }
    auto again = probe(std::chrono::seconds(5));
    co_return co_await again;
}

} // namespace outrigger::auth

#include "secretservice.moc"
