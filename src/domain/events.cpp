// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/events.h"

#include "core/json.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cstdlib>

using namespace Qt::StringLiterals;

namespace outrigger::events {

namespace {

catalogue::Touched touchedBy(const QString &type, const QJsonObject &object)
{
    catalogue::Touched touched;
    const QString id = json::text(object["id"_L1]);
    const QString contact = json::text(object["contactId"_L1]);
    const auto is = [&type](QLatin1String prefix) { return type.startsWith(prefix, Qt::CaseInsensitive); };
    if (is("Contact"_L1)) {
        touched.contact = ContactId(id.isEmpty() ? contact : id);
    } else if (is("Note"_L1) || is("Task"_L1) || is("CampaignStatus"_L1)) {
        touched.contact = ContactId(contact); // a task's event may lack it (docs issue 332)
        if (contact.isEmpty())
            touched.areas.append(u"contacts"_s);
    } else if (is("Opportunity"_L1)) {
        touched.deal = OpportunityId(id);
    } else if (is("Appointment"_L1)) {
        touched.events = true;
    } else if (is("InboundMessage"_L1) || is("OutboundMessage"_L1) || is("ProviderOutboundMessage"_L1)) {
        touched.conversation = ConversationId(json::text(object["conversationId"_L1]));
        touched.contact = ContactId(contact);
        touched.areas.append(u"conversations"_s);
    } else if (is("ConversationUnread"_L1)) { // ...Update in the catalogue, ...Webhook in the documentation
        touched.areas.append(u"conversations"_s);
    } else if (is("User"_L1)) {
        touched.areas.append(u"users"_s);
    } else if (is("Location"_L1)) {
        touched.areas.append(u"location"_s);
    }
    return touched;
}

} // namespace

std::optional<Event> eventFrom(const QJsonObject &object)
{
    Event event;
    event.type = json::text(json::first(object, {u"type", u"event"}));
    if (event.type.isEmpty())
        return std::nullopt;
    event.id = json::text(json::first(object, {u"webhookId", u"deliveryId"}));
    event.at = json::date(object["timestamp"_L1]);
    event.location = LocationId(json::text(object["locationId"_L1]));
    event.touched = touchedBy(event.type, object);
    return event;
}

QVector<Event> eventsFrom(const QByteArray &text, int *bad)
{
    QVector<Event> events;
    *bad = 0;
    const auto take = [&](const QJsonValue &value) {
        if (auto event = eventFrom(value.toObject()))
            events.append(std::move(*event));
        else
            ++*bad;
    };
    const auto whole = QJsonDocument::fromJson(text);
    if (whole.isObject()) {
        take(whole.object());
    } else if (whole.isArray()) {
        const QJsonArray array = whole.array();
        for (const auto &item : array)
            take(item);
    } else {
        const auto lines = text.split('\n');
        for (const QByteArray &line : lines) {
            if (!line.trimmed().isEmpty())
                take(QJsonDocument::fromJson(line).object());
        }
    }
    return events;
}

Gate::Verdict Gate::judge(const Event &event, const QDateTime &now)
{
    if (!event.at.isValid() || std::abs(event.at.msecsTo(now)) > std::chrono::milliseconds(replayWindow).count())
        return Verdict::Stale;
    m_seen.removeIf([&now](QHash<QString, QDateTime>::iterator one) { return one.value().msecsTo(now) > 2 * std::chrono::milliseconds(replayWindow).count(); });
    if (event.id.isEmpty())
        return Verdict::Take;
    if (m_seen.contains(event.id))
        return Verdict::Repeated;
    m_seen.insert(event.id, now);
    return Verdict::Take;
}

} // namespace outrigger::events
