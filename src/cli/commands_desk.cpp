// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "domain/phone.h"
#include "domain/searchwords.h"
#include "domain/snippet.h"
#include "store/coverage.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::cli {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

QString shortDate(const QDateTime &date)
{
    return date.isValid() ? date.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s) : QString();
}

int limitOf(const ContextPtr &context, int standard)
{
    return std::clamp(context->arguments.number("limit").value_or(standard), 1, 10'000);
}

/// A conversation by its own id, else by its contact's.
Task<Result<ConversationRow>> findConversation(ContextPtr context, Account account, QString id)
{
    auto direct = context->engine->cache().conversation(account.location, ConversationId(id));
    const auto byId = co_await direct;
    if (!byId)
        co_return fail(byId.error());
    if (*byId)
        co_return **byId;
    auto other = context->engine->cache().conversationFor(account.location, ContactId(id));
    const auto byContact = co_await other;
    if (!byContact)
        co_return fail(byContact.error());
    if (*byContact)
        co_return **byContact;
    co_return fail(ErrorKind::NotFound, Words::tr("There is no conversation with this id here. \"outrigger-cli sync\" may bring it."));
}

} // namespace

namespace {

/// What the search could know, on standard error: "not found" is not "not said".
QString coverageWords(const store::SearchCoverage &coverage)
{
    QStringList parts;
    if (!coverage.allMessages)
        parts.append(coverage.messagesBackTo.isValid() ? Words::tr("texts back to %1, older ones are still to come").arg(shortDate(coverage.messagesBackTo))
                                                       : Words::tr("no messages yet"));
    parts.append(Words::tr("notes of %n lead(s)", nullptr, int(coverage.noteLeads)));
    parts.append(Words::tr("%n opened e-mail(s)", nullptr, int(coverage.emails)));
    parts.append(Words::tr("%n call(s) that were read", nullptr, int(coverage.transcripts)));
    return Words::tr("Searched on this computer: %1.").arg(parts.join(u", "_s));
}

/// As it would be typed into one field: a shell has taken the quotes from tag:"hot lead" already.
QString typed(const QStringList &arguments)
{
    QStringList all;
    for (const QString &one : arguments) {
        const qsizetype colon = one.indexOf(u':');
        const bool operation = colon > 0 && one.contains(u' ') && SearchWords::operators().contains(one.left(colon + 1).toLower());
        all.append(operation ? one.left(colon + 1) + u'"' + one.mid(colon + 1) + u'"' : one);
    }
    return all.join(u' ');
}

/// The person's own snippets and the location's templates.
Task<QVector<Snippet>> snippetsOf(ContextPtr context, LocationId location)
{
    QVector<Snippet> all;
    auto reading = context->engine->ledger().setting(u"snippets"_s);
    const auto own = co_await reading;
    if (own)
        all = snippetsFromJson(own->toUtf8());
    auto learning = context->engine->cache().reference(location);
    const auto reference = co_await learning;
    if (reference)
        all += reference->templates.value_or(QVector<Snippet>());
    co_return all;
}

} // namespace

Task<int> searchCommand(ContextPtr context, Account account)
{
    Output &out = *context->output;
    const QString text = typed(context->arguments.words);
    const auto words = SearchWords::parse(text, QDate::currentDate());
    if (!words.problems.isEmpty())
        co_return out.failure(WrongUsage, u"usage"_s, words.problems.constFirst());
    const int limit = limitOf(context, 50);
    auto search = context->engine->cache().search(account.location, SearchWords::forPerson(text, account.me), regionOf(account), limit);
    const auto hits = co_await search;
    if (!hits)
        co_return out.failure(hits.error());
    QJsonArray array;
    QVector<QStringList> rows;
    for (const auto &hit : *hits) {
        array.append(QJsonObject{{u"kind"_s, hit.kind},
                                 {u"id"_s, hit.message.isEmpty() ? hit.contact.value : hit.message.value},
                                 {u"contactId"_s, hit.contact.value},
                                 {u"conversationId"_s, hit.conversation.value},
                                 {u"messageId"_s, hit.conversation.isEmpty() ? QString() : hit.message.value},
                                 {u"opportunityId"_s, hit.deal.value},
                                 {u"title"_s, hit.title},
                                 {u"snippet"_s, hit.snippet},
                                 {u"date"_s, toJson(hit.date)}});
        rows.append({hit.kind, hit.deal.isEmpty() ? hit.contact.value : hit.deal.value, hit.title, shortDate(hit.date), hit.snippet});
    }
    if (words.wants("snippets") && words.words.size() >= 2) {
        auto reading = snippetsOf(context, account.location);
        const auto snippets = co_await reading;
        const auto fitting = matchSnippets(snippets, words.words);
        for (const Snippet &one : fitting.mid(0, limit)) {
            array.append(QJsonObject{{u"kind"_s, u"snippet"_s}, {u"id"_s, one.id}, {u"title"_s, one.shownName()}, {u"snippet"_s, one.text}});
            rows.append({u"snippet"_s, one.id, one.shownName(), QString(), one.text.simplified().left(110)});
        }
    }
    auto asking = store::searchCoverage(context->engine->cache(), account.location);
    const auto coverage = co_await asking;
    if (coverage)
        out.note(coverageWords(*coverage));
    out.answer(array, rows.isEmpty() ? Words::tr("Nothing found.") : columns(rows));
    co_return Done;
}

Task<int> contactSearch(ContextPtr context, Account account)
{
    auto search = context->engine->cache().findContacts(account.location, context->arguments.words.join(u' '),
                                                        regionOf(account), limitOf(context, 20));
    const auto hits = co_await search;
    if (!hits)
        co_return context->output->failure(hits.error());
    QJsonArray array;
    QVector<QStringList> rows;
    for (const ContactHit &hit : *hits) {
        array.append(toJson(hit));
        rows.append({hit.id.value, hit.name, hit.phone, hit.email});
    }
    context->output->answer(array, hits->isEmpty() ? Words::tr("Nothing found.") : columns(rows));
    co_return Done;
}

Task<int> contactGet(ContextPtr context, Account account)
{
    const ContactId id(context->arguments.words.constFirst());
    std::optional<Contact> contact;
    if (!context->arguments.has("refresh")) {
        auto load = context->engine->cache().contact(account.location, id);
        const auto known = co_await load;
        if (!known)
            co_return context->output->failure(known.error());
        contact = *known;
    }
    if (!contact) {
        auto ask = context->engine->refreshContact(id);
        const auto fresh = co_await ask;
        if (!fresh)
            co_return context->output->failure(fresh.error());
        contact = *fresh;
    }
    const QJsonObject object = toJson(*contact);
    QVector<QStringList> rows;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it->isString() && !it->toString().isEmpty())
            rows.append({it.key(), it->toString()});
        else if (it->isBool())
            rows.append({it.key(), it->toBool() ? Words::tr("yes") : Words::tr("no")});
    }
    if (!contact->tags.isEmpty())
        rows.append({u"tags"_s, contact->tags.join(u", "_s)});
    context->output->answer(object, columns(rows));
    co_return Done;
}

Task<int> contactDuplicate(ContextPtr context, Account account)
{
    QString number;
    if (context->arguments.has("phone")) {
        const auto parsed = phone::parse(context->arguments.value("phone"), regionOf(account));
        if (!parsed || !parsed->valid)
            co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("This is no usable number."));
        number = parsed->e164;
    }
    const QString email = context->arguments.value("email").trimmed();
    if (number.isEmpty() && email.isEmpty())
        co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("Give --phone or --email."));
    auto ask = context->engine->findOnServer(number, email);
    const auto found = co_await ask;
    if (!found)
        co_return context->output->failure(found.error());
    QJsonArray array;
    if (*found)
        array.append(toJson(**found));
    context->output->answer(array, *found ? (*found)->id.value + u"  "_s + clean((*found)->displayName()) : Words::tr("Nobody."));
    co_return Done;
}

Task<int> conversationList(ContextPtr context, Account account)
{
    InboxQuery query;
    query.location = account.location;
    query.split = Split::All;
    query.me = account.me;
    query.now = QDateTime::currentDateTimeUtc();
    auto spine = context->engine->cache().inboxSpine(query);
    const auto keys = co_await spine;
    if (!keys)
        co_return context->output->failure(keys.error());
    const bool unreadOnly = context->arguments.has("unread");
    const int limit = limitOf(context, 50);
    QJsonArray array;
    QVector<QStringList> rows;
    for (qsizetype at = 0; at < keys->keys.size() && array.size() < limit; at += 64) {
        auto load = context->engine->cache().conversationRows(keys->keys.mid(at, 64));
        const auto block = co_await load;
        if (!block)
            co_return context->output->failure(block.error());
        for (const ConversationRow &row : *block) {
            if ((unreadOnly && row.unread == 0) || array.size() >= limit)
                continue;
            array.append(toJson(row));
            rows.append({row.id.value, row.unread > 0 ? u"*"_s : u" "_s, row.name, shortDate(row.lastDate), row.preview.left(60)});
        }
    }
    context->output->answer(array, rows.isEmpty() ? Words::tr("No conversations here. \"outrigger-cli sync\" brings them.") : columns(rows));
    co_return Done;
}

Task<int> conversationMessages(ContextPtr context, Account account)
{
    const QString id = context->arguments.words.constFirst();
    auto find = findConversation(context, account, id);
    auto row = co_await find;
    if (context->arguments.has("refresh")) {
        const ConversationId conversation = row ? row->id : ConversationId(id);
        const ContactId contact = row ? row->contactId : ContactId();
        auto refresh = context->engine->refreshThread(conversation, contact);
        const Status refreshed = co_await refresh;
        if (!refreshed)
            co_return context->output->failure(refreshed.error());
        if (!row) {
            auto again = findConversation(context, account, id);
            row = co_await again;
        }
    }
    if (!row)
        co_return context->output->failure(row.error());
    auto load = context->engine->cache().newestMessages(row->key, limitOf(context, 50));
    const auto page = co_await load;
    if (!page)
        co_return context->output->failure(page.error());
    QJsonArray array;
    QVector<QStringList> rows;
    for (const MessageRow &message : page->rows) {
        array.append(toJson(message));
        rows.append({shortDate(message.message.dateAdded),
                     message.message.direction == Direction::Inbound ? u"<"_s : u">"_s, stateKey(message.state),
                     message.message.body});
    }
    context->output->answer(array, rows.isEmpty() ? Words::tr("No messages here.") : columns(rows));
    co_return Done;
}

} // namespace outrigger::cli
