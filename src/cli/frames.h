// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>

#include <optional>

/// What two processes of one profile say to each other: a length (four bytes, big endian) and a JSON object, again and
/// again. Asking: {"argv": [...], "stdin": base64, "location": id} or {"open": uri}. Answering: {"accepted": true} before
/// anything is done, {"out": base64}, {"err": base64}, and at last {"exit": code}.
namespace outrigger::cli {

constexpr qsizetype longestFrame = 64 * 1024 * 1024;

QByteArray toFrame(const QJsonObject &object);

class FrameReader
{
public:
    void feed(const QByteArray &bytes) { m_buffer += bytes; }
    /// The next whole frame; nothing while it is incomplete.
    std::optional<QJsonObject> next();
    /// The other side does not speak this language: hang up.
    bool broken() const { return m_broken; }

private:
    QByteArray m_buffer;
    bool m_broken = false;
};

QJsonValue packed(const QByteArray &bytes);
QByteArray unpacked(const QJsonValue &value);

} // namespace outrigger::cli
