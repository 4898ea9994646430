// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/audiomodule.h"

#include <QAudioDevice>
#include <QAudioOutput>
#include <QMediaDevices>
#include <QMediaPlayer>
#include <QUrl>

#include <utility>

namespace outrigger::gui::audio {

namespace {

/// Qt 6.4's first choice on Linux is GStreamer, which ends the program when one of its plugins is not installed; the
/// FFmpeg backend needs nothing beside the library itself. A person who sets the variable knows better.
void chooseBackend()
{
    if (!qEnvironmentVariableIsSet("QT_MEDIA_BACKEND"))
        qputenv("QT_MEDIA_BACKEND", "ffmpeg");
}

class Sound : public QObject
{
public:
    Sound(const QString &file, Events events, QObject *parent) : QObject(parent), m_events(std::move(events))
    {
        m_player.setAudioOutput(&m_output);
        m_output.setDevice(QMediaDevices::defaultAudioOutput());
        connect(&m_player, &QMediaPlayer::positionChanged, this, [this](qint64 at) { m_events.position(at); });
        connect(&m_player, &QMediaPlayer::durationChanged, this, [this](qint64 whole) { m_events.duration(whole); });
        connect(&m_player, &QMediaPlayer::playbackStateChanged, this,
                [this](QMediaPlayer::PlaybackState state) { m_events.playing(state == QMediaPlayer::PlayingState); });
        connect(&m_player, &QMediaPlayer::mediaStatusChanged, this, [this](QMediaPlayer::MediaStatus status) {
            if (status == QMediaPlayer::EndOfMedia)
                m_events.ended();
            else if (status == QMediaPlayer::InvalidMedia)
                m_events.failed();
        });
        connect(&m_player, &QMediaPlayer::errorOccurred, this, [this] { m_events.failed(); });
        connect(&m_devices, &QMediaDevices::audioOutputsChanged, this, [this] {
            m_output.setDevice(QMediaDevices::defaultAudioOutput());
            m_events.devicesChanged();
        });
        m_player.setSource(QUrl::fromLocalFile(file));
    }
    ~Sound() override
    {
        m_player.disconnect(this);
        m_player.stop();
    }
    QMediaPlayer m_player;

private:
    QAudioOutput m_output;
    QMediaDevices m_devices;
    Events m_events;
};

QMediaPlayer &player(QObject *sound) { return static_cast<Sound *>(sound)->m_player; }

bool hasDevice()
{
    chooseBackend();
    return !QMediaDevices::audioOutputs().isEmpty();
}

QObject *open(const QString &file, Events events, QObject *parent)
{
    chooseBackend();
    return new Sound(file, std::move(events), parent);
}

constexpr Module functions{hasDevice,
                           open,
                           [](QObject *sound) { player(sound).play(); },
                           [](QObject *sound) { player(sound).pause(); },
                           [](QObject *sound, qint64 at) { player(sound).setPosition(at); },
                           [](QObject *sound, double speed) { player(sound).setPlaybackRate(speed); }};

} // namespace

static const Module *module()
{
    return &functions;
}

} // namespace outrigger::gui::audio

extern "C" Q_DECL_EXPORT const outrigger::gui::audio::Module *outrigger_audio_module()
{
    return outrigger::gui::audio::module();
}
