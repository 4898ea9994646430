// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/watchlist.h"

#include "core/aside.h"
#include "domain/answerview.h"
#include "models/desk.h"
#include "sync/engine.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace outrigger::models {

struct WatchList::Running {
    Watch watch;
    QTimer timer;
    bool looking = false;
    std::optional<QStringList> known; ///< marks of the latest answer; none before the first
    QDateTime at;
    QString problem;
    int news = 0;
};

namespace {

constexpr auto keptName = "console.watches";

QJsonObject toJson(const WatchList::Watch &watch)
{
    QJsonObject object{{u"operation"_s, watch.call.operation->key}, {u"values"_s, watch.call.values}, {u"minutes"_s, watch.minutes}, {u"file"_s, watch.file}};
    if (watch.call.body.isObject())
        object.insert(u"body"_s, watch.call.body);
    return object;
}

std::optional<WatchList::Watch> fromJson(const QJsonObject &object)
{
    WatchList::Watch watch;
    watch.call.operation = catalogue::find(object["operation"_L1].toString());
    if (!watch.call.operation || !watch.call.operation->reads)
        return std::nullopt;
    watch.call.values = object["values"_L1].toObject();
    if (object["body"_L1].isObject())
        watch.call.body = object["body"_L1];
    watch.minutes = object["minutes"_L1].toInt(5);
    watch.file = object["file"_L1].toString();
    return watch;
}

/// Empty when it worked.
QString append(const QString &path, const QVector<catalogue::FreshRow> &rows)
{
    QFile file(path);
    const bool fresh = !file.exists();
    if (!file.open(QIODevice::WriteOnly | QIODevice::Append))
        return file.errorString();
    if (fresh) // leads' data: for nobody else on this computer
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    for (const auto &row : rows) {
        if (file.write(row.json + '\n') < 0)
            return file.errorString();
    }
    return file.flush() ? QString() : file.errorString();
}

} // namespace

WatchList::WatchList(sync::Engine *engine, Desk *desk, QObject *parent) : QAbstractListModel(parent), m_engine(engine), m_desk(desk) {}

WatchList::~WatchList()
{
    m_tasks.cancel();
}

void WatchList::load()
{
    if (!std::exchange(m_loaded, true))
        m_tasks.start(read(this));
}

Task<void> WatchList::read(WatchList *self)
{
    auto asking = self->m_desk->kept(QLatin1String(keptName));
    const auto text = co_await asking;
    if (!text)
        co_return;
    const QJsonArray array = QJsonDocument::fromJson(text->toUtf8()).array();
    for (const auto &item : array) {
        if (auto watch = fromJson(item.toObject()))
            self->begin(std::move(*watch));
    }
}

Task<void> WatchList::write(WatchList *self, QString text)
{
    auto keeping = self->m_desk->keep(QLatin1String(keptName), text);
    const Status kept = co_await keeping;
    if (!kept)
        qWarning("the watches were not kept: %s", qUtf8Printable(kept.error().code));
}

void WatchList::keep()
{
    QJsonArray array;
    for (const auto &running : m_watches)
        array.append(toJson(running->watch));
    m_tasks.start(write(this, QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact))));
}

void WatchList::begin(Watch watch)
{
    watch.minutes = std::clamp(watch.minutes, fewestMinutes, mostMinutes);
    auto running = std::make_shared<Running>();
    running->watch = std::move(watch);
    running->timer.setInterval(std::chrono::minutes(running->watch.minutes));
    running->timer.setTimerType(Qt::VeryCoarseTimer);
    std::weak_ptr<Running> weak = running; // the timer is inside of it
    connect(&running->timer, &QTimer::timeout, this, [this, weak] {
        if (const auto still = weak.lock())
            m_tasks.start(look(this, still));
    });
    beginInsertRows({}, int(m_watches.size()), int(m_watches.size()));
    m_watches.push_back(running);
    endInsertRows();
    running->timer.start();
    m_tasks.start(look(this, running));
}

void WatchList::add(const Watch &watch)
{
    begin(watch);
    keep();
}

void WatchList::remove(int row)
{
    if (row < 0 || row >= int(m_watches.size()))
        return;
    m_watches[size_t(row)]->timer.stop();
    beginRemoveRows({}, row, row);
    m_watches.erase(m_watches.begin() + row);
    endRemoveRows();
    keep();
}

void WatchList::runNow(int row)
{
    if (row >= 0 && row < int(m_watches.size()))
        m_tasks.start(look(this, m_watches[size_t(row)]));
}

const WatchList::Watch &WatchList::watch(int row) const
{
    return m_watches.at(size_t(row))->watch;
}

Task<void> WatchList::look(WatchList *self, std::shared_ptr<Running> running)
{
    if (std::exchange(running->looking, true))
        co_return;
    auto calling = self->m_engine->callOperation(running->watch.call);
    const auto answer = co_await calling;
    running->looking = false;
    running->at = QDateTime::currentDateTime();
    running->problem = answer ? QString() : answer.error().message;
    if (answer) {
        const bool first = !running->known;
        const QStringList before = running->known.value_or(QStringList());
        const QString file = running->watch.file;
        struct Found {
            QStringList marks;
            QVector<catalogue::FreshRow> rows;
            QString problem;
        };
        auto reading = aside([body = answer->body, before, file, first] {
            Found found{catalogue::rowMarks(body), {}, {}};
            if (!first)
                found.rows = catalogue::rowsBeyond(body, before);
            if (!found.rows.isEmpty() && !file.isEmpty())
                found.problem = append(file, found.rows);
            return found;
        });
        const Found found = co_await reading;
        running->known = found.marks;
        running->news += int(found.rows.size());
        if (!found.problem.isEmpty())
            running->problem = tr("%1 cannot be written: %2").arg(file, found.problem);
        QStringList names;
        for (const auto &row : found.rows)
            names.append(row.text);
        if (!names.isEmpty())
            Q_EMIT self->newsFound(running->watch.call.operation->name, names, file);
    }
    self->touched(running);
}

void WatchList::touched(const std::shared_ptr<Running> &running)
{
    const auto at = std::find(m_watches.begin(), m_watches.end(), running);
    if (at == m_watches.end())
        return;
    const QModelIndex index = this->index(int(at - m_watches.begin()));
    Q_EMIT dataChanged(index, index);
}

int WatchList::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_watches.size());
}

QVariant WatchList::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole))
        return {};
    const Running &running = *m_watches.at(size_t(index.row()));
    QString state = tr("not looked yet");
    if (!running.problem.isEmpty())
        state = running.problem;
    else if (running.at.isValid())
        state = tr("last look %1, %2 new so far").arg(QLocale().toString(running.at.time(), QLocale::ShortFormat)).arg(running.news);
    const QString where = running.watch.file.isEmpty() ? tr("tells you") : tr("writes to %1").arg(running.watch.file);
    return tr("%1, every %2 min, %3: %4").arg(running.watch.call.operation->name).arg(running.watch.minutes).arg(where, state);
}

} // namespace outrigger::models
