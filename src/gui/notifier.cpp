// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/notifier.h"

#include "domain/slots.h"
#include "gui/settings.h"
#include "gui/tray.h"
#include "models/words.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

const QString service = u"org.freedesktop.Notifications"_s;
const QString path = u"/org/freedesktop/Notifications"_s;
constexpr int longestBody = 300;
constexpr int patience = 3000; // ms, for the daemon

QDBusMessage call(const QString &method)
{
    return QDBusMessage::createMethodCall(service, path, service, method);
}

void close(uint id)
{
    auto message = call(u"CloseNotification"_s);
    message << id;
    QDBusConnection::sessionBus().send(message);
}

} // namespace

Notifier::Notifier(Settings *settings, Tray *tray, QObject *parent) : QObject(parent), m_settings(settings), m_tray(tray)
{
    if (m_tray)
        connect(m_tray, &Tray::messageClicked, this, [this] { Q_EMIT openRequested(m_ballooned); });
    auto bus = QDBusConnection::sessionBus();
    m_daemon = bus.isConnected();
    if (!m_daemon)
        return;
    bus.connect(service, path, service, u"ActionInvoked"_s, this, SLOT(onAction(uint, QString)));
    bus.connect(service, path, service, u"NotificationReplied"_s, this, SLOT(onReplied(uint, QString)));
    bus.connect(service, path, service, u"NotificationClosed"_s, this, SLOT(onClosed(uint, uint)));
    // At login this program may be there before what shows notifications.
    auto *later = new QDBusServiceWatcher(service, bus, QDBusServiceWatcher::WatchForRegistration, this);
    connect(later, &QDBusServiceWatcher::serviceRegistered, this, &Notifier::askAbilities);
    askAbilities();
}

void Notifier::askAbilities()
{
    m_daemon = true;
    m_known = false;
    auto *asking = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call(u"GetCapabilities"_s), patience), this);
    connect(asking, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher *done) {
        done->deleteLater();
        const QDBusPendingReply<QStringList> reply = *done;
        m_known = true;
        m_daemon = !reply.isError();
        m_abilities = m_daemon ? reply.value() : QStringList();
        for (const auto &arrival : std::exchange(m_early, {}))
            show(arrival);
        for (const auto &tell : std::exchange(m_earlyAlarms, {}))
            tell();
    });
}

Notifier::~Notifier() = default;

bool Notifier::isQuiet(const QTime &now, const QTime &from, const QTime &to)
{
    if (!from.isValid() || !to.isValid() || from == to)
        return false;
    return from < to ? now >= from && now < to : now >= from || now < to;
}

QString Notifier::bodyOf(const models::Arrival &arrival, int count) const
{
    if (!m_settings->notifyWithWords())
        return count > 1 ? tr("%n new message(s)", nullptr, count) : tr("New message");
    const Message &last = arrival.messages.last().message;
    QString words = models::words::oneLine(last.body.isEmpty() ? last.subject : last.body).left(longestBody);
    if (words.isEmpty())
        words = last.attachments.isEmpty() ? channelWord(last.channel) : tr("A file or picture");
    return count > 1 ? tr("%n new message(s)", nullptr, count) + u'\n' + words : words;
}

bool Notifier::isSilent() const
{
    const QDateTime paused = m_settings->pausedUntil();
    return !m_settings->notify() || isQuiet(QTime::currentTime(), m_settings->quietFrom(), m_settings->quietTo())
        || (paused.isValid() && QDateTime::currentDateTimeUtc() < paused);
}

void Notifier::show(const models::Arrival &arrival)
{
    if (isSilent())
        return;
    if (m_daemon && !m_known) {
        m_early.append(arrival);
        return;
    }
    const ContactId contact = arrival.conversation.contactId;
    if (m_daemon && (!m_summary.leads.isEmpty() || (!m_shown.contains(contact) && m_shown.size() >= mostAlone))) {
        gather(arrival);
        return;
    }
    Shown &shown = m_shown[contact];
    shown.row = arrival.conversation;
    shown.count += int(arrival.messages.size());
    if (m_daemon)
        ask(arrival);
    else
        balloon(arrival.conversation.name, bodyOf(arrival, shown.count), contact);
}

void Notifier::ask(const models::Arrival &arrival)
{
    const ContactId contact = arrival.conversation.contactId;
    Shown &shown = m_shown[contact];
    if (shown.asked) { // without the number of the first, a second one would stand beside it
        shown.next = arrival;
        return;
    }
    shown.asked = true;
    QString body = bodyOf(arrival, shown.count);
    if (m_abilities.contains(u"body-markup"_s))
        body = body.toHtmlEscaped(); // a lead's words are never markup
    QStringList actions;
    if (m_abilities.contains(u"actions"_s)) {
        actions << u"default"_s << tr("Open");
        actions << (m_abilities.contains(u"inline-reply"_s) ? u"inline-reply"_s : u"reply"_s) << tr("Reply");
        actions << u"done"_s << tr("Done");
    }
    const QVariantMap hints{{u"category"_s, u"im.received"_s},
                            {u"desktop-entry"_s, QGuiApplication::desktopFileName()},
                            {u"x-kde-reply-placeholder-text"_s, tr("Write a text")}};
    auto message = call(u"Notify"_s);
    message << QApplication::applicationDisplayName() << shown.id << QString() << arrival.conversation.name << body << actions << hints << -1;
    auto *asking = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(message, patience), this);
    connect(asking, &QDBusPendingCallWatcher::finished, this, [this, contact](QDBusPendingCallWatcher *done) {
        done->deleteLater();
        const QDBusPendingReply<uint> reply = *done;
        const auto it = m_shown.find(contact);
        if (it == m_shown.end()) { // opened meanwhile
            if (!reply.isError())
                close(reply.value());
            return;
        }
        it->asked = false;
        if (!reply.isError())
            it->id = reply.value();
        const uint id = it->id;
        const QString act = m_earlyActs.take(id);
        const auto written = m_earlyReplies.contains(id) ? std::optional(m_earlyReplies.take(id)) : std::nullopt;
        m_earlyActs.clear();
        m_earlyReplies.clear();
        if (written)
            onReplied(id, *written);
        else if (!act.isEmpty())
            onAction(id, act);
        else if (const auto next = std::exchange(it->next, {}))
            ask(*next);
    });
}

/// A pile of notifications covers the screen and says less than one.
void Notifier::gather(const models::Arrival &arrival)
{
    auto &leads = m_summary.leads;
    const auto add = [&leads](const ConversationRow &row) {
        leads.removeIf([&row](const auto &lead) { return lead.first == row.contactId; });
        leads.append({row.contactId, row.name});
    };
    for (const Shown &shown : std::exchange(m_shown, {})) {
        if (shown.id != 0)
            close(shown.id);
        add(shown.row);
    }
    add(arrival.conversation);
    askSummary();
}

void Notifier::askSummary()
{
    if (m_summary.asked) {
        m_summary.again = true;
        return;
    }
    m_summary.asked = true;
    constexpr int named = 3;
    QStringList names;
    for (auto lead = m_summary.leads.crbegin(); lead != m_summary.leads.crend() && names.size() < named; ++lead)
        names.append(lead->second);
    QString body = names.join(u", "_s);
    if (const int more = int(m_summary.leads.size()) - named; more > 0)
        body = tr("%1 and %n more", nullptr, more).arg(body);
    if (m_abilities.contains(u"body-markup"_s))
        body = body.toHtmlEscaped();
    QStringList actions;
    if (m_abilities.contains(u"actions"_s))
        actions << u"default"_s << tr("Open");
    const QVariantMap hints{{u"category"_s, u"im.received"_s}, {u"desktop-entry"_s, QGuiApplication::desktopFileName()}};
    auto message = call(u"Notify"_s);
    message << QApplication::applicationDisplayName() << m_summary.id << QString()
            << tr("%n lead(s) have written", nullptr, int(m_summary.leads.size())) << body << actions << hints << -1;
    auto *asking = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(message, patience), this);
    connect(asking, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher *done) {
        done->deleteLater();
        const QDBusPendingReply<uint> reply = *done;
        m_summary.asked = false;
        if (!reply.isError())
            m_summary.id = reply.value();
        const bool again = std::exchange(m_summary.again, false);
        if (m_summary.leads.isEmpty())
            withdrawSummary();
        else if (again)
            askSummary();
    });
}

void Notifier::withdrawSummary()
{
    m_summary.leads.clear();
    if (m_summary.asked)
        return; // when its answer is here
    if (m_summary.id != 0)
        close(std::exchange(m_summary.id, 0));
}

void Notifier::tellAlarm(const alarms::Alarm &alarm)
{
    if (m_daemon && !m_known) {
        m_earlyAlarms.append([this, alarm] { tellAlarm(alarm); });
        return;
    }
    const bool words = m_settings->notifyWithWords();
    if (const auto *task = std::get_if<TaskRow>(&alarm.thing)) {
        notifyAlarm(task->contactName.isEmpty() ? tr("Task due") : task->contactName,
                    words ? models::words::oneLine(task->task.title).left(longestBody) : tr("A task is due"), alarm,
                    {u"done"_s, tr("Done"), u"later"_s, tr("In 10 minutes")});
        return;
    }
    const auto &row = std::get<EventRow>(alarm.thing);
    QStringList more;
    if (!row.event.contact.isEmpty())
        more << u"late"_s << tr("Running late");
    if (!alarms::joinLink(row.event).isEmpty())
        more << u"join"_s << tr("Join");
    const QTimeZone mine = QTimeZone::systemTimeZone();
    const QString body = words ? models::words::oneLine(alarms::appointmentSentence(row, mine)).left(longestBody)
                               : tr("An appointment at %1").arg(freetimes::clock(row.event.start, mine));
    notifyAlarm(words && !row.contactName.isEmpty() ? row.contactName : tr("Appointment"), body, alarm, more);
}

void Notifier::tellAlarms(const QVector<alarms::Alarm> &all)
{
    if (m_daemon && !m_known) {
        m_earlyAlarms.append([this, all] { tellAlarms(all); });
        return;
    }
    const int tasks = int(std::count_if(all.cbegin(), all.cend(), [](const auto &one) { return std::holds_alternative<TaskRow>(one.thing); }));
    const int appointments = int(all.size()) - tasks;
    QStringList body;
    if (appointments > 0)
        body << tr("%n appointment(s) are near", nullptr, appointments);
    if (tasks > 0)
        body << tr("%n task(s) are due", nullptr, tasks);
    alarms::Alarm many;
    if (appointments > 0)
        many.thing = EventRow();
    notifyAlarm(appointments == 0 ? tr("Tasks") : tasks == 0 ? tr("Appointments") : tr("Appointments and tasks"), body.join(u'\n'), many, {});
}

/// more: further acts, each its key and its name.
void Notifier::notifyAlarm(const QString &title, const QString &body, const alarms::Alarm &alarm, const QStringList &more)
{
    const auto *task = std::get_if<TaskRow>(&alarm.thing);
    if (!m_daemon) {
        if (!balloon(title, body, task ? task->task.contact : std::get<EventRow>(alarm.thing).event.contact))
            Q_EMIT untold(tr("%1: %2").arg(title, body), alarm);
        return;
    }
    QStringList actions;
    if (m_abilities.contains(u"actions"_s))
        actions = QStringList{u"default"_s, tr("Open")} + more;
    auto message = call(u"Notify"_s);
    message << QApplication::applicationDisplayName() << 0U << QString() << title
            << (m_abilities.contains(u"body-markup"_s) ? body.toHtmlEscaped() : body) << actions
            << QVariantMap{{u"desktop-entry"_s, QGuiApplication::desktopFileName()}} << -1;
    auto *asking = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(message, patience), this);
    connect(asking, &QDBusPendingCallWatcher::finished, this, [this, alarm](QDBusPendingCallWatcher *done) {
        done->deleteLater();
        const QDBusPendingReply<uint> reply = *done;
        if (!reply.isError())
            m_alarms.insert(reply.value(), alarm);
    });
}

void Notifier::onAlarm(const alarms::Alarm &alarm, const QString &action)
{
    if (const auto *task = std::get_if<TaskRow>(&alarm.thing)) {
        if (task->task.id.isEmpty())
            Q_EMIT tasksRequested();
        else if (action == "done"_L1)
            Q_EMIT taskDoneRequested(*task);
        else if (action == "later"_L1)
            Q_EMIT taskLaterRequested(*task);
        else
            Q_EMIT openRequested(task->task.contact);
        return;
    }
    const auto &row = std::get<EventRow>(alarm.thing);
    if (!row.event.start.isValid())
        Q_EMIT calendarRequested();
    else if (action == "late"_L1)
        Q_EMIT lateRequested(row);
    else if (action == "join"_L1)
        Q_EMIT joinRequested(alarms::joinLink(row.event));
    else if (row.event.contact.isEmpty())
        Q_EMIT calendarRequested();
    else
        Q_EMIT openRequested(row.event.contact);
}

void Notifier::tell(const QString &title, const QString &body)
{
    if (isSilent())
        return;
    if (!m_daemon) {
        balloon(title, body, {});
        return;
    }
    auto message = call(u"Notify"_s);
    message << QApplication::applicationDisplayName() << 0U << QString() << title
            << (m_abilities.contains(u"body-markup"_s) ? body.toHtmlEscaped() : body) << QStringList()
            << QVariantMap{{u"desktop-entry"_s, QGuiApplication::desktopFileName()}} << -1;
    QDBusConnection::sessionBus().asyncCall(message, patience);
}

void Notifier::test()
{
    const QString title = tr("This is a test");
    const QString body = tr("This is where you are told that a lead has written.");
    if (!m_daemon) {
        if (m_tray && Tray::isThere()) {
            balloon(title, body, {});
            Q_EMIT tested(tr("Shown by the tray. If you saw nothing, look at your desktop's own settings."));
        } else {
            Q_EMIT tested(tr("Nothing on this desktop shows notifications. What leads write is in the inbox, and the count is beside its name."));
        }
        return;
    }
    auto message = call(u"Notify"_s);
    message << QApplication::applicationDisplayName() << 0U << QString() << title << body << QStringList()
            << QVariantMap{{u"desktop-entry"_s, QGuiApplication::desktopFileName()}} << -1;
    auto *asking = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(message, patience), this);
    connect(asking, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher *done) {
        done->deleteLater();
        const QDBusPendingReply<uint> reply = *done;
        if (reply.isError())
            Q_EMIT tested(tr("The desktop did not take the notification: %1").arg(reply.error().message()));
        else
            Q_EMIT tested(tr("The desktop has taken it. If you saw nothing, look whether it is set to \"do not disturb\"."));
    });
}

bool Notifier::balloon(const QString &title, const QString &body, const ContactId &contact)
{
    if (!m_tray || !Tray::isThere())
        return false;
    m_ballooned = contact;
    m_tray->showMessage(title, body);
    return true;
}

void Notifier::withdraw(const ContactId &contact)
{
    if (m_summary.leads.removeIf([&contact](const auto &lead) { return lead.first == contact; }) > 0) {
        if (m_summary.leads.isEmpty())
            withdrawSummary();
        else
            askSummary();
    }
    const auto it = m_shown.find(contact);
    if (it == m_shown.end())
        return;
    if (it->id != 0)
        close(it->id);
    m_shown.erase(it);
}

std::optional<ContactId> Notifier::contactOf(uint id) const
{
    for (auto it = m_shown.cbegin(); it != m_shown.cend(); ++it) {
        if (id != 0 && it->id == id)
            return it.key();
    }
    return {};
}

bool Notifier::isEarly(uint id) const
{
    return id != 0 && std::any_of(m_shown.cbegin(), m_shown.cend(), [](const Shown &shown) { return shown.asked; });
}

void Notifier::onAction(uint id, const QString &action)
{
    if (m_alarms.contains(id)) {
        onAlarm(m_alarms.take(id), action);
        return;
    }
    if (id != 0 && id == m_summary.id) {
        Q_EMIT inboxRequested();
        withdrawSummary();
        return;
    }
    const auto contact = contactOf(id); // other programs' notifications come here too
    if (!contact) {
        if (isEarly(id))
            m_earlyActs.insert(id, action);
        return;
    }
    const ConversationRow row = m_shown.value(*contact).row;
    if (action == "done"_L1)
        Q_EMIT doneRequested(row);
    else if (action == "reply"_L1)
        Q_EMIT replyRequested(*contact, {});
    else
        Q_EMIT openRequested(*contact);
    withdraw(*contact);
}

void Notifier::onReplied(uint id, const QString &text)
{
    const auto contact = contactOf(id);
    if (!contact) {
        if (isEarly(id))
            m_earlyReplies.insert(id, text); // a person's words: never dropped
        return;
    }
    Q_EMIT replyRequested(*contact, text);
    withdraw(*contact);
}

void Notifier::onClosed(uint id, uint)
{
    m_alarms.remove(id);
    if (id != 0 && id == m_summary.id) {
        m_summary.id = 0;
        m_summary.leads.clear();
    } else if (const auto contact = contactOf(id)) {
        m_shown.remove(*contact);
    }
}

} // namespace outrigger::gui
