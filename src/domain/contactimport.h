// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contactchange.h"
#include "domain/outboxrecord.h"

#include <QJsonArray>

namespace outrigger {

/// Contacts from a file: what its columns mean, and what is done with people who are here already.
struct ImportPlan {
    QStringList columns; ///< for each column a name of contactfields, "tags", "name" (first and last), or "" (left out)
    QStringList tags;    ///< added to everybody
    QString source;      ///< of those who have none in the file
    enum class Twins { Skip, Fill, Overwrite } twins = Twins::Skip; ///< Fill: only what is empty there
};
QString twinsWord(ImportPlan::Twins twins); ///< skip, fill, overwrite
std::optional<ImportPlan::Twins> twinsFromWord(const QString &word);

/// What the names of columns mean, by HighLevel's own exports, our own, and common words.
QStringList guessColumns(const QStringList &header, const QVector<CustomField> &fields);

struct ImportedRow {
    ContactDraft draft;
    QString problem; ///< why it cannot be taken, one sentence
};
ImportedRow readRow(const QStringList &cells, const ImportPlan &plan, const QVector<CustomField> &fields, const QString &region);

/// Payload of a ContactBulk whose act is "import": up to a hundred rows of a file.
struct ImportPart {
    QString job;
    QString title;
    int part = 0;
    int parts = 1;
    ImportPlan::Twins twins = ImportPlan::Twins::Skip;
    QVector<qint64> numbers; ///< of the rows in the file
    QVector<ContactDraft> rows;
    static bool is(const QJsonObject &payload) { return payload[QLatin1String("act")].toString() == QLatin1String("import"); }
    QJsonObject toJson() const;
    static ImportPart fromJson(const QJsonObject &object);
};

/// What Outbox::submitBulk() is given for parts of an import: BulkPart::field is this, BulkPart::value the list of parts
/// as JSON; no contacts.
inline constexpr QLatin1String importField{"import"};

} // namespace outrigger
