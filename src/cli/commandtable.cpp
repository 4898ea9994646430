// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandtable.h"

#include "cli/commands_leads.h"
#include "cli/commands_verbs.h"
#include "cli/completion.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

// What every command is called, what it takes and what it runs.
namespace outrigger::cli {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

/// The program answers these before it opens a profile; what comes over the socket is asked for by nobody.
Task<int> printsAtOnce(ContextPtr context)
{
    context->output->answer({}, context->arguments.command->path == QStringList{u"completion"_s}
                                    ? bashCompletion(commandTable())
                                    : manualPage(commandTable(), QStringLiteral(OUTRIGGER_VERSION)));
    co_return Done;
}

/// The table while it is made; called like a function it appends a command.
struct Table {
    QVector<CommandEntry> all;
    /// words: what stands behind the path; fewest, most: how many of them, -1 for any number; input: the options that
    /// take standard input.
    void operator()(QStringList path, QString words, QString summary, int fewest, int most, bool writes, QVector<OptionSpec> options,
                    QStringList input, Run run, Outbox outbox = Outbox::Rests)
    {
        all.append({{std::move(path), std::move(words), std::move(summary), std::move(options), fewest, most, writes, std::move(input)},
                    run, outbox});
    }
};

OptionSpec waitOption() { return {u"wait"_s, {}, Words::tr("return when it has ended")}; }
OptionSpec timeoutOption() { return {u"timeout"_s, u"S"_s, Words::tr("with --wait: at most so many seconds; default 300")}; }
QVector<OptionSpec> waiting() { return {waitOption(), timeoutOption()}; }
OptionSpec ofContact() { return {u"contact"_s, u"WHO"_s, Words::tr("contact id, phone number or e-mail of a contact")}; }
OptionSpec toContact() { return {u"to"_s, u"WHO"_s, Words::tr("contact id, phone number or e-mail of a contact")}; }
OptionSpec quietly() { return {u"no-notify"_s, {}, Words::tr("HighLevel's automations are not told")}; }
OptionSpec anyway() { return {u"anyway"_s, {}, Words::tr("outside of the free times too; it may double-book")}; }
OptionSpec again() { return {u"refresh"_s, {}, Words::tr("read them from HighLevel first")}; }

void accounts(Table &add)
{
    add({u"account"_s, u"add"_s}, {}, Words::tr("Add a sub-account. The token comes on standard input."), 0, 0, true,
        {{u"name"_s, u"N"_s, Words::tr("what to call it here; default: the location's name")},
         {u"location"_s, u"ID"_s, Words::tr("the location id, or a web address that contains it")},
         {u"token-stdin"_s, {}, Words::tr("a private integration token, one line on standard input")},
         {u"oauth"_s, {}, Words::tr("sign in with the browser and your own marketplace app")},
         {u"client-id"_s, u"ID"_s, Words::tr("of your app, with --oauth")},
         {u"client-secret-stdin"_s, {}, Words::tr("your app's secret, one line on standard input")},
         {u"redirect-port"_s, u"P"_s, Words::tr("the registered port, with --oauth")}},
        {u"token-stdin"_s, u"client-secret-stdin"_s}, accountAdd);
    add({u"account"_s, u"list"_s}, {}, Words::tr("List the accounts of this profile."), 0, 0, false, {}, {}, accountList);
    add({u"account"_s, u"check"_s}, u"[NAME]"_s, Words::tr("Try what the token may do."), 0, 1, false, {}, {}, accountCheck);
    add({u"account"_s, u"remove"_s}, u"NAME"_s, Words::tr("Remove an account, its token and its local data."), 1, 1, true,
        {{u"discard"_s, {}, Words::tr("also throw away what has not left yet")}}, {}, accountRemove);
    add({u"sync"_s}, {}, Words::tr("Pull what is new into the local copy."), 0, 0, false,
        {{u"full"_s, {}, Words::tr("everything from the beginning; also finds what was deleted")},
         {u"watch"_s, {}, Words::tr("go on until stopped")},
         {u"only"_s, u"AREAS"_s, Words::tr("only these, separated by commas: contacts,opportunities,pipelines,conversations,messages,users,numbers,tags")},
         {u"confirm-removals"_s, {}, Words::tr("also remove what a full pull no longer found, however much it is")}},
        {}, syncCommand, Outbox::Delivers);
    add({u"search"_s}, u"WORDS…"_s, Words::tr("Search everything in the local copy: contacts, messages, deals, tasks, notes, appointments, opened e-mails, calls, snippets. Narrow it with from: to: tag: stage: owner: before: after: has: is: in:"), 1, -1, false,
        {{u"limit"_s, u"N"_s, Words::tr("at most N hits; default 50")}}, {}, searchCommand);
}

void contacts(Table &add)
{
    add({u"contact"_s, u"search"_s}, u"TEXT…"_s, Words::tr("Find contacts by name, number or e-mail."), 1, -1, false,
        {{u"limit"_s, u"N"_s, Words::tr("at most N; default 20")}}, {}, contactSearch);
    add({u"contact"_s, u"get"_s}, u"ID"_s, Words::tr("Show one contact."), 1, 1, false,
        {{u"refresh"_s, {}, Words::tr("read it from HighLevel first")}}, {}, contactGet);
    add({u"contact"_s, u"create"_s}, {}, Words::tr("Create a contact."), 0, 0, true,
        {{u"first"_s, u"NAME"_s, Words::tr("first name")},
         {u"last"_s, u"NAME"_s, Words::tr("last name")},
         {u"phone"_s, u"NUMBER"_s, Words::tr("phone number")},
         {u"email"_s, u"ADDRESS"_s, Words::tr("e-mail address")},
         {u"tag"_s, u"TAG"_s, Words::tr("a tag; may be given more than once")},
         {u"source"_s, u"TEXT"_s, Words::tr("where the lead comes from")},
         waitOption(), timeoutOption()},
        {}, contactCreate, Outbox::Delivers);
    add({u"contact"_s, u"dup"_s}, {}, Words::tr("Ask HighLevel who has this number or e-mail."), 0, 0, false,
        {{u"phone"_s, u"NUMBER"_s, Words::tr("phone number")}, {u"email"_s, u"ADDRESS"_s, Words::tr("e-mail address")}}, {}, contactDuplicate);
    add({u"contact"_s, u"set"_s}, u"ID"_s, Words::tr("Change fields of a contact. What is not named stays; an empty value clears."), 1, 1, true,
        {{u"first-name"_s, u"NAME"_s, Words::tr("first name")},
         {u"last-name"_s, u"NAME"_s, Words::tr("last name")},
         {u"phone"_s, u"NUMBER"_s, Words::tr("phone number")},
         {u"email"_s, u"ADDRESS"_s, Words::tr("e-mail address")},
         {u"company"_s, u"NAME"_s, Words::tr("company")},
         {u"address"_s, u"TEXT"_s, Words::tr("street and number")},
         {u"city"_s, u"TEXT"_s, Words::tr("city")},
         {u"state"_s, u"TEXT"_s, Words::tr("state")},
         {u"postal-code"_s, u"TEXT"_s, Words::tr("postal code")},
         {u"country"_s, u"XX"_s, Words::tr("country, two letters")},
         {u"website"_s, u"URL"_s, Words::tr("website")},
         {u"timezone"_s, u"ZONE"_s, Words::tr("such as America/New_York")},
         {u"source"_s, u"TEXT"_s, Words::tr("where the lead comes from")},
         {u"birthday"_s, u"DATE"_s, Words::tr("date of birth, YYYY-MM-DD")},
         {u"dnd"_s, u"ON"_s, Words::tr("do not disturb on all channels: on or off")},
         {u"tag"_s, u"TAG"_s, Words::tr("add a tag; may be given more than once")},
         {u"remove-tag"_s, u"TAG"_s, Words::tr("take a tag off; may be given more than once")},
         {u"field"_s, u"KEY=VALUE"_s, Words::tr("a custom field by its key, name or id; may be given more than once")},
         waitOption(), timeoutOption()},
        {}, contactSet, Outbox::Delivers);
    QVector<OptionSpec> upsertOptions = add.all.constLast().spec.options; // as of contact set, which stands before this
    upsertOptions.removeIf([](const OptionSpec &one) { return one.name == "remove-tag"_L1; });
    add({u"contact"_s, u"upsert"_s}, {}, Words::tr("Change who has this number or e-mail, or add them. Tags are added, nothing is cleared unasked."), 0, 0, true,
        upsertOptions, {}, contactUpsert, Outbox::Delivers);
    add({u"contact"_s, u"find"_s}, u"WHO…"_s, Words::tr("One contact by id, number or e-mail: of the local copy first, then of HighLevel."), 1, -1, false, {}, {},
        contactFind);
    add({u"contact"_s, u"list"_s}, {}, Words::tr("List the contacts of a business as HighLevel has them."), 0, 0, false,
        {{u"business"_s, u"ID"_s, Words::tr("of this business")},
         {u"legacy"_s, {}, Words::tr("HighLevel's old list of all contacts instead")},
         {u"query"_s, u"TEXT"_s, Words::tr("only those who match")},
         {u"limit"_s, u"N"_s, Words::tr("at most N")},
         {u"skip"_s, u"N"_s, Words::tr("without the first N")},
         {u"start-after-id"_s, u"ID"_s, Words::tr("with --legacy: after this contact")},
         {u"start-after"_s, u"MS"_s, Words::tr("with --legacy: after this moment")}},
        {}, contactList);
}

void manyContacts(Table &add)
{
    add({u"contact"_s, u"follow"_s}, u"WHO USER…"_s, Words::tr("Let users follow a contact."), 2, -1, true, waiting(), {}, contactFollow, Outbox::Delivers);
    add({u"contact"_s, u"unfollow"_s}, u"WHO USER…"_s, Words::tr("Take users off a contact's followers."), 2, -1, true, waiting(), {}, contactUnfollow,
        Outbox::Delivers);
    add({u"tag"_s, u"add"_s}, u"WHO TAG…"_s, Words::tr("Give a contact tags."), 2, -1, true, waiting(), {}, tagAdd, Outbox::Delivers);
    add({u"tag"_s, u"rm"_s}, u"WHO TAG…"_s, Words::tr("Take tags off a contact."), 2, -1, true, waiting(), {}, tagRemove, Outbox::Delivers);
    add({u"tag"_s, u"bulk"_s}, u"add|remove WHO…"_s, Words::tr("Tags for many contacts in as few requests as HighLevel allows."), 2, -1, true,
        QVector<OptionSpec>{{u"tag"_s, u"TAG"_s, Words::tr("a tag; may be given more than once")}} + waiting(), {}, tagBulk, Outbox::Delivers);
    add({u"business"_s, u"bulk"_s}, u"ID|none WHO…"_s, Words::tr("Put contacts into a business, or out of theirs."), 2, -1, true, waiting(), {}, businessBulk,
        Outbox::Delivers);
    add({u"contact"_s, u"rm"_s}, u"ID"_s, Words::tr("Delete a contact in HighLevel, with conversation, deals and bookings."), 1, 1, true,
        {{u"yes"_s, {}, Words::tr("yes, for good")},
         waitOption(), timeoutOption()},
        {}, contactRemove, Outbox::Delivers);
    add({u"contact"_s, u"import"_s}, u"FILE"_s, Words::tr("Add the contacts of a CSV or vCard file. --dry-run counts and says what each column is taken for."), 1, 1, true,
        {{u"map"_s, u"COLUMN=FIELD"_s, Words::tr("what a column is (firstName, phone, email, tags, a custom field …; empty: left out); may be given more than once")},
         {u"duplicates"_s, u"WHAT"_s, Words::tr("for people who are here already: skip (the default), fill what is empty, or overwrite")},
         {u"tag"_s, u"TAG"_s, Words::tr("a tag for everybody; may be given more than once")},
         {u"source"_s, u"TEXT"_s, Words::tr("where they come from, unless the file says so")}},
        {}, contactImport, Outbox::Delivers);
    add({u"export"_s}, u"contacts|messages|opportunities"_s, Words::tr("Write what the local copy has to a file. Formulas are made harmless."), 1, 1, false,
        {{u"format"_s, u"FORMAT"_s, Words::tr("csv (the default) or jsonl; of contacts also vcard")},
         {u"out"_s, u"FILE"_s, Words::tr("default: standard output")}},
        {}, exportCommand);
}

void conversations(Table &add)
{
    add({u"conversation"_s, u"list"_s}, {}, Words::tr("List conversations, newest first."), 0, 0, false,
        {{u"limit"_s, u"N"_s, Words::tr("at most N; default 50")}, {u"unread"_s, {}, Words::tr("only those with something unread")}}, {},
        conversationList);
    add({u"conversation"_s, u"messages"_s}, u"ID"_s, Words::tr("Show a conversation's messages, oldest first. ID: of the conversation or contact."),
        1, 1, false,
        {{u"limit"_s, u"N"_s, Words::tr("the newest N; default 50")}, again()}, {},
        conversationMessages);
    add({u"message"_s, u"get"_s}, u"ID"_s, Words::tr("Show one message as HighLevel has it."), 1, 1, false, {}, {}, messageGet);
    add({u"send"_s}, {}, Words::tr("Send a text message or an e-mail. Returns when it is durable in the outbox; --wait: when it has ended."), 0, 0, true,
        {toContact(),
         {u"text"_s, u"TEXT"_s, Words::tr("what to send")},
         {u"channel"_s, u"CHANNEL"_s, Words::tr("sms (the default), email, whatsapp, facebook, instagram, livechat, rcs, tiktok, custom, or comment for your team only")},
         {u"subject"_s, u"SUBJECT"_s, Words::tr("of an e-mail, which needs one")},
         {u"cc"_s, u"ADDRESS"_s, Words::tr("a copy of an e-mail; may be given again")},
         {u"bcc"_s, u"ADDRESS"_s, Words::tr("a hidden copy of an e-mail; may be given again")},
         {u"attach"_s, u"FILE"_s, Words::tr("a file that goes along; may be given again; only pictures (JPG, PNG) with a text message")},
         {u"from"_s, u"NUMBER"_s, Words::tr("one of the location's numbers; default: the location's own choice")},
         {u"at"_s, u"ISO8601"_s, Words::tr("when it is to leave, with an offset: 2026-12-01T09:00:00-05:00; HighLevel keeps it until then")},
         {u"yes"_s, {}, Words::tr("send it although the send guard would ask (a softer wish to stop, a number that failed before)")},
         waitOption(), timeoutOption()},
        {}, sendCommand, Outbox::Delivers);
}

void deals(Table &add)
{
    add({u"pipeline"_s, u"list"_s}, {}, Words::tr("List pipelines and stages, with the open deals and their value."), 0, 0, false, {}, {},
        pipelineList);
    const OptionSpec pipelineOption{u"pipeline"_s, u"NAME"_s, Words::tr("name, its beginning, or id of a pipeline")};
    const OptionSpec stageOption{u"stage"_s, u"NAME"_s, Words::tr("name, its beginning, or id of a stage")};
    const OptionSpec ownerOption{u"owner"_s, u"WHO"_s, Words::tr("a user's name, e-mail or id; \"me\", or \"none\" for nobody")};
    const OptionSpec valueOption{u"value"_s, u"AMOUNT"_s, Words::tr("what the deal is worth")};
    const OptionSpec nameOption{u"name"_s, u"NAME"_s, Words::tr("what the deal is called")};
    add({u"opportunity"_s, u"search"_s}, u"[WORDS…]"_s, Words::tr("Find deals of the local copy; without words all open ones."), 0, -1, false,
        {pipelineOption, stageOption, ownerOption,
         {u"status"_s, u"STATUS"_s, Words::tr("open (the default), won, lost, abandoned or all")},
         {u"limit"_s, u"N"_s, Words::tr("at most N; default 100")},
         again()},
        {}, opportunitySearch);
    add({u"opportunity"_s, u"get"_s}, u"ID"_s, Words::tr("Show one deal."), 1, 1, false,
        {{u"refresh"_s, {}, Words::tr("read it from HighLevel first")}}, {}, opportunityGet);
    add({u"opportunity"_s, u"add"_s}, {}, Words::tr("Add a deal for a contact."), 0, 0, true,
        {toContact(), pipelineOption, stageOption, nameOption, valueOption,
         ownerOption, waitOption(), timeoutOption()},
        {}, opportunityAdd, Outbox::Delivers);
    add({u"opportunity"_s, u"move"_s}, u"ID STAGE…"_s, Words::tr("Move a deal to another stage."), 2, -1, true,
        {pipelineOption, waitOption(), timeoutOption()}, {}, opportunityMove, Outbox::Delivers);
    add({u"opportunity"_s, u"set"_s}, u"ID"_s, Words::tr("Change name, value, owner or fields of a deal."), 1, 1, true,
        {nameOption, valueOption, ownerOption, {u"field"_s, u"NAME=VALUE"_s, Words::tr("a field of the location's deals; an empty value clears it; may be given again")},
         waitOption(), timeoutOption()}, {}, opportunitySet, Outbox::Delivers);
    add({u"opportunity"_s, u"won"_s}, u"ID"_s, Words::tr("Mark a deal won."), 1, 1, true, {valueOption, waitOption(), timeoutOption()}, {},
        opportunityWon, Outbox::Delivers);
    add({u"opportunity"_s, u"lost"_s}, u"ID"_s, Words::tr("Mark a deal lost."), 1, 1, true,
        {{u"reason"_s, u"NAME"_s, Words::tr("one of the location's reasons")}, waitOption(), timeoutOption()}, {}, opportunityLost, Outbox::Delivers);
    add({u"opportunity"_s, u"abandoned"_s}, u"ID"_s, Words::tr("Mark a deal abandoned."), 1, 1, true, {waitOption(), timeoutOption()}, {},
        opportunityAbandoned, Outbox::Delivers);
    add({u"opportunity"_s, u"open"_s}, u"ID"_s, Words::tr("Open a deal again."), 1, 1, true, {waitOption(), timeoutOption()}, {}, opportunityOpen,
        Outbox::Delivers);
    add({u"opportunity"_s, u"rm"_s}, u"ID"_s, Words::tr("Delete a deal in HighLevel."), 1, 1, true, {waitOption(), timeoutOption()}, {},
        opportunityRemove, Outbox::Delivers);
    add({u"opportunity"_s, u"follow"_s}, u"ID WHO…"_s, Words::tr("Let users follow a deal."), 2, -1, true, {waitOption(), timeoutOption()}, {},
        opportunityFollow, Outbox::Delivers);
    add({u"opportunity"_s, u"unfollow"_s}, u"ID WHO…"_s, Words::tr("Take users off a deal's followers."), 2, -1, true, {waitOption(), timeoutOption()}, {},
        opportunityUnfollow, Outbox::Delivers);
    add({u"opportunity"_s, u"upsert"_s}, {}, Words::tr("Make a contact's deal in a pipeline, or change the open one that is there."), 0, 0, true,
        {toContact(), pipelineOption, stageOption, nameOption, valueOption,
         ownerOption, {u"status"_s, u"STATUS"_s, Words::tr("open (the default), won, lost or abandoned")}, waitOption(), timeoutOption()},
        {}, opportunityUpsert, Outbox::Delivers);
}

void calendars(Table &add)
{
    add({u"calendar"_s, u"list"_s}, {}, Words::tr("List the calendars."), 0, 0, false, {again()}, {},
        calendarList);
    add({u"calendar"_s, u"slots"_s}, u"CALENDAR"_s, Words::tr("What is free in a calendar. CALENDAR: its id or name."), 1, 1, false,
        {{u"from"_s, u"DATE"_s, Words::tr("from this day or time on; default: now")},
         {u"days"_s, u"N"_s, Words::tr("so many days; default 7")},
         {u"zone"_s, u"ZONE"_s, Words::tr("whose clock to show, such as America/Los_Angeles; default: the location's")},
         {u"user"_s, u"ID"_s, Words::tr("only this person")}},
        {}, calendarSlots);
    add({u"calendar"_s, u"events"_s}, {}, Words::tr("List appointments and blocked time of the local copy."), 0, 0, false,
        {{u"from"_s, u"DATE"_s, Words::tr("from this day or time on; default: now")},
         {u"days"_s, u"N"_s, Words::tr("so many days; default 7")},
         {u"calendar"_s, u"CALENDAR"_s, Words::tr("only this one; id or name")},
         {u"zone"_s, u"ZONE"_s, Words::tr("whose clock to show; default: the location's")},
         {u"ical"_s, {}, Words::tr("as an iCalendar file")},
         again()},
        {}, calendarEvents);
    add({u"calendar"_s, u"book"_s}, u"CALENDAR"_s, Words::tr("Book an appointment. Its time is checked first. CALENDAR: id or name."), 1, 1, true,
        QVector<OptionSpec>{{u"contact"_s, u"WHO"_s, Words::tr("contact id, phone number or e-mail of a contact")},
                            {u"at"_s, u"ISO8601"_s, Words::tr("when, with an offset: 2026-12-01T09:00:00-05:00")},
                            {u"title"_s, u"TEXT"_s, Words::tr("default: Call with NAME")},
                            {u"user"_s, u"ID"_s, Words::tr("with this person; default: the calendar chooses")},
                            quietly(),
                            anyway()}
            + waiting(),
        {}, calendarBook, Outbox::Delivers);
    add({u"calendar"_s, u"block"_s}, {}, Words::tr("Block time, so that nobody can book it, or change time that is blocked."), 0, 0, true,
        QVector<OptionSpec>{{u"calendar"_s, u"CALENDAR"_s, Words::tr("of this calendar; id or name")},
                            {u"user"_s, u"ID"_s, Words::tr("or of this person")},
                            {u"from"_s, u"ISO8601"_s, Words::tr("with an offset")},
                            {u"to"_s, u"ISO8601"_s, Words::tr("with an offset")},
                            {u"title"_s, u"TEXT"_s, Words::tr("what it is for")},
                            {u"change"_s, u"ID"_s, Words::tr("change this blocked time; what is not given stays")}}
            + waiting(),
        {}, calendarBlock, Outbox::Delivers);
}

void appointments(Table &add)
{
    add({u"appointment"_s, u"move"_s}, u"ID"_s, Words::tr("Move an appointment to another time, which is checked first."), 1, 1, true,
        QVector<OptionSpec>{{u"at"_s, u"ISO8601"_s, Words::tr("when, with an offset")}, quietly(), anyway()} + waiting(), {}, appointmentMove, Outbox::Delivers);
    add({u"appointment"_s, u"cancel"_s}, u"ID"_s, Words::tr("Cancel an appointment; its history stays."), 1, 1, true,
        QVector<OptionSpec>{{u"reason"_s, u"TEXT"_s, Words::tr("why, for your own outbox")},
                            {u"remove"_s, {}, Words::tr("take it off the calendar for good instead")},
                            quietly()}
            + waiting(),
        {}, appointmentCancel, Outbox::Delivers);
    add({u"message"_s, u"cancel"_s}, u"ID"_s, Words::tr("Take back a message that is to leave later."), 1, 1, true, waiting(), {}, messageCancel,
        Outbox::Delivers);
    add({u"call"_s, u"log"_s}, {}, Words::tr("Note a call that was made elsewhere."), 0, 0, true,
        QVector<OptionSpec>{toContact(),
                            {u"inbound"_s, {}, Words::tr("they called")},
                            {u"status"_s, u"WORD"_s, Words::tr("answered (unless said), no-answer, busy, voicemail or failed")},
                            {u"at"_s, u"ISO8601"_s, Words::tr("when, with an offset; unless said, now")},
                            {u"provider"_s, u"ID"_s, Words::tr("of the app that logs calls in HighLevel; without one it is an internal comment")}}
            + waiting(),
        {}, callLog, Outbox::Delivers);
    add({u"appointment"_s, u"mark"_s}, u"ID STATUS"_s, Words::tr("Mark an appointment: showed, noshow, confirmed, new, invalid."), 2, 2, true,
        QVector<OptionSpec>{quietly()} + waiting(), {}, appointmentMark, Outbox::Delivers);
}

void tasks(Table &add)
{
    add({u"task"_s, u"list"_s}, {}, Words::tr("List what is to be done, by date."), 0, 0, false,
        {ofContact(), {u"mine"_s, {}, Words::tr("only mine, and those of nobody")}, {u"all"_s, {}, Words::tr("finished ones too")},
         again()},
        {}, taskList);
    add({u"task"_s, u"add"_s}, u"WORDS…"_s, Words::tr("Add a task: \"call back fri 3pm their time\"."), 1, -1, true,
        QVector<OptionSpec>{ofContact(),
                            {u"due"_s, u"ISO8601"_s, Words::tr("when, with an offset; then WORDS are the title as they are")},
                            {u"text"_s, u"TEXT"_s, Words::tr("more words below the title")},
                            {u"user"_s, u"ID"_s, Words::tr("whose it is; default: mine")}}
            + waiting(),
        {}, taskAdd, Outbox::Delivers);
    add({u"task"_s, u"get"_s}, u"ID"_s, Words::tr("Show one task."), 1, 1, false, {}, {}, taskGet);
    add({u"task"_s, u"set"_s}, u"ID"_s, Words::tr("Change a task. What is not named stays."), 1, 1, true,
        QVector<OptionSpec>{{u"title"_s, u"TEXT"_s, Words::tr("what is to be done")},
                            {u"due"_s, u"ISO8601"_s, Words::tr("when, with an offset")},
                            {u"text"_s, u"TEXT"_s, Words::tr("more words below the title")},
                            {u"user"_s, u"ID"_s, Words::tr("whose it is; none for nobody's")}}
            + waiting(),
        {}, taskSet, Outbox::Delivers);
    add({u"task"_s, u"done"_s}, u"ID"_s, Words::tr("Mark a task done."), 1, 1, true,
        QVector<OptionSpec>{{u"not"_s, {}, Words::tr("not done after all")}} + waiting(), {}, taskDone, Outbox::Delivers);
    add({u"task"_s, u"rm"_s}, u"ID"_s, Words::tr("Delete a task in HighLevel."), 1, 1, true, waiting(), {}, taskRemove, Outbox::Delivers);
}

void notes(Table &add)
{
    const OptionSpec ofAppointment{u"appointment"_s, u"ID"_s, Words::tr("or the id of an appointment")};
    const QVector<OptionSpec> place{ofContact(), ofAppointment};
    const QVector<OptionSpec> look{{u"colour"_s, u"COLOUR"_s, Words::tr("yellow, orange, red, green, blue, purple, #RRGGBB, or none")},
                                   {u"pin"_s, {}, Words::tr("above the other notes")}};
    const QVector<OptionSpec> unpin{{u"unpin"_s, {}, Words::tr("not above the others any more")}};
    add({u"note"_s, u"list"_s}, {}, Words::tr("List the notes on a contact or an appointment."), 0, 0, false, place, {}, noteList);
    add({u"note"_s, u"add"_s}, u"WORDS…"_s, Words::tr("Add a note to a contact or an appointment."), 1, -1, true, place + look + waiting(), {}, noteAdd, Outbox::Delivers);
    add({u"note"_s, u"get"_s}, u"ID"_s, Words::tr("Show one note on a contact or an appointment."), 1, 1, false, place, {}, noteGet);
    add({u"note"_s, u"set"_s}, u"ID [WORDS…]"_s, Words::tr("Change the words, the colour or the pin of a note. What is not named stays."), 1, -1, true, place + look + unpin + waiting(), {},
        noteSet, Outbox::Delivers);
    add({u"note"_s, u"rm"_s}, u"ID"_s, Words::tr("Delete a note on a contact or an appointment in HighLevel."), 1, 1, true, place + waiting(), {}, noteRemove,
        Outbox::Delivers);
}

void aroundLeads(Table &add)
{
    add({u"workflow"_s, u"list"_s}, {}, Words::tr("List the location's workflows."), 0, 0, false, {again()}, {}, workflowList);
    add({u"workflow"_s, u"add"_s}, u"WORKFLOW"_s, Words::tr("Add a contact to a published workflow, by id or name. What it sends cannot be taken back."), 1, -1, true,
        QVector<OptionSpec>{ofContact()} + waiting(), {}, workflowAdd, Outbox::Delivers);
    add({u"workflow"_s, u"rm"_s}, u"WORKFLOW"_s, Words::tr("Take a contact out of a workflow."), 1, -1, true, QVector<OptionSpec>{ofContact()} + waiting(), {},
        workflowRemove, Outbox::Delivers);
    add({u"campaign"_s, u"list"_s}, {}, Words::tr("List the location's campaigns."), 0, 0, false, {again()}, {}, campaignList);
    add({u"campaign"_s, u"add"_s}, u"CAMPAIGN"_s, Words::tr("Add a contact to a published campaign, by id or name. What it sends cannot be taken back."), 1, -1, true,
        QVector<OptionSpec>{ofContact()} + waiting(), {}, campaignAdd, Outbox::Delivers);
    add({u"campaign"_s, u"rm"_s}, u"[CAMPAIGN]"_s, Words::tr("Take a contact out of a campaign; without one, out of all of them."), 0, -1, true,
        QVector<OptionSpec>{ofContact()} + waiting(), {}, campaignRemove, Outbox::Delivers);
    add({u"campaign"_s, u"clear"_s}, {}, Words::tr("Take a contact out of all campaigns."), 0, 0, true, QVector<OptionSpec>{ofContact()} + waiting(), {},
        campaignRemove, Outbox::Delivers);
    add({u"business"_s, u"list"_s}, {}, Words::tr("List the location's businesses."), 0, 0, false, {again()}, {}, businessList);
    add({u"user"_s, u"list"_s}, {}, Words::tr("List who works in this location, and who you are there."), 0, 0, false, {again()}, {}, userList);
    for (const CommandSpec &verb : verbSpecs())
        add.all.append({verb, runVerb, Outbox::Rests});
}

void outbox(Table &add)
{
    add({u"outbox"_s, u"list"_s}, {}, Words::tr("List what has not left or needs a decision."), 0, 0, false,
        {{u"all"_s, {}, Words::tr("finished ones too")}}, {}, outboxList);
    add({u"outbox"_s, u"wait"_s}, {}, Words::tr("Deliver and settle what waits, and return when nothing moves any more."), 0, 0, false,
        {{u"timeout"_s, u"S"_s, Words::tr("at most so many seconds; default 300")}}, {}, outboxWait, Outbox::Delivers);
    add({u"outbox"_s, u"retry"_s}, u"ID"_s, Words::tr("Try a refused record again, or a waiting one now."), 1, 1, true, {}, {}, outboxRetry, Outbox::Delivers);
    add({u"outbox"_s, u"cancel"_s}, u"ID"_s, Words::tr("Stop a record that has not been attempted."), 1, 1, true, {}, {}, outboxCancel);
    add({u"outbox"_s, u"resolve"_s}, u"ID"_s, Words::tr("Decide a record whose outcome is uncertain."), 1, 1, true,
        {{u"sent"_s, {}, Words::tr("it is there")},
         {u"resend"_s, {}, Words::tr("send it again, as a new record")},
         {u"discard"_s, {}, Words::tr("drop it")},
         {u"server-id"_s, u"ID"_s, Words::tr("with --sent: which message it is")}},
        {}, outboxResolve, Outbox::Delivers);
}

void operations(Table &add)
{
    add({u"op"_s, u"list"_s}, {}, Words::tr("List HighLevel's operations: the catalogue's 126 and some more."), 0, 0, false,
        {{u"category"_s, u"C"_s, Words::tr("only this one of the 14 categories")}, {u"listed"_s, {}, Words::tr("only the catalogue's 126")}}, {}, opList);
    add({u"op"_s, u"describe"_s}, u"NAME…"_s, Words::tr("Show what an operation takes. NAME: its name or operationId."), 1, -1, false, {}, {}, opDescribe);
    add({u"op"_s, u"call"_s}, u"NAME…"_s, Words::tr("Call any operation of HighLevel, once, and print its answer."), 1, -1, true,
        {{u"param"_s, u"K=V"_s, Words::tr("one parameter; may be given more than once; lists with commas or as JSON, files as @FILE")},
         {u"body"_s, u"FILE"_s, Words::tr("the JSON body from a file, or from standard input with -")},
         {u"out"_s, u"FILE"_s, Words::tr("where the answer goes when it is a file")},
         {u"yes"_s, {}, Words::tr("do it although it deletes, changes the agency, or sends past the outbox")}},
        {}, opCall);
    add({u"events"_s, u"listen"_s}, {}, Words::tr("Take HighLevel's webhook events on this computer, from a tunnel or relay, and read again what they name."), 0, 0, false,
        {{u"port"_s, u"P"_s, Words::tr("on 127.0.0.1; default: a free one, which is printed")},
         {u"key"_s, u"FILE"_s, Words::tr("another public key for X-GHL-Signature (Ed25519) than HighLevel's")},
         {u"rsa-key"_s, u"FILE"_s, Words::tr("the public key for the older X-WH-Signature; without it that header is refused")},
         {u"unsigned"_s, {}, Words::tr("also take what has no signature: from a relay that checks it and drops it")}},
        {}, eventsListen);
    add({u"events"_s, u"read"_s}, u"FILE|-"_s, Words::tr("Read events from a file or standard input, and read again what they name."), 1, 1, false, {}, {}, eventsRead);
    add({u"completion"_s}, {}, Words::tr("Print a completion script for bash: source <(outrigger-cli completion)."), 0, 0, false, {}, {}, printsAtOnce);
    add({u"manual"_s}, {}, Words::tr("Print the manual page outrigger-cli(1)."), 0, 0, false, {}, {}, printsAtOnce);
}

/// Commands of one thing stand together, in the order in which the things come up first.
QVector<CommandEntry> byGroup(QVector<CommandEntry> all)
{
    QHash<QString, int> first;
    for (const CommandEntry &entry : all) {
        if (!first.contains(entry.spec.path.constFirst()))
            first.insert(entry.spec.path.constFirst(), int(first.size()));
    }
    std::stable_sort(all.begin(), all.end(), [&first](const CommandEntry &a, const CommandEntry &b) { return first[a.spec.path.constFirst()] < first[b.spec.path.constFirst()]; });
    return all;
}

} // namespace

const QVector<CommandEntry> &commandEntries()
{
    static const QVector<CommandEntry> entries = [] {
        Table table;
        for (const auto fill : {accounts, contacts, manyContacts, conversations, deals, calendars, appointments, tasks, notes, aroundLeads, outbox, operations})
            fill(table);
        return byGroup(std::move(table.all));
    }();
    return entries;
}

} // namespace outrigger::cli
