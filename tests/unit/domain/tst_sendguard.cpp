// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/failures.h"
#include "domain/sendguard.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace outrigger;
using namespace Qt::StringLiterals;

/// Each rule of the send guard, the table of quiet hours and the failure doctor.
class TestSendGuard : public QObject
{
    Q_OBJECT

    static QDateTime at(const char *utc) { return QDateTime::fromString(QString::fromLatin1(utc), Qt::ISODate); }
    /// Awake everywhere in the continental US.
    static QDateTime noon() { return at("2026-06-10T18:00:00Z"); }
    static Contact sarah()
    {
        Contact contact;
        contact.id = ContactId(u"sarah"_s);
        contact.firstName = u"Sarah"_s;
        contact.phone = u"+14075550134"_s; // Florida
        return contact;
    }
    static SendQuestion question(const Contact &contact = sarah(), const QDateTime &now = noon())
    {
        SendQuestion q;
        q.contact = contact;
        q.now = now;
        q.facts.known = true;
        q.facts.textedBefore = true;
        return q;
    }
    static GuardAnswer judge(const SendQuestion &q) { return judgeSend(q, QuietHours::builtIn()); }

private Q_SLOTS:
    void namesAreGreeted_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("name");
        const auto row = [](const char *title, const QString &text, const QString &name) { QTest::newRow(title) << text << name; };
        row("hi", u"Hi John, how are you"_s, u"John"_s);
        row("lower case", u"hey john"_s, u"john"_s);
        row("there", u"Hello there, Anna!"_s, u"Anna"_s);
        row("morning", u"Good morning José. It is"_s, u"José"_s);
        row("Spanish", u"¡Hola María!"_s, u"María"_s);
        row("only the name", u"John, it is me"_s, u"John"_s);
        row("hyphen and apostrophe", u"Dear Anne-Marie O'Neil"_s, u"Anne-Marie"_s);
        row("in the middle", u"Tell me, hi John"_s, {});
        row("no name", u"Hi, is it still there?"_s, u"is"_s); // a word, but nobody's name
        row("nobody", u"The house is sold"_s, {});
        row("hidden in a word", u"History John"_s, {});
        row("empty", {}, {});
    }
    void namesAreGreeted()
    {
        QFETCH(QString, text);
        QFETCH(QString, name);
        QCOMPARE(greetedName(text), name);
    }
    void numbersAndAddressesAreSeen_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("numbers");
        QTest::addColumn<QStringList>("addresses");
        QTest::newRow("none") << u"at 4:30 on 11/21/2026 for $398,900"_s << QStringList{} << QStringList{};
        QTest::newRow("number") << u"call (407) 555-0134 or +1 407 555 0135."_s << QStringList{u"(407) 555-0134"_s, u"+1 407 555 0135"_s} << QStringList{};
        QTest::newRow("address") << u"mail a.b+c@site.co.uk, A.B+C@SITE.co.uk"_s << QStringList{} << QStringList{u"a.b+c@site.co.uk"_s};
        QTest::newRow("not an address") << u"me @ home, @handle"_s << QStringList{} << QStringList{};
    }
    void numbersAndAddressesAreSeen()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, numbers);
        QFETCH(QStringList, addresses);
        QCOMPARE(numbersIn(text), numbers);
        QCOMPARE(addressesIn(text), addresses);
        QVERIFY(numbersIn(QString(u"4075550134 "_s).repeated(10'000)).size() <= 20);
        QVERIFY(addressesIn(QString(100'000, u'a') + u'@').isEmpty());
    }
    void wordsThatAreForSomebodyElseAsk_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("owned");
        QTest::addColumn<QString>("pasted");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *title, const QString &text, const QString &owned, const QString &pasted, const QString &id, const QString &says = {}) {
            QTest::newRow(title) << text << owned << pasted << id << says;
        };
        row("another lead", u"Hi John, still on?"_s, {}, {}, u"greeting"_s, u"This greets John, but you are writing to Sarah."_s);
        row("accents and case", u"hola jose"_s, {}, {}, u"greeting"_s, u"jose"_s);
        row("this lead", u"Hi Sarah"_s, {}, {}, {});
        row("this lead, shortened", u"Hi Sar,"_s, {}, {}, {});
        row("her last name", u"Dear Jones"_s, {}, {}, {});
        row("her nickname field", u"Hey Bunny"_s, {}, {}, {});
        row("a name of nobody lately", u"Hi Peter"_s, {}, {}, {});
        row("no greeting", u"John said he would come"_s, {}, {}, {});
        row("another's number", u"Call 407 555 0199"_s, u"407 555 0199"_s, {}, u"others_number"_s, u"belongs to Ann Lee"_s);
        row("pasted", u"See you at the house"_s, {}, u"Ann Lee"_s, u"pasted"_s, u"conversation with Ann Lee"_s);
        row("open field", u"Hi {{contact.nick}}"_s, {}, {}, u"merge_field"_s, u"{{contact.nick}}"_s);
        row("broken field", u"Hi {{"_s, {}, {}, u"merge_field"_s, u"Not filled in"_s);
    }
    void wordsThatAreForSomebodyElseAsk()
    {
        QFETCH(QString, text);
        QFETCH(QString, owned);
        QFETCH(QString, pasted);
        QFETCH(QString, id);
        QFETCH(QString, says);
        auto contact = sarah();
        contact.lastName = u"Jones"_s;
        contact.customFields = {{CustomFieldId(u"nick"_s), u"Bunny"_s}};
        auto q = question(contact);
        q.text = text;
        q.textFacts.recent = {{ContactId(u"john"_s), u"John"_s, u"John Doe"_s}, {ContactId(u"jose"_s), u"José Luis"_s, {}},
                              {ContactId(u"bunny"_s), u"Bunny"_s, {}}, {contact.id, u"Sarah"_s, {}}};
        if (!owned.isEmpty())
            q.textFacts.owned = {{owned, u"Ann Lee"_s}};
        q.textFacts.pastedFrom = pasted;
        const auto answer = judge(q);
        QCOMPARE(answer.verdict, id.isEmpty() ? Verdict::Allow : Verdict::Ask);
        QCOMPARE(answer.ids(Verdict::Ask), id.isEmpty() ? QStringList() : QStringList{id});
        QVERIFY2(answer.sentences(Verdict::Ask).contains(says), qPrintable(answer.sentences(Verdict::Ask)));
        // Each rule has its switch, but for fields that nobody means to send.
        q.rules = {false, false, false};
        QCOMPARE(judge(q).verdict, id == "merge_field"_L1 ? Verdict::Ask : Verdict::Allow);
        // Once a person has let it go, the outbox does not ask about the same words again.
        q.rules = {};
        q.answeredAt = q.now;
        QCOMPARE(judge(q).verdict, Verdict::Allow);
    }
    void nothingAgainstItIsAllowed()
    {
        const auto answer = judge(question());
        QCOMPARE(answer.verdict, Verdict::Allow);
        QVERIFY(answer.reasons.isEmpty());
    }
    void doNotDisturbBlocks_data()
    {
        QTest::addColumn<QString>("setting");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("all");
        QTest::addColumn<int>("channel");
        QTest::addColumn<QString>("id");
        const auto row = [](const char *name, const char *setting, DndStatus status, bool all, Channel channel, const char *id) {
            QTest::newRow(name) << QString::fromLatin1(setting) << int(status) << all << int(channel) << QString::fromLatin1(id);
        };
        row("permanent", "SMS", DndStatus::Permanent, false, Channel::Sms, "dnd_permanent");
        row("active", "SMS", DndStatus::Active, false, Channel::Sms, "dnd");
        row("all channels", "SMS", DndStatus::Inactive, true, Channel::Sms, "dnd");
        row("permanent before all", "SMS", DndStatus::Permanent, true, Channel::Sms, "dnd_permanent");
        row("another channel", "Email", DndStatus::Permanent, false, Channel::Sms, "");
        row("e-mail", "Email", DndStatus::Active, false, Channel::Email, "dnd");
        row("WhatsApp", "WhatsApp", DndStatus::Permanent, false, Channel::WhatsApp, "dnd_permanent");
        row("off", "SMS", DndStatus::Inactive, false, Channel::Sms, "");
    }
    void doNotDisturbBlocks()
    {
        QFETCH(QString, setting);
        QFETCH(int, status);
        QFETCH(bool, all);
        QFETCH(int, channel);
        QFETCH(QString, id);
        auto contact = sarah();
        contact.dnd = all;
        contact.dndSettings.insert(setting, Dnd{DndStatus(status), {}, {}});
        auto q = question(contact);
        q.channel = Channel(channel);
        q.answeredAt = q.now; // nobody's answer lifts it
        const auto answer = judge(q);
        QCOMPARE(answer.verdict, id.isEmpty() ? Verdict::Allow : Verdict::Block);
        QCOMPARE(answer.ids(Verdict::Block).join(u','), id);
        if (!id.isEmpty())
            QVERIFY(answer.sentences(Verdict::Block).contains(u"Sarah"_s));
    }
    void theWordsOfDoNotDisturbAreShown()
    {
        auto contact = sarah();
        contact.dndSettings.insert(u"SMS"_s, Dnd{DndStatus::Active, u"number unreachable"_s, {}});
        QVERIFY(judge(question(contact)).sentences(Verdict::Block).contains(u"number unreachable"_s));
    }
    void oldDataIsSaid()
    {
        auto q = question();
        q.facts.readAt = q.now.addSecs(-25 * 3600);
        QCOMPARE(judge(q).ids(Verdict::Allow), QStringList{u"dnd_age"_s});
        q.facts.readAt = q.now.addSecs(-23 * 3600);
        QVERIFY(judge(q).reasons.isEmpty());
    }
    void theirWords_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *text, OptOut kind) { QTest::newRow(text) << QString::fromUtf8(text) << int(kind); };
        for (const char *word : {"STOP", "stop", " Stop. ", "STOP!!!", "STOPALL", "Stop all", "END", "CANCEL", "UNSUBSCRIBE", "Quit", "revoke",
                                 "OPTOUT", "opt-out", "ALTO", "parar", "Pare"})
            row(word, OptOut::Word);
        for (const char *text : {"don't text me", "Don’t text me again", "remove me from your list", "please stop", "Stop texting me", "take me off",
                                 "Wrong number", "no me escriba más", "Deje de escribirme", "Número equivocado", "no más", "baja",
                                 "ok remove me, thanks", "That is enough, please stop."})
            row(text, OptOut::Soft);
        for (const char *text : {"START", "unstop"})
            row(text, OptOut::Start);
        for (const char *text : {"", "👍", "Stop by at 5?", "I can stop by", "the end of the month works", "cancel the 3 pm, make it 4", "in the end yes",
                                 "don't forget to text me", "how do I quit my lease?", "bajo mucho", "alto ahí, me interesa", "Liked “STOP”",
                                 "I did not end up going", "nonstop", "please stop by at 5"})
            row(text, OptOut::No);
    }
    void theirWords()
    {
        QFETCH(QString, text);
        QFETCH(int, kind);
        QCOMPARE(int(optOutOf(text)), kind);
    }
    void aStopWordThatHighLevelHasMarkedIsSaidOnce()
    {
        auto q = question();
        q.facts.heard = {{u"STOP"_s, q.now.addDays(-2)}};
        q.contact.dndSettings.insert(u"SMS"_s, {DndStatus::Permanent, {}, {}});
        QCOMPARE(judge(q).ids(Verdict::Block), QStringList{u"dnd_permanent"_s});
    }
    void aStopWordBlocksUntilTheyWriteStart()
    {
        auto q = question();
        q.facts.heard = {{u"See you tomorrow"_s, q.now.addDays(-1)}, {u"STOP"_s, q.now.addDays(-2)}};
        q.answeredAt = q.now;
        QCOMPARE(judge(q).ids(Verdict::Block), QStringList{u"stop_word"_s});
        q.facts.heard.prepend({u"start"_s, q.now.addSecs(-60)});
        QCOMPARE(judge(q).verdict, Verdict::Allow);
        q.facts.heard.prepend({u"quit"_s, q.now.addSecs(-30)});
        QCOMPARE(judge(q).verdict, Verdict::Block);
    }
    void aSofterWordingAsksOnce()
    {
        auto q = question();
        q.facts.heard = {{u"please remove me"_s, q.now.addDays(-1)}};
        const auto answer = judge(q);
        QCOMPARE(answer.verdict, Verdict::Ask);
        QCOMPARE(answer.ids(Verdict::Ask), QStringList{u"soft_stop"_s});
        QVERIFY(answer.sentences(Verdict::Ask).contains(u"please remove me"_s));
        q.answeredAt = q.now.addSecs(-60); // answered after it was read
        QCOMPARE(judge(q).verdict, Verdict::Allow);
        q.answeredAt = q.now.addDays(-2); // came after the decision
        QCOMPARE(judge(q).verdict, Verdict::Ask);
    }
    void quietHours_data()
    {
        QTest::addColumn<QString>("phone");
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("zone");
        QTest::addColumn<QString>("now");
        QTest::addColumn<bool>("asks");
        QTest::addColumn<QString>("next");
        const auto row = [](const char *name, const char *phone, const char *state, const char *zone, const char *now, bool asks, const char *next = "") {
            QTest::newRow(name) << QString::fromLatin1(phone) << QString::fromLatin1(state) << QString::fromLatin1(zone) << QString::fromLatin1(now)
                                << asks << QString::fromLatin1(next);
        };
        const char *ny = "+12125550134";
        row("New York 7:59", ny, "", "", "2026-06-10T11:59:59Z", true, "2026-06-10T12:00:00Z");
        row("New York 8:00", ny, "", "", "2026-06-10T12:00:00Z", false);
        row("New York 20:59", ny, "", "", "2026-06-11T00:59:59Z", false);
        row("New York 21:00", ny, "", "", "2026-06-11T01:00:00Z", true, "2026-06-11T12:00:00Z");
        row("Florida 19:59", "+14075550134", "", "", "2026-06-10T23:59:59Z", false);
        row("Florida 20:00 by area code", "+14075550134", "", "", "2026-06-11T00:00:00Z", true, "2026-06-11T12:00:00Z");
        row("Florida 20:00 by state", ny, "FL", "", "2026-06-11T00:00:00Z", true, "2026-06-11T12:00:00Z");
        row("Florida 20:00 by the state's name", ny, "florida", "", "2026-06-11T00:00:00Z", true, "2026-06-11T12:00:00Z");
        row("Oklahoma 20:00", "+14055550134", "", "", "2026-06-11T01:00:00Z", true, "2026-06-11T13:00:00Z");
        row("Washington 20:00", "+12065550134", "", "", "2026-06-11T03:00:00Z", true, "2026-06-11T15:00:00Z");
        row("Maryland 20:00", "+14105550134", "", "", "2026-06-11T00:00:00Z", true, "2026-06-11T12:00:00Z");
        row("Connecticut 8:30", "+12035550134", "", "", "2026-06-10T12:30:00Z", true, "2026-06-10T13:00:00Z");
        row("Texas 8:30", "+12145550134", "", "", "2026-06-10T13:30:00Z", true, "2026-06-10T14:00:00Z");
        row("Texas 20:30", "+12145550134", "", "", "2026-06-11T01:30:00Z", false);
        row("Texas on Sunday 11:59", "+12145550134", "", "", "2026-06-14T16:59:00Z", true, "2026-06-14T17:00:00Z");
        row("Texas on Sunday noon", "+12145550134", "", "", "2026-06-14T17:00:00Z", false);
        row("Texas on Saturday night", "+12145550134", "", "", "2026-06-14T02:00:00Z", true, "2026-06-14T17:00:00Z");
        row("lives in California, number of New York: evening there", ny, "CA", "", "2026-06-11T02:00:00Z", true, "2026-06-11T15:00:00Z");
        row("lives in California, number of New York: both awake", ny, "CA", "", "2026-06-10T18:00:00Z", false);
        row("own zone before everything", "", "", "Europe/Berlin", "2026-06-10T20:00:00Z", true, "2026-06-11T06:00:00Z");
        row("own zone by day", "", "", "Europe/Berlin", "2026-06-10T12:00:00Z", false);
        row("the location's zone where nothing is known", "", "", "", "2026-06-10T08:00:00Z", true, "2026-06-10T12:00:00Z");
        // Both nights on which the clock changes (New York, 2026).
        row("the night before spring: 7:30", ny, "", "", "2026-03-07T12:30:00Z", true, "2026-03-07T13:00:00Z");
        row("spring: the same instant a day later is 8:30", ny, "", "", "2026-03-08T12:30:00Z", false);
        row("spring: 7:59", ny, "", "", "2026-03-08T11:59:00Z", true, "2026-03-08T12:00:00Z");
        row("spring: before the gap", ny, "", "", "2026-03-08T06:59:00Z", true, "2026-03-08T12:00:00Z");
        row("spring: after the gap", ny, "", "", "2026-03-08T07:00:00Z", true, "2026-03-08T12:00:00Z");
        row("spring: 20:59", ny, "", "", "2026-03-09T00:59:00Z", false);
        row("autumn: 12:30 is still 7:30", ny, "", "", "2026-11-01T12:30:00Z", true, "2026-11-01T13:00:00Z");
        row("autumn: the day before it was 8:30", ny, "", "", "2026-10-31T12:30:00Z", false);
        row("autumn: the first 1:30", ny, "", "", "2026-11-01T05:30:00Z", true, "2026-11-01T13:00:00Z");
        row("autumn: the second 1:30", ny, "", "", "2026-11-01T06:30:00Z", true, "2026-11-01T13:00:00Z");
        row("autumn: 8:00", ny, "", "", "2026-11-01T13:00:00Z", false);
        row("autumn: 20:59", ny, "", "", "2026-11-02T01:59:00Z", false);
        row("autumn: 21:00", ny, "", "", "2026-11-02T02:00:00Z", true, "2026-11-02T13:00:00Z");
    }
    void quietHours()
    {
        QFETCH(QString, phone);
        QFETCH(QString, state);
        QFETCH(QString, zone);
        QFETCH(QString, now);
        QFETCH(bool, asks);
        QFETCH(QString, next);
        auto contact = sarah();
        contact.phone = phone;
        contact.state = state;
        contact.timezone = zone;
        auto q = question(contact, QDateTime::fromString(now, Qt::ISODate));
        q.facts.locationZone = u"America/New_York"_s;
        const auto answer = judge(q);
        QCOMPARE(answer.ids(Verdict::Ask), asks ? QStringList{u"quiet_hours"_s} : QStringList());
        QCOMPARE(answer.verdict, asks ? Verdict::Ask : Verdict::Allow);
        if (asks)
            QCOMPARE(answer.nextAllowed.toUTC(), QDateTime::fromString(next, Qt::ISODate));
    }
    void quietHoursAreAnsweredOnlyInThem()
    {
        auto q = question(sarah(), at("2026-06-11T01:20:00Z")); // 21:20
        q.answeredAt = at("2026-06-10T23:50:00Z");              // written at 19:50
        QCOMPARE(judge(q).verdict, Verdict::Ask);
        q.answeredAt = at("2026-06-11T01:10:00Z");              // sent all the same at 21:10
        QCOMPARE(judge(q).verdict, Verdict::Allow);
    }
    void nobodyKnowsWhereTheyAre()
    {
        auto contact = sarah();
        contact.phone.clear();
        QCOMPARE(judge(question(contact, at("2026-06-11T03:00:00Z"))).verdict, Verdict::Allow);
    }
    void earlierFailuresAsk_data()
    {
        QTest::addColumn<QString>("error");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("id");
        const auto row = [](const char *error, const char *to, const char *id) {
            QTest::addRow("%s %s", error, to) << QString::fromLatin1(error) << QString::fromLatin1(to) << QString::fromLatin1(id);
        };
        row("Landline or unreachable carrier (30006)", "", "landline");
        row("21614", "+14075550134", "landline");
        row("error 21635", "(407) 555-0134", "landline");
        row("Unknown destination handset (30005)", "+14075550134", "failed_before");
        row("30003", "", "failed_before");
        row("30004", "", "failed_before");
        row("30005", "+13215550000", ""); // the number has been changed since
        row("30008", "", "");
        row("30034", "", ""); // ours, not theirs
        row("no reason at all", "", "");
    }
    void earlierFailuresAsk()
    {
        QFETCH(QString, error);
        QFETCH(QString, to);
        QFETCH(QString, id);
        auto contact = sarah();
        if (to.startsWith(u'('))
            contact.phone = u"4075550134"_s;
        auto q = question(contact);
        q.facts.failed = {{error, to, q.now.addDays(-3)}};
        QCOMPARE(judge(q).ids(Verdict::Ask).join(u','), id);
        q.answeredAt = q.now;
        QCOMPARE(judge(q).verdict, Verdict::Allow);
    }
    void theFirstTextIsANote()
    {
        auto q = question();
        q.facts.textedBefore = false;
        QCOMPARE(judge(q).verdict, Verdict::Allow);
        QCOMPARE(judge(q).ids(Verdict::Allow), QStringList{u"first_text"_s});
        q.facts.heard = {{u"Hi, is it still for sale?"_s, q.now}};
        QVERIFY(judge(q).reasons.isEmpty());
        q.facts = {};
        QVERIFY(judge(q).reasons.isEmpty()); // not known is not "never"
    }
    void theHeaviestStandsFirst()
    {
        auto contact = sarah();
        contact.dndSettings.insert(u"SMS"_s, Dnd{DndStatus::Active, {}, {}});
        auto q = question(contact, at("2026-06-11T03:00:00Z"));
        q.facts.failed = {{u"30006"_s, {}, q.now}};
        const auto answer = judge(q);
        QCOMPARE(answer.verdict, Verdict::Block);
        QCOMPARE(answer.reasons.first().id, u"dnd"_s);
        QCOMPARE(answer.ids(Verdict::Ask), (QStringList{u"quiet_hours"_s, u"landline"_s}));
        q.hourSettled = true; // an hour that was chosen with open eyes
        QCOMPARE(judge(q).ids(Verdict::Ask), QStringList{u"landline"_s});
    }
    void everyBuiltInRowHasItsSource()
    {
        QVERIFY(QuietHours::builtIn().rules().size() >= 4);
        for (const QuietRule &rule : QuietHours::builtIn().rules()) {
            QVERIFY2(rule.source.size() > 8 && rule.date.isValid(), qPrintable(rule.place));
            QVERIFY(rule.from < rule.until);
        }
        QCOMPARE(QuietHours::builtIn().ofState(u"FL"_s, u"US"_s).until, QTime(20, 0));
        QCOMPARE(QuietHours::builtIn().ofState(u"WA"_s, u"AU"_s).until, QTime(21, 0)); // Western Australia
        QCOMPARE(QuietHours::builtIn().ofState(u"Ohio"_s, {}).until, QTime(21, 0));
    }
    void brokenOverridesAreSaidAndNotUsed_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("hello");
        QTest::newRow("no rows") << QByteArray("{}");
        QTest::newRow("an array") << QByteArray("[1,2]");
        QTest::newRow("no general row") << QByteArray(R"({"rows":[{"place":"X","state":"FL","from":"08:00","until":"20:00","source":"s","date":"2026-01-01"}]})");
        QTest::newRow("a wrong time") << QByteArray(R"({"rows":[{"place":"X","from":"8 am","until":"20:00","source":"s","date":"2026-01-01"}]})");
        QTest::newRow("upside down") << QByteArray(R"({"rows":[{"place":"X","from":"21:00","until":"08:00","source":"s","date":"2026-01-01"}]})");
        QTest::newRow("no source") << QByteArray(R"({"rows":[{"place":"X","from":"08:00","until":"20:00","date":"2026-01-01"}]})");
        QTest::newRow("no date") << QByteArray(R"({"rows":[{"place":"X","from":"08:00","until":"20:00","source":"s"}]})");
        QTest::newRow("too large") << QByteArray(1024 * 1024 + 1, ' ');
    }
    void brokenOverridesAreSaidAndNotUsed()
    {
        QFETCH(QByteArray, bytes);
        QTemporaryDir folder;
        QFile file(folder.filePath(QuietHours::fileName()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        const auto loaded = QuietHours::load(file.fileName());
        QVERIFY(loaded.problem.contains(u"quiet-hours.json"_s));
        QVERIFY(loaded.problem.contains(u"built-in"_s));
        QCOMPARE(loaded.table.rules().size(), QuietHours::builtIn().rules().size());
    }
    void anOverrideTakesThePlace()
    {
        QTemporaryDir folder;
        const QString name = folder.filePath(QuietHours::fileName());
        QVERIFY(QuietHours::load(name).problem.isEmpty()); // no file is no problem
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"rows":[{"place":"Anywhere","from":"10:00","until":"18:00","source":"our lawyer","date":"2026-11-01"}]})");
        file.close();
        const auto loaded = QuietHours::load(name);
        QVERIFY(loaded.problem.isEmpty());
        auto q = question(sarah(), at("2026-06-10T13:30:00Z")); // 9:30 in Florida
        QCOMPARE(judgeSend(q, loaded.table).verdict, Verdict::Ask);
        QCOMPARE(judgeSend(q, QuietHours::builtIn()).verdict, Verdict::Allow);
    }
    void aDayMayBeOpenToItsEnd()
    {
        const auto table = QuietHours::parse(
            R"({"rows":[{"place":"Anywhere","from":"00:00","until":"24:00","source":"ours","date":"2026-11-01"}]})");
        QVERIFY(table.has_value());
        for (int hour = 0; hour < 24; ++hour)
            QCOMPARE(judgeSend(question(sarah(), QDateTime(QDate(2026, 11, 1), QTime(hour, 59, 30), Qt::UTC)), *table).verdict, Verdict::Allow);
    }
    void codesAreExplained_data()
    {
        QTest::addColumn<QString>("error");
        QTest::addColumn<int>("code");
        for (const int code : {21211, 21408, 21610, 21612, 21614, 21617, 21635, 30001, 30002, 30003, 30004, 30005, 30006, 30007, 30008, 30010, 30011,
                               30019, 30022, 30023, 30032, 30034, 30410})
            QTest::addRow("%d", code) << QStringLiteral("Some words (%1)").arg(code) << code;
        QTest::newRow("inside a longer number") << u"id 1300051"_s << 0;
        QTest::newRow("the known one of two") << u"20001: 30006"_s << 30006;
        QTest::newRow("none") << u"Carrier said no"_s << 0;
        QTest::newRow("empty") << QString() << 0;
    }
    void codesAreExplained()
    {
        QFETCH(QString, error);
        QFETCH(int, code);
        const Failure failure = diagnose(error);
        QCOMPARE(failure.code, code);
        QVERIFY(!failure.what.isEmpty());
        if (code > 0) {
            QVERIFY(!failure.meaning.isEmpty() && !failure.fix.isEmpty());
            QVERIFY(failure.about != Failure::About::Unknown);
            QVERIFY(failure.sentence().contains(QString::number(code)));
        } else if (!error.isEmpty()) {
            QCOMPARE(failure.what, error); // their own words
        }
    }
};

QTEST_GUILESS_MAIN(TestSendGuard)
#include "tst_sendguard.moc"
