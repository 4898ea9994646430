// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/module.h"

#include "core/log.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLibrary>

using namespace Qt::StringLiterals;

namespace outrigger {

namespace {

QString programFolder()
{
    // The application object knows it too, but a module may be asked for before there is one.
    const QString self = QFileInfo(u"/proc/self/exe"_s).canonicalFilePath();
    return self.isEmpty() ? QCoreApplication::applicationDirPath() : QFileInfo(self).path();
}

} // namespace

QFunctionPointer moduleFunction(const QString &module, const char *function)
{
    QLibrary library(programFolder() + u"/../lib/outrigger/outrigger-"_s + module);
    library.setLoadHints(QLibrary::PreventUnloadHint);
    const QFunctionPointer found = library.resolve(function);
    if (!found)
        qCWarning(logModel) << "module" << module << "is not there; the installation is incomplete";
    return found;
}

} // namespace outrigger
