// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QMutex>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <cstdio>
#include <memory>

namespace outrigger {

Q_LOGGING_CATEGORY(logApi, "outrigger.api", QtWarningMsg)
Q_LOGGING_CATEGORY(logAuth, "outrigger.auth", QtWarningMsg)
Q_LOGGING_CATEGORY(logStore, "outrigger.store", QtWarningMsg)
Q_LOGGING_CATEGORY(logSync, "outrigger.sync", QtWarningMsg)
Q_LOGGING_CATEGORY(logOutbox, "outrigger.outbox", QtWarningMsg)
Q_LOGGING_CATEGORY(logModel, "outrigger.model", QtWarningMsg)
Q_LOGGING_CATEGORY(logGui, "outrigger.gui", QtWarningMsg)
Q_LOGGING_CATEGORY(logStall, "outrigger.stall", QtWarningMsg)

namespace {

constexpr qint64 logFileLimit = 2 * 1024 * 1024;

struct LogSink {
    QMutex mutex;
    std::unique_ptr<QFile> file;
};

LogSink &sink()
{
    static LogSink instance;
    return instance;
}

void openLogFile(LogSink &target, const QString &path)
{
    if (QFile::exists(path) && QFile(path).size() > logFileLimit) {
        QFile::remove(path + QStringLiteral(".1"));
        QFile::rename(path, path + QStringLiteral(".1"));
    }
    target.file = std::make_unique<QFile>(path);
    if (!target.file->open(QIODevice::Append | QIODevice::Text, QFile::ReadOwner | QFile::WriteOwner))
        target.file.reset();
}

void handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    static const char *const names[] = {"debug", "warning", "error", "fatal", "info"};
    const QByteArray line = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toUtf8() + ' ' + names[type] + ' '
        + (context.category ? context.category : "default") + ": " + redactedText(message).toUtf8() + '\n';
    LogSink &target = sink();
    const QMutexLocker lock(&target.mutex);
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
    if (target.file) {
        target.file->write(line);
        target.file->flush();
        if (target.file->size() > logFileLimit) {
            const QString path = target.file->fileName();
            target.file.reset();
            openLogFile(target, path);
        }
    }
}

} // namespace

QString redactedId(const QString &id)
{
    static const QByteArray key = [] {
        QByteArray bytes(16, Qt::Uninitialized);
        QRandomGenerator::system()->generate(bytes.begin(), bytes.end());
        return bytes;
    }();
    const auto hash = QCryptographicHash::hash(key + id.toUtf8(), QCryptographicHash::Sha256);
    return QLatin1Char('#') + QString::fromLatin1(hash.toHex().left(8));
}

QString redactedText(QString text)
{
    static const QRegularExpression patterns(
        QStringLiteral("pit-[0-9A-Za-z-]{8,}"                          // private integration tokens
                       "|eyJ[0-9A-Za-z_-]{6,}(\\.[0-9A-Za-z_-]*){0,2}" // JSON web tokens
                       "|[Bb]earer\\s+\\S+"
                       "|[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+"               // e-mail addresses
                       "|\\?[\\w%.~+-]+=[^\\s\"']*"                    // query strings
                       "|(?<![\\w.:-])\\+?\\(?\\d[\\d ().-]{7,16}\\d(?![\\w:-])")); // phone numbers
    return text.replace(patterns, QStringLiteral("[redacted]"));
}

bool setUpLogging(const QString &level, const QString &file)
{
    QString rules;
    if (level == QLatin1String("debug"))
        rules = QStringLiteral("outrigger.*=true");
    else if (level == QLatin1String("info"))
        rules = QStringLiteral("outrigger.*.debug=false\noutrigger.*.info=true");
    else if (level == QLatin1String("error"))
        rules = QStringLiteral("outrigger.*.warning=false");
    else if (level != QLatin1String("warning"))
        return false;
    QLoggingCategory::setFilterRules(rules);
    if (!file.isEmpty()) {
        const QMutexLocker lock(&sink().mutex);
        openLogFile(sink(), file);
    }
    qInstallMessageHandler(handle);
    return true;
}

} // namespace outrigger
