// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/aside.h"

#include <QSaveFile>

namespace outrigger {

bool writeWhole(const QString &file, const QByteArray &bytes)
{
    QSaveFile target(file);
    return target.open(QIODevice::WriteOnly) && target.write(bytes) == bytes.size() && target.commit();
}

} // namespace outrigger
