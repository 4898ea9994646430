// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "core/await.h"
#include "sync/feeds.h"

#include <QCoreApplication>
#include <QDateTime>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::cli {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

/// What the feeds pull; older messages go with the messages.
const QStringList &areaNames()
{
    static const QStringList names = [] {
        QStringList all = sync::Feeds::areaNames();
        all.removeAll(u"messages.older"_s);
        return all;
    }();
    return names;
}

QJsonArray areasJson(const sync::EngineStatus &status, const QStringList &only)
{
    QJsonArray array;
    for (const sync::AreaStatus &area : status.areas) {
        if (!only.isEmpty() && !only.contains(area.area.section(u'.', 0, 0)))
            continue;
        QJsonObject object{{u"area"_s, area.area},
                           {u"requests"_s, area.requests},
                           {u"seen"_s, area.seen},
                           {u"total"_s, area.total},
                           {u"complete"_s, area.firstSyncDone},
                           {u"lastSuccess"_s, toJson(area.lastSuccess)},
                           {u"error"_s, area.error}};
        if (area.missing > 0)
            object.insert(u"missing"_s, area.missing);
        array.append(object);
    }
    return array;
}

QString areasText(const sync::EngineStatus &status, const QStringList &only)
{
    QVector<QStringList> rows;
    for (const sync::AreaStatus &area : status.areas) {
        if (!only.isEmpty() && !only.contains(area.area.section(u'.', 0, 0)))
            continue;
        QString how = area.error.isEmpty() ? Words::tr("up to date") : area.error;
        if (area.missing > 0)
            how = Words::tr("%1 no longer in HighLevel; --confirm-removals removes them").arg(area.missing);
        rows.append({area.area, area.seen > 0 ? QString::number(area.seen) : QString(), how});
    }
    return columns(rows);
}

} // namespace

Task<int> syncCommand(ContextPtr context, Account)
{
    Output &out = *context->output;
    QStringList only;
    for (const QString &value : context->arguments.values("only"))
        only += value.split(u',', Qt::SkipEmptyParts);
    for (const QString &name : std::as_const(only)) {
        if (!areaNames().contains(name))
            co_return out.failure(WrongUsage, u"usage"_s,
                                  Words::tr("There is no area \"%1\". There are: %2.").arg(name, areaNames().join(u", "_s)));
    }
    const auto output = context->output;
    QObject progress;
    QObject::connect(context->engine, &sync::Engine::problem, &progress,
                     [output](const QString &sentence, const QString &next) { output->note(sentence + u' ' + next); });
    auto pull = unlessOpened(context->engine->syncNow(only, context->arguments.has("full")), context->stop);
    const std::optional<Status> ended = co_await pull;
    if (!ended) {
        const bool watched = context->arguments.has("watch");
        const QString sentence = Words::tr("Stopped before everything was read. What was read is kept; the next sync reads the rest.");
        if (!watched)
            co_return out.failure(Failed, u"stopped"_s, sentence);
        out.note(sentence);
        out.answer(areasJson(context->engine->status(), only), {});
        co_return Done;
    }
    const Status &pulled = *ended;
    Status result = pulled;
    if (pulled && context->arguments.has("confirm-removals")) {
        const auto status = context->engine->status();
        for (const sync::AreaStatus &area : status.areas) {
            if (area.missing == 0)
                continue;
            auto removal = context->engine->confirmRemovals(area.area);
            const Status removed = co_await removal;
            if (!removed && result)
                result = removed;
        }
    }
    if (context->arguments.has("watch")) {
        context->engine->pullByItself();
        out.note(Words::tr("Watching; stop with Ctrl+C."));
        auto stopped = context->stop->opened();
        co_await stopped;
    }
    const auto status = context->engine->status();
    if (!result && result.error().kind != ErrorKind::ScopeMissing) {
        if (!out.json())
            out.note(areasText(status, only));
        co_return out.failure(result.error());
    }
    out.answer(areasJson(status, only), areasText(status, only));
    co_return Done;
}

} // namespace outrigger::cli
