// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/ids.h"
#include "models/outgoingpicture.h"
#include "gui/widgets.h"
#include "sync/draftfiles.h"

#include <QHash>
#include <QSet>

#include <optional>
#include <utility>

class QMimeData;

namespace outrigger::gui {

class AttachmentTile;
class ComposerText;

/// The pictures and files that will go with the text, above its field: a tile each. Pictures are read and shrunk on another
/// thread, one after the other, so that all of them together fit into one message. Each contact keeps their own, also
/// over the end of the program where keepIn() was called.
class Attachments : public QWidget
{
    Q_OBJECT
public:
    /// `area` begins the object names. Takes pastes and drops of `field`.
    Attachments(ComposerText *field, const QString &area, QWidget *parent);
    ~Attachments() override;

    /// Where the ones of each contact are kept; outlives this.
    void keepIn(sync::DraftFiles *kept) { m_kept = kept; }
    /// Whose pictures are shown; those of the one before are put by. An empty id: nobody.
    void setOwner(const LocationId &location, const ContactId &contact);
    /// The shown ones belong to this id from now on: a contact made here has got HighLevel's.
    void renameOwner(const ContactId &contact);
    void setOpen(bool open); ///< whether anything may be added: there is somebody to send to
    bool isEmpty() const { return m_tiles.isEmpty(); }
    int pictures() const; ///< that go in the message itself; other files go as links
    void setLinks(bool links); ///< whether files that are no pictures go as links: in texts, not in other channels
    bool working() const { return !m_waiting.isEmpty(); } ///< some are still being read
    /// What goes now. taken() removes these and no others.
    QVector<OutgoingFile> files();
    void taken();
    void notTaken();
    void forget(const ContactId &contact); ///< theirs have gone
    /// Pictures of a text that was taken back.
    void giveBack(const ContactId &contact, const QVector<OutgoingFile> &files);
    void choose();  ///< the file dialog; answers at once
    void clear();
    /// Files dropped anywhere on this widget are meant for here, too.
    void takeDropsOf(QWidget *widget);
    static bool isOffered(const QMimeData *data); ///< pictures or files rather than words
    bool add(const QMimeData *data);
    void addFiles(const QStringList &paths);

Q_SIGNALS:
    void changed();
    void announced(const QString &sentence); ///< to screen readers
    void left(); ///< the last tile went with the focus on it

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void save();
    void keep(const ContactId &contact, const QVector<OutgoingFile> &files);
    static Task<void> bringBack(Attachments *self, ContactId contact);
    static Task<void> putAside(Attachments *self, ContactId contact, QVector<OutgoingFile> files);
    void start(models::PictureSource source);
    static Task<void> work(Attachments *self);
    static Task<bool> squeeze(Attachments *self, qint64 share);
    void place(models::PreparedPicture picture);
    void remove(AttachmentTile *tile);
    void refuse(const QString &sentence);
    void showTiles();
    void arrange();
    qint64 used() const; ///< by pictures
    QString sumWords() const;
    AttachmentTile *tileFor(const models::PreparedPicture &picture);

    QString m_area;
    LocationId m_location;
    ContactId m_owner;
    sync::DraftFiles *m_kept = nullptr;
    std::optional<std::pair<ContactId, QVector<OutgoingFile>>> m_saved; ///< the last ones that were given to m_kept
    QSet<ContactId> m_known; ///< whose kept ones have been read in this run
    QHash<ContactId, QVector<models::PreparedPicture>> m_putBy;
    QVector<AttachmentTile *> m_tiles;
    QVector<models::PictureSource> m_waiting;
    bool m_open = false;
    bool m_links = true;
    Strip *m_strip;
    QWidget *m_row;
    Label *m_sum;
    Task<void> m_working;
    Task<void> m_returning;
    TaskScope m_keeping;
};

} // namespace outrigger::gui
