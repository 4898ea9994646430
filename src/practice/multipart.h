// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace outrigger::practice
{

/// One field of a form that carries files.
struct Part {
    QString name;
    QString fileName; ///< empty: not a file
    QByteArray type;
    QByteArray bytes;
};
/// Nothing when the body is not what its Content-Type says.
std::vector<Part> parseMultipart(const QByteArray &contentType, const QByteArray &body);

} // namespace outrigger::practice
