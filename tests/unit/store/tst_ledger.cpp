// SPDX-License-Identifier: GPL-3.0-or-later
#include "storedata.h"
#include "support/rounds.h"

#include "store/journal.h"
#include "store/ledger.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace outrigger;
using namespace outrigger::store;
using storedata::await;
using storedata::home;
using namespace Qt::StringLiterals;

namespace {

OutboxRecord message(const QString &contact, const QString &text, OutboxState state = OutboxState::Queued)
{
    MessageDraft draft;
    draft.contactId = ContactId(contact);
    draft.body = text;
    OutboxRecord record;
    record.id = RecordId(newUlid());
    record.account = AccountId(u"account1"_s);
    record.location = home;
    record.lane = u"conversation:"_s + contact;
    record.payload = draft.toJson();
    record.state = state;
    record.createdAt = QDateTime::fromMSecsSinceEpoch(1'780'000'000'123, Qt::UTC);
    record.watermark.newestId = u"m9"_s;
    record.watermark.recentIds = {u"m8"_s, u"m9"_s};
    record.look.insert("looks"_L1, 3);
    record.origin = u"app"_s;
    return record;
}

QString stateOf(Ledger &ledger, const RecordId &id)
{
    const auto record = await(ledger.record(id));
    if (!record)
        return record.error().message;
    return *record ? outboxStateWord((*record)->state) : u"gone"_s;
}

} // namespace

class TestLedger : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_number = 0;
    QString m_file;
    QString m_journal;
    std::unique_ptr<Ledger> m_ledger;

    LedgerReport reopen()
    {
        m_ledger.reset();
        m_ledger = std::make_unique<Ledger>(m_file, m_journal);
        const auto report = await(m_ledger->open());
        if (!report)
            qWarning("%s %s", qPrintable(report.error().code), qPrintable(report.error().message));
        return report.value_or(LedgerReport());
    }
    OutboxRecord put(OutboxRecord record)
    {
        const auto stored = await(m_ledger->insert(record));
        if (!stored)
            qWarning("%s", qPrintable(stored.error().message));
        return stored.value_or(OutboxRecord());
    }

private Q_SLOTS:
    void init()
    {
        const QString dir = m_dir.filePath(QString::number(++m_number));
        QVERIFY(QDir().mkpath(dir));
        m_file = dir + u"/outbox.sqlite"_s;
        m_journal = dir + u"/outbox.journal"_s;
        reopen();
    }
    void cleanup() { m_ledger.reset(); }

    void keepsEveryField()
    {
        auto record = message(u"c1"_s, u"Grüße 👋 \"quoted\""_s);
        record.dependsOn = RecordId(u"parent"_s);
        record.hold = HoldReason::Parent;
        record.state = OutboxState::Held;
        record.dueAt = record.createdAt.addSecs(5);
        record.expiresAt = record.createdAt.addSecs(500);
        record.reasonCode = u"dnd"_s;
        record.reason = u"They asked to stop."_s;
        record.again = RecordId(u"older"_s);
        const auto stored = put(record);
        QCOMPARE(stored.laneSequence, 1);
        reopen();
        const auto read = await(m_ledger->record(record.id));
        QVERIFY(read && *read);
        QCOMPARE((*read)->payload, record.payload);
        QCOMPARE((*read)->dependsOn, record.dependsOn);
        QCOMPARE((*read)->hold, record.hold);
        QCOMPARE((*read)->dueAt, record.dueAt);
        QCOMPARE((*read)->expiresAt, record.expiresAt);
        QCOMPARE((*read)->reason, record.reason);
        QCOMPARE((*read)->again, record.again);
        QCOMPARE((*read)->createdAt, record.createdAt);
        QCOMPARE((*read)->watermark.recentIds, record.watermark.recentIds);
        QCOMPARE((*read)->look, record.look);
        QCOMPARE((*read)->payloadHash.size(), 32);
        QCOMPARE((*read)->payloadHash, stored.payloadHash);
    }

    void commitsAreFull()
    {
        auto job = m_ledger->database().run<int>([](Connection &c) -> Result<int> {
            const auto value = c.value(u"PRAGMA synchronous"_s);
            return value ? value->toInt() : -1;
        });
        QCOMPARE(await(std::move(job)).value_or(-1), 2);
        const auto rights = QFile::permissions(m_file) | QFile::permissions(m_journal) | QFile::permissions(m_file + u"-wal"_s);
        QVERIFY(!(rights & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)));
        QVERIFY(QFile::exists(m_file + u".ballast"_s));
    }

    void numbersLanes()
    {
        QCOMPARE(put(message(u"a"_s, u"1"_s)).laneSequence, 1);
        QCOMPARE(put(message(u"a"_s, u"2"_s)).laneSequence, 2);
        QCOMPARE(put(message(u"b"_s, u"3"_s)).laneSequence, 1);
        const auto two = await(m_ledger->insertAll({message(u"a"_s, u"4"_s), message(u"a"_s, u"5"_s)}));
        QVERIFY(two);
        QCOMPARE(two->at(1).laneSequence, 4);
    }

    void movesOnlyAsAllowed()
    {
        auto record = put(message(u"a"_s, u"hello"_s));
        record.state = OutboxState::Accepted;
        auto refused = await(m_ledger->transition(record, OutboxState::Queued)); // not in the table
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, u"state"_s);
        record.state = OutboxState::Attempting;
        record.attempts = 1;
        QVERIFY(await(m_ledger->transition(record, OutboxState::Queued)));
        refused = await(m_ledger->transition(record, OutboxState::Queued)); // no longer there
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, u"state"_s);
        record.state = OutboxState::Settling;
        record.payload = MessageDraft{}.toJson();
        refused = await(m_ledger->transition(record, OutboxState::Attempting));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, u"frozen"_s);
        const auto lines = await(m_ledger->history(record.id));
        QVERIFY(lines);
        QCOMPARE(lines->size(), 2);
        QCOMPARE(lines->at(1).state, u"attempting"_s);
    }

    void bindsAServerIdOnce()
    {
        auto one = put(message(u"a"_s, u"x"_s));
        auto two = put(message(u"b"_s, u"x"_s));
        for (auto *record : {&one, &two}) {
            record->state = OutboxState::Attempting;
            record->attempts = 1;
            QVERIFY(await(m_ledger->transition(*record, OutboxState::Queued)));
            record->state = OutboxState::Accepted;
            record->serverId = u"server1"_s;
        }
        QVERIFY(await(m_ledger->transition(one, OutboxState::Attempting)));
        const auto twice = await(m_ledger->transition(two, OutboxState::Attempting));
        QVERIFY(!twice);
        QCOMPARE(twice.error().code, u"bound"_s);
        const auto found = await(m_ledger->byServerId(home, u"server1"_s));
        QVERIFY(found && *found);
        QCOMPARE((*found)->id, one.id);
        auto elsewhere = message(u"c"_s, u"x"_s);
        elsewhere.location = LocationId(u"other"_s);
        elsewhere.serverId = u"server1"_s;
        QVERIFY(await(m_ledger->insert(elsewhere)));
    }

    void replacesInOneStep()
    {
        const auto old = put(message(u"a"_s, u"old"_s));
        const auto gone = put(message(u"a"_s, u"going"_s));
        auto moving = gone;
        moving.state = OutboxState::Attempting;
        QVERIFY(await(m_ledger->transition(moving, OutboxState::Queued)));
        const auto fresh = message(u"a"_s, u"new"_s);
        const auto refused = await(m_ledger->replace(fresh, {old.id, gone.id}, u"replaced"_s));
        QVERIFY(!refused);
        QCOMPARE(stateOf(*m_ledger, fresh.id), u"gone"_s);
        QCOMPARE(stateOf(*m_ledger, old.id), u"queued"_s);
        const auto done = await(m_ledger->replace(fresh, {old.id}, u"replaced"_s));
        QVERIFY(done);
        QCOMPARE(stateOf(*m_ledger, old.id), u"cancelled"_s);
        QCOMPARE(stateOf(*m_ledger, fresh.id), u"queued"_s);
    }

    void cleansUpOnlyWhatIsFinished()
    {
        auto done = put(message(u"a"_s, u"1"_s));
        done.state = OutboxState::Cancelled;
        QVERIFY(await(m_ledger->transition(done, OutboxState::Queued)));
        const auto open = put(message(u"a"_s, u"2"_s));
        QCOMPARE(await(m_ledger->cleanUp(QDateTime::currentDateTimeUtc().addDays(-30))).value_or(-1), 0);
        QCOMPARE(await(m_ledger->cleanUp(QDateTime::currentDateTimeUtc().addSecs(60))).value_or(-1), 1);
        QCOMPARE(stateOf(*m_ledger, done.id), u"gone"_s);
        QCOMPARE(stateOf(*m_ledger, open.id), u"queued"_s);
        QFile::remove(m_file);
    }

    void twoWhoChangeOneAccountDoNotUndoEachOther()
    {
        Account account;
        account.id = AccountId(u"account1"_s);
        account.name = u"Desk"_s;
        account.kind = SignInKind::OAuth;
        account.tokenGeneration = 3;
        account.createdAt = QDateTime::fromMSecsSinceEpoch(1, Qt::UTC);
        QVERIFY(await(m_ledger->putAccount(account)));
        // A refresh that began before the rename ends after it, with the old name in its copy of the row.
        Account renewed = account;
        renewed.tokenGeneration = 4;
        renewed.tokenSlot = 1;
        auto rename = m_ledger->changeAccount(account.id, [](Account &row) { row.name = u"Front desk"_s; });
        auto renewal = m_ledger->changeAccount(account.id, [renewed](Account &row) { takeSignIn(row, renewed); });
        QVERIFY(await(std::move(rename)));
        const auto now = await(std::move(renewal));
        QVERIFY(now);
        reopen();
        const auto rows = await(m_ledger->accounts());
        QVERIFY(rows && rows->size() == 1);
        QCOMPARE(rows->first().name, u"Front desk"_s);
        QCOMPARE(rows->first().tokenGeneration, 4);
        QCOMPARE(rows->first().tokenSlot, 1);
        // Somebody who signed out meanwhile does not come back.
        QVERIFY(await(m_ledger->removeAccount(account.id, true)));
        const auto late = await(m_ledger->changeAccount(account.id, [renewed](Account &row) { takeSignIn(row, renewed); }));
        QVERIFY(!late);
        QCOMPARE(late.error().kind, ErrorKind::NotFound);
        QVERIFY(await(m_ledger->accounts())->isEmpty());
    }
    void accountsAndDesk()
    {
        Account account;
        account.id = AccountId(u"account1"_s);
        account.name = u"Desk"_s;
        account.kind = SignInKind::OAuth;
        account.scopes = {u"a"_s, u"b"_s};
        account.tokenGeneration = 7;
        account.server = QUrl(u"https://example.com"_s);
        account.createdAt = QDateTime::fromMSecsSinceEpoch(1, Qt::UTC);
        QVERIFY(await(m_ledger->putAccount(account)));
        QVERIFY(await(m_ledger->putSetting(u"key"_s, u"value"_s)));
        QVERIFY(await(m_ledger->putDraft({home, ContactId(u"local:1"_s), u"half a text"_s, 4, {}})));
        QVERIFY(await(m_ledger->putDeskMark({home, ContactId(u"local:1"_s), {}, account.createdAt, true})));
        QVERIFY(await(m_ledger->renameContact(home, ContactId(u"local:1"_s), ContactId(u"c1"_s))));
        put(message(u"a"_s, u"waits"_s));
        const auto refused = await(m_ledger->removeAccount(account.id, false));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, u"waiting"_s);
        reopen();
        const auto accounts = await(m_ledger->accounts());
        QVERIFY(accounts);
        QCOMPARE(accounts->size(), 1);
        QCOMPARE(accounts->first().scopes, account.scopes);
        QCOMPARE(accounts->first().tokenGeneration, 7);
        QVERIFY(accounts->first().kind == SignInKind::OAuth);
        QCOMPARE(await(m_ledger->setting(u"key"_s)).value_or(QString()), u"value"_s);
        const auto draft = await(m_ledger->draft(home, ContactId(u"c1"_s)));
        QVERIFY(draft && *draft);
        QCOMPARE((*draft)->text, u"half a text"_s);
        const auto marks = await(m_ledger->deskMarks(home));
        QVERIFY(marks);
        QCOMPARE(marks->first().contact.value, u"c1"_s);
        QVERIFY(await(m_ledger->removeAccount(account.id, true)));
        QVERIFY(await(m_ledger->unfinished())->isEmpty());
    }

    void anyCallMayFail_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("disk full") << int(Faults::Kind::Full);
        QTest::newRow("i/o error") << int(Faults::Kind::Io);
        QTest::newRow("busy") << int(Faults::Kind::Busy);
    }
    /// For every n: the n-th statement fails, and whatever was answered "saved" is there afterwards, nothing else moved.
    void anyCallMayFail()
    {
        QFETCH(int, kind);
        auto faults = std::make_shared<Faults>();
        faults->kind = Faults::Kind(kind);
        int failed = 0;
        for (int n = 1; n < 40; ++n) {
            m_ledger.reset();
            m_ledger = std::make_unique<Ledger>(m_file, m_journal);
            m_ledger->setFaults(faults);
            QVERIFY(await(m_ledger->open()));
            const auto base = put(message(u"base"_s, u"n %1"_s.arg(n)));
            faults->times = 2; // also the second try after a full disk
            faults->countdown = n;
            const auto record = message(u"a"_s, u"n %1"_s.arg(n));
            const auto inserted = await(m_ledger->insert(record));
            auto moving = base;
            moving.state = OutboxState::Attempting;
            const auto moved = await(m_ledger->transition(moving, OutboxState::Queued));
            faults->countdown = 0;
            failed += !inserted + !moved;
            reopen();
            QCOMPARE(stateOf(*m_ledger, record.id), inserted ? u"queued"_s : u"gone"_s);
            QCOMPARE(stateOf(*m_ledger, base.id), moved ? u"attempting"_s : u"queued"_s);
            // The journal alone must tell the same.
            m_ledger.reset();
            const auto contents = Journal::read(m_journal);
            QCOMPARE(contents.unreadable, 0);
            QCOMPARE(contents.records.contains(record.id.value), inserted.has_value());
            QCOMPARE(contents.records.value(base.id.value).data.value("state"_L1).toString(), moved ? u"attempting"_s : u"queued"_s);
        }
        QVERIFY(failed > 10);
    }

    /// The commit's last step fails, nothing can be written over it, and the next start finds it whole.
    void whatWasSaidToHaveFailedIsTakenBackAtTheStart()
    {
        const auto base = put(message(u"base"_s, u"here before"_s));
        const auto read = [this] {
            QFile file(m_journal);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        m_ledger.reset();
        const QByteArray before = read();
        const qint64 last = Journal::read(m_journal).last;
        reopen();
        const auto failed = put(message(u"a"_s, u"said to be refused"_s));
        m_ledger.reset();
        const QJsonObject made = Journal::read(m_journal).records.value(failed.id.value).data;
        QFile file(m_journal);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(before) == before.size());
        file.close();
        {
            Journal journal(m_journal);
            QVERIFY(journal.open(last));
            QVERIFY(journal.append({QJsonObject{{u"id"_s, failed.id.value}, {u"rev"_s, 1}, {u"at"_s, 1}, {u"r"_s, made}}}));
            journal.undoLast();
        }
        reopen();
        QCOMPARE(stateOf(*m_ledger, failed.id), u"gone"_s);
        QCOMPARE(stateOf(*m_ledger, base.id), u"queued"_s);
        reopen(); // and stays so
        QCOMPARE(stateOf(*m_ledger, failed.id), u"gone"_s);
    }

    void crashImagesKeepWhatWasAnswered()
    {
        const int rounds = test::rounds(20);
        QStringList ids;
        for (int i = 0; i < rounds; ++i) {
            if (i % 50 == 0 && i > 0) { // another one, so that these do not grow for ever
                cleanup();
                init();
                ids.clear();
            }
            const auto record = put(message(u"a"_s, QString::number(i)));
            ids.append(record.id.value);
            QTemporaryDir image;
            for (const auto &suffix : {QString(), u"-wal"_s})
                QFile::copy(m_file + suffix, image.filePath(u"outbox.sqlite"_s + suffix));
            const QString journal = image.filePath(u"outbox.journal"_s);
            QFile::copy(m_journal, journal);
            if (i % 3 == 0)
                QFile::resize(journal, QFile(journal).size() - 7); // torn
            Ledger copy(image.filePath(u"outbox.sqlite"_s), journal);
            QVERIFY(await(copy.open()));
            const auto found = await(copy.unfinished());
            QVERIFY(found);
            QCOMPARE(found->size(), ids.size());
        }
        qInfo("%d images", rounds);
    }

    void rebuildsFromTheJournal_data()
    {
        QTest::addColumn<QString>("damage");
        for (const char *damage : {"lost", "emptied", "garbage", "cut", "page"})
            QTest::newRow(damage) << QString::fromLatin1(damage);
    }
    void rebuildsFromTheJournal()
    {
        QFETCH(QString, damage);
        QHash<QString, QString> expected;
        for (int i = 0; i < 60; ++i) {
            auto record = put(message(u"contact%1"_s.arg(i % 7), QString(200, u'x')));
            if (i % 3 == 0) {
                record.state = OutboxState::Attempting;
                record.attempts = 1;
                record = await(m_ledger->transition(record, OutboxState::Queued)).value();
            }
            if (i % 6 == 0) {
                record.state = OutboxState::Accepted;
                record.serverId = u"s%1"_s.arg(i);
                record = await(m_ledger->transition(record, OutboxState::Attempting)).value();
            }
            expected.insert(record.id.value, record.state == OutboxState::Queued ? u"held"_s : outboxStateWord(record.state));
        }
        m_ledger.reset();
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadWrite));
        if (damage == "garbage"_L1) {
            file.seek(0);
            file.write(QByteArray(4096, 'x'));
        } else if (damage == "cut"_L1) {
            file.resize(file.size() / 2);
        } else if (damage == "page"_L1) {
            for (qint64 at = 3 * 4096; at + 4096 < file.size(); at += 2 * 4096) {
                file.seek(at);
                file.write(QByteArray(4096, char(0xA5)));
            }
        } else if (damage == "emptied"_L1) {
            file.resize(0);
        }
        file.close();
        if (damage == "lost"_L1)
            QVERIFY(QFile::remove(m_file));
        const auto report = reopen();
        QVERIFY(report.salvaged);
        QCOMPARE(report.unreadable, QStringList());
        const auto all = await(m_ledger->unfinished());
        QVERIFY(all);
        QCOMPARE(all->size(), expected.size());
        for (const auto &record : *all) {
            QCOMPARE(outboxStateWord(record.state), expected.value(record.id.value));
            if (record.state == OutboxState::Held)
                QVERIFY(record.hold == HoldReason::Ask);
        }
        const auto again = reopen();
        QVERIFY(!again.salvaged);
        QCOMPARE(await(m_ledger->unfinished())->size(), expected.size());
    }

    /// Bytes are changed at random in database and journal: it opens, and loses nothing silently.
    void aVersionThatNobodyWroteIsDamage()
    {
        const auto record = put(message(u"c"_s, u"Hello"_s));
        auto damage = m_ledger->database().run<int>([](Connection &c) -> Result<int> { return c.exec(u"PRAGMA user_version=-5"_s) ? 0 : 1; });
        QCOMPARE(await(std::move(damage)).value_or(1), 0);
        QVERIFY(reopen().salvaged);
        QCOMPARE(stateOf(*m_ledger, record.id), u"held"_s);
    }

    /// Damage in a draft must not keep the records from being brought back.
    void impossibleRowsAreLeftOut()
    {
        const auto record = put(message(u"c"_s, u"Hello"_s));
        auto damage = m_ledger->database().run<int>([](Connection &c) -> Result<int> {
            const Status done = c.script(u"DROP TABLE drafts;\nCREATE TABLE drafts(location, contact, text, caret, changed_at);\n"
                                         "INSERT INTO drafts VALUES('location1', 'c1', 'half a sent', NULL, NULL), (NULL, 'c2', 'nobody', 1, 1);\n"_s);
            return done ? 0 : 1;
        });
        QCOMPARE(await(std::move(damage)).value_or(1), 0);
        const auto report = reopen();
        QVERIFY(report.salvaged);
        QCOMPARE(report.unreadable, QStringList());
        QCOMPARE(stateOf(*m_ledger, record.id), u"held"_s);
        const auto draft = await(m_ledger->draft(home, ContactId(u"c1"_s)));
        QVERIFY(draft && *draft);
        QCOMPARE((*draft)->text, u"half a sent"_s);
    }

    /// Each record that nobody knows of any more is counted, also where the end of a line is gone.
    void linesThatBecameOneAreCounted_data()
    {
        QTest::addColumn<QList<int>>("ends"); // of these lines
        QTest::newRow("the first two") << QList<int>{0};
        QTest::newRow("two in the middle") << QList<int>{4};
        QTest::newRow("four in the middle") << QList<int>{4, 5, 6};
        QTest::newRow("the last two") << QList<int>{8};
    }
    void linesThatBecameOneAreCounted()
    {
        QFETCH(QList<int>, ends);
        for (int i = 0; i < 10; ++i)
            put(message(u"c"_s, QString::number(i)));
        m_ledger.reset();
        QFile journal(m_journal);
        QVERIFY(journal.open(QIODevice::ReadWrite));
        const QByteArray bytes = journal.readAll();
        QCOMPARE(bytes.count('\n'), 10);
        qsizetype at = -1;
        for (int line = 0; line < 10; ++line) {
            at = bytes.indexOf('\n', at + 1);
            journal.seek(at);
            journal.write(ends.contains(line) ? "x" : "\n");
        }
        journal.close();
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(40'960, 'x'));
        file.close();
        const auto report = reopen();
        QCOMPARE(await(m_ledger->unfinished())->size(), 9 - ends.size());
        QCOMPARE(report.unreadable.size(), 1 + ends.size());
    }

    void survivesMutations()
    {
        QStringList ids;
        for (int i = 0; i < 30; ++i)
            ids.append(put(message(u"c%1"_s.arg(i % 4), QString(100, u'y'))).id.value);
        m_ledger.reset();
        QFile source(m_file);
        QVERIFY(source.open(QIODevice::ReadOnly));
        const QByteArray goodFile = source.readAll();
        QFile journal(m_journal);
        QVERIFY(journal.open(QIODevice::ReadOnly));
        const QByteArray goodJournal = journal.readAll();
        QRandomGenerator random(20260101);
        const int rounds = test::rounds(60);
        for (int round = 0; round < rounds; ++round) {
            const auto mutate = [&random](QByteArray bytes) {
                const int count = 1 + int(random.bounded(40));
                for (int i = 0; i < count; ++i)
                    bytes[random.bounded(int(bytes.size()))] = char(random.bounded(256));
                return bytes;
            };
            QTemporaryDir dir;
            const QString name = dir.filePath(u"outbox"_s);
            for (const auto &[suffix, bytes] : {std::pair(u".sqlite"_s, round % 3 == 1 ? goodFile : mutate(goodFile)),
                                                std::pair(u".journal"_s, round % 3 == 2 ? mutate(goodJournal) : goodJournal)}) {
                QFile out(name + suffix);
                QVERIFY(out.open(QIODevice::WriteOnly));
                out.write(bytes);
            }
            Ledger ledger(name + u".sqlite"_s, name + u".journal"_s);
            const auto report = await(ledger.open());
            QVERIFY2(report, report ? "" : qPrintable(report.error().message));
            if (report->newerVersion)
                continue; // the version number itself was hit: nothing may be changed then
            const auto found = await(ledger.unfinished());
            QVERIFY(found);
            if (round % 3 != 2) // the journal is whole: all of them, as they were, and none besides
                QCOMPARE(found->size(), ids.size());
            const QString told = u"round %1: %2 found, %3 said to be unreadable, of %4"_s.arg(round).arg(found->size()).arg(report->unreadable.size()).arg(ids.size());
            QVERIFY2(found->size() + report->unreadable.size() >= ids.size(), qPrintable(told));
            for (const auto &record : *found) {
                QVERIFY(ids.contains(record.id.value));
                QCOMPARE(MessageDraft::fromJson(record.payload).body, QString(100, u'y'));
            }
        }
        qInfo("%d outboxes and journals", rounds);
    }

    void refusesANewerFile()
    {
        put(message(u"a"_s, u"x"_s));
        auto raise = m_ledger->database().run<int>([](Connection &c) -> Result<int> {
            const auto set = c.exec(u"PRAGMA user_version=99"_s);
            const auto flushed = c.value(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
            return set && flushed ? 0 : 1;
        });
        QCOMPARE(await(std::move(raise)).value_or(1), 0);
        m_ledger.reset();
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray before = file.readAll();
        const auto report = reopen();
        QVERIFY(report.newerVersion);
        QVERIFY(await(m_ledger->accounts()).has_value());
        QVERIFY(!await(m_ledger->insert(message(u"a"_s, u"y"_s))));
        m_ledger.reset();
        file.seek(0);
        QCOMPARE(file.readAll(), before);
    }

    void keepsRecordsOfANewerKind()
    {
        auto record = message(u"a"_s, u"x"_s);
        record.kindWord = u"deal.teleport"_s;
        put(record);
        reopen();
        const auto read = await(m_ledger->record(record.id));
        QVERIFY(read && *read);
        QVERIFY((*read)->state == OutboxState::Quarantined);
        QCOMPARE((*read)->kindWord, record.kindWord);
        auto changed = **read;
        changed.state = OutboxState::Cancelled;
        QVERIFY(!await(m_ledger->transition(changed, OutboxState::Quarantined)));
        QVERIFY(!await(m_ledger->update(**read)));
    }

    void compactsItsJournal()
    {
        auto record = message(u"a"_s, QString(60'000, u'z'));
        record = put(record);
        for (int i = 0; i < 80; ++i) {
            MessageDraft draft;
            draft.contactId = ContactId(u"a"_s);
            draft.body = QString(60'000, QChar(u'a' + i % 20));
            record.payload = draft.toJson();
            QVERIFY(await(m_ledger->update(record)));
        }
        QVERIFY(QFile(m_journal).size() < 5LL * 1024 * 1024);
        m_ledger.reset();
        QVERIFY(QFile::remove(m_file));
        QVERIFY(reopen().salvaged);
        const auto read = await(m_ledger->record(record.id));
        QVERIFY(read && *read);
        QCOMPARE((*read)->payload, record.payload);
    }

    void destroyingDropsWhatWaits()
    {
        auto waiting = m_ledger->insert(message(u"a"_s, u"x"_s));
        m_ledger.reset();
        QTest::qWait(1);
        QVERIFY(!waiting.done());
        waiting.cancel();
    }

    void insertIsQuick()
    {
        QVector<qint64> times;
        for (int i = 0; i < 100; ++i) {
            QElapsedTimer timer;
            timer.start();
            put(message(u"a"_s, u"hello"_s));
            times.append(timer.nsecsElapsed() / 1000);
        }
        std::sort(times.begin(), times.end());
        qInfo("durable insert: p50 %lld us, p95 %lld us", times[50], times[95]);
        QVERIFY(times[95] < 1'000'000);
    }
};

QTEST_GUILESS_MAIN(TestLedger)
#include "tst_ledger.moc"
