// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace outrigger {

/// A JPEG or PNG without what programs and cameras wrote beside its pixels: place, time, camera, comments, thumbnails.
/// The turn of a JPEG goes too. For where no pictures can be decoded (the command line). Empty for anything that is not
/// a whole picture of these kinds. Pure.
QByteArray withoutPictureNotes(const QByteArray &picture);

} // namespace outrigger
