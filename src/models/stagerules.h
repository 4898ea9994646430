// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "domain/ids.h"

#include <QHash>
#include <QObject>

namespace outrigger::models {

class Desk;

/// What a stage wants of a deal that comes into it. The person's own: HighLevel knows nothing of it.
struct StageRule {
    bool askValue = false;
    bool askReason = false;   ///< kept as a note of the lead
    bool books = false;       ///< an appointment is booked first
    bool automations = false; ///< automations begin here: said before the drop
    bool isEmpty() const { return !askValue && !askReason && !books && !automations; }
    bool operator==(const StageRule &) const = default;
};

/// The rules of a location's stages; kept in the ledger, because nobody can make them again.
class StageRules : public QObject
{
    Q_OBJECT
public:
    explicit StageRules(Desk *desk, QObject *parent = nullptr);
    /// Reads those of this location; changed() says when they are here.
    void setLocation(const LocationId &location);
    StageRule rule(const StageId &stage) const { return m_rules.value(stage.value); }
    /// Until they have been read nothing can be changed: what is kept would be lost.
    bool isLoaded() const { return m_loaded; }
    void setRule(const StageId &stage, const StageRule &rule);
    /// In a few words, for the column and the drop; empty for no rule.
    static QString words(const StageRule &rule);
    /// By stage.
    QHash<QString, QString> allWords() const;

Q_SIGNALS:
    void changed();
    void failed(const outrigger::Error &error);

private:
    static Task<void> load(StageRules *self, LocationId location);
    static Task<void> keep(StageRules *self, QString name, QString value);
    Desk *m_desk;
    LocationId m_location;
    QHash<QString, StageRule> m_rules;
    bool m_loaded = false;
    Task<void> m_loading;
    TaskScope m_keeping;
};

} // namespace outrigger::models
