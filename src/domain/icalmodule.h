// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QVector>

/// What the module "ical" gives to domain/ical.cpp: libical's writer.
namespace outrigger::ical {

struct Item {
    QByteArray uid;
    QByteArray summary;     ///< UTF-8
    QByteArray description;
    QByteArray place;
    QByteArray status;      ///< CONFIRMED, TENTATIVE, CANCELLED
    qint64 start = 0;       ///< seconds since 1970, UTC
    qint64 end = 0;
    qint64 stamp = 0;       ///< of the last change
    bool busy = true;       ///< takes time
};

struct Module {
    QByteArray (*write)(const QVector<Item> &items);
};

using ModuleFunction = const Module *();
inline constexpr char moduleFunctionName[] = "outrigger_ical_module";

} // namespace outrigger::ical
