// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/sending.h"

#include "core/aside.h"
#include "core/clock.h"
#include "domain/mail.h"
#include "domain/mailhtml.h"
#include "domain/picturestrip.h"
#include "domain/sendguard.h"
#include "sync/outbox.h"
#include "sync/outgoingdocument.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace outrigger::cli {

namespace {

constexpr qint64 mostOfATextMessage = 600'000; ///< bytes of pictures; carriers turn larger ones away
constexpr qsizetype mostFiles = 10;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

GuardAnswer judge(const Context &context, const Contact &contact, const SendFacts &facts, const QString &text, const QDateTime &when)
{
    SendQuestion question;
    question.contact = contact;
    question.channel = Channel::Email;
    question.facts = facts;
    question.text = text;
    question.now = when.isValid() ? when : Clock::system().now();
    return judgeSend(question, context.engine->quietHours());
}

int dryRun(const ContextPtr &context, const MessageDraft &draft, const QVector<OutgoingFile> &files)
{
    QJsonObject body{{u"type"_s, draft.type}, {u"contactId"_s, draft.contactId.value}, {u"subject"_s, draft.subject},
                     {u"message"_s, draft.body}, {u"html"_s, mail::htmlFor(draft.body)}};
    if (!draft.cc.isEmpty())
        body.insert(u"emailCc"_s, QJsonArray::fromStringList(draft.cc));
    if (!draft.bcc.isEmpty())
        body.insert(u"emailBcc"_s, QJsonArray::fromStringList(draft.bcc));
    if (draft.sendAt.isValid())
        body.insert(u"scheduledTimestamp"_s, draft.sendAt.toSecsSinceEpoch());
    QJsonArray requests;
    QString text;
    for (const OutgoingFile &file : files) {
        requests.append(QJsonObject{{u"method"_s, u"POST"_s}, {u"path"_s, u"/conversations/messages/upload"_s}, {u"file"_s, file.name}});
        text += u"POST /conversations/messages/upload\n"_s;
    }
    requests.append(QJsonObject{{u"method"_s, u"POST"_s}, {u"path"_s, u"/conversations/messages"_s}, {u"body"_s, body}});
    context->output->note(Words::tr("Nothing was sent."));
    context->output->answer(QJsonObject{{u"dryRun"_s, true}, {u"requests"_s, requests}}, text + u"POST /conversations/messages"_s);
    return Done;
}

Result<QVector<OutgoingFile>> readAll(const QStringList &paths, bool email)
{
    QVector<OutgoingFile> files;
    if (paths.size() > mostFiles)
        return fail(ErrorKind::Usage, Words::tr("At most %1 files can go with one message.").arg(mostFiles));
    qint64 sum = 0;
    for (const QString &path : paths) {
        auto file = sync::readDocument(path);
        if (!file)
            return fail(file.error());
        const bool picture = sync::isOutgoingPicture(file->name);
        if (picture) {
            // Where it was taken is nobody's business. A picture that is not what its name says is not sent.
            file->bytes = withoutPictureNotes(file->bytes);
            if (file->bytes.isEmpty())
                return fail(ErrorKind::Usage, Words::tr("“%1” is not the picture that its name says.").arg(file->name));
        }
        if (picture) // with a text, any other file goes as a link
            sum += file->bytes.size();
        if (!email && sum > mostOfATextMessage)
            return fail(ErrorKind::Usage, Words::tr("The pictures are larger than 600 kB, which is the most that goes with a text message. Make them smaller, or send them from the window, which does that."));
        files.append(std::move(*file));
    }
    return files;
}

} // namespace

Task<Result<QVector<OutgoingFile>>> attachedFiles(QStringList paths, bool email)
{
    if (paths.isEmpty())
        co_return QVector<OutgoingFile>();
    auto reading = aside([paths, email] { return readAll(paths, email); });
    co_return co_await reading;
}

Task<int> sendEmail(ContextPtr context)
{
    const Arguments &arguments = context->arguments;
    Output &out = *context->output;
    const QString who = arguments.value("to").trimmed();
    MessageDraft draft;
    draft.type = u"Email"_s;
    draft.body = arguments.value("text");
    draft.subject = arguments.value("subject").simplified();
    if (who.isEmpty())
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("Say who gets it: --to CONTACT_ID, a phone number or an e-mail address."));
    if (draft.subject.isEmpty())
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("An e-mail needs a subject: give --subject."));
    if (draft.body.trimmed().isEmpty())
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("There is nothing to send: give --text."));
    if (arguments.has("from"))
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("--from is for text messages; an e-mail leaves from the location's own address."));
    if (arguments.has("at")) {
        const auto at = momentOf(arguments.value("at"));
        if (!at)
            co_return out.failure(WrongUsage, u"usage"_s, at.error().message);
        draft.sendAt = *at;
    }
    const auto cc = mail::readAddresses(arguments.values("cc").join(u','));
    const auto bcc = mail::readAddresses(arguments.values("bcc").join(u','));
    const QStringList wrong = cc.bad + bcc.bad;
    if (!wrong.isEmpty())
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("“%1” is not an e-mail address. Nothing was sent.").arg(clean(wrong.constFirst())));
    draft.cc = cc.good;
    draft.bcc = bcc.good;
    auto reading = attachedFiles(arguments.values("attach"), true);
    const auto files = co_await reading;
    if (!files)
        co_return out.failure(WrongUsage, u"usage"_s, clean(files.error().message));
    const auto account = accountOf(context);
    if (!account)
        co_return out.failure(account.error());
    auto search = contactFor(context, *account, who);
    const auto contact = co_await search;
    if (!contact)
        co_return out.failure(contact.error());
    draft.contactId = contact->id;
    draft.toNumber = contact->email;
    auto learn = context->engine->cache().sendFacts(account->location, contact->id);
    const auto facts = co_await learn;
    const GuardAnswer answer = judge(*context, *contact, facts ? *facts : SendFacts(), draft.body, draft.sendAt);
    if (answer.verdict == Verdict::Block)
        co_return out.failure(Refused, u"dnd"_s, clean(answer.sentences(Verdict::Block)) + u' ' + Words::tr("Nothing was sent."));
    if (answer.verdict == Verdict::Ask && !arguments.has("yes"))
        co_return out.failure(Failed, answer.reasons.first().id, clean(answer.sentences(Verdict::Ask)) + u' ' + Words::tr("Nothing was sent. Add --yes to send it all the same."));
    if (arguments.dryRun)
        co_return dryRun(context, draft, *files);
    auto thread = context->engine->cache().conversationFor(account->location, draft.contactId);
    const auto row = co_await thread;
    if (row && *row)
        draft.conversationId = (*row)->id;
    auto options = fromHere();
    options.files = *files;
    auto submit = context->engine->outbox().submitMessage(*account, draft, options);
    const auto submitted = co_await submit;
    if (!submitted)
        co_return out.failure(submitted.error());
    auto rest = afterSubmitting(context, *submitted);
    co_return co_await rest;
}

} // namespace outrigger::cli
