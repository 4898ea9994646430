// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/mailview.h"

#include "core/aside.h"
#include "gui/style.h"
#include "models/mediashelf.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QScrollBar>
#include <QTextDocumentFragment>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr int inlineSide = 1200;
constexpr int widestPicture = 560; ///< design px

PreparedMail prepare(const QString &body, const QString &contentType, mail::CleanOptions options)
{
    PreparedMail mail;
    mail.clean = mail::looksLikeHtml(body, contentType) ? mail::clean(body, options) : mail::cleanText(body);
    for (const QByteArray &bytes : std::as_const(mail.clean.inlinePictures)) {
        const auto picture = models::openPicture(bytes, inlineSide);
        mail.inlinePictures.append(picture ? picture->image : QImage());
    }
    return mail;
}

} // namespace

Task<PreparedMail> prepareMail(QString body, QString contentType, mail::CleanOptions options)
{
    auto preparing = aside([body, contentType, options] { return prepare(body, contentType, options); });
    co_return co_await preparing;
}

MailView::MailView(QWidget *parent) : QTextBrowser(parent)
{
    setOpenLinks(false);
    setOpenExternalLinks(false);
    setFrameShape(QFrame::NoFrame);
    setUndoRedoEnabled(false);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setTabChangesFocus(false); // Tab goes from link to link
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl &url) {
        if (url.scheme() == u"fold"_s)
            setUnfolded(!m_unfolded);
        else if (const mail::Link *link = linkOf(url))
            Q_EMIT linkClicked(mail::Link(*link));
    });
    connect(this, &QTextBrowser::highlighted, this, [this](const QUrl &url) {
        const mail::Link *link = linkOf(url);
        Q_EMIT linkPointed(link ? link->address : QString());
    });
}

const mail::Link *MailView::linkOf(const QUrl &url) const
{
    bool ok = false;
    const int number = url.scheme() == u"link"_s ? url.path().toInt(&ok) : -1;
    return ok && number >= 0 && number < m_mail.clean.links.size() ? &m_mail.clean.links.at(number) : nullptr;
}

void MailView::setMail(PreparedMail mail)
{
    m_mail = std::move(mail);
    m_pictures.clear();
    // Nothing but an answer: folded, it would look empty.
    m_unfolded = std::all_of(m_mail.clean.parts.cbegin(), m_mail.clean.parts.cend(), [](const mail::Part &part) { return part.quoted; });
    render();
    verticalScrollBar()->setValue(0);
}

void MailView::setPicture(int number, const QImage &image)
{
    m_pictures.insert(number, image);
    const int at = verticalScrollBar()->value();
    render();
    verticalScrollBar()->setValue(at);
}

void MailView::setUnfolded(bool unfolded)
{
    if (m_unfolded == unfolded)
        return;
    m_unfolded = unfolded;
    const int at = verticalScrollBar()->value();
    render();
    verticalScrollBar()->setValue(at);
}

QString MailView::folded(int lines) const
{
    return m_unfolded ? tr("Hide what is quoted") : tr("Show what is quoted (%n line(s))", nullptr, lines);
}

void MailView::render()
{
    m_rendering = true;
    document()->clear();
    document()->setDefaultFont(Style::instance()->font(TextRole::Body));
    document()->setDocumentMargin(px(4));
    document()->setDefaultStyleSheet(u"a { color: %1; } blockquote { margin-left: %2px; margin-right: 0px; }"_s.arg(colours().accent.name()).arg(px(12)));
    QString html;
    int lines = 0;
    for (const mail::Part &part : std::as_const(m_mail.clean.parts))
        lines += part.quoted ? int(part.text.count(u'\n')) + 1 : 0;
    bool said = false;
    for (const mail::Part &part : std::as_const(m_mail.clean.parts)) {
        if (part.quoted && !std::exchange(said, true))
            html += u"<p><a href=\"fold:0\">%1</a></p>"_s.arg(folded(lines).toHtmlEscaped());
        if (part.quoted && !m_unfolded)
            continue;
        html += part.quoted ? u"<blockquote style=\"color:%1;\">%2</blockquote>"_s.arg(colours().text2.name(), part.html)
                            : u"<div>%1</div>"_s.arg(part.html);
    }
    setHtml(html);
    m_rendering = false;
}

QString MailView::shownText() const { return toPlainText(); }

/// The only pictures there are: numbers into what was put in. Everything else is nothing, whatever its address.
QVariant MailView::loadResource(int type, const QUrl &name)
{
    if (type != QTextDocument::ImageResource)
        return {};
    bool ok = false;
    const int number = name.path().toInt(&ok);
    QImage image;
    if (ok && name.scheme() == u"inline"_s)
        image = m_mail.inlinePictures.value(number);
    else if (ok && name.scheme() == u"picture"_s)
        image = m_pictures.value(number);
    if (image.isNull()) {
        image = QImage(px(24), px(24), QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
    }
    const int widest = std::min(px(widestPicture), std::max(px(120), viewport()->width() - 2 * px(16)));
    return image.width() > widest ? image.scaledToWidth(widest, Qt::SmoothTransformation) : image;
}

/// Words only: the links of a stranger do not travel on.
QMimeData *MailView::createMimeDataFromSelection() const
{
    auto *words = new QMimeData;
    words->setText(textCursor().selection().toPlainText());
    return words;
}

void MailView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT leaveRequested();
        return;
    }
    if (m_letterKeys && event->modifiers() == Qt::NoModifier && (event->key() == Qt::Key_R || event->key() == Qt::Key_A)) {
        Q_EMIT replyRequested(event->key() == Qt::Key_A);
        return;
    }
    QTextBrowser::keyPressEvent(event);
}

void MailView::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy"), this, &QTextEdit::copy)->setEnabled(textCursor().hasSelection());
    if (const mail::Link *link = linkOf(QUrl(anchorAt(event->pos()))))
        menu->addAction(tr("Copy the address of the link"), this, [address = link->address] { QGuiApplication::clipboard()->setText(address); });
    menu->addAction(tr("Select all"), this, &QTextEdit::selectAll);
    menu->popup(event->globalPos());
}

void MailView::changeEvent(QEvent *event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_rendering && !m_mail.clean.parts.isEmpty())
        render();
}

} // namespace outrigger::gui
