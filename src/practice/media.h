// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/http.h"
#include "practice/world.h"

/// The files of the practice account: pictures and sounds made in code, and what was uploaded. Their addresses need no
/// token, as those of HighLevel's storage need none. In the world they are kept without the server's address, which
/// changes from run to run: "/media/pictures/12.png".
namespace outrigger::practice::media
{

QString picture(quint64 number); ///< address of a small PNG
QString gone(quint64 number);    ///< address of one that is no longer there
QString pixel(quint64 number);   ///< a tracking pixel; being asked for it is counted (World::pixelsAsked)
QString document(const QString &name);

/// With the server's address in front, where it is one of ours; and without it.
QString absolute(const World &world, const QString &address);
QStringList absolute(const World &world, const QStringList &addresses);
QString relative(const World &world, const QString &address);

bool isMedia(const http::Request &request);
http::Response answer(World &world, const http::Request &request);

QByteArray png(int width, int height, quint64 salt);
/// 8 kHz, 16 bit, one channel.
QByteArray wav(int seconds, quint64 salt);

} // namespace outrigger::practice::media
