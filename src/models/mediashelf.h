// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"

#include <QByteArray>
#include <QCache>
#include <QHash>
#include <QImage>
#include <QObject>

namespace outrigger::sync {
class Engine;
}

namespace outrigger::models {

/// A picture of a message, opened: decoded in the pool, never larger than a screen needs.
struct ShownPicture {
    QByteArray bytes;  ///< as they came; saved like this
    QString ending;    ///< "jpg": by content, not by the address
    QImage image;
};

/// Whether an address looks as if it led to a picture, so that a frame is kept free for it. What it really is, is told
/// by its bytes.
bool looksLikePicture(const QString &address);
/// Sniffs, reads the measures, decodes. Blocks: for a worker thread. Error with one sentence otherwise.
Result<ShownPicture> openPicture(const QByteArray &bytes, int longestSide);

/// Pictures of messages, kept in memory while the program runs and nowhere on the disk. Thumbnails are fetched when they
/// come into view, four at a time.
class MediaShelf : public QObject
{
    Q_OBJECT
public:
    explicit MediaShelf(sync::Engine *engine, QObject *parent = nullptr);
    ~MediaShelf() override;

    enum class State { Loading, Ready, Failed };
    struct Thumbnail {
        State state = State::Loading;
        QImage image;
        QString sentence; ///< why there is none
    };
    /// What there is of it now; asks for it when nothing is. Valid until the next call.
    const Thumbnail *thumbnail(const QString &address);
    /// Forgets a failure, so that the next look asks again.
    void retry(const QString &address);
    Task<Result<ShownPicture>> open(QString address);

Q_SIGNALS:
    void changed(const QString &address);

private:
    Task<Result<QByteArray>> bytesOf(QString address);
    static Task<void> load(MediaShelf *self, QString address);
    void next();

    sync::Engine *m_engine;
    QHash<QString, Thumbnail> m_thumbnails;
    QCache<QString, QByteArray> m_bytes;
    QStringList m_wanted; ///< the latest first: that is what is in view
    int m_loading = 0;
    bool m_live = false;
    TaskScope m_tasks;
};

} // namespace outrigger::models
