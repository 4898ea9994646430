// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/lane.h"

#include "domain/contactchange.h"

#include <algorithm>

namespace outrigger::sync {

QString laneWord(OutboxKind kind, const ContactId &contact)
{
    switch (kind) {
    case OutboxKind::SendMessage:
        return QStringLiteral("conversation:") + contact.value;
    case OutboxKind::CreateContact:
    case OutboxKind::ContactTags:
    case OutboxKind::ContactUpdate:
    case OutboxKind::ContactDelete:
        return QStringLiteral("contact:") + contact.value;
    case OutboxKind::CancelSchedule: // never behind a text: it overtakes everything
        return QStringLiteral("schedule:") + contact.value;
    case OutboxKind::ContactAssign:
        return QStringLiteral("assign:") + contact.value;
    case OutboxKind::BookAppointment:
    case OutboxKind::ChangeAppointment:
    case OutboxKind::BlockTime:
        return QStringLiteral("appointment:") + contact.value;
    case OutboxKind::ContactEnrol:
        return QStringLiteral("enrol:") + contact.value;
    case OutboxKind::ContactBulk:
        return QStringLiteral("bulk");
    case OutboxKind::AddTask:
    case OutboxKind::ChangeTask:
        return QStringLiteral("task:") + contact.value;
    case OutboxKind::AddNote:
    case OutboxKind::ChangeNote:
        return QStringLiteral("note:") + contact.value;
    case OutboxKind::ConversationRead:
        return QStringLiteral("read:") + contact.value;
    case OutboxKind::DealCreate:
    case OutboxKind::DealUpdate:
    case OutboxKind::DealSetStatus:
    case OutboxKind::DealDelete:
    case OutboxKind::DealFollow:
    case OutboxKind::DealUpsert:
        return QStringLiteral("deal:") + contact.value;
    }
    return contact.value;
}

QString laneWord(const OutboxRecord &record, const ContactId &contact)
{
    if (record.kind == OutboxKind::ContactBulk) { // as many at once as there are lanes
        const BulkPart part = BulkPart::fromJson(record.payload);
        return QStringLiteral("bulk:%1:%2").arg(part.job).arg(part.part % 3);
    }
    return isDealKind(record.kind) ? QStringLiteral("deal:") + record.opportunityId().value : laneWord(record.kind, contact);
}

QString laneKey(const OutboxRecord &record, const ContactId &contact)
{
    return record.account.value + QLatin1Char('/') + record.location.value + QLatin1Char('/')
        + laneWord(record, contact);
}

bool holdsLane(const OutboxRecord &record)
{
    switch (record.state) {
    case OutboxState::Queued:
    case OutboxState::Attempting:
    case OutboxState::Settling:
        return true;
    case OutboxState::Held:
        return record.hold == HoldReason::Undo || record.hold == HoldReason::Parent || record.hold == HoldReason::SignIn;
    case OutboxState::Accepted:
    case OutboxState::Confirmed:
    case OutboxState::Rejected:
    case OutboxState::Uncertain:
    case OutboxState::Cancelled:
    case OutboxState::Quarantined:
        return false;
    }
    return false;
}

std::chrono::milliseconds backOff(int attempts, std::chrono::milliseconds base, std::chrono::milliseconds cap, double share)
{
    const int doublings = std::clamp(attempts - 1, 0, 30);
    const double full = std::min(double(cap.count()), double(base.count()) * double(qint64(1) << doublings));
    return std::chrono::milliseconds(qint64(full * (0.5 + 0.5 * std::clamp(share, 0.0, 1.0))));
}

} // namespace outrigger::sync
