// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// Invented people and places. Numbers come from ranges that are kept for fiction.
namespace outrigger::practice::names
{

struct Person {
    QString first;
    QString last;
    QString ascii; ///< for an address
};
struct Place {
    QString city, state, country, postalCode, timezone;
    int areaCode; ///< 0: Great Britain
};

/// i: which one of the account; the first few are chosen so that every script is there.
Person person(int i, quint64 salt);
Place place(quint64 salt);
/// E.164, different for each i.
QString phone(int i, const Place &place);
QString email(const QString &ascii, int i);
QString street(quint64 salt);
QString source(quint64 salt);
QString business(quint64 salt);

} // namespace outrigger::practice::names
