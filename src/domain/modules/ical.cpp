// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/icalmodule.h"

#include <QtGlobal>

#include <libical/ical.h>

#include <memory>

namespace outrigger::ical {

namespace {

struct Free {
    void operator()(icalcomponent *component) const { icalcomponent_free(component); }
};

icaltimetype utc(qint64 seconds) { return icaltime_from_timet_with_zone(static_cast<time_t>(seconds), 0, icaltimezone_get_utc_timezone()); }

void put(icalcomponent *to, icalproperty *property) { icalcomponent_add_property(to, property); }

icalproperty_status statusOf(const QByteArray &word)
{
    return word == "CANCELLED" ? ICAL_STATUS_CANCELLED : word == "TENTATIVE" ? ICAL_STATUS_TENTATIVE : ICAL_STATUS_CONFIRMED;
}

QByteArray write(const QVector<Item> &items)
{
    const std::unique_ptr<icalcomponent, Free> all(icalcomponent_new(ICAL_VCALENDAR_COMPONENT));
    put(all.get(), icalproperty_new_version("2.0"));
    put(all.get(), icalproperty_new_prodid("-//Outrigger//Calendar//EN"));
    for (const Item &item : items) {
        icalcomponent *event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
        put(event, icalproperty_new_uid(item.uid.constData()));
        put(event, icalproperty_new_dtstamp(utc(item.stamp)));
        put(event, icalproperty_new_dtstart(utc(item.start)));
        put(event, icalproperty_new_dtend(utc(item.end)));
        put(event, icalproperty_new_summary(item.summary.constData()));
        if (!item.description.isEmpty())
            put(event, icalproperty_new_description(item.description.constData()));
        if (!item.place.isEmpty())
            put(event, icalproperty_new_location(item.place.constData()));
        put(event, icalproperty_new_status(statusOf(item.status)));
        put(event, icalproperty_new_transp(item.busy ? ICAL_TRANSP_OPAQUE : ICAL_TRANSP_TRANSPARENT));
        icalcomponent_add_component(all.get(), event);
    }
    char *text = icalcomponent_as_ical_string_r(all.get());
    const QByteArray result(text);
    icalmemory_free_buffer(text);
    return result;
}

} // namespace

} // namespace outrigger::ical

extern "C" Q_DECL_EXPORT const outrigger::ical::Module *outrigger_ical_module()
{
    static constexpr outrigger::ical::Module module{outrigger::ical::write};
    return &module;
}
