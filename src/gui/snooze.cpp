// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/snooze.h"

#include "models/words.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace outrigger::gui::snooze {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Snooze)
};
} // namespace

QVector<Choice> choices(const QDateTime &now)
{
    const QDateTime local = now.toLocalTime();
    const QTime nine(9, 0);
    // Full hours read better than "17:43".
    QDateTime later = local.addSecs(3 * 60 * 60);
    later.setTime(QTime(later.time().hour(), 0));
    const QDate tomorrow = local.date().addDays(1);
    const QDate monday = local.date().addDays(8 - local.date().dayOfWeek());
    return {{Words::tr("Later today"), later.toUTC()},
            {Words::tr("Tomorrow"), QDateTime(tomorrow, nine).toUTC()},
            {Words::tr("Monday"), QDateTime(monday, nine).toUTC()},
            {Words::tr("Until they reply, or three days"), QDateTime(local.date().addDays(3), nine).toUTC()}};
}

QMenu *menu(QWidget *parent, const QDateTime &now, bool sleeping,
            const std::function<void(const QDateTime &until, const QString &words)> &chosen)
{
    auto *menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"snooze.menu"_s);
    int number = 1;
    for (const auto &choice : choices(now)) {
        const QDateTime local = choice.until.toLocalTime();
        const QString words = QLocale().toString(local, u"ddd "_s) + models::words::clock(local.time());
        menu->addAction(u"&%1  %2 · %3"_s.arg(number++).arg(choice.name, words), parent,
                        [chosen, choice, words] { chosen(choice.until, words); });
    }
    if (sleeping)
        menu->addAction(u"&%1  "_s.arg(number) + Words::tr("Wake it now"), parent, [chosen] { chosen({}, {}); });
    return menu;
}

} // namespace outrigger::gui::snooze
