// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/app.h"
#include "gui/composer.h"
#include "gui/composertext.h"
#include "gui/inboxlist.h"
#include "gui/inboxpage.h"
#include "gui/window.h"
#include "gui/style.h"
#include "gui/threadpane.h"
#include "domain/quiethours.h"
#include "models/inboxmodel.h"
#include "support/places.h"
#include "support/waitfor.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QListView>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace outrigger::test {

/// The whole program on a small practice account: real files, a real server process, real sockets. What is kept in
/// `profile` survives close(), so a second open() is a second start.
class WindowRun
{
public:
    QTemporaryDir profile;
    gui::AppOptions options;
    std::unique_ptr<gui::App> app;

    WindowRun()
    {
        options.profile = profile.path();
        options.practice = true;
        options.practiceProgram = test::program(QStringLiteral("outrigger-practice"));
        options.practiceArguments = QStringLiteral("--contacts 40 --conversations 20 --messages 200 --opportunities 5 --quiet --rate off --pace 0.02").split(u' ');
        options.undo = std::chrono::milliseconds(1500);
    }
    ~WindowRun() { close(); }

    /// Answers false when the practice server has not been built.
    [[nodiscard]] bool open()
    {
        if (!QFile::exists(options.practiceProgram))
            return false;
        auto folder = Profile::open(profile.path(), true);
        if (!folder || !folder->lock())
            return false;
        // The leads' clocks go with the real one: without this, what Enter does would depend on the hour of the test.
        QFile hours(folder->path(QuietHours::fileName()));
        if (!hours.open(QIODevice::WriteOnly)
            || hours.write(R"({"rows":[{"place":"Anywhere","from":"00:00","until":"24:00","source":"the tests","date":"2026-11-21"}]})") < 0)
            return false;
        hours.close();
        app = std::make_unique<gui::App>(options, *folder);
        QSignalSpy ready(app.get(), &gui::App::ready);
        app->start();
        return ready.wait(20'000) && app->window();
    }
    void close()
    {
        if (!app)
            return;
        QSignalSpy finished(app.get(), &gui::App::finished);
        app->quit();
        finished.wait(10'000);
        app.reset();
    }
    /// As kill -9 leaves it: nothing is said good-bye to. (The files are opened anew by the next open().)
    void drop() { app.reset(); }

    gui::MainWindow *window() const { return app->window(); }
    gui::InboxPage *inbox() const { return window()->inbox(); }
    template <class W>
    W *find(const char *name) const
    {
        return window()->findChild<W *>(QString::fromLatin1(name));
    }
    QListView *list() const { return find<QListView>("inbox.list"); }
    gui::ComposerText *text() const { return inbox()->thread()->composer()->findChild<gui::ComposerText *>(QStringLiteral("composer.text")); }
    bool waitForRows(int rows = 10)
    {
        inbox()->list()->setSplit(Split::All);
        return QTest::qWaitFor([&] { return list()->model()->rowCount() >= rows; }, 20'000);
    }
    /// Opens the first conversation of the list whose lead may be texted.
    bool openOneThatMayBeTexted()
    {
        for (int row = 0; row < list()->model()->rowCount(); ++row) {
            const QModelIndex index = list()->model()->index(row, 0);
            list()->setCurrentIndex(index);
            QString name;
            if (!QTest::qWaitFor([&] {
                    const QVariant value = index.data(models::InboxModel::RowRole);
                    return value.isValid() && inbox()->thread()->contactId() == value.value<ConversationRow>().contactId
                        && !inbox()->thread()->composer()->contact().id.isEmpty();
                }, 5'000))
                return false;
            // Nor does the send guard ask about them.
            const auto *send = inbox()->thread()->composer()->findChild<QAbstractButton *>(QStringLiteral("composer.send"));
            if (inbox()->thread()->composer()->channel() == Channel::Sms && !text()->isReadOnly() && send->accessibleDescription().isEmpty())
                return true;
        }
        return false;
    }
    void type(const QString &words)
    {
        text()->setFocus();
        QTest::keyClicks(text(), words);
    }

    /// path: may end in "?" and a query.
    QJsonObject control(const QByteArray &verb, const QString &path, const QJsonObject &body = {})
    {
        QUrl url = app->practiceServer();
        url.setPath(QStringLiteral("/__practice/") + path.section(u'?', 0, 0));
        url.setQuery(path.section(u'?', 1));
        QNetworkRequest request(url);
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        auto *reply = m_network.sendCustomRequest(request, verb, verb == "GET" ? QByteArray() : QJsonDocument(body).toJson());
        const bool ended = QTest::qWaitFor([reply] { return reply->isFinished(); }, 10'000);
        const auto answer = ended ? QJsonDocument::fromJson(reply->readAll()).object() : QJsonObject();
        reply->deleteLater();
        return answer;
    }
    /// How many requests of this kind the server has taken whose body contains the text.
    int taken(const QString &method, const QString &path, const QString &text)
    {
        int count = 0;
        const QJsonArray entries = control("GET", QStringLiteral("ledger")).value(QLatin1String("entries")).toArray();
        for (const auto &entry : entries) {
            const auto object = entry.toObject();
            const QString body = object.value(QLatin1String("body")).isObject()
                ? QString::fromUtf8(QJsonDocument(object.value(QLatin1String("body")).toObject()).toJson())
                : object.value(QLatin1String("body")).toString();
            if (object.value(QLatin1String("method")).toString() == method && object.value(QLatin1String("path")).toString() == path
                && body.contains(text))
                ++count;
        }
        return count;
    }
    /// How many requests for this path (* is anything) the server has taken, with those that change nothing. They are in
    /// the ledger when practiceArguments have --record.
    int asked(const QString &path)
    {
        return int(control("GET", QStringLiteral("ledger?all=1&path=") + path).value(QLatin1String("entries")).toArray().size());
    }
    int texts(const QString &text) { return taken(QStringLiteral("POST"), QStringLiteral("/conversations/messages"), text); }

private:
    QNetworkAccessManager m_network;
};

} // namespace outrigger::test
