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
/// What is asked is a command line and a token, so a longer frame is somebody else's.
constexpr qsizetype longestAsk = 1024 * 1024;

QByteArray toFrame(const QJsonObject &object);

class FrameReader
{
public:
    explicit FrameReader(qsizetype longest = longestFrame) : m_longest(longest) {}
    void feed(const QByteArray &bytes) { m_buffer += bytes; }
    /// The next whole frame; nothing while it is incomplete.
    std::optional<QJsonObject> next();
    /// The other side does not speak this language: hang up.
    bool broken() const { return m_broken; }

private:
    QByteArray m_buffer;
    qsizetype m_longest;
    bool m_broken = false;
};

QJsonValue packed(const QByteArray &bytes);
QByteArray unpacked(const QJsonValue &value);

} // namespace outrigger::cli
