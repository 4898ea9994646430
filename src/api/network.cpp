// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/network.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QNetworkAccessManager>
#include <QThread>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace outrigger::api {
namespace {

std::function<QNetworkAccessManager *(QObject *)> &networkMaker()
{
    static std::function<QNetworkAccessManager *(QObject *)> maker;
    return maker;
}

/// Linux keeps the first fifteen letters of a thread's name; Qt calls these "QNetworkAccessManager thread".
bool networkThreadsRun()
{
    const QStringList threads = QDir(u"/proc/self/task"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    return std::any_of(threads.begin(), threads.end(), [](const QString &id) {
        QFile name(u"/proc/self/task/%1/comm"_s.arg(id));
        return name.open(QIODevice::ReadOnly) && name.readAll().startsWith("QNetworkAccess");
    });
}

void awaitNetworkThreads()
{
    const QDeadlineTimer patience(1000);
    while (networkThreadsRun() && !patience.hasExpired())
        QThread::msleep(1);
}

} // namespace

void setNetworkMaker(std::function<QNetworkAccessManager *(QObject *)> maker)
{
    networkMaker() = std::move(maker);
}

QNetworkAccessManager *makeNetwork(QObject *owner)
{
    static const bool once = (qAddPostRoutine(awaitNetworkThreads), true);
    Q_UNUSED(once)
    return networkMaker() ? networkMaker()(owner) : new QNetworkAccessManager(owner);
}

} // namespace outrigger::api
