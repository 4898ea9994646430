// SPDX-License-Identifier: GPL-3.0-or-later
// 100,000 contacts, 20,000 conversations, the table of contacts: bench_contacts DIR ROUNDS
// Prints for each round, in ms, from the change of the query to the first page painted: tag (a tag), two (a tag and a
// date), none (back to all), company, added, activity (orders), words (typed); and floor_NAME: the keys of the same
// SQL read with SQLite alone (activity: as one join), on a connection of its own.
#include "benchdata.h"
#include "gui/celldelegate.h"
#include "gui/style.h"
#include "models/contactsmodel.h"
#include "paintwatch.h"
#include "store/cache.h"
#include "store/cache_contactquery.h"

#include <QApplication>
#include <QDir>
#include <QHeaderView>
#include <QTableView>
#include <QTimeZone>

#include <sqlite3.h>

using namespace outrigger;
using namespace Qt::StringLiterals;

namespace {

constexpr int contacts = 100'000;
constexpr int talks = 20'000;

double readAlone(sqlite3 *db, const QByteArray &sql, const QVector<QVariant> &values)
{
    QElapsedTimer timer;
    timer.start();
    sqlite3_stmt *statement = nullptr;
    sqlite3_prepare_v2(db, sql.constData(), -1, &statement, nullptr);
    sqlite3_bind_int64(statement, 1, 1);
    int at = 2;
    for (const QVariant &value : values) {
        if (value.userType() == QMetaType::QString)
            sqlite3_bind_text(statement, at++, value.toString().toUtf8().constData(), -1, SQLITE_TRANSIENT);
        else
            sqlite3_bind_int64(statement, at++, value.toLongLong());
    }
    std::vector<qint64> keys;
    while (sqlite3_step(statement) == SQLITE_ROW)
        keys.push_back(sqlite3_column_int64(statement, 0));
    sqlite3_finalize(statement);
    return keys.empty() ? 0 : bench::milliseconds(timer);
}

ContactFilter filter(QVector<ContactCondition> conditions)
{
    ContactFilter made;
    made.groups = {{false, std::move(conditions)}};
    return made;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    gui::Style::install(&app);
    if (argc < 3)
        return 2;
    QDir().mkpath(QString::fromLocal8Bit(argv[1]));
    const QString file = QString::fromLocal8Bit(argv[1]) + u"/cache.sqlite"_s;
    store::Cache cache(file);
    if (!bench::await(cache.open()))
        return bench::gaveUp(__LINE__);
    for (int from = 0; from < contacts; from += 5'000) {
        QVector<Contact> some;
        for (int i = from; i < from + 5'000; ++i) {
            some.append(bench::contact(i));
            some.last().companyName = u"Company %1"_s.arg((i * 7919) % 30'000);
        }
        if (!bench::await(cache.putContacts(bench::location, some, {})))
            return bench::gaveUp(__LINE__);
    }
    for (int from = 0; from < talks; from += 5'000) {
        QVector<Conversation> some;
        for (int i = from; i < from + 5'000; ++i)
            some.append(bench::conversation(i));
        if (!bench::await(cache.putConversations(bench::location, some, {})))
            return bench::gaveUp(__LINE__);
    }
    models::ContactsModel model(&cache);
    QTableView view;
    view.setModel(&model);
    gui::setUpTable(&view, 32);
    view.resize(1400, 860);
    view.show();
    model.setLocation(bench::location, u"US"_s, QTimeZone::utc());
    if (!bench::waitUntil([&] { return model.rowCount() == contacts && !model.index(0, 0).data().toString().isEmpty(); }))
        return bench::gaveUp(__LINE__);
    sqlite3 *db = nullptr;
    sqlite3_open_v2(file.toUtf8().constData(), &db, SQLITE_OPEN_READONLY, nullptr);

    const auto painted = [&](auto change) {
        bool swapped = false;
        const auto link = QObject::connect(&model, &models::ContactsModel::spineChanged, [&swapped] { swapped = true; });
        QElapsedTimer timer;
        timer.start();
        change();
        const bool done = bench::waitUntil([&] {
            if (!swapped)
                return false;
            const int rows = std::min(model.rowCount(), view.viewport()->height() / view.rowHeight(0) + 1);
            for (int row = 0; row < rows; ++row) {
                if (!model.index(row, 0).data().isValid())
                    return false;
            }
            return true;
        });
        QObject::disconnect(link);
        view.viewport()->repaint();
        return done ? bench::milliseconds(timer) : -1.0;
    };
    const auto floor = [&](const char *join, const char *order) {
        ContactListQuery query = model.query();
        const auto sql = store::contactSql(query, QDateTime::currentMSecsSinceEpoch());
        return readAlone(db, QByteArray("SELECT c.key FROM contacts c") + join + " WHERE c.location=?1" + sql.where + order, sql.values);
    };
    using Op = ContactCondition::Op;
    const UserId me(u"me"_s);
    for (int round = 0; round < std::atoi(argv[2]); ++round) {
        const double tag = painted([&] { model.setFilter(filter({{u"tag"_s, Op::Is, u"licensed"_s}}), me); });
        const double floorTag = floor("", " ORDER BY c.name");
        const double two = painted([&] { model.setFilter(filter({{u"tag"_s, Op::Is, u"warm"_s}, {u"dateUpdated"_s, Op::Within, u"30"_s}}), me); });
        const double floorTwo = floor("", " ORDER BY c.name");
        const double none = painted([&] { model.setFilter({}, me); });
        const double floorNone = floor("", " ORDER BY c.name");
        const double company = painted([&] { model.sort(models::ContactsModel::Company, Qt::AscendingOrder); });
        const double floorCompany = floor("", " ORDER BY c.company COLLATE NOCASE");
        const double added = painted([&] { model.sort(models::ContactsModel::Added, Qt::DescendingOrder); });
        const double floorAdded = floor("", " ORDER BY c.date_added DESC");
        const double activity = painted([&] { model.sort(models::ContactsModel::Activity, Qt::DescendingOrder); });
        const double floorActivity = floor(" LEFT JOIN conversations v ON v.location=c.location AND v.contact=c.id AND v.deleted=0", " ORDER BY v.place_date DESC");
        if (painted([&] { model.sort(models::ContactsModel::Name, Qt::AscendingOrder); }) < 0 || tag < 0 || two < 0 || none < 0 || company < 0 || added < 0 || activity < 0)
            return bench::gaveUp(__LINE__);
        std::printf("tag %.3f floor_tag %.3f two %.3f floor_two %.3f none %.3f floor_none %.3f company %.3f floor_company %.3f"
                    " added %.3f floor_added %.3f activity %.3f floor_activity %.3f\n",
                    tag, floorTag, two, floorTwo, none, floorNone, company, floorCompany, added, floorAdded, activity, floorActivity);
        std::fflush(stdout);
    }
    sqlite3_close(db);
    return 0;
}
