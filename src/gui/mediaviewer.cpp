// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/mediaviewer.h"

#include "core/aside.h"
#include "domain/outboxrecord.h"
#include "gui/picturestage.h"
#include "gui/style.h"
#include "gui/widgets.h"

#include <QAccessible>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QStandardPaths>
#include <QToolButton>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

MediaViewer::MediaViewer(models::MediaShelf *shelf, QStringList addresses, int at, const QString &title, QWidget *parent)
    : QDialog(parent), m_shelf(shelf), m_addresses(std::move(addresses)), m_at(at), m_title(title)
{
    setObjectName(u"media.viewer"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 0);
    m_stage = named(new PictureStage(this), u"media.picture"_s, tr("Picture"));
    m_words = new Label(TextRole::Small, Ink::Text2, this);
    m_words->setObjectName(u"media.words"_s);
    m_said = new Label(TextRole::Small, Ink::Ok, this);
    m_said->setObjectName(u"media.said"_s);
    column->addWidget(m_stage, 1);
    column->addWidget(buildBar());
    connect(m_stage, &PictureStage::zoomed, this, &MediaViewer::refresh);
    const QSize room = parent ? parent->window()->size() : QSize(px(960), px(720));
    resize(room * 0.8);
    load();
    m_stage->setFocus();
}

MediaViewer::~MediaViewer() = default;

double MediaViewer::zoom() const
{
    return m_stage->zoom();
}

QToolButton *MediaViewer::tool(const QString &icon, const QString &id, const QString &name, const QString &key, std::function<void()> act)
{
    auto *button = iconButton(icon, u"media."_s + id, name, this);
    button->setToolTip(tr("%1 (%2)").arg(name, key));
    connect(button, &QToolButton::clicked, this, std::move(act));
    return button;
}

QWidget *MediaViewer::buildBar()
{
    auto *bar = new Pane(Ground::Surface, this);
    auto *row = new QHBoxLayout(bar);
    setInsets(row, 12, 6, 12, 6, 4);
    m_previous = tool(u"chevron-left"_s, u"previous"_s, tr("Previous picture"), tr("Left"), [this] { go(-1); });
    m_next = tool(u"chevron-right"_s, u"next"_s, tr("Next picture"), tr("Right"), [this] { go(1); });
    m_out = tool(u"minus"_s, u"zoomOut"_s, tr("Smaller"), u"-"_s, [this] { m_stage->zoomBy(0.8); });
    m_in = tool(u"plus"_s, u"zoomIn"_s, tr("Larger"), u"+"_s, [this] { m_stage->zoomBy(1.25); });
    m_fit = tool(u"image"_s, u"fit"_s, tr("Fit into the window"), u"0"_s, [this] { m_stage->fit(); });
    m_copy = tool(u"copy"_s, u"copy"_s, tr("Copy picture"), tr("Ctrl+C"), [this] { copy(); });
    m_save = tool(u"save"_s, u"save"_s, tr("Save as"), tr("Ctrl+S"), [this] { save(); });
    auto *close = tool(u"close"_s, u"close"_s, tr("Close"), tr("Esc"), [this] { reject(); });
    row->addWidget(m_previous);
    row->addWidget(m_next);
    row->addWidget(m_words);
    row->addStretch(1);
    row->addWidget(m_said);
    for (QToolButton *button : {m_out, m_fit, m_in, m_copy, m_save, close})
        row->addWidget(button);
    return bar;
}

void MediaViewer::go(int step)
{
    const int to = std::clamp(m_at + step, 0, int(m_addresses.size()) - 1);
    if (to == m_at)
        return;
    m_at = to;
    load();
}

void MediaViewer::load()
{
    m_picture.reset();
    m_said->clear();
    m_stage->setSentence(tr("Loading…"));
    refresh();
    m_loading = showPicture(this, m_addresses.value(m_at));
}

Task<void> MediaViewer::showPicture(MediaViewer *self, QString address)
{
    auto opening = self->m_shelf->open(address);
    auto opened = co_await opening;
    if (opened) {
        self->m_picture = std::move(*opened);
        self->m_stage->setPicture(self->m_picture->image);
        self->m_shelf->retry(address);
    } else {
        self->m_stage->setSentence(opened.error().message);
    }
    self->refresh();
}

void MediaViewer::refresh()
{
    const bool many = m_addresses.size() > 1;
    m_previous->setVisible(many);
    m_next->setVisible(many);
    m_previous->setEnabled(m_at > 0);
    m_next->setEnabled(m_at + 1 < m_addresses.size());
    for (QToolButton *button : {m_in, m_out, m_fit, m_save, m_copy})
        button->setEnabled(m_picture.has_value());
    QStringList words;
    if (many)
        words.append(tr("Picture %1 of %2").arg(m_at + 1).arg(m_addresses.size()));
    if (m_picture) {
        words.append(tr("%1 × %2").arg(m_picture->image.width()).arg(m_picture->image.height()));
        words.append(QLocale().formattedDataSize(m_picture->bytes.size(), 0, QLocale::DataSizeSIFormat));
        words.append(tr("%1 %").arg(qRound(m_stage->zoom() * 100)));
    }
    m_words->setText(words.join(u" · "_s));
    m_stage->setAccessibleName(many ? tr("%1, picture %2 of %3").arg(m_title).arg(m_at + 1).arg(m_addresses.size()) : m_title);
}

void MediaViewer::say(const QString &sentence)
{
    m_said->setText(sentence);
    QAccessibleEvent alert(m_said, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

/// Nothing of the address but letters that no file system and no shell minds; the ending by content.
QString MediaViewer::safeName() const
{
    QString base = QUrl(m_addresses.value(m_at)).fileName(QUrl::FullyDecoded).section(u'.', 0, 0).left(60);
    for (QChar &c : base) {
        if (!c.isLetterOrNumber() && c != u'-' && c != u'_')
            c = u'_';
    }
    return (base.isEmpty() || outgoingKey(m_addresses.value(m_at)).size() ? tr("picture") : base) + u'.' + m_picture->ending;
}

void MediaViewer::save()
{
    if (!m_picture)
        return;
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    auto *dialog = new QFileDialog(this, tr("Save the picture"), folder);
    dialog->setObjectName(u"media.save.dialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->selectFile(safeName());
    connect(dialog, &QFileDialog::fileSelected, this, [this, bytes = m_picture->bytes](const QString &file) {
        m_writing = write(this, file, bytes);
    });
    dialog->open();
}

Task<void> MediaViewer::write(MediaViewer *self, QString file, QByteArray bytes)
{
    auto writing = aside([file, bytes] { return writeWhole(file, bytes); });
    const bool written = co_await writing;
    self->m_said->setInk(written ? Ink::Ok : Ink::Danger);
    self->say(written ? tr("Saved") : tr("Not saved: this place cannot be written, or the disk is full. Choose another."));
}

void MediaViewer::copy()
{
    if (!m_picture)
        return;
    QGuiApplication::clipboard()->setImage(m_picture->image);
    m_said->setInk(Ink::Ok);
    say(tr("Copied"));
}

void MediaViewer::keyPressEvent(QKeyEvent *event)
{
    const bool rtl = isRightToLeft();
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->matches(QKeySequence::Save))
        save();
    else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_PageUp)
        go(event->key() == Qt::Key_Left && rtl ? 1 : -1);
    else if (event->key() == Qt::Key_Right || event->key() == Qt::Key_PageDown)
        go(event->key() == Qt::Key_Right && rtl ? -1 : 1);
    else if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal)
        m_stage->zoomBy(1.25);
    else if (event->key() == Qt::Key_Minus)
        m_stage->zoomBy(0.8);
    else if (event->key() == Qt::Key_0)
        m_stage->fit();
    else
        QDialog::keyPressEvent(event);
}

} // namespace outrigger::gui
