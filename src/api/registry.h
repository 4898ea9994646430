// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/op.h"

#include <QString>
#include <QVector>

#include <optional>

namespace outrigger::api {

/// The operation table as plain values, for lists, generated forms and the command line.
struct ParamInfo {
    QString key;
    Place place = Place::Query;
    Need need = Need::Optional;
    QString type; ///< text, number, boolean, list, object, date, or the kind of an id: "contact", "location", ...
};
struct OpInfo {
    QString name;
    QString verb; ///< GET, POST, PUT, DELETE
    QString path;
    QString scope;
    QString api;            ///< versions.h's word
    bool changes = false;   ///< something is different afterwards
    bool repeatable = true; ///< may be repeated after an unknown outcome
    bool needsToken = true;
    QVector<ParamInfo> params;
};

const QVector<OpInfo> &allOps();
std::optional<OpInfo> findOp(const QString &name);

} // namespace outrigger::api
