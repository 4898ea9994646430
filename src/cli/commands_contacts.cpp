// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/commands_leads.h"
#include "cli/sending.h"
#include "domain/contactchange.h"
#include "domain/contactinput.h"
#include "domain/phone.h"
#include "store/cache.h"
#include "sync/exporter.h"
#include "sync/importer.h"

#include <QCoreApplication>
#include <QSaveFile>

#include <array>

using namespace Qt::StringLiterals;

// Contacts: changed and removed; and what the local copy has, as files.
namespace outrigger::cli {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

struct Option {
    const char *option;
    QLatin1String field;
};
constexpr std::array fieldOptions{
    Option{"first-name", "firstName"_L1}, Option{"last-name", "lastName"_L1},   Option{"phone", "phone"_L1},
    Option{"email", "email"_L1},          Option{"company", "companyName"_L1},  Option{"address", "address1"_L1},
    Option{"city", "city"_L1},            Option{"state", "state"_L1},          Option{"postal-code", "postalCode"_L1},
    Option{"country", "country"_L1},      Option{"website", "website"_L1},      Option{"timezone", "timezone"_L1},
    Option{"source", "source"_L1},        Option{"birthday", "dateOfBirth"_L1}, Option{"dnd", "dnd"_L1},
};

tl::unexpected<Error> wrong(const QString &sentence) { return fail(ErrorKind::Usage, sentence); }

/// What the command line wants of this contact's fields.
Result<ContactChange> changeFrom(const Arguments &arguments, const Contact &contact, const QVector<CustomField> &fields, const QString &region)
{
    ContactChange change;
    const auto set = [&](const QString &field, const CustomField *definition, const QString &text) -> Status {
        const FieldInput input = readField(field, text, definition, region);
        if (!input.ok())
            return wrong(input.problem);
        change.set(contact, field, input.value);
        return {};
    };
    for (const Option &one : fieldOptions) {
        if (!arguments.has(one.option))
            continue;
        if (const Status done = set(one.field, nullptr, arguments.value(one.option)); !done)
            return fail(done.error());
    }
    const QStringList customs = arguments.values("field");
    for (const QString &pair : customs) {
        const qsizetype at = pair.indexOf(u'=');
        if (at <= 0)
            return wrong(Words::tr("Write --field as key=value."));
        const CustomField *definition = findField(fields, pair.left(at));
        if (!definition)
            return wrong(Words::tr("There is no custom field \"%1\" in the local copy.").arg(pair.left(at)));
        if (const Status done = set(contactfields::ofCustom(definition->id), definition, pair.mid(at + 1)); !done)
            return fail(done.error());
    }
    return change;
}

QJsonObject bodyOf(const ContactChange &change)
{
    QJsonObject body;
    QJsonArray customs;
    for (auto it = change.to.constBegin(); it != change.to.constEnd(); ++it) {
        const CustomFieldId id = contactfields::customId(it.key());
        if (id.isEmpty())
            body.insert(it.key(), it.value());
        else
            customs.append(QJsonObject{{u"id"_s, id.value}, {u"field_value"_s, it.value()}});
    }
    if (!customs.isEmpty())
        body.insert(u"customFields"_s, customs);
    return body;
}

/// The contact with this id: of the local copy, else of HighLevel.
Task<Result<Contact>> contactById(ContextPtr context, Account account, ContactId id)
{
    auto load = context->engine->cache().contact(account.location, id);
    const auto known = co_await load;
    if (!known)
        co_return fail(known.error());
    if (*known)
        co_return **known;
    auto ask = context->engine->refreshContact(id);
    co_return co_await ask;
}

} // namespace

Task<int> contactSet(ContextPtr context, Account account)
{
    const Arguments &arguments = context->arguments;
    Output &out = *context->output;
    auto finding = contactById(context, account, ContactId(arguments.words.constFirst()));
    const auto contact = co_await finding;
    if (!contact)
        co_return out.failure(contact.error());
    auto learning = context->engine->cache().reference(account.location);
    const auto reference = co_await learning;
    if (!reference)
        co_return out.failure(reference.error());
    const auto change = changeFrom(arguments, *contact, reference->customFields, regionOf(account));
    if (!change)
        co_return out.failure(change.error());
    TagChange tags;
    tags.contactId = contact->id;
    tags.add = arguments.values("tag");
    tags.remove = arguments.values("remove-tag");
    const bool tagged = !tags.add.isEmpty() || !tags.remove.isEmpty();
    if (change->isEmpty() && !tagged)
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("Say what to change: \"outrigger-cli help contact set\" lists the fields."));
    if (arguments.dryRun) {
        QVector<QJsonObject> requests;
        const QString path = u"/contacts/"_s + contact->id.value;
        if (!change->isEmpty())
            requests.append(request(u"PUT"_s, path, bodyOf(*change)));
        if (!tags.add.isEmpty())
            requests.append(request(u"POST"_s, path + u"/tags"_s, {{u"tags"_s, QJsonArray::fromStringList(tags.add)}}));
        if (!tags.remove.isEmpty())
            requests.append(request(u"DELETE"_s, path + u"/tags"_s, {{u"tags"_s, QJsonArray::fromStringList(tags.remove)}}));
        co_return dryRun(context, requests);
    }
    RecordId last;
    if (tagged) {
        auto submit = context->engine->outbox().submitTags(account, tags, fromHere());
        const auto submitted = co_await submit;
        if (!submitted)
            co_return out.failure(submitted.error());
        last = *submitted;
    }
    if (!change->isEmpty()) { // in the same lane: when this one has ended, the tags have
        auto submit = context->engine->outbox().submitContactChange(account, *change, fromHere());
        const auto submitted = co_await submit;
        if (!submitted)
            co_return out.failure(submitted.error());
        last = *submitted;
    }
    auto rest = afterSubmitting(context, last);
    co_return co_await rest;
}

namespace {

/// Who has this number or this address already: in the local copy, else in HighLevel when it can be asked.
Task<std::optional<ContactId>> whoIsThere(ContextPtr context, Account account, QString number, QString email)
{
    for (const QString &who : {number, email}) {
        if (who.isEmpty())
            continue;
        auto find = contactFor(context, account, who);
        const auto found = co_await find;
        if (found)
            co_return found->id;
    }
    auto ask = context->engine->findOnServer(number, email);
    const auto found = co_await ask;
    if (found && *found)
        co_return (*found)->id;
    co_return std::nullopt; // the creation itself finds a twin that was not seen
}

} // namespace

Task<int> contactUpsert(ContextPtr context, Account account)
{
    Arguments &arguments = context->arguments;
    Output &out = *context->output;
    QString number;
    if (arguments.has("phone")) {
        const auto parsed = phone::parse(arguments.value("phone"), regionOf(account));
        if (!parsed || !parsed->valid)
            co_return out.failure(WrongUsage, u"usage"_s, Words::tr("This is no usable number."));
        number = parsed->e164;
    }
    const QString email = arguments.value("email").trimmed();
    if (number.isEmpty() && email.isEmpty())
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("Somebody is known by --phone or by --email: give one."));
    auto looking = whoIsThere(context, account, number, email);
    const auto there = co_await looking;
    if (there) {
        arguments.words = {there->value};
        auto changing = contactSet(context, account);
        co_return co_await changing;
    }
    auto learning = context->engine->cache().reference(account.location);
    const auto reference = co_await learning;
    if (!reference)
        co_return out.failure(reference.error());
    const auto whole = changeFrom(arguments, Contact(), reference->customFields, regionOf(account));
    if (!whole)
        co_return out.failure(whole.error());
    if (arguments.dryRun) {
        QJsonObject body = bodyOf(*whole);
        body.insert(u"locationId"_s, account.location.value);
        if (const QStringList tags = arguments.values("tag"); !tags.isEmpty())
            body.insert(u"tags"_s, QJsonArray::fromStringList(tags));
        co_return dryRun(context, {request(u"POST"_s, u"/contacts/upsert"_s, body)});
    }
    ContactDraft draft;
    draft.firstName = arguments.value("first-name");
    draft.lastName = arguments.value("last-name");
    draft.phone = number;
    draft.email = email;
    draft.tags = arguments.values("tag");
    draft.source = arguments.value("source");
    auto creating = context->engine->outbox().submitContact(account, draft, fromHere());
    const auto created = co_await creating;
    if (!created)
        co_return out.failure(created.error());
    RecordId last = *created;
    auto load = context->engine->cache().contact(account.location, ContactId::local(created->value));
    const auto made = co_await load;
    if (made && *made) { // what a creation does not take goes after it, in its lane
        const auto rest = changeFrom(arguments, **made, reference->customFields, regionOf(account));
        if (rest && !rest->isEmpty()) {
            auto submit = context->engine->outbox().submitContactChange(account, *rest, fromHere());
            const auto submitted = co_await submit;
            if (!submitted)
                co_return out.failure(submitted.error());
            last = *submitted;
        }
    }
    auto rest = afterSubmitting(context, last);
    co_return co_await rest;
}

Task<int> contactRemove(ContextPtr context, Account account)
{
    const Arguments &arguments = context->arguments;
    Output &out = *context->output;
    auto finding = contactById(context, account, ContactId(arguments.words.constFirst()));
    const auto contact = co_await finding;
    if (!contact)
        co_return out.failure(contact.error());
    if (arguments.dryRun)
        co_return dryRun(context, {request(u"DELETE"_s, u"/contacts/"_s + contact->id.value, {})});
    if (!arguments.has("yes")) {
        auto counting = context->engine->cache().consequences(account.location, contact->id);
        const auto with = co_await counting;
        const auto what = with.value_or(store::Cache::Consequences());
        co_return out.failure(WrongUsage, u"confirm"_s,
                              Words::tr("Deleting %1 also deletes the conversation (messages here: %2), deals (%3) and bookings (%4), for everybody. "
                                        "It cannot be undone. Add --yes to do it.")
                                  .arg(contact->displayName()).arg(what.messages).arg(what.deals).arg(what.appointments));
    }
    auto submit = context->engine->outbox().submitContactDelete(account, contact->id, contact->displayName(), fromHere());
    const auto submitted = co_await submit;
    auto rest = afterSubmitting(context, submitted);
    co_return co_await rest;
}

/// At once: standard output belongs to the main thread, and nothing waits for this one.
static Task<bool> exported(Output *out, QSaveFile *file, QByteArray bytes)
{
    if (file)
        co_return file->write(bytes) == bytes.size();
    out->data(bytes);
    co_return true;
}

Task<int> exportCommand(ContextPtr context, Account account)
{
    const Arguments &arguments = context->arguments;
    Output &out = *context->output;
    const auto kind = sync::exportKindFromWord(arguments.words.constFirst());
    if (!kind)
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("Say what to export: contacts, messages or opportunities."));
    const auto format = sync::exportFormatFromWord(arguments.has("format") ? arguments.value("format") : u"csv"_s);
    if (!format)
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("--format is csv or jsonl, and for contacts also vcard."));
    const QString path = arguments.value("out");
    if (path.isEmpty() && out.json())
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("With --json, say where the rows go: --out FILE."));
    std::unique_ptr<QSaveFile> file;
    if (!path.isEmpty()) {
        file = std::make_unique<QSaveFile>(path);
        if (!file->open(QIODevice::WriteOnly))
            co_return out.failure(Failed, u"file"_s, Words::tr("%1 cannot be written: %2").arg(path, file->errorString()));
        file->setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    }
    sync::ExportRequest request;
    request.location = account.location;
    request.kind = *kind;
    request.format = *format;
    auto writing = sync::exportData(&context->engine->cache(), request,
                                    [&out, file = file.get()](QByteArray bytes) { return exported(&out, file, std::move(bytes)); });
    const auto count = co_await writing;
    if (!count)
        co_return out.failure(count.error());
    if (!file) {
        out.note(Words::tr("%n row(s) written", nullptr, int(*count)));
        co_return Done;
    }
    if (!file->commit())
        co_return out.failure(Failed, u"file"_s, Words::tr("%1 cannot be written: %2").arg(path, file->errorString()));
    out.answer(QJsonObject{{u"rows"_s, *count}, {u"file"_s, path}}, Words::tr("%n row(s) written", nullptr, int(*count)));
    co_return Done;
}


Task<int> contactImport(ContextPtr context, Account account)
{
    const Arguments &arguments = context->arguments;
    Output &out = *context->output;
    const QString file = arguments.words.constFirst();
    auto learning = context->engine->cache().reference(account.location);
    const auto reference = co_await learning;
    if (!reference)
        co_return out.failure(reference.error());
    const auto &fields = reference->customFields;
    auto looking = sync::previewImport(file, fields);
    const auto preview = co_await looking;
    if (!preview)
        co_return out.failure(preview.error());
    ImportPlan plan;
    plan.columns = preview->columns;
    plan.tags = arguments.values("tag");
    plan.source = arguments.value("source");
    const auto twins = twinsFromWord(arguments.has("duplicates") ? arguments.value("duplicates") : u"skip"_s);
    if (!twins)
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("--duplicates is skip, fill or overwrite."));
    plan.twins = *twins;
    const QStringList maps = arguments.values("map");
    for (const QString &pair : maps) {
        const qsizetype at = pair.lastIndexOf(u'=');
        const qsizetype column = at > 0 ? preview->header.indexOf(pair.left(at)) : -1;
        if (column < 0)
            co_return out.failure(WrongUsage, u"usage"_s, Words::tr("Write --map as COLUMN=FIELD, with a column of the file: %1.").arg(preview->header.join(u", "_s)));
        QString field = pair.mid(at + 1);
        const CustomField *custom = findField(fields, field);
        if (custom)
            field = contactfields::ofCustom(custom->id);
        const bool known = field.isEmpty() || field == "tags"_L1 || field == "name"_L1 || contactfields::isKnown(field);
        if (!known)
            co_return out.failure(WrongUsage, u"usage"_s, Words::tr("There is no field \"%1\".").arg(field));
        plan.columns[column] = field;
    }
    auto importing = sync::importContacts(&context->engine->cache(), &context->engine->outbox(), account, file, plan, fields, regionOf(account), arguments.dryRun);
    const auto counts = co_await importing;
    if (!counts)
        co_return out.failure(counts.error());
    QJsonObject columns;
    for (qsizetype i = 0; i < preview->header.size(); ++i)
        columns.insert(preview->header[i], plan.columns[i]);
    QJsonArray problems;
    QString text = Words::tr("Rows: %1. To be added or looked up: %2. Twice in the file: %3. Cannot be taken: %4.")
                       .arg(counts->rows).arg(counts->taken).arg(counts->repeated).arg(counts->wrong);
    for (const auto &problem : counts->problems) {
        problems.append(QJsonObject{{u"row"_s, problem.row}, {u"problem"_s, problem.sentence}});
        text += u'\n' + Words::tr("Row %1: %2").arg(problem.row).arg(clean(problem.sentence));
    }
    if (arguments.dryRun)
        text += u'\n' + Words::tr("Nothing was sent.");
    QJsonObject answer{{u"dryRun"_s, arguments.dryRun}, {u"rows"_s, counts->rows}, {u"taken"_s, counts->taken}, {u"repeated"_s, counts->repeated},
                       {u"wrong"_s, counts->wrong}, {u"problems"_s, problems}, {u"columns"_s, columns}, {u"encoding"_s, preview->encoding},
                       {u"separator"_s, preview->separator.isNull() ? QString() : QString(preview->separator)}, {u"job"_s, counts->job}};
    if (arguments.dryRun)
        answer.insert(u"here"_s, counts->here);
    out.answer(answer, text);
    co_return arguments.dryRun || counts->taken == 0 ? Done : Waiting;
}

} // namespace outrigger::cli
