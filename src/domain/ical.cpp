// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/ical.h"

#include "core/module.h"
#include "domain/icalmodule.h"

using namespace Qt::StringLiterals;

namespace outrigger::ical {

QByteArray write(const QVector<EventRow> &rows)
{
    const auto entry = reinterpret_cast<ModuleFunction *>(moduleFunction(u"ical"_s, moduleFunctionName));
    const Module *module = entry ? entry() : nullptr;
    if (!module)
        return {};
    QVector<Item> items;
    for (const EventRow &row : rows) {
        const Appointment &event = row.event;
        Item item;
        const QString id = event.id.isEmpty() ? row.record : event.id.value;
        item.uid = id.toUtf8() + "@outrigger";
        item.summary = event.title.toUtf8();
        item.description = event.notes.toUtf8();
        item.place = event.address.toUtf8();
        item.status = isOff(event.status)                                              ? "CANCELLED"
            : event.status == AppointmentStatus::New || event.id.isEmpty() ? "TENTATIVE"
                                                                                         : "CONFIRMED";
        item.start = event.start.toSecsSinceEpoch();
        item.end = event.end.toSecsSinceEpoch();
        item.stamp = (event.dateUpdated.isValid() ? event.dateUpdated : event.start).toSecsSinceEpoch();
        item.busy = !isOff(event.status);
        items.append(item);
    }
    return module->write(items);
}

} // namespace outrigger::ical
