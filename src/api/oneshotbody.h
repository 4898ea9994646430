// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QIODevice>

namespace outrigger::api {

/// A request's body that can be read exactly once. QNetworkAccessManager repeats a request whose connection died
/// without an answer, POST included, as long as it can rewind the body; a sequential device that has been read cannot
/// be rewound, so the failure is reported instead of a second copy being sent. Needs DoNotBufferUploadDataAttribute and
/// an explicit Content-Length.
class OneShotBody final : public QIODevice
{
    Q_OBJECT
public:
    explicit OneShotBody(QByteArray bytes, QObject *parent = nullptr);

    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override;
    bool atEnd() const override;
    /// Refuses without a word: Qt asks for it when it wants to repeat a request.
    bool seek(qint64) override { return false; }
    /// Whether a byte has been handed to the transport. False is proof that no complete request has left: the transport
    /// lives in another thread and gets every byte from here, on the owner's thread.
    bool touched() const { return m_position > 0; }

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    qsizetype m_position = 0;
};

} // namespace outrigger::api
