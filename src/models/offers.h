// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/offer.h"

#include <QObject>

#include <optional>

namespace outrigger::models {

class Desk;

/// The times that were offered to leads in the last two days: an entry of the ledger's settings, one for each location,
/// because nothing else knows what "the second one" means. GUI thread.
class Offers : public QObject
{
    Q_OBJECT
public:
    explicit Offers(Desk *desk);
    /// Reads them when that has not been done for this location; the others need it first.
    Task<void> load();
    std::optional<offers::Offer> of(const ContactId &contact) const;
    void remember(const ContactId &contact, const offers::Offer &offer);
    /// A person has looked at this answer of the lead's.
    void passOver(const ContactId &contact, const QString &message);
    void forget(const ContactId &contact);

private:
    void keep();
    static Task<void> write(Offers *self, QString name, QByteArray json);
    QString place() const;

    Desk *m_desk;
    QString m_loaded; ///< the place that m_all belongs to
    QHash<ContactId, offers::Offer> m_all;
    TaskScope m_tasks;
};

} // namespace outrigger::models
