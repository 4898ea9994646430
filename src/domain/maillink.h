// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/mailhtml.h"

#include <QStringView>

#include <optional>

/// Addresses and styles inside hostile mail. Pure functions, any thread.
namespace outrigger::mail {

constexpr qsizetype mostOutput = 300'000; ///< characters of a result
constexpr int mostLinks = 2'000;

/// Without characters that change what others look like (overrides of the writing direction), and those that no text has.
QString withoutTricks(QString text);
QString largerThanShown(); ///< one sentence

/// nullopt for what must not be a link: other schemes, relative addresses, addresses without a host.
std::optional<Link> readLink(const QString &address);
/// The host that a link's own words name, as machines know it; empty when they name none.
QString namedHost(QStringView words);
/// Whether words that name this host may lead to that one: the same, or one inside the other.
bool sameSite(const QString &one, const QString &other);
/// An absolute http(s) address of a picture; empty for every other.
QString readPicture(const QString &address);
/// The bytes of a data: address when they are a small PNG, JPEG, GIF or WebP; empty else.
QByteArray readInlinePicture(const QString &address);

struct Style {
    QString css;         ///< what is kept
    bool hidden = false; ///< display: none or visibility: hidden
};
/// The allowed properties of a style attribute, each value rebuilt.
Style readStyle(const QString &style, bool dark);
/// "#rrggbb" when this colour can be read on the ground; empty else.
QString readColour(QStringView colour, bool dark);

} // namespace outrigger::mail
