// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "domain/bulktext.h"
#include "domain/catalogue.h"
#include "domain/contactchange.h"
#include "gui/bulkpanel.h"
#include "gui/chooser.h"
#include "gui/fieldeditor.h"
#include "gui/leadpanel.h"
#include "gui/palette.h"
#include "gui/taskspage.h"
#include "gui/toast.h"
#include "models/contactsmodel.h"
#include "models/desk.h"
#include "models/leadtimeline.h"
#include "models/tasksmodel.h"
#include "sync/engine.h"

#include <QComboBox>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTableView>
#include <QToolButton>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;
using models::PaletteModel;
using models::TasksModel;

/// Leads in the real window: what the search leads to, tasks moved between days, and many contacts at once.
class TestLeadsMore : public QObject
{
    Q_OBJECT
    std::unique_ptr<WindowRun> m_run;

    template <class W>
    W *find(const char *name) const
    {
        return m_run->find<W>(name);
    }
    sync::Engine *engine() const { return m_run->app->engine(); }
    LocationId location() const { return engine()->account()->location; }
    QListView *tasks() const { return find<QListView>("tasks.list"); }
    QTableView *table() const { return find<QTableView>("contacts.table"); }
    ContactId lead() const { return m_run->inbox()->thread()->contactId(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { QTest::keyClick(m_run->window()->focusWidget(), key, modifiers); }
    bool addTask(const QString &line)
    {
        auto *entry = find<QLineEdit>("lead.tasks.entry");
        if (!entry || !QTest::qWaitFor([&] { return entry->isVisible(); }, 5'000))
            return false;
        entry->setFocus();
        QTest::keyClicks(entry, line);
        QTest::keyClick(entry, Qt::Key_Return);
        return QTest::qWaitFor([&] { return entry->text().isEmpty(); }, 10'000);
    }
    bool addNote(const QString &words)
    {
        auto *text = find<QPlainTextEdit>("lead.notes.entry");
        if (!text)
            return false;
        text->setFocus();
        text->setPlainText(words);
        QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier);
        return QTest::qWaitFor([&] { return text->toPlainText().isEmpty(); }, 10'000);
    }
    /// Ctrl+K, these words, and the first row of that kind chosen by keys.
    bool goTo(const QString &words, PaletteModel::Kind kind)
    {
        QTest::keyClick(m_run->window(), Qt::Key_K, Qt::ControlModifier);
        auto *input = find<QLineEdit>("palette.input");
        if (!input)
            return false;
        auto *model = m_run->window()->findChild<PaletteModel *>();
        input->clear();
        QTest::keyClicks(input, words);
        const auto rowOf = [&] {
            for (int row = 0; row < model->rowCount(); ++row) {
                if (model->row(row).kind == kind)
                    return row;
            }
            return -1;
        };
        if (!QTest::qWaitFor([&] { return model->text() == words && !model->isSearching(); }, 10'000) || rowOf() < 0)
            return false;
        auto *list = find<QListView>("palette.results");
        for (int i = 0; i < model->rowCount() && list->currentIndex().row() != rowOf(); ++i)
            QTest::keyClick(input, Qt::Key_Down);
        QTest::keyClick(input, Qt::Key_Return);
        return !input->isVisible();
    }
    TaskRow rowTitled(const QString &title, int *at = nullptr) const
    {
        for (int row = 0; row < tasks()->model()->rowCount(); ++row) {
            const QVariant value = tasks()->model()->index(row, 0).data(TasksModel::RowRole);
            if (value.isValid() && value.value<TaskRow>().task.title == title) {
                if (at)
                    *at = row;
                return value.value<TaskRow>();
            }
        }
        return {};
    }
    int groupOf(const QString &title) const
    {
        int at = -1;
        rowTitled(title, &at);
        return at < 0 ? -1 : tasks()->model()->index(at, 0).data(TasksModel::GroupRole).toInt();
    }
    /// Contacts who may be texted, ticked; answers how many.
    int tickTextable(int most)
    {
        m_run->window()->actions()->action(gui::Command::GoContacts)->trigger();
        if (!QTest::qWaitFor([this] { return table() && table()->isVisible() && table()->model()->rowCount() > 10; }, 20'000))
            return 0;
        table()->setFocus();
        table()->selectionModel()->clearSelection();
        const int rows = std::min(most, table()->model()->rowCount());
        for (int row = 0; row < rows; ++row)
            table()->selectionModel()->select(table()->model()->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        return rows;
    }

    /// The lead whose conversation is open, beside those that are ticked.
    bool tickLead()
    {
        const auto rowOf = [this] {
            for (int row = 0; row < table()->model()->rowCount(); ++row) {
                if (table()->model()->index(row, 0).data(models::ContactsModel::ContactIdRole).value<ContactId>() == lead())
                    return row;
            }
            return -1;
        };
        if (!QTest::qWaitFor([&] { return rowOf() >= 0; }, 10'000))
            return false;
        table()->selectionModel()->select(table()->model()->index(rowOf(), 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        return true;
    }

private Q_SLOTS:
    void init()
    {
        m_run = std::make_unique<WindowRun>();
        if (!m_run->open())
            QSKIP("outrigger-practice is not built");
        m_run->window()->resize(1440, 900);
        m_run->window()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_run->window()));
        QVERIFY(m_run->waitForRows());
        QVERIFY(m_run->openOneThatMayBeTexted());
    }
    void cleanup() { m_run.reset(); }

    void aTaskThatWasFoundIsShownAmongTheTasks()
    {
        QVERIFY(addTask(u"measure the zephyr roof tomorrow 3pm"_s));
        QVERIFY(goTo(u"zephyr"_s, PaletteModel::Kind::Task));
        QTRY_VERIFY(tasks() && tasks()->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(tasks()->currentIndex().data(TasksModel::RowRole).value<TaskRow>().task.title, u"measure the zephyr roof"_s, 10'000);
    }

    void aNoteThatWasFoundIsShownWithItsLead()
    {
        const ContactId whose = lead();
        QVERIFY(addNote(u"Prefers a gazebo in the garden"_s));
        m_run->list()->setCurrentIndex(m_run->list()->model()->index(4, 0));
        QTRY_VERIFY(lead() != whose);
        QVERIFY(goTo(u"gazeb"_s, PaletteModel::Kind::Note));
        QTRY_COMPARE(lead(), whose);
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("lead.note1") && find<QLabel>("lead.note1")->text().contains(u"gazebo"_s), 10'000);
        QTRY_VERIFY(!find<QLabel>("lead.note1")->visibleRegion().isEmpty()); // scrolled to
    }

    void aNoteIsPinnedAndColouredByItsMenu()
    {
        QVERIFY(addNote(u"Prefers a gazebo"_s));
        QTRY_VERIFY(find<QLabel>("lead.note1") && find<QLabel>("lead.note1")->text() == u"Prefers a gazebo"_s);
        QVERIFY(await(engine()->outbox().waitUntilSettled({}, std::chrono::seconds(20))));
        QVERIFY(addNote(u"Has a dog"_s));
        QTRY_COMPARE_WITH_TIMEOUT(find<QLabel>("lead.note1")->text(), u"Has a dog"_s, 10'000);
        QVERIFY(await(engine()->outbox().waitUntilSettled({}, std::chrono::seconds(20))));
        const auto chooseFor = [&](int number, const QString &submenu, const QString &what) {
            auto *more = find<QToolButton>(qPrintable(u"lead.note%1.more"_s.arg(number)));
            if (!more)
                return false;
            more->setFocus();
            QTest::keyClick(more, Qt::Key_Space);
            const auto menus = m_run->window()->findChildren<QMenu *>(submenu.isEmpty() ? u"lead.note.menu"_s : u"lead.note.colours"_s);
            for (QMenu *menu : menus) {
                for (QAction *action : menu->actions()) {
                    if (action->text() == what) {
                        action->trigger();
                        if (QWidget *open = QApplication::activePopupWidget())
                            open->close();
                        return true;
                    }
                }
            }
            return false;
        };
        const auto numberOf = [&](const QString &words) {
            for (int number = 1; number < 4; ++number) {
                if (auto *label = find<QLabel>(qPrintable(u"lead.note%1"_s.arg(number))); label && label->text() == words)
                    return number;
            }
            return 0;
        };
        QTRY_COMPARE(numberOf(u"Prefers a gazebo"_s), 2);
        QVERIFY(chooseFor(2, {}, u"Pin above the others"_s));
        QTRY_COMPARE_WITH_TIMEOUT(numberOf(u"Prefers a gazebo"_s), 1, 10'000);
        QTRY_VERIFY(find<QLabel>("lead.note1.facts")->text().startsWith(u"pinned"_s));
        QVERIFY(chooseFor(1, u"colours"_s, u"Blue"_s));
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("lead.note1.facts")->text().contains(u"blue"_s), 10'000); // not by colour alone
        QVERIFY(await(engine()->outbox().waitUntilSettled({}, std::chrono::seconds(20))));
        const auto rows = await(engine()->cache().notesOf(location(), lead()));
        QVERIFY(rows && !rows->isEmpty());
        const QString path = u"/contacts/%1/notes/%2"_s.arg(lead().value, rows->first().note.id.value);
        QCOMPARE(m_run->taken(u"PUT"_s, path, u"pinned"_s), 1);
        QCOMPARE(m_run->taken(u"PUT"_s, path, u"#2563EB"_s), 1);
    }

    void undoOfAChangedNoteThatWaitsKeepsTheNote()
    {
        engine()->setWorkOffline(true);
        QVERIFY(addNote(u"Prefers a gazebo"_s));
        QTRY_VERIFY(find<QLabel>("lead.note1") && find<QLabel>("lead.note1")->text() == u"Prefers a gazebo"_s);
        auto *more = find<QToolButton>("lead.note1.more");
        more->setFocus();
        QTest::keyClick(more, Qt::Key_Space);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu && !menu->actions().isEmpty());
        menu->actions().first()->trigger(); // Change
        menu->close();
        QVERIFY(addNote(u"Prefers a pool"_s));
        QTRY_COMPARE_WITH_TIMEOUT(find<QLabel>("lead.note1")->text(), u"Prefers a pool"_s, 10'000);
        auto *toast = m_run->window()->toast();
        QTRY_VERIFY(toast->isVisible());
        toast->findChild<QPushButton *>()->click();
        QTRY_COMPARE_WITH_TIMEOUT(find<QLabel>("lead.note1")->text(), u"Prefers a gazebo"_s, 10'000);
        engine()->setWorkOffline(false);
    }

    void whatASearchDoesNotUnderstandIsSaid()
    {
        QTest::keyClick(m_run->window(), Qt::Key_K, Qt::ControlModifier);
        auto *input = find<QLineEdit>("palette.input");
        QVERIFY(input);
        auto *below = find<QLabel>("palette.coverage");
        QTRY_VERIFY(below->text().contains(u"from:"_s)); // what can be written
        QTest::keyClicks(input, u"is:purple"_s);
        QTRY_VERIFY(below->text().contains(u"unread"_s));
        input->clear();
        QTRY_VERIFY(below->text().contains(u"contact"_s)); // how many are searched
    }

    void aTaskIsCarriedToAnotherDay()
    {
        QVERIFY(addTask(u"call the roofer tomorrow 3pm"_s));
        QVERIFY(addTask(QLocale::c().toString(QDate::currentDate().addDays(40), u"'order the tiles' d MMM"_s)));
        press(Qt::Key_6, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(tasks() && groupOf(u"call the roofer"_s) == int(taskentry::Group::Tomorrow), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!rowTitled(u"call the roofer"_s).task.id.isLocal(), 20'000);
        int at = -1;
        rowTitled(u"call the roofer"_s, &at);
        tasks()->setFocus();
        tasks()->setCurrentIndex(tasks()->model()->index(at, 0));
        const QString path = u"/contacts/%1/tasks/%2"_s.arg(rowTitled(u"call the roofer"_s).task.contact.value, rowTitled(u"call the roofer"_s).task.id.value);
        // Carried onto a row of another group: the second task is there, whatever else the account holds.
        m_run->window()->resize(1440, 6000); // all rows in one view
        int target = -1;
        for (int row = 0; row < tasks()->model()->rowCount() && target < 0; ++row) {
            const int group = tasks()->model()->index(row, 0).data(TasksModel::GroupRole).toInt();
            if (group == int(taskentry::Group::Today) || group == int(taskentry::Group::Later))
                target = row;
        }
        QVERIFY(target >= 0);
        const int group = tasks()->model()->index(target, 0).data(TasksModel::GroupRole).toInt();
        rowTitled(u"call the roofer"_s, &at);
        QTRY_VERIFY(tasks()->viewport()->rect().contains(tasks()->visualRect(tasks()->model()->index(tasks()->model()->rowCount() - 1, 0))));
        const QPoint from = tasks()->visualRect(tasks()->model()->index(at, 0)).center();
        const QPoint to = tasks()->visualRect(tasks()->model()->index(target, 0)).center();
        QTest::mousePress(tasks()->viewport(), Qt::LeftButton, {}, from);
        QTest::mouseMove(tasks()->viewport(), from + QPoint(0, 30));
        QTest::mouseMove(tasks()->viewport(), to);
        QTest::mouseRelease(tasks()->viewport(), Qt::LeftButton, {}, to);
        QTRY_COMPARE_WITH_TIMEOUT(groupOf(u"call the roofer"_s), group, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"PUT"_s, path, u"dueDate"_s), 1, 20'000);
    }

    void aTextToManySaysWhoIsLeftOutAndGoesToTheOthers()
    {
        QVERIFY(tickTextable(8) >= 2);
        QVERIFY(tickLead()); // who may be texted: the conversation that was opened
        QTRY_VERIFY(find<QPushButton>("bulk.text") && find<QPushButton>("bulk.text")->isVisible());
        find<QPushButton>("bulk.text")->click();
        auto *words = find<QPlainTextEdit>("bulk.text.words");
        QVERIFY(words);
        QTest::keyClicks(words, u"Hi {{contact.first_name}}, open house on Sunday"_s);
        auto *preview = find<QLabel>("bulk.preview");
        QTRY_VERIFY_WITH_TIMEOUT(preview->text().contains(u"parts in all"_s), 10'000);
        auto *go = find<QPushButton>("bulk.go");
        const int count = go->text().section(u' ', -1).toInt();
        QVERIFY(count > 0);
        QVERIFY(find<QLabel>("bulk.text.preview")->text().contains(u"open house on Sunday"_s));
        QVERIFY(!find<QLabel>("bulk.text.preview")->text().contains(u"{{"_s));
        QVERIFY(go->isEnabled());
        go->click();
        QTRY_VERIFY_WITH_TIMEOUT([&] {
            const auto records = await(engine()->outbox().list({}, true));
            return records && std::count_if(records->begin(), records->end(), [](const OutboxRecord &one) {
                return one.kind == OutboxKind::SendMessage && !bulkJob(one).isEmpty();
            }) == count;
        }(), 10'000);
        QTRY_VERIFY(find<QLabel>("job.text") && find<QLabel>("job.text")->isVisible());
    }

    void undoOfSeveralTagsTakesOnlyWhatWasGiven()
    {
        const int ticked = tickTextable(3);
        QCOMPARE(ticked, 3);
        const auto contacts = [this] {
            QVector<qint64> keys;
            ContactListQuery query;
            query.location = location();
            const auto spine = await(engine()->cache().contactList(query, 3));
            return await(engine()->cache().contactRows(spine->keys)).value_or(QVector<ContactRow>());
        };
        // One of the two tags is the first one's already.
        TagChange first;
        first.contactId = contacts().first().contact.id;
        first.add = {u"gold"_s};
        QVERIFY(await(engine()->outbox().submitTags(*engine()->account(), first, {})));
        QTRY_VERIFY_WITH_TIMEOUT(contacts().first().contact.tags.contains(u"gold"_s), 10'000);
        QVERIFY(await(engine()->outbox().waitUntilSettled({}, std::chrono::seconds(20))));
        find<QPushButton>("bulk.tags")->click();
        auto *value = find<QLineEdit>("bulk.value");
        QTest::keyClicks(value, u"gold, silver"_s);
        auto *go = find<QPushButton>("bulk.go");
        QTRY_VERIFY(go->isEnabled());
        go->click();
        const auto withTag = [&](const QString &tag) {
            const auto rows = contacts();
            return std::count_if(rows.begin(), rows.end(), [&tag](const ContactRow &row) { return row.contact.tags.contains(tag); });
        };
        QTRY_COMPARE_WITH_TIMEOUT(withTag(u"silver"_s), 3, 20'000);
        table()->setFocus();
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(withTag(u"silver"_s), 0, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(withTag(u"gold"_s), 1, 20'000); // the first one keeps theirs
    }

    void aChoiceThatIsGoneStaysAsItIsUntilAPersonChooses()
    {
        CustomField field;
        field.id = CustomFieldId(u"f1"_s);
        field.name = u"Roof"_s;
        field.dataType = u"SINGLE_OPTIONS"_s;
        field.options = {u"slate"_s, u"tiles"_s};
        gui::FieldEditor::Subject subject;
        subject.field = contactfields::ofCustom(field.id);
        subject.label = field.name;
        subject.value = u"thatch"_s; // HighLevel offers it no more
        subject.definition = &field;
        QWidget home;
        auto *editor = new gui::FieldEditor(subject, u"choice"_s, &home);
        auto *box = editor->findChild<QComboBox *>(u"choice"_s);
        QVERIFY(box);
        QCOMPARE(box->currentData().toString(), u"thatch"_s);
        QVERIFY(box->currentText().contains(u"not offered any more"_s));
        QVERIFY(box->findText(u"slate"_s) >= 0);
    }

    void aLeadHasOneTimelineOfEverything()
    {
        QVERIFY(addTask(u"measure the roof tomorrow 3pm"_s));
        QVERIFY(addNote(u"Wants slate"_s));
        auto *box = m_run->inbox()->findChild<gui::LeadPanel *>()->findChild<QListView *>(u"lead.timeline"_s);
        QVERIFY(box);
        const auto kinds = [box] {
            QSet<int> found;
            for (int row = 0; row < box->model()->rowCount(); ++row)
                found.insert(box->model()->index(row, 0).data(models::LeadTimeline::KindRole).toInt());
            return found;
        };
        using Kind = models::LeadTimeline::Kind;
        QTRY_VERIFY_WITH_TIMEOUT(kinds().contains(int(Kind::Task)) && kinds().contains(int(Kind::Note)) && kinds().contains(int(Kind::Message)), 15'000);
        QTRY_VERIFY(box->isVisible());
        // Latest first, what is planned before what was; a row is a sentence.
        QVERIFY(box->model()->index(0, 0).data(models::LeadTimeline::PlannedRole).toBool());
        int task = -1;
        for (int row = 0; row < box->model()->rowCount() && task < 0; ++row) {
            if (box->model()->index(row, 0).data(models::LeadTimeline::KindRole).toInt() == int(Kind::Task))
                task = row;
        }
        QVERIFY(box->model()->index(task, 0).data(Qt::AccessibleTextRole).toString().contains(u"measure the roof"_s));
        QSignalSpy wanted(m_run->inbox()->findChild<gui::LeadPanel *>(), &gui::LeadPanel::taskRequested);
        Q_EMIT box->activated(box->model()->index(task, 0));
        QCOMPARE(wanted.size(), 1);
        for (QDialog *dialog : m_run->window()->findChildren<QDialog *>())
            dialog->close();
    }

    void linkedRecordsAreShownMadeAndTakenAway()
    {
        // The location gets a kind of link between two contacts.
        const auto call = [this](const QString &name, const QJsonObject &values) {
            const auto &all = catalogue::all();
            catalogue::Call one;
            one.operation = &*std::find_if(all.begin(), all.end(), [&](const auto &o) { return o.key == name; });
            one.values = values;
            catalogue::fillIn(one, location());
            const auto answer = await(engine()->callOperation(one));
            return answer ? QJsonDocument::fromJson(answer->body).object() : QJsonObject();
        };
        const QString kind = call(u"create-association"_s, {{u"key"_s, u"partner"_s}, {u"firstObjectLabel"_s, u"Partner"_s}, {u"firstObjectKey"_s, u"contact"_s},
                                                            {u"secondObjectLabel"_s, u"Partner of"_s}, {u"secondObjectKey"_s, u"contact"_s}})[u"id"].toString();
        QVERIFY(!kind.isEmpty());
        // What kinds there are is asked again when the location's things have changed, with the next lead.
        QSignalSpy changed(m_run->window()->findChild<models::Desk *>(), &models::Desk::referenceChanged);
        QVERIFY(await(engine()->cache().putReference(location(), {})));
        QTRY_VERIFY(changed.size() > 0);
        const ContactId before = lead();
        m_run->list()->setCurrentIndex(m_run->list()->model()->index((m_run->list()->currentIndex().row() + 1) % m_run->list()->model()->rowCount(), 0));
        QTRY_VERIFY(!lead().isEmpty() && !(lead() == before));
        const ContactId mine = lead();
        Contact other;
        QTRY_VERIFY_WITH_TIMEOUT([&] { // they come with the first sync
            ContactListQuery query;
            query.location = location();
            const auto spine = await(engine()->cache().contactList(query));
            const auto people = await(engine()->cache().contactRows(spine ? spine->keys : QVector<qint64>())).value_or(QVector<ContactRow>());
            for (const ContactRow &one : people) {
                if (!(one.contact.id == mine) && !one.contact.email.isEmpty())
                    other = one.contact;
            }
            return !other.id.isEmpty();
        }(), 20'000);
        auto *add = m_run->inbox()->findChild<QPushButton *>(u"lead.links.add"_s);
        QTRY_VERIFY_WITH_TIMEOUT(add && add->isVisible(), 10'000);
        add->click();
        gui::Chooser *chooser = nullptr;
        QTRY_VERIFY((chooser = find<gui::Chooser>("lead.links.kind")));
        auto *typed = chooser->findChild<QLineEdit *>();
        QVERIFY(QTest::qWaitForWindowActive(chooser));
        QTRY_COMPARE(QApplication::focusWidget(), typed);
        QTest::keyClicks(typed, u"Partner"_s);
        QTest::keyClick(typed, Qt::Key_Return);
        QInputDialog *asked = nullptr;
        QTRY_VERIFY((asked = find<QInputDialog>("lead.links.other")));
        asked->setTextValue(other.email);
        asked->accept();
        const auto links = [this] { return m_run->inbox()->findChild<gui::LeadPanel *>()->findChildren<QToolButton *>(QRegularExpression(u"^lead\\.link\\.remove\\."_s)); };
        QTRY_COMPARE_WITH_TIMEOUT(links().size(), 1, 10'000);
        const auto relations = call(u"get-relations-by-record"_s, {{u"recordId"_s, mine.value}, {u"skip"_s, 0}, {u"limit"_s, 100}})[u"relations"].toArray();
        QCOMPARE(relations.size(), 1);
        QCOMPARE(relations.first()[u"secondRecordId"].toString(), other.id.value);
        links().first()->click();
        QTRY_VERIFY_WITH_TIMEOUT(links().isEmpty(), 10'000);
        QVERIFY(call(u"get-relations-by-record"_s, {{u"recordId"_s, mine.value}, {u"skip"_s, 0}, {u"limit"_s, 100}})[u"relations"].toArray().isEmpty());
    }

    void reachComesFirstInThePanel()
    {
        auto *panel = m_run->inbox()->findChild<gui::LeadPanel *>();
        auto *reach = panel->findChild<QWidget *>(u"lead.reach"_s);
        auto *tasksOf = panel->findChild<QWidget *>(u"lead.tasks"_s);
        QVERIFY(reach && tasksOf);
        QTRY_VERIFY(panel->findChild<QWidget *>(u"lead.fact.phone"_s));
        QVERIFY(reach->isAncestorOf(panel->findChild<QWidget *>(u"lead.fact.phone"_s)));
        QVERIFY(reach->isAncestorOf(panel->findChild<QWidget *>(u"lead.fact.time"_s)));
        QVERIFY(reach->mapTo(panel, QPoint()).y() < tasksOf->mapTo(panel, QPoint()).y());
    }
};

QTEST_MAIN(TestLeadsMore)
#include "tst_leads_more.moc"
