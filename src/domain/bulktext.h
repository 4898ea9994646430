// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contactchange.h"
#include "domain/outboxrecord.h"

#include <QJsonArray>

/// A text to many: an outbox record for each of them, which say by their origin what they belong to.
namespace outrigger {

/// What Outbox::submitBulk() is given for a text to many: BulkPart::field is this, BulkPart::value {"texts": [MessageDraft as
/// JSON], "pace": milliseconds from one to the next}; no contacts. Each becomes a record of its own, let go in its turn
/// and asked of the send guard then. pauseBulk() and cancelBulk() speak of all of them.
inline constexpr QLatin1String textsField{"texts"};
inline constexpr int textPace = 3'000; ///< 20 a minute
/// Above this many in a day a number is likely to be blocked by the carriers (UX.md h 7).
inline constexpr int textsADay = 200;
inline constexpr QLatin1String textJobOrigin{"bulk:"};

inline BulkPart textsPart(const QVector<MessageDraft> &texts, int pace = textPace)
{
    QJsonArray all;
    for (const MessageDraft &text : texts)
        all.append(text.toJson());
    BulkPart part;
    part.field = textsField;
    part.value = QJsonObject{{QLatin1String("texts"), all}, {QLatin1String("pace"), pace}};
    return part;
}

/// The job over many that a record is part of; empty when it is part of none.
inline QString bulkJob(const OutboxRecord &record)
{
    if (record.kind == OutboxKind::ContactBulk)
        return record.payload.value(QLatin1String("job")).toString();
    if (record.kind == OutboxKind::SendMessage && record.origin.startsWith(textJobOrigin))
        return record.origin.mid(textJobOrigin.size());
    return {};
}

} // namespace outrigger
