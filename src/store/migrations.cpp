// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/migrations.h"

#include "store/files.h"

#include <QCoreApplication>
#include <QFile>

using namespace Qt::StringLiterals;

void outriggerInitStoreResources()
{
    Q_INIT_RESOURCE(sql);
}

namespace outrigger::store::migrations {

namespace {

QString scriptName(const QString &schema, int version)
{
    return u":/sql/%1_%2.sql"_s.arg(schema).arg(version, 3, 10, QLatin1Char('0'));
}

Status step(Connection &connection, const QString &schema, int version)
{
    QFile file(scriptName(schema, version));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Internal, u"The script %1 is missing."_s.arg(file.fileName()));
    Transaction transaction(connection);
    if (!transaction.begun())
        return transaction.begun();
    if (const Status done = connection.script(QString::fromUtf8(file.readAll())); !done)
        return done;
    if (const auto set = connection.exec(u"PRAGMA user_version=%1"_s.arg(version)); !set)
        return fail(set.error());
    return transaction.commit();
}

Error damagedError()
{
    Error error;
    error.kind = ErrorKind::Storage;
    error.code = u"corrupt"_s;
    error.message = QCoreApplication::translate("Store", "The tables of this file are not what they should be.");
    return error;
}

Status backUp(Connection &connection, const QString &file, int version)
{
    const QString copy = u"%1.before-%2"_s.arg(file).arg(version);
    QFile::remove(copy);
    if (const Status made = files::createPrivate(copy); !made)
        return made;
    if (const auto copied = connection.exec(u"VACUUM INTO ?"_s, {copy}); !copied)
        return fail(copied.error());
    return {};
}

} // namespace

int newest(const QString &schema)
{
    outriggerInitStoreResources();
    int version = 0;
    while (QFile::exists(scriptName(schema, version + 1)))
        ++version;
    return version;
}

Status run(Connection &connection, const DatabaseOptions &options)
{
    const auto stored = connection.value(u"PRAGMA user_version"_s);
    if (!stored)
        return fail(stored.error());
    const int last = newest(options.schema);
    int version = stored->toInt();
    if (version < 0) // nobody has written that
        return fail(damagedError());
    if (version > 0 && version < last && options.durability == Durability::Full) {
        if (const Status copied = backUp(connection, options.file, last); !copied)
            return copied;
    }
    for (; version < last; ++version) {
        if (const Status done = step(connection, options.schema, version + 1); !done)
            return done;
    }
    return {};
}

Status checkSchema(Connection &connection, const DatabaseOptions &options)
{
    const QString ask = u"SELECT group_concat(type||name||coalesce(sql, ''), char(10)) FROM (SELECT * FROM sqlite_schema ORDER BY type, name)"_s;
    const auto here = connection.value(ask);
    if (!here)
        return fail(here.error());
    const QString name = u"outrigger-model-"_s + options.schema + options.file;
    Result<QVariant> model;
    {
        auto memory = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        memory.setDatabaseName(u":memory:"_s);
        memory.open();
        Connection fresh(memory);
        DatabaseOptions plain = options;
        plain.durability = Durability::Normal;
        const Status made = run(fresh, plain);
        model = made ? fresh.value(ask) : Result<QVariant>(fail(made.error()));
    }
    QSqlDatabase::removeDatabase(name);
    if (!model)
        return fail(model.error());
    if (*here == *model)
        return {};
    return fail(damagedError());
}

Error newerError()
{
    Error error;
    error.kind = ErrorKind::Storage;
    error.code = u"newer"_s;
    error.message = QCoreApplication::translate("Store", "A newer version of Outrigger wrote this file. Start that version.");
    return error;
}

} // namespace outrigger::store::migrations
