// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/mailreader.h"

#include "core/aside.h"
#include "domain/mailhtml.h"
#include "domain/maillink.h"
#include "gui/icons.h"
#include "gui/keymap.h"
#include "gui/settings.h"
#include "models/mediashelf.h"
#include "sync/engine.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr qsizetype mostPicturesFetched = 60;
constexpr qsizetype mostFiles = 20;

/// An address as it is shown: no line of the head may be longer than a person reads.
QString shown(const QString &address) { return mail::withoutTricks(address).simplified().left(120); }

QString shown(const QStringList &addresses)
{
    QStringList all;
    for (const QString &one : addresses.mid(0, 30))
        all.append(shown(one));
    return all.join(u", "_s) + (addresses.size() > 30 ? u" …"_s : QString());
}

QString fileName(const QString &address)
{
    const QString key = outgoingKey(address);
    QString name = key.isEmpty() ? QUrl(address).fileName(QUrl::FullyDecoded) : address.section(u'/', -1);
    name = mail::withoutTricks(name).right(80);
    for (QChar &c : name) {
        if (!c.isLetterOrNumber() && !u"-_. ()"_s.contains(c))
            c = u'_';
    }
    while (name.startsWith(u'.'))
        name.remove(0, 1);
    return name.isEmpty() ? QCoreApplication::translate("MailReader", "file") : name;
}

} // namespace

MailReader::MailReader(sync::Engine *engine, Settings *settings, models::MediaShelf *shelf, QWidget *parent)
    : Pane(Ground::Surface, parent), m_engine(engine), m_settings(settings), m_shelf(shelf)
{
    setObjectName(u"mail.reader"_s);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 0);
    column->addWidget(buildHead());
    m_strip = new Strip(u"mail.strip"_s, this);
    m_remote = new Strip(u"mail.remotePictures"_s, this);
    column->addWidget(m_strip);
    column->addWidget(m_remote);
    m_view = named(new MailView(this), u"mail.body"_s, tr("The e-mail"));
    auto *frame = new QWidget(this);
    auto *inside = new QVBoxLayout(frame);
    setInsets(inside, 12, 8, 4, 0, 0);
    inside->addWidget(m_view);
    column->addWidget(frame, 1);
    m_target = new Label(TextRole::Small, Ink::Text2, this);
    m_target->setObjectName(u"mail.linkTarget"_s);
    m_target->setElided(true);
    m_target->setContentsMargins(px(16), px(2), px(16), px(4));
    column->addWidget(m_target);
    m_files = new QWidget(this);
    m_files->setObjectName(u"mail.files"_s);
    m_fileRow = new QHBoxLayout(m_files);
    setInsets(m_fileRow, 16, 4, 16, 10, 8);
    column->addWidget(m_files);
    connect(m_strip, &Strip::acted, this, [this] { if (const auto act = m_act) act(); });
    connect(m_strip, &Strip::secondActed, this, [this] { if (const auto act = m_second) act(); });
    connect(m_remote, &Strip::acted, this, [this] { showPictures(true); });
    connect(m_view, &MailView::leaveRequested, this, &MailReader::leaveRequested);
    connect(m_view, &MailView::replyRequested, this, &MailReader::replyRequested);
    m_view->setLetterKeys(settings->singleLetterKeys());
    connect(settings, &Settings::changed, this, [this] { m_view->setLetterKeys(m_settings->singleLetterKeys()); });
    connect(m_view, &MailView::linkClicked, this, &MailReader::follow);
    connect(m_view, &MailView::linkPointed, m_target, &QLabel::setText);
    connect(Style::instance(), &Style::changed, this, [this] {
        if (m_ready)
            m_drawing = draw(this); // other colours can be read on the other ground
    });
    clear();
}

MailReader::~MailReader() = default;

QWidget *MailReader::buildHead()
{
    auto *head = new Pane(Ground::Surface, this);
    head->setEdges(Qt::BottomEdge);
    auto *row = new QHBoxLayout(head);
    setInsets(row, 8, 8, 8, 9, 8);
    auto *back = iconButton(u"chevron-left"_s, u"mail.close"_s, tr("Back to the conversation"), head);
    back->setToolTip(tr("Back to the conversation (Esc)"));
    connect(back, &QToolButton::clicked, this, &MailReader::leaveRequested);
    auto *words = new QVBoxLayout;
    words->setSpacing(px(2));
    const auto line = [&](const QString &id, TextRole role, Ink ink) {
        auto *label = new Label(role, ink, head);
        label->setObjectName(id);
        label->setElided(true);
        words->addWidget(label);
        return label;
    };
    m_subject = line(u"mail.subject"_s, TextRole::Heading, Ink::Text);
    m_from = line(u"mail.from"_s, TextRole::Body, Ink::Text);
    m_to = line(u"mail.to"_s, TextRole::Small, Ink::Text2);
    m_date = line(u"mail.date"_s, TextRole::Small, Ink::Text2);
    m_reply = iconButton(u"undo"_s, u"mail.reply"_s, tr("Reply"), head);
    m_reply->setToolTip(tr("Reply (%1)").arg(keyText(Command::MailReply)));
    connect(m_reply, &QToolButton::clicked, this, [this] { Q_EMIT replyRequested(false); });
    row->addWidget(back, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    m_picturesOff = iconButton(u"image"_s, u"mail.picturesOff"_s, tr("Do not load pictures of this sender any more"), head);
    connect(m_picturesOff, &QToolButton::clicked, this, [this] { showPictures(false); });
    row->addWidget(m_picturesOff, 0, Qt::AlignTop);
    row->addWidget(m_reply, 0, Qt::AlignTop);
    return head;
}

void MailReader::tell(Strip::Kind kind, const QString &sentence, const QString &act, std::function<void()> what,
                      const QString &second, std::function<void()> other)
{
    m_act = std::move(what);
    m_second = std::move(other);
    m_strip->show(kind, sentence, act, second);
    Q_EMIT announced(sentence);
}

void MailReader::clear()
{
    m_loading.cancel();
    m_drawing.cancel();
    m_pictures.cancel();
    m_row = {};
    m_body = {};
    m_ready = false;
    m_strip->hide();
    m_remote->hide();
    m_picturesOff->hide();
    m_files->hide();
    m_target->clear();
    m_view->setMail({});
}

void MailReader::open(const MessageRow &row)
{
    clear();
    m_row = row;
    m_body.subject = row.message.subject;
    m_body.from = row.message.from;
    if (!row.message.to.isEmpty())
        m_body.to = {row.message.to};
    m_body.attachments = row.message.attachments;
    m_body.date = row.message.dateAdded;
    showHead();
    m_loading = load(this, row);
}

Task<void> MailReader::load(MailReader *self, MessageRow row)
{
    if (row.message.emailIds.isEmpty()) {
        // One of ours that HighLevel has not listed yet: its words are here.
        self->m_body.body = row.message.body;
        self->m_body.contentType = u"text/plain"_s;
        if (row.message.body.isEmpty()) {
            self->tell(Strip::Kind::Warn, tr("HighLevel has not said where the text of this e-mail is. It comes with the next sync; it can be read in HighLevel now."));
            co_return;
        }
    } else {
        self->tell(Strip::Kind::Calm, tr("Fetching this e-mail…"));
        auto asking = self->m_engine->email(EmailId(row.message.emailIds.constFirst()), row.message.id);
        auto answer = co_await asking;
        if (!answer) {
            self->tell(answer.error().kind == ErrorKind::Offline ? Strip::Kind::Warn : Strip::Kind::Danger, answer.error().message,
                       tr("Try again"), [self, row] { self->open(row); });
            co_return;
        }
        self->m_strip->hide();
        const mail::Body before = std::exchange(self->m_body, std::move(*answer));
        if (self->m_body.subject.isEmpty())
            self->m_body.subject = before.subject;
        if (self->m_body.from.isEmpty())
            self->m_body.from = before.from;
        if (self->m_body.to.isEmpty())
            self->m_body.to = before.to;
        if (!self->m_body.date.isValid())
            self->m_body.date = before.date;
        if (self->m_body.attachments.isEmpty())
            self->m_body.attachments = before.attachments;
    }
    self->showHead();
    self->showFiles();
    self->m_ready = true;
    self->m_drawing = draw(self);
}

Task<void> MailReader::draw(MailReader *self)
{
    mail::CleanOptions options;
    options.dark = colours().surface.lightness() < 128;
    options.pictures = self->wantsPictures();
    auto preparing = prepareMail(self->m_body.body, self->m_body.contentType, options);
    auto mail = co_await preparing;
    const QString problem = mail.clean.problem;
    const QStringList pictures = mail.clean.remotePictures;
    self->m_view->setMail(std::move(mail));
    if (!problem.isEmpty())
        self->tell(Strip::Kind::Info, problem);
    self->offerPictures();
    if (options.pictures && !pictures.isEmpty())
        self->m_pictures = fetchPictures(self, pictures);
}

void MailReader::showHead()
{
    m_subject->setText(m_body.subject.isEmpty() ? tr("(no subject)") : shown(m_body.subject).left(300));
    m_from->setText(m_body.from.isEmpty() ? QString() : tr("From %1").arg(shown(m_body.from)));
    QStringList to;
    if (!m_body.to.isEmpty())
        to.append(tr("To %1").arg(shown(m_body.to)));
    if (!m_body.cc.isEmpty())
        to.append(tr("CC %1").arg(shown(m_body.cc)));
    if (!m_body.bcc.isEmpty())
        to.append(tr("BCC %1").arg(shown(m_body.bcc)));
    m_to->setText(to.join(u" · "_s));
    const QDateTime at = m_body.date.toLocalTime();
    m_date->setText(at.isValid() ? tr("%1, %2", "day, time").arg(locale().toString(at.date(), QLocale::LongFormat), locale().toString(at.time(), QLocale::ShortFormat))
                                 : QString());
    for (Label *label : {m_from, m_to, m_date})
        label->setVisible(!label->text().isEmpty());
}

void MailReader::showFiles()
{
    while (QLayoutItem *item = m_fileRow->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    const QStringList files = m_body.attachments.mid(0, mostFiles);
    for (const QString &address : files) {
        const QString name = fileName(address);
        auto *button = new QToolButton(m_files);
        button->setObjectName(u"mail.file"_s);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIcon(icons::icon(u"attach"_s));
        button->setText(fontMetrics().elidedText(name, Qt::ElideMiddle, px(160)).replace(u'&', u"&&"_s));
        button->setAccessibleName(tr("Save the attached file %1").arg(name));
        button->setToolTip(tr("Save %1").arg(name).toHtmlEscaped());
        connect(button, &QToolButton::clicked, this, [this, address] { askWhereTo(address); });
        m_fileRow->addWidget(button);
    }
    m_fileRow->addStretch(1);
    m_files->setVisible(!files.isEmpty());
}

QString MailReader::sender() const
{
    return mail::bareAddress(m_body.from).toLower();
}

bool MailReader::wantsPictures() const
{
    return !sender().isEmpty() && m_settings->picturesFrom(sender());
}

void MailReader::offerPictures()
{
    const auto &clean = m_view->clean();
    const int count = int(clean.remotePictures.size());
    m_picturesOff->setVisible(count > 0 && wantsPictures());
    if (count == 0 || wantsPictures()) {
        m_remote->hide();
        return;
    }
    const QString from = sender();
    if (from.isEmpty())
        m_remote->show(Strip::Kind::Calm, tr("%n picture(s) are not loaded, because nobody can tell who sent this.", nullptr, count));
    else
        m_remote->show(Strip::Kind::Calm, tr("%n picture(s) are not loaded: fetching them would tell %1 that you have read this.", nullptr, count).arg(shown(from)),
                       tr("Show this sender’s pictures"));
}

void MailReader::showPictures(bool wanted)
{
    if (sender().isEmpty())
        return;
    m_settings->setPicturesFrom(sender(), wanted);
    m_pictures.cancel();
    m_remote->hide();
    m_drawing = draw(this);
}

Task<void> MailReader::fetchPictures(MailReader *self, QStringList addresses)
{
    int failed = 0;
    for (qsizetype i = 0; i < std::min(addresses.size(), mostPicturesFetched); ++i) {
        auto opening = self->m_shelf->open(addresses.at(i));
        const auto picture = co_await opening;
        if (picture)
            self->m_view->setPicture(int(i), picture->image);
        else
            ++failed;
    }
    if (failed > 0)
        self->tell(Strip::Kind::Info, tr("%n picture(s) could not be fetched. Outrigger loads them only over https and never from inside your network.", nullptr, failed));
}

/// A browser opens only what is encrypted, and only where the words do not say otherwise.
void MailReader::follow(const mail::Link &link)
{
    const auto copy = [this, address = link.address] {
        QGuiApplication::clipboard()->setText(address);
        m_strip->hide();
    };
    if (link.misleading) {
        tell(Strip::Kind::Warn, tr("This link does not lead where its words say. It leads to %1.").arg(link.host), tr("Copy the address"), copy,
             link.secure ? tr("Open %1").arg(link.host) : QString(), [this, address = link.address] {
                 m_strip->hide();
                 QDesktopServices::openUrl(QUrl(address));
             });
    } else if (!link.secure) {
        tell(Strip::Kind::Warn, tr("This link is not encrypted, so others could read or change what it shows; it was not opened. It leads to %1.").arg(link.host),
             tr("Copy the address"), copy);
    } else if (link.address.startsWith(u"mailto:") && mail::bareAddress(link.address.mid(7)).compare(sender(), Qt::CaseInsensitive) == 0) {
        Q_EMIT replyRequested(false);
    } else {
        QDesktopServices::openUrl(QUrl(link.address));
    }
}

void MailReader::askWhereTo(const QString &address)
{
    auto *dialog = new QFileDialog(this, tr("Save the attached file"), QStandardPaths::writableLocation(QStandardPaths::DownloadLocation));
    dialog->setObjectName(u"mail.save.dialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->selectFile(fileName(address));
    connect(dialog, &QFileDialog::fileSelected, this, [this, address](const QString &file) { m_saving = save(this, address, file); });
    dialog->open();
}

Task<void> MailReader::save(MailReader *self, QString address, QString file)
{
    self->tell(Strip::Kind::Calm, tr("Fetching the file…"));
    auto fetching = self->m_engine->media(address);
    auto bytes = co_await fetching;
    if (!bytes) {
        self->tell(Strip::Kind::Danger, bytes.error().message, tr("Try again"), [self, address] { self->askWhereTo(address); });
        co_return;
    }
    auto writing = aside([file, data = std::move(*bytes)] { return writeWhole(file, data); });
    const bool written = co_await writing;
    if (written)
        self->tell(Strip::Kind::Info, tr("Saved. It came from a stranger: open it only if you expected it."));
    else
        self->tell(Strip::Kind::Danger, tr("Not saved: this place cannot be written, or the disk is full. Choose another."), tr("Choose"),
                   [self, address] { self->askWhereTo(address); });
}

} // namespace outrigger::gui
