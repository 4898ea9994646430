// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/username.h"

using namespace Qt::StringLiterals;

namespace outrigger {

QString teammateName(const User &user)
{
    const QString name = user.name.isEmpty() ? (user.firstName + u' ' + user.lastName).trimmed() : user.name;
    return name.isEmpty() ? user.email : name;
}

} // namespace outrigger
