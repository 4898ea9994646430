// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/places.h"

using namespace Qt::StringLiterals;

namespace outrigger::test {

QString program(const QString &name)
{
    return QStringLiteral(OUTRIGGER_BIN_DIR) + u'/' + name;
}

QString source(const QString &path)
{
    return QStringLiteral(OUTRIGGER_SOURCE_DIR) + u'/' + path;
}

} // namespace outrigger::test
