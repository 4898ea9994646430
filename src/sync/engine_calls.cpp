// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine.h"

#include "sync/accountline.h"
#include "store/coverage.h"
#include "sync/engine_p.h"
#include "sync/recordings.h"
#include "sync/threads.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

// Sounds and words of calls.
namespace outrigger::sync {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Recordings)
};

/// What stands against fetching it now; nothing: it can be fetched.
std::optional<Error> notNow(const Engine *engine, bool hasLine)
{
    Error error;
    error.kind = ErrorKind::Offline;
    if (!hasLine) {
        error.kind = ErrorKind::SignInNeeded;
        error.message = Words::tr("Sign in first.");
        return error;
    }
    if (engine->options().offline || engine->status().connection == Connection::WorkingOffline) {
        error.message = Words::tr("You work offline, and this call has not been played on this computer before. Go online to fetch it.");
        return error;
    }
    return std::nullopt;
}

bool isMissing(const Error &error)
{
    return error.kind == ErrorKind::NotFound;
}

} // namespace

Recordings &Engine::Private::callFolder()
{
    if (!recordings)
        recordings = std::make_unique<Recordings>(profile.path(u"calls"_s));
    return *recordings;
}

Task<Result<QString>> Engine::callSound(MessageId id)
{
    const auto current = account();
    const LocationId location = current ? current->location : LocationId();
    auto looking = d->callFolder().sound(location, id);
    const auto here = co_await looking;
    if (here)
        co_return *here;
    AccountLine *line = d->line();
    if (auto error = notNow(this, line != nullptr))
        co_return fail(std::move(*error));
    auto fetching = line->threads()->source()->recording(id);
    auto bytes = co_await fetching;
    if (!bytes) {
        Error error = bytes.error();
        if (isMissing(error))
            error.message = Words::tr("HighLevel has no recording of this call. It may not have been recorded, or the recording has been deleted.");
        else if (error.kind == ErrorKind::Offline || error.kind == ErrorKind::Timeout)
            error.message = Words::tr("The recording cannot be fetched without a connection. Calls that were played here once can be played at any time.");
        co_return fail(std::move(error));
    }
    auto keeping = d->callFolder().keepSound(location, id, std::move(*bytes));
    co_return co_await keeping;
}

/// For the search.
static QString spoken(const QVector<Sentence> &sentences)
{
    QStringList lines;
    for (const Sentence &one : sentences)
        lines.append(one.text);
    return lines.join(u'\n');
}

Task<Result<QVector<Sentence>>> Engine::callWords(MessageId id)
{
    const auto current = account();
    const LocationId location = current ? current->location : LocationId();
    auto looking = d->callFolder().words(location, id);
    auto here = co_await looking;
    if (here) {
        auto finding = store::putTranscript(*d->cache, location, id, spoken(*here)); // read before the search knew of calls
        co_await finding;
        co_return std::move(*here);
    }
    AccountLine *line = d->line();
    if (auto error = notNow(this, line != nullptr))
        co_return fail(std::move(*error));
    auto fetching = line->threads()->source()->transcription(id);
    auto sentences = co_await fetching;
    if (!sentences) {
        if (isMissing(sentences.error()))
            co_return QVector<Sentence>(); // asked again the next time: it may be written later
        co_return fail(sentences.error());
    }
    if (!sentences->isEmpty()) {
        auto keeping = d->callFolder().keepWords(location, id, *sentences);
        co_await keeping; // not kept is only slower
        auto finding = store::putTranscript(*d->cache, location, id, spoken(*sentences));
        co_await finding;
    }
    co_return std::move(*sentences);
}

Task<Status> Engine::chatTyping(ConversationId conversation, QString visitor, bool typing)
{
    AccountLine *line = d->line();
    if (!line || d->options.offline || status().connection != Connection::Live || conversation.isEmpty() || conversation.isLocal())
        co_return fail(ErrorKind::Offline, QString());
    auto telling = line->threads()->source()->typing(conversation, visitor, typing);
    co_return co_await telling;
}

} // namespace outrigger::sync
