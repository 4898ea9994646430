// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/triagemenus.h"

#include "domain/username.h"
#include <QCoreApplication>
#include <QEvent>

#include <array>

using namespace Qt::StringLiterals;

namespace outrigger::gui::triage {

namespace {

constexpr int mostTags = 40;
constexpr std::array channels{Channel::Sms, Channel::Email, Channel::Call, Channel::Voicemail, Channel::WhatsApp, Channel::Facebook,
                              Channel::Instagram, Channel::LiveChat, Channel::GoogleBusiness};

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Triage)
};

/// Names are other people's words: an ampersand in one is no key.
QString plain(QString text) { return text.replace(u'&', u"&&"_s); }

QString channelName(Channel channel)
{
    QString word = channelWord(channel);
    if (!word.isEmpty())
        word[0] = word[0].toUpper();
    return word;
}

/// Letters in an open menu are the menu's, although the list behind it, which keeps the focus, has them as keys too.
class KeysFirst : public QObject
{
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::ShortcutOverride)
            return QObject::eventFilter(watched, event);
        event->accept();
        return true;
    }
};

void takeKeys(QMenu *menu)
{
    auto *keys = new KeysFirst(menu);
    menu->installEventFilter(keys);
    const auto below = menu->findChildren<QMenu *>();
    for (QMenu *one : below)
        one->installEventFilter(keys);
}

QAction *check(QMenu *menu, const QString &text, bool on, const std::function<void(bool)> &set)
{
    auto *action = menu->addAction(text);
    action->setCheckable(true);
    action->setChecked(on);
    QObject::connect(action, &QAction::triggered, menu, set);
    return action;
}

} // namespace

QMenu *assignMenu(QWidget *parent, const QVector<User> &users, const UserId &me, const UserId &now,
                  const std::function<void(const UserId &to, const QString &name)> &chosen)
{
    auto *menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"assign.menu"_s);
    int number = 1;
    const auto add = [&](const UserId &to, const QString &name, const QString &shown) {
        const QString key = number < 10 ? u"&%1  "_s.arg(number) : u"     "_s;
        ++number;
        auto *action = menu->addAction(key + plain(shown), parent, [chosen, to, name] { chosen(to, name); });
        action->setCheckable(true);
        action->setChecked(to == now);
        action->setData(to.value);
    };
    for (const User &user : users) {
        if (!me.isEmpty() && user.id == me)
            add(user.id, teammateName(user), Words::tr("Me (%1)").arg(teammateName(user)));
    }
    add({}, {}, Words::tr("Nobody"));
    for (const User &user : users) {
        if (user.id != me)
            add(user.id, teammateName(user), teammateName(user));
    }
    takeKeys(menu);
    return menu;
}

QMenu *filterMenu(QWidget *parent, const InboxFilter &filter, const QVector<User> &users, const QStringList &tags,
                  const std::function<void(const InboxFilter &)> &changed)
{
    auto *menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"filter.menu"_s);
    const auto with = [filter, changed](const std::function<void(InboxFilter &)> &change) {
        return [filter, changed, change](bool) {
            InboxFilter next = filter;
            change(next);
            changed(next);
        };
    };
    check(menu, Words::tr("&Unread"), filter.unread, with([](InboxFilter &f) { f.unread = !f.unread; }));
    check(menu, Words::tr("&Starred"), filter.starred, with([](InboxFilter &f) { f.starred = !f.starred; }));
    check(menu, Words::tr("&Failed: our last text did not arrive"), filter.failed, with([](InboxFilter &f) { f.failed = !f.failed; }));
    check(menu, Words::tr("With a &draft"), filter.draft, with([](InboxFilter &f) { f.draft = !f.draft; }));
    menu->addSeparator();
    auto *last = menu->addMenu(Words::tr("Who wrote &last"));
    const auto lastIs = [](std::optional<Direction> who) { return [who](InboxFilter &f) { f.last = f.last == who ? std::nullopt : who; }; };
    check(last, Words::tr("&They"), filter.last == Direction::Inbound, with(lastIs(Direction::Inbound)));
    check(last, Words::tr("&We"), filter.last == Direction::Outbound, with(lastIs(Direction::Outbound)));
    auto *channel = menu->addMenu(Words::tr("&Channel"));
    for (const Channel one : channels) {
        check(channel, channelName(one), filter.channels.contains(one), with([one](InboxFilter &f) {
                  if (f.channels.removeAll(one) == 0)
                      f.channels.append(one);
              }));
    }
    auto *who = menu->addMenu(Words::tr("&Assigned to"));
    using Who = InboxFilter::Who;
    const auto whoIs = [](Who kind, const UserId &user) {
        return [kind, user](InboxFilter &f) {
            const bool same = f.who == kind && f.user == user;
            f.who = same ? Who::Anybody : kind;
            f.user = same ? UserId() : user;
        };
    };
    check(who, Words::tr("&Me"), filter.who == Who::Me, with(whoIs(Who::Me, {})));
    check(who, Words::tr("&Nobody"), filter.who == Who::Nobody, with(whoIs(Who::Nobody, {})));
    for (const User &user : users)
        check(who, plain(teammateName(user)), filter.who == Who::User && filter.user == user.id, with(whoIs(Who::User, user.id)));
    auto *tag = menu->addMenu(Words::tr("&Tag"));
    for (const QString &one : tags.mid(0, mostTags)) {
        check(tag, plain(one), filter.tag.compare(one, Qt::CaseInsensitive) == 0,
              with([one](InboxFilter &f) { f.tag = f.tag.compare(one, Qt::CaseInsensitive) == 0 ? QString() : one; }));
    }
    tag->setEnabled(!tags.isEmpty());
    auto *when = menu->addMenu(Words::tr("&When"));
    for (const int days : {1, 7, 30})
        check(when, days == 1 ? Words::tr("In the last 24 hours") : Words::tr("In the last %n day(s)", nullptr, days), filter.withinDays == days,
              with([days](InboxFilter &f) { f.withinDays = f.withinDays == days ? 0 : days; }));
    for (const int days : {7, 30})
        check(when, Words::tr("Longer ago than %n day(s)", nullptr, days), filter.olderDays == days,
              with([days](InboxFilter &f) { f.olderDays = f.olderDays == days ? 0 : days; }));
    if (!filter.isEmpty()) {
        menu->addSeparator();
        menu->addAction(Words::tr("&No filter"), parent, [changed] { changed({}); });
    }
    takeKeys(menu);
    return menu;
}

QVector<Part> parts(const InboxFilter &filter, const std::function<QString(const UserId &)> &userName)
{
    QVector<Part> all;
    const auto add = [&](const QString &words, const std::function<void(InboxFilter &)> &drop) {
        InboxFilter without = filter;
        drop(without);
        all.append({words, without});
    };
    if (filter.unread)
        add(Words::tr("Unread"), [](InboxFilter &f) { f.unread = false; });
    if (filter.starred)
        add(Words::tr("Starred"), [](InboxFilter &f) { f.starred = false; });
    if (filter.failed)
        add(Words::tr("Failed"), [](InboxFilter &f) { f.failed = false; });
    if (filter.draft)
        add(Words::tr("With a draft"), [](InboxFilter &f) { f.draft = false; });
    if (filter.last)
        add(*filter.last == Direction::Inbound ? Words::tr("They wrote last") : Words::tr("We wrote last"), [](InboxFilter &f) { f.last.reset(); });
    for (const Channel one : filter.channels)
        add(channelName(one), [one](InboxFilter &f) { f.channels.removeAll(one); });
    if (filter.who != InboxFilter::Who::Anybody) {
        const QString name = filter.who == InboxFilter::Who::Me ? Words::tr("Mine") : filter.who == InboxFilter::Who::Nobody ? Words::tr("Nobody’s") : userName(filter.user);
        add(name.isEmpty() ? Words::tr("Somebody’s") : name, [](InboxFilter &f) {
            f.who = InboxFilter::Who::Anybody;
            f.user = {};
        });
    }
    if (!filter.tag.isEmpty())
        add(Words::tr("Tag: %1").arg(filter.tag), [](InboxFilter &f) { f.tag.clear(); });
    if (filter.withinDays > 0)
        add(filter.withinDays == 1 ? Words::tr("Last 24 hours") : Words::tr("Last %n day(s)", nullptr, filter.withinDays), [](InboxFilter &f) { f.withinDays = 0; });
    if (filter.olderDays > 0)
        add(Words::tr("Before the last %n day(s)", nullptr, filter.olderDays), [](InboxFilter &f) { f.olderDays = 0; });
    return all;
}

} // namespace outrigger::gui::triage
