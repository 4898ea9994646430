// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/op.h"

#include <QByteArray>
#include <QHash>
#include <QMap>
#include <QString>

#include <optional>

namespace outrigger::api {

/// The Version header of each part of the API, in one place. HighLevel keeps several values alive side by side; a
/// settings file may name another one for a part without a new release.
class VersionTable
{
public:
    VersionTable() = default;
    /// overrides: part's word ("contacts") -> value ("2023-02-21"); an empty value sends no header. Unknown words and
    /// values with anything but letters, digits, dots and dashes are left out.
    static VersionTable withOverrides(const QMap<QString, QString> &overrides);

    /// The [versions] group of a settings file: one line a part, `contacts=2023-02-21`. No file: the built-in table.
    static VersionTable fromSettings(const QString &file);

    /// Empty: this part takes no Version header.
    QByteArray of(Api api) const;

    /// The part's stable word: "contacts", "phone-system", ...
    static QString word(Api api);
    static std::optional<Api> fromWord(const QString &word);

private:
    QHash<int, QByteArray> m_overrides;
};

} // namespace outrigger::api
