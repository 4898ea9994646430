// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contactchange.h"
#include "domain/contactfilter.h"
#include "domain/outboxrecord.h"

/// What is said about contacts, their fields and filters.
namespace outrigger::models::contactwords {

/// "First name"; a custom field by its definition, "Removed field" when that is gone, "Custom field" when `fields` is not known.
QString label(const QString &field, const QVector<CustomField> *fields = nullptr);
/// A value for one line: yes and no, names of people, "nothing".
QString value(const QString &field, const QJsonValue &value, const QVector<User> &users = {});
QString change(const ContactChange &change);
QString enrol(const EnrolChange &change);
QString act(const BulkPart &part);
/// "Add tag hot: 120 of 300, 2 failed".
QString bulk(const OutboxRecord &record);
QString op(ContactCondition::Op op, const QString &field);
/// A condition as a phrase: "Tag is hot".
QString condition(const ContactCondition &condition, const QVector<CustomField> *fields, const QVector<User> &users);

} // namespace outrigger::models::contactwords
