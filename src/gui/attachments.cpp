// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/attachments.h"

#include "gui/attachmenttile.h"
#include "gui/composertext.h"

#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMimeData>
#include <QStandardPaths>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using outrigger::models::PictureLimits;
using outrigger::models::PictureSource;
using outrigger::models::PreparedPicture;

namespace outrigger::gui {

namespace {

QStringList localFiles(const QMimeData *data)
{
    QStringList paths;
    for (const QUrl &url : data->urls()) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    }
    return paths;
}

QString draftOf(const ContactId &contact) { return u"text/"_s + contact.value; }

/// The bytes as they lie in the clipboard, so that they are decoded on the other thread.
PictureSource clipboardPicture(const QMimeData *data)
{
    PictureSource source;
    for (const char *format : {"image/png", "image/jpeg", "image/gif"}) {
        source.bytes = data->data(QLatin1String(format));
        if (!source.bytes.isEmpty())
            return source;
    }
    source.image = qvariant_cast<QImage>(data->imageData());
    return source;
}

} // namespace

Attachments::Attachments(ComposerText *field, const QString &area, QWidget *parent) : QWidget(parent), m_area(area)
{
    setObjectName(area + u".attachments"_s);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 4);
    m_strip = new Strip(area + u".attachments.strip"_s, this);
    m_strip->hide();
    connect(m_strip, &Strip::acted, this, [this] {
        m_strip->hide();
        showTiles();
    });
    m_row = named(new QWidget(this), area + u".attachments.row"_s, tr("Pictures and files that go with the text"));
    m_sum = new Label(TextRole::Small, Ink::Text2, this);
    m_sum->setObjectName(area + u".attachments.sum"_s);
    m_sum->setContentsMargins(px(14), 0, px(12), 0);
    column->addWidget(m_strip);
    column->addWidget(m_row);
    column->addWidget(m_sum);
    connect(field, &ComposerText::filesOffered, this, &Attachments::add);
    takeDropsOf(parent);
    showTiles();
}

Attachments::~Attachments() = default;

void Attachments::setOwner(const LocationId &location, const ContactId &contact)
{
    if (contact == m_owner)
        return;
    QVector<PreparedPicture> shown;
    for (const AttachmentTile *tile : std::as_const(m_tiles))
        shown.append(tile->picture());
    if (!shown.isEmpty() && !m_owner.isEmpty())
        m_putBy.insert(m_owner, shown);
    m_owner = {}; // clearing the row is not clearing what is kept
    clear();
    m_location = location;
    m_owner = contact;
    const auto own = m_putBy.take(contact);
    for (const PreparedPicture &picture : own)
        m_tiles.append(tileFor(picture));
    showTiles();
    m_returning = {};
    if (m_kept && !contact.isEmpty() && !m_known.contains(contact))
        m_returning = bringBack(this, contact);
}

void Attachments::renameOwner(const ContactId &contact)
{
    keep(m_owner, {});
    m_owner = contact;
    m_known.insert(contact);
    save();
}

void Attachments::forget(const ContactId &contact)
{
    m_putBy.remove(contact);
    if (contact != m_owner)
        keep(contact, {});
}

/// What an earlier run of the program has left, before what was added while it was being read.
Task<void> Attachments::bringBack(Attachments *self, ContactId contact)
{
    auto reading = self->m_kept->kept(self->m_location, draftOf(contact));
    const auto files = co_await reading;
    self->m_known.insert(contact);
    if (!files.isEmpty())
        self->giveBack(contact, files);
    else
        self->save();
}

void Attachments::save()
{
    if (m_owner.isEmpty() || !m_known.contains(m_owner))
        return;
    QVector<OutgoingFile> files;
    for (const AttachmentTile *tile : std::as_const(m_tiles))
        files.append(tile->picture().file);
    // Also what could not be written is not tried again before it changes: saying so shows the tiles anew.
    const bool same = m_saved && m_saved->first == m_owner
        && std::equal(files.cbegin(), files.cend(), m_saved->second.cbegin(), m_saved->second.cend(),
                      [](const OutgoingFile &one, const OutgoingFile &other) { return one.bytes.isSharedWith(other.bytes); });
    if (same)
        return;
    m_saved = {m_owner, files};
    keep(m_owner, files);
}

void Attachments::keep(const ContactId &contact, const QVector<OutgoingFile> &files)
{
    if (!m_kept || contact.isEmpty())
        return;
    const auto keeping = [](Attachments *self, ContactId of, QVector<OutgoingFile> what) -> Task<void> {
        auto writing = self->m_kept->keep(self->m_location, draftOf(of), std::move(what));
        const Status written = co_await writing;
        if (!written)
            self->refuse(written.error().message);
    };
    m_keeping.start(keeping(this, contact, files));
}

void Attachments::setOpen(bool open)
{
    m_open = open;
}

void Attachments::clear()
{
    m_waiting.clear();
    m_working = {};
    for (AttachmentTile *tile : std::exchange(m_tiles, {}))
        tile->deleteLater();
    m_strip->hide();
    showTiles();
}

QVector<OutgoingFile> Attachments::files()
{
    QVector<OutgoingFile> all;
    for (AttachmentTile *tile : std::as_const(m_tiles)) {
        tile->sent = true;
        all.append(tile->picture().file);
    }
    return all;
}

void Attachments::taken()
{
    const auto tiles = m_tiles;
    for (AttachmentTile *tile : tiles) {
        if (tile->sent) {
            m_tiles.removeOne(tile);
            tile->deleteLater();
        }
    }
    m_strip->hide();
    showTiles();
}

void Attachments::notTaken()
{
    for (AttachmentTile *tile : std::as_const(m_tiles))
        tile->sent = false;
}

namespace {

PreparedPicture prepared(const OutgoingFile &file)
{
    PreparedPicture picture;
    picture.file = file;
    picture.asLink = !file.type.startsWith(u"image/"_s);
    picture.typeName = picture.asLink ? QFileInfo(file.name).suffix().toUpper() : file.type == u"image/png"_s ? u"PNG"_s : u"JPEG"_s;
    if (!picture.asLink)
        picture.thumbnail = models::pictureThumbnail(file.bytes);
    return picture;
}

} // namespace

void Attachments::giveBack(const ContactId &contact, const QVector<OutgoingFile> &files)
{
    if (contact != m_owner) {
        m_keeping.start(putAside(this, contact, files));
        return;
    }
    for (const OutgoingFile &file : files)
        m_tiles.append(tileFor(prepared(file)));
    showTiles();
}

/// To those of a contact who is not shown, behind what is kept of theirs.
Task<void> Attachments::putAside(Attachments *self, ContactId contact, QVector<OutgoingFile> files)
{
    if (self->m_kept && !self->m_known.contains(contact)) {
        auto reading = self->m_kept->kept(self->m_location, draftOf(contact));
        const auto before = co_await reading;
        files = before + files;
        self->m_known.insert(contact);
    }
    if (contact == self->m_owner) { // opened meanwhile
        self->giveBack(contact, files);
        co_return;
    }
    for (const OutgoingFile &file : std::as_const(files))
        self->m_putBy[contact].append(prepared(file));
    QVector<OutgoingFile> all;
    for (const PreparedPicture &picture : std::as_const(self->m_putBy[contact]))
        all.append(picture.file);
    self->keep(contact, all);
}

void Attachments::choose()
{
    if (!m_open)
        return;
    auto *dialog = new QFileDialog(window(), tr("Attach pictures and files"), QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
    dialog->setObjectName(m_area + u".attach.dialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("Pictures and documents (*.jpg *.jpeg *.png *.gif *.pdf *.doc *.docx *.txt *.zip *.rar *.mp3 *.wav *.mp4 *.mpeg)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, &Attachments::addFiles);
    dialog->open();
}

bool Attachments::isOffered(const QMimeData *data)
{
    // A spreadsheet offers its cells as words and as a picture of them: the words are meant.
    return !localFiles(data).isEmpty() || (data->hasImage() && !data->hasText());
}

bool Attachments::add(const QMimeData *offered)
{
    if (!m_open || !isOffered(offered))
        return false;
    const QStringList paths = localFiles(offered);
    if (!paths.isEmpty())
        addFiles(paths);
    else
        start(clipboardPicture(offered));
    return true;
}

void Attachments::addFiles(const QStringList &paths)
{
    for (const QString &path : paths) {
        PictureSource source;
        source.path = path;
        source.name = QFileInfo(path).fileName();
        start(std::move(source));
    }
}

void Attachments::start(PictureSource source)
{
    if (!m_open)
        return;
    if (m_tiles.size() + m_waiting.size() >= PictureLimits::count) {
        refuse(tr("At most %1 pictures and files go with one text. Remove one or send a second text.").arg(PictureLimits::count));
        return;
    }
    m_strip->hide();
    const bool idle = m_waiting.isEmpty();
    m_waiting.append(std::move(source));
    if (idle)
        m_working = work(this);
    showTiles();
}

/// One after the other: a large photo takes a hundred megabytes while it is decoded.
Task<void> Attachments::work(Attachments *self)
{
    while (!self->m_waiting.isEmpty()) {
        const auto pictures = self->pictures() + self->m_waiting.size();
        const qint64 fair = PictureLimits::total / pictures;
        qint64 share = (PictureLimits::total - self->used()) / self->m_waiting.size();
        if (share < fair) {
            auto squeezing = squeeze(self, fair);
            co_await squeezing;
            share = (PictureLimits::total - self->used()) / self->m_waiting.size();
        }
        auto preparing = models::preparePictureAside(self->m_waiting.first(), share);
        auto prepared = co_await preparing;
        self->m_waiting.removeFirst();
        if (prepared)
            self->place(std::move(*prepared));
        else
            self->refuse(prepared.error().message);
        self->showTiles();
    }
}

/// Makes the ones that are there smaller, so that the next ones have room.
Task<bool> Attachments::squeeze(Attachments *self, qint64 share)
{
    for (qsizetype i = 0; i < self->m_tiles.size(); ++i) {
        const PreparedPicture before = self->m_tiles.at(i)->picture();
        if (before.asLink || before.file.bytes.size() <= share || self->m_tiles.at(i)->sent)
            continue;
        PictureSource source;
        source.bytes = before.file.bytes;
        source.name = before.file.name;
        auto preparing = models::preparePictureAside(std::move(source), share);
        auto smaller = co_await preparing;
        if (!smaller)
            continue;
        smaller->originalBytes = before.originalBytes;
        smaller->typeName = before.typeName;
        smaller->stillOnly = before.stillOnly;
        // Tiles may have been removed meanwhile.
        for (AttachmentTile *tile : std::as_const(self->m_tiles)) {
            if (!tile->sent && tile->picture().file.bytes == before.file.bytes) {
                tile->setPicture(std::move(*smaller));
                break;
            }
        }
    }
    co_return true;
}

AttachmentTile *Attachments::tileFor(const PreparedPicture &picture)
{
    auto *tile = new AttachmentTile(picture, m_area, m_row);
    connect(tile, &AttachmentTile::removeRequested, this, [this, tile] { remove(tile); });
    tile->show();
    return tile;
}

void Attachments::place(PreparedPicture picture)
{
    auto *tile = tileFor(picture);
    m_tiles.append(tile);
    Q_EMIT announced(tr("%1 attached").arg(tile->accessibleName()));
}

void Attachments::remove(AttachmentTile *tile)
{
    const auto at = m_tiles.indexOf(tile);
    if (at < 0 || tile->sent)
        return;
    const bool hadFocus = tile->hasFocus() || tile->isAncestorOf(focusWidget());
    const QString name = tile->picture().file.name;
    m_tiles.removeAt(at);
    tile->hide();
    tile->deleteLater();
    m_strip->hide();
    showTiles();
    Q_EMIT announced(tr("%1 removed").arg(name));
    if (!hadFocus)
        return;
    if (m_tiles.isEmpty())
        Q_EMIT left();
    else
        m_tiles.at(std::min(at, m_tiles.size() - 1))->setFocus(Qt::OtherFocusReason);
}

void Attachments::refuse(const QString &sentence)
{
    m_strip->show(Strip::Kind::Warn, sentence, tr("Dismiss"));
    showTiles();
    Q_EMIT announced(sentence);
}

qint64 Attachments::used() const
{
    qint64 bytes = 0;
    for (const AttachmentTile *tile : m_tiles)
        bytes += tile->picture().asLink ? 0 : tile->picture().file.bytes.size();
    return bytes;
}

int Attachments::pictures() const
{
    return int(std::count_if(m_tiles.begin(), m_tiles.end(), [](const AttachmentTile *tile) { return !tile->picture().asLink; }));
}

void Attachments::setLinks(bool links)
{
    if (std::exchange(m_links, links) != links && !m_tiles.isEmpty())
        m_sum->setText(sumWords());
}

QString Attachments::sumWords() const
{
    if (working())
        return tr("Reading %n file(s)…", nullptr, int(m_waiting.size()));
    const QLocale locale;
    QStringList words;
    if (const int count = pictures(); count > 0)
        words.append(tr("MMS · %n picture(s), %1 of %2", nullptr, count)
                         .arg(locale.formattedDataSize(used(), 0, QLocale::DataSizeSIFormat),
                              locale.formattedDataSize(PictureLimits::total, 0, QLocale::DataSizeSIFormat)));
    if (const int files = int(m_tiles.size()) - pictures(); files > 0)
        words.append(m_links ? tr("%n file(s) as a link below the words", nullptr, files) : tr("%n file(s)", nullptr, files));
    return words.join(u" · "_s);
}

void Attachments::showTiles()
{
    const bool any = !m_tiles.isEmpty() || working();
    m_row->setVisible(!m_tiles.isEmpty());
    m_sum->setVisible(any);
    m_sum->setText(sumWords());
    setVisible(any || !m_strip->isHidden());
    arrange();
    if (!working())
        save();
    Q_EMIT changed();
}

/// Tiles in rows, as many in one as there is room for.
void Attachments::arrange()
{
    const int gap = px(6), inset = px(12);
    const QSize size = m_tiles.isEmpty() ? QSize() : m_tiles.first()->sizeHint();
    const int wide = std::max(1, width() - 2 * inset);
    const int columns = size.isEmpty() ? 1 : std::max(1, (wide + gap) / (size.width() + gap));
    const int tileWidth = std::min(size.width(), wide);
    for (int i = 0; i < m_tiles.size(); ++i) {
        const int column = isRightToLeft() ? columns - 1 - i % columns : i % columns;
        m_tiles.at(i)->setGeometry(inset + column * (tileWidth + gap), (i / columns) * (size.height() + gap), tileWidth, size.height());
    }
    const int rows = (int(m_tiles.size()) + columns - 1) / columns;
    m_row->setFixedHeight(std::max(0, rows * (size.height() + gap) - gap));
}

void Attachments::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void Attachments::takeDropsOf(QWidget *widget)
{
    widget->setAcceptDrops(true);
    widget->installEventFilter(this);
}

bool Attachments::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove || event->type() == QEvent::Drop) {
        auto *drop = static_cast<QDropEvent *>(event);
        if (m_open && isOffered(drop->mimeData())) {
            drop->setDropAction(Qt::CopyAction); // never a move: the file stays where it is
            drop->accept();
            if (event->type() == QEvent::Drop)
                add(drop->mimeData());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace outrigger::gui
