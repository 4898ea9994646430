// SPDX-License-Identifier: GPL-3.0-or-later
// From a key in the search box to the painted rows: bench_search PROFILE_DIR ROUNDS
// Prints for each key: painted MS, floor MS. The words are typed letter by letter: names, words of messages, the last
// digits of a number, pieces of words, and nonsense. The floor runs the same queries with the SQLite C API and throws the
// rows away.
#include "benchdata.h"
#include "core/profile.h"
#include "gui/keymap.h"
#include "gui/palette.h"
#include "gui/style.h"
#include "models/desk.h"
#include "models/palettemodel.h"
#include "paintwatch.h"
#include "sync/engine.h"

#include <QApplication>
#include <QLineEdit>
#include <QListView>

#include <sqlite3.h>

using namespace outrigger;

namespace {

class Floor
{
public:
    explicit Floor(const QString &file) { sqlite3_open_v2(file.toLocal8Bit().constData(), &m_db, SQLITE_OPEN_READONLY, nullptr); }
    ~Floor()
    {
        for (sqlite3_stmt *one : {m_words, m_messages, m_names, m_pieces})
            sqlite3_finalize(one);
        sqlite3_close(m_db);
    }
    double once(const QString &text)
    {
        prepare(m_words, "SELECT key, name, phone, email FROM contacts WHERE key IN (SELECT rowid FROM contacts_fts WHERE contacts_fts MATCH ?) ORDER BY name LIMIT 12");
        prepare(m_messages, "SELECT key, body, date FROM messages WHERE key IN (SELECT rowid FROM messages_fts WHERE messages_fts MATCH ? ORDER BY rowid DESC LIMIT 150)");
        prepare(m_names, "SELECT key FROM contacts WHERE location=1 AND name LIKE ? LIMIT 12");
        prepare(m_pieces, "SELECT key, body, date FROM messages WHERE key IN (SELECT rowid FROM messages_pieces WHERE messages_pieces MATCH ? ORDER BY rowid DESC LIMIT 150)");
        QElapsedTimer timer;
        timer.start();
        QString match, groups;
        for (const QString &word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
            match += QLatin1Char('"') + word + QStringLiteral("\"* ");
            for (qsizetype i = 0; i + 3 <= word.size(); ++i)
                groups += QLatin1Char('"') + word.mid(i, 3) + QStringLiteral("\" ");
        }
        rows(m_words, match);
        if (text.size() >= 2)
            rows(m_names, QLatin1Char('%') + text + QLatin1Char('%'));
        if (text.size() >= 3 && rows(m_messages, match) < 5 && !groups.isEmpty())
            rows(m_pieces, groups);
        return bench::milliseconds(timer);
    }

private:
    void prepare(sqlite3_stmt *&statement, const char *sql)
    {
        if (!statement)
            sqlite3_prepare_v2(m_db, sql, -1, &statement, nullptr);
    }
    static int rows(sqlite3_stmt *statement, const QString &text)
    {
        const QByteArray bytes = text.toUtf8();
        sqlite3_bind_text(statement, 1, bytes.constData(), static_cast<int>(bytes.size()), SQLITE_TRANSIENT);
        int count = 0;
        while (sqlite3_step(statement) == SQLITE_ROW)
            ++count;
        sqlite3_reset(statement);
        return count;
    }
    sqlite3 *m_db = nullptr;
    sqlite3_stmt *m_words = nullptr, *m_messages = nullptr, *m_names = nullptr, *m_pieces = nullptr;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    gui::Style::install(&app);
    if (argc < 3)
        return 2;
    auto profile = Profile::open(QString::fromLocal8Bit(argv[1]));
    if (!profile || !profile->lock())
        return bench::gaveUp(__LINE__);
    sync::EngineOptions options;
    options.offline = true;
    options.pull = options.deliver = false;
    sync::Engine engine(*profile, options);
    if (!bench::await(engine.start()))
        return bench::gaveUp(__LINE__);
    models::Desk desk(&engine);
    desk.setLocation(bench::location);
    QWidget window;
    window.resize(1280, 800);
    gui::Actions actions(&window);
    gui::Palette palette(&desk, &actions, &window);
    window.show();
    palette.open();
    auto *input = palette.findChild<QLineEdit *>(QStringLiteral("palette.input"));
    auto *list = palette.findChild<QListView *>(QStringLiteral("palette.results"));
    auto *model = palette.findChild<models::PaletteModel *>();
    if (!input || !list || !model || !bench::waitUntil([&] { return !model->isSearching(); }))
        return bench::gaveUp(__LINE__);
    bench::PaintWatch watch(list->viewport());
    bench::PaintWatch other(&palette); // with nothing found the list is hidden
    int filled = 0;
    QObject::connect(model, &models::PaletteModel::filled, &app, [&] {
        ++filled;
        watch.count = other.count = 0;
    });
    Floor floor(profile->cacheFile());
    for (int round = 0; round < std::atoi(argv[2]); ++round) {
        for (const char *words : {"sarah jones 12", "thursday works", "the house", "0134", "5550", "arah jo", "ursda", "qqzzxw"}) {
            input->clear();
            if (!bench::waitUntil([&] { return !model->isSearching(); }))
                return bench::gaveUp(__LINE__);
            const QString whole = QString::fromLatin1(words);
            for (qsizetype length = 1; length <= whole.size(); ++length) {
                const int before = filled;
                QElapsedTimer timer;
                timer.start();
                input->setText(whole.left(length));
                if (!bench::waitUntil([&] { return filled > before && !model->isSearching() && (watch.count > 0 || other.count > 0); }))
                    return bench::gaveUp(__LINE__);
                const double painted = bench::milliseconds(timer);
                std::printf("painted %.3f floor %.3f\n", painted, floor.once(whole.left(length)));
            }
        }
    }
    bench::await(engine.stop());
    return 0;
}
