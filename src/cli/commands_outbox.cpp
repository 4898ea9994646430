// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "sync/outbox.h"

#include <QCoreApplication>
#include <QHash>

using namespace Qt::StringLiterals;

namespace outrigger::cli {

using sync::Outbox;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

QString listing(const QVector<OutboxRecord> &records)
{
    QVector<QStringList> rows;
    for (const OutboxRecord &record : records)
        rows.append({record.id.value, outboxStateWord(record.state),
                     record.kindWord.isEmpty() ? outboxKindWord(record.kind) : record.kindWord,
                     record.createdAt.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s), record.reason});
    return columns(rows);
}

int answerRecord(const ContextPtr &context, const Result<OutboxRecord> &record)
{
    if (!record) {
        if (record.error().code == "sent"_L1)
            return context->output->failure(Refused, u"sent"_s, Words::tr("Too late: it has been attempted already."));
        return context->output->failure(record.error());
    }
    context->output->answer(toJson(*record), outboxStateWord(record->state) + u' ' + record->id.value);
    return Done;
}

/// The record with this id, and what it would do, for --dry-run.
Task<int> describe(ContextPtr context, QString action)
{
    const RecordId id(context->arguments.words.value(0));
    auto load = context->engine->outbox().record(id);
    const auto record = co_await load;
    if (!record)
        co_return context->output->failure(record.error());
    if (!*record)
        co_return context->output->failure(Failed, u"not_found"_s, Words::tr("There is no record with this id."));
    context->output->note(Words::tr("Nothing was changed."));
    context->output->answer(QJsonObject{{u"dryRun"_s, true}, {u"action"_s, action}, {u"record"_s, toJson(**record)}},
                            action + u' ' + id.value);
    co_return Done;
}

Task<Result<OutboxRecord>> existing(ContextPtr context)
{
    const RecordId id(context->arguments.words.value(0));
    auto load = context->engine->outbox().record(id);
    auto record = co_await load;
    if (!record)
        co_return fail(record.error());
    if (!*record)
        co_return fail(ErrorKind::NotFound, Words::tr("There is no record with this id."));
    co_return **record;
}

} // namespace

Task<int> outboxList(ContextPtr context)
{
    auto load = context->engine->outbox().list({}, context->arguments.has("all"));
    const auto records = co_await load;
    if (!records)
        co_return context->output->failure(records.error());
    QJsonArray array;
    for (const OutboxRecord &record : *records)
        array.append(toJson(record));
    context->output->answer(array, records->isEmpty() ? Words::tr("The outbox is empty.") : listing(*records));
    co_return Done;
}

Task<int> outboxWait(ContextPtr context)
{
    const std::chrono::seconds timeout(context->arguments.number("timeout").value_or(300));
    auto before = context->engine->outbox().list({}, false);
    const auto started = co_await before;
    if (!started)
        co_return context->output->failure(started.error());
    auto settle = context->engine->outbox().waitUntilSettled({}, timeout);
    co_await settle;

    QJsonArray array;
    QVector<OutboxRecord> now;
    bool refused = false;
    bool uncertain = false;
    bool waiting = false;
    for (const OutboxRecord &was : *started) {
        auto load = context->engine->outbox().record(was.id);
        const auto loaded = co_await load;
        if (!loaded)
            co_return context->output->failure(loaded.error());
        if (!*loaded)
            continue;
        const OutboxRecord record = **loaded;
        array.append(toJson(record));
        now.append(record);
        const int exit = exitOf(record.state);
        uncertain = uncertain || exit == Uncertain;
        waiting = waiting || exit == Waiting;
        refused = refused || (exit == Refused && was.state != OutboxState::Rejected);
    }
    context->output->answer(array, now.isEmpty() ? Words::tr("The outbox is empty.") : listing(now));
    if (uncertain)
        co_return int(Uncertain);
    if (waiting)
        co_return int(Waiting);
    co_return refused ? int(Refused) : int(Done);
}

Task<int> outboxRetry(ContextPtr context)
{
    if (context->arguments.dryRun) {
        auto show = describe(context, u"retry"_s);
        co_return co_await show;
    }
    auto find = existing(context);
    const auto record = co_await find;
    if (!record)
        co_return context->output->failure(record.error());
    if (record->state == OutboxState::Held) {
        auto release = context->engine->outbox().release(record->id);
        const auto released = co_await release;
        co_return answerRecord(context, released);
    }
    auto retry = context->engine->outbox().retry(record->id);
    const auto again = co_await retry;
    co_return answerRecord(context, again);
}

Task<int> outboxCancel(ContextPtr context)
{
    if (context->arguments.dryRun) {
        auto show = describe(context, u"cancel"_s);
        co_return co_await show;
    }
    auto find = existing(context);
    const auto record = co_await find;
    if (!record)
        co_return context->output->failure(record.error());
    auto cancel = context->engine->outbox().cancel(record->id);
    const auto cancelled = co_await cancel;
    co_return answerRecord(context, cancelled);
}

Task<int> outboxResolve(ContextPtr context)
{
    const Arguments &arguments = context->arguments;
    const int choices = int(arguments.has("sent")) + int(arguments.has("resend")) + int(arguments.has("discard"));
    if (choices != 1)
        co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("Say one of --sent, --resend, --discard."));
    const auto resolution = arguments.has("sent")     ? Outbox::Resolution::Sent
                            : arguments.has("resend") ? Outbox::Resolution::Resend
                                                      : Outbox::Resolution::Discard;
    if (arguments.dryRun) {
        auto show = describe(context, u"resolve"_s);
        co_return co_await show;
    }
    auto find = existing(context);
    const auto record = co_await find;
    if (!record)
        co_return context->output->failure(record.error());
    if (record->state != OutboxState::Uncertain)
        co_return context->output->failure(Refused, u"state"_s,
                                           Words::tr("This record is %1; only an uncertain one needs a decision.").arg(outboxStateWord(record->state)));
    auto resolve = context->engine->outbox().resolve(record->id, resolution, arguments.value("server-id"));
    const auto resolved = co_await resolve;
    co_return answerRecord(context, resolved);
}

} // namespace outrigger::cli
