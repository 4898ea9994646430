// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"

#include <QDateTime>
#include <QJsonObject>
#include <QMetaType>
#include <QVector>

#include <optional>

namespace outrigger {

using NoteId = Id<struct NoteTag>;

/// A note on a contact, for the team. The body may be simple HTML when another program wrote it. Source: openapi
/// contacts.json, GetNoteSchema.
struct LeadNote {
    NoteId id;
    ContactId contact;
    QString body;
    QString title;
    UserId user;       ///< who wrote it; may be empty
    bool pinned = false;
    QString color;     ///< "#RRGGBB" (domain/notecolour); empty: none
    QDateTime dateAdded;
    bool operator==(const LeadNote &) const = default;
};

/// The most that HighLevel takes.
constexpr int longestNote = 5000;
/// Its words as a person reads them: tags gone, paragraphs and breaks as line ends, the few named characters resolved.
/// Text without tags stays as it is.
QString plainNote(const QString &body);

/// Payload of AddNote.
struct NoteDraft {
    ContactId contactId;
    QString body;
    UserId user;
    QString color = {};
    bool pinned = false;
    QJsonObject toJson() const;
    static NoteDraft fromJson(const QJsonObject &object);
};

/// Payload of ChangeNote.
struct NoteChange {
    ContactId contactId;
    NoteId noteId;
    QString seen; ///< the body that the person saw; something else since then is a conflict
    QString body; ///< the new one; the same: only what follows is changed
    bool remove = false;
    std::optional<QString> color; ///< empty text: none
    std::optional<bool> pinned;
    bool rewrites() const { return !remove && body != seen; }
    bool isEmpty() const { return !remove && !rewrites() && !color && !pinned; }
    bool isIn(const LeadNote &note) const;
    /// Only words are a conflict: a colour or a pin of somebody else's loses nothing when it is followed by another.
    bool collidesWith(const LeadNote &note) const { return rewrites() && note.body != seen; }
    void applyTo(LeadNote &note) const;
    QJsonObject toJson() const;
    static NoteChange fromJson(const QJsonObject &object);
};

struct NoteRow {
    qint64 key = 0;      ///< the cache's
    LeadNote note;       ///< with changes that have not been confirmed laid over
    QString record;      ///< of the change that is on its way; empty: what HighLevel has
    QString recordState; ///< the outbox's word
    QString reason;
    bool operator==(const NoteRow &) const = default;
};

} // namespace outrigger

Q_DECLARE_METATYPE(outrigger::NoteRow)
