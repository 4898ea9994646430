// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/outboxrecord.h"

#include <QString>

#include <chrono>

namespace outrigger::sync {

/// Where a record has to keep its place. Messages to one contact follow each other, and so do the changes of one
/// contact and the reading marks of one conversation; what is unclear in one of these must not stop the others.
/// `contact` is the contact that the record is about: the server's id as soon as it is known, so that texts written
/// before and after a contact got its id stay in one lane. The account is part of the lane.
QString laneKey(const OutboxRecord &record, const ContactId &contact);
/// The lane as it is stored with the record, without the account.
QString laneWord(OutboxKind kind, const ContactId &contact);

/// The same for a record; those of a deal are in the deal's lane, so that moves and the end of a deal keep their order.
QString laneWord(const OutboxRecord &record, const ContactId &contact);

/// Whether later records of the lane wait for this one. They wait while it is under way, or will go on by itself; they
/// pass what only a person can decide, and what is over.
bool holdsLane(const OutboxRecord &record);

/// How long to wait after the n-th attempt (1, 2, ...): min(cap, base x 2^(n-1)) x [0.5, 1]. share: 0..1, random.
std::chrono::milliseconds backOff(int attempts, std::chrono::milliseconds base, std::chrono::milliseconds cap, double share);

} // namespace outrigger::sync
