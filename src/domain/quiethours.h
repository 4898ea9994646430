// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "domain/contact.h"

#include <QDateTime>
#include <QTimeZone>
#include <QVector>

#include <optional>

namespace outrigger {

/// When people in one place may be texted, by their own clock. Source and date say where the row is from.
struct QuietRule {
    QString place;      ///< "Florida"
    QString country;    ///< two letters; empty: anywhere
    QString state;      ///< two letters; empty: anywhere
    QVector<int> areaCodes; ///< North American area codes that lie in this place
    QTime from;         ///< first allowed minute
    QTime until;        ///< first minute that is not allowed any more
    QTime sundayFrom;   ///< instead of `from` on Sundays; invalid: the same
    QString source;
    QDate date;         ///< when the source was read

    bool allows(const QDateTime &local) const;
    /// The first allowed instant at or after `when`, in this zone.
    QDateTime nextAllowed(const QDateTime &when, const QTimeZone &zone) const;
};

/// The table of quiet hours. A value; reading it touches a file once. A helper, not legal advice.
class QuietHours
{
public:
    /// Fails as a whole on anything that is not understood: half a table would let texts leave at night.
    static Result<QuietHours> parse(const QByteArray &json);
    static const QuietHours &builtIn(); ///< resources/data/quiet-hours.json

    struct Loaded;
    /// The file when there is one and it can be read, else the built-in table. One disk access; any thread.
    static Loaded load(const QString &file);
    /// What a file in the profile folder is called.
    static QString fileName() { return QStringLiteral("quiet-hours.json"); }

    /// What holds for a state of a country; the general row where there is none of its own.
    const QuietRule &ofState(const QString &state, const QString &country) const;
    /// What holds for the area code of a North American number; the general row where there is none of its own.
    const QuietRule &ofNumber(const QString &e164) const;
    const QVector<QuietRule> &rules() const { return m_rules; }

private:
    const QuietRule &general() const;
    QVector<QuietRule> m_rules;
};

struct QuietHours::Loaded {
    QuietHours table;
    QString problem; ///< the file was there and is not used: one sentence that says why; empty: none
};

} // namespace outrigger
