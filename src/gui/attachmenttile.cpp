// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/attachmenttile.h"

#include "gui/icons.h"
#include "gui/style.h"
#include "gui/widgets.h"

#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {
QString sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, bytes < 1'000'000 ? 0 : 1, QLocale::DataSizeSIFormat);
}
} // namespace

AttachmentTile::AttachmentTile(models::PreparedPicture picture, const QString &area, QWidget *parent) : QWidget(parent)
{
    setObjectName(area + u".attachment"_s);
    setFocusPolicy(Qt::StrongFocus);
    m_remove = iconButton(u"close"_s, area + u".attachment.remove"_s, tr("Remove"), this);
    connect(m_remove, &QToolButton::clicked, this, &AttachmentTile::removeRequested);
    connect(Style::instance(), &Style::changed, this, [this] { updateGeometry(); update(); });
    setPicture(std::move(picture));
}

void AttachmentTile::setPicture(models::PreparedPicture picture)
{
    m_picture = std::move(picture);
    QStringList words{m_picture.asLink ? tr("File %1").arg(m_picture.file.name) : tr("Picture %1").arg(m_picture.file.name), m_picture.typeName, sizeWords()};
    if (m_picture.stillOnly)
        words.append(tr("goes as a still picture, because HighLevel takes no GIFs"));
    setAccessibleName(words.join(u", "_s));
    setAccessibleDescription(tr("Delete removes it from the text"));
    setToolTip(words.join(u'\n'));
    m_remove->setAccessibleName(tr("Remove %1").arg(m_picture.file.name));
    m_remove->setToolTip(m_picture.asLink ? tr("Remove this file (Del)") : tr("Remove this picture (Del)"));
    update();
}

QString AttachmentTile::sizeWords() const
{
    const QString sends = sizeText(m_picture.file.bytes.size());
    // A few bytes more or less are nobody's concern.
    const bool shrunk = m_picture.originalBytes > m_picture.file.bytes.size() * 11 / 10;
    return shrunk ? tr("%1 of %2").arg(sends, sizeText(m_picture.originalBytes)) : sends;
}

QSize AttachmentTile::sizeHint() const
{
    return {px(236), px(56)};
}

void AttachmentTile::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const QSize size = m_remove->sizeHint();
    const int left = isRightToLeft() ? px(4) : width() - size.width() - px(4);
    m_remove->setGeometry(left, (height() - size.height()) / 2, size.width(), size.height());
}

void AttachmentTile::paintEvent(QPaintEvent *)
{
    const Colours &c = colours();
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QRectF edge = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.setPen(hasFocus() ? QPen(c.focus, 2) : QPen(c.inputBorder, c.edge));
    painter.setBrush(c.window);
    painter.drawRoundedRect(edge, px(6), px(6));

    const int side = px(42);
    QRect image(px(7), (height() - side) / 2, side, side);
    QRect words(image.right() + px(8), 0, width() - image.right() - px(8) - m_remove->width() - px(8), height());
    if (isRightToLeft()) {
        image.moveLeft(width() - image.right());
        words.moveLeft(width() - words.right());
    }
    drawFace(painter, image);

    painter.setPen(c.text);
    painter.setFont(Style::instance()->font(TextRole::Small));
    const QFontMetrics metrics = painter.fontMetrics();
    const QRect first(words.left(), height() / 2 - metrics.height(), words.width(), metrics.height());
    const QString name = metrics.elidedText(m_picture.file.name, Qt::ElideMiddle, first.width());
    painter.drawText(first, int(Qt::AlignVCenter | Qt::AlignLeading) | Qt::TextSingleLine, name);
    painter.setPen(c.text2);
    const QString kind = m_picture.stillOnly ? tr("GIF, still · %1").arg(sizeWords()) : u"%1 · %2"_s.arg(m_picture.typeName, sizeWords());
    const QRect second = first.translated(0, metrics.height());
    painter.drawText(second, int(Qt::AlignVCenter | Qt::AlignLeading) | Qt::TextSingleLine, metrics.elidedText(kind, Qt::ElideRight, second.width()));
}

/// The picture, or what kind of file it is.
void AttachmentTile::drawFace(QPainter &painter, const QRect &image) const
{
    const Colours &c = colours();
    if (m_picture.asLink) {
        painter.setPen(QPen(c.inputBorder, c.edge));
        painter.setBrush(c.surface);
        painter.drawRoundedRect(image, px(4), px(4));
        const QSize glyph(px(20), px(20));
        icons::icon(u"link"_s).paint(&painter, QRect(image.center() - QPoint(glyph.width() / 2, glyph.height() / 2), glyph));
        return;
    }
    // The middle of the picture: a tile says which one it is, not how it is cut.
    const QSize source = m_picture.thumbnail.size();
    const int shorter = std::max(1, std::min(source.width(), source.height()));
    QPainterPath round;
    round.addRoundedRect(image, px(4), px(4));
    painter.save();
    painter.setClipPath(round);
    painter.fillRect(image, c.surface);
    painter.drawImage(image, m_picture.thumbnail,
                      QRect((source.width() - shorter) / 2, (source.height() - shorter) / 2, shorter, shorter));
    painter.restore();
}

void AttachmentTile::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)
        Q_EMIT removeRequested();
    else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)
        focusNextPrevChild((event->key() == Qt::Key_Right) != isRightToLeft());
    else
        QWidget::keyPressEvent(event);
}

void AttachmentTile::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void AttachmentTile::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace outrigger::gui
