// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <functional>

/// What the module "audio" (Qt Multimedia) gives to gui/callplayer.cpp. Both are built together, so the types need not
/// be plain. GUI thread only.
namespace outrigger::gui::audio {

struct Events {
    std::function<void(qint64 milliseconds)> position;
    std::function<void(qint64 milliseconds)> duration;
    std::function<void(bool playing)> playing;
    std::function<void()> ended;
    std::function<void()> failed;         ///< the file cannot be decoded
    std::function<void()> devicesChanged; ///< a sound device has come or gone
};

struct Module {
    bool (*hasDevice)();
    /// A sound that is opened and stands still. Deleting it ends it; nothing is called after that.
    QObject *(*open)(const QString &file, Events events, QObject *parent);
    void (*play)(QObject *sound);
    void (*pause)(QObject *sound);
    void (*seek)(QObject *sound, qint64 milliseconds);
    void (*setSpeed)(QObject *sound, double speed);
};

using ModuleFunction = const Module *();
inline constexpr char moduleFunctionName[] = "outrigger_audio_module";

} // namespace outrigger::gui::audio
