// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/username.h"

#include <QTest>

using namespace outrigger;

/// What a teammate is called.
class TestUserName : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void thereIsAlwaysAWordForAPerson_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("last");
        QTest::addColumn<QString>("said");
        QTest::newRow("whole name") << "Dana Whitfield" << "D." << "W." << "Dana Whitfield";
        QTest::newRow("parts") << "" << "Dana" << "Whitfield" << "Dana Whitfield";
        QTest::newRow("last name alone") << "" << "" << "Whitfield" << "Whitfield";
        QTest::newRow("nothing but the address") << "" << "" << "" << "dana@example.com";
    }
    void thereIsAlwaysAWordForAPerson()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, first);
        QFETCH(const QString, last);
        User user;
        user.name = name;
        user.firstName = first;
        user.lastName = last;
        user.email = QStringLiteral("dana@example.com");
        QTEST(teammateName(user), "said");
    }
};

QTEST_GUILESS_MAIN(TestUserName)
#include "tst_username.moc"
