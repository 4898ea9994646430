// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/language.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

namespace outrigger {

void installLanguage(QCoreApplication *application)
{
    const auto folder = QStringLiteral(":/i18n");
    auto *plurals = new QTranslator(application);
    if (plurals->load(QStringLiteral("outrigger_en"), folder))
        QCoreApplication::installTranslator(plurals);
    if (QLocale().language() == QLocale::English || QLocale().language() == QLocale::C)
        return;
    auto *words = new QTranslator(application); // asked first; what it does not have stays English
    if (words->load(QLocale(), QStringLiteral("outrigger"), QStringLiteral("_"), folder))
        QCoreApplication::installTranslator(words);
}

} // namespace outrigger
