// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bubblemedia.h"

#include "gui/icons.h"
#include "gui/style.h"
#include "models/mediashelf.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

/// The middle of the picture, as much as fills the frame.
QRectF middleOf(const QSizeF &image, const QSizeF &frame)
{
    const QSizeF part = frame.scaled(image, Qt::KeepAspectRatio);
    return {QPointF((image.width() - part.width()) / 2, (image.height() - part.height()) / 2), part};
}

void paintWords(QPainter *painter, const QRectF &frame, const QString &icon, const QString &words)
{
    const Colours &c = colours();
    const double side = px(24);
    painter->setFont(Style::instance()->font(TextRole::Small));
    const double textHeight = words.isEmpty() ? 0 : 2 * painter->fontMetrics().height();
    const double top = frame.center().y() - (side + textHeight) / 2;
    icons::paint(painter, QRectF(frame.center().x() - side / 2, top, side, side), icon, c.text2);
    painter->setPen(c.text2);
    painter->drawText(QRectF(frame.left() + px(8), top + side, frame.width() - px(16), frame.bottom() - top - side),
                      int(Qt::AlignHCenter | Qt::AlignTop) | Qt::TextWordWrap, words);
}

} // namespace

QVector<BubbleHit> pictureFrames(const QStringList &addresses, double top, double most)
{
    QVector<BubbleHit> frames;
    const bool one = addresses.size() == 1;
    const double gap = px(4);
    const double wide = std::floor(one ? std::min<double>(most, px(260)) : std::min<double>((most - gap) / 2, px(150)));
    const double high = std::floor(wide * 3 / 4);
    for (int i = 0; i < addresses.size(); ++i) {
        const double x = one ? 0 : (i % 2) * (wide + gap);
        BubbleHit hit{HitKind::Picture, QRectF(x, top + (one ? 0 : (i / 2) * (high + gap)), wide, high), {}, {}};
        hit.address = addresses.at(i);
        frames.append(hit);
    }
    return frames;
}

QStringList picturesOf(const QVector<BubbleHit> &hits)
{
    QStringList addresses;
    for (const BubbleHit &hit : hits) {
        if (hit.kind == HitKind::Picture)
            addresses.append(hit.address);
    }
    return addresses;
}

void paintPictures(QPainter *painter, const QVector<BubbleHit> &hits, const QPointF &at, models::MediaShelf *shelf)
{
    const Colours &c = colours();
    for (const BubbleHit &hit : hits) {
        if (hit.kind != HitKind::Picture)
            continue;
        const auto *thumbnail = shelf ? shelf->thumbnail(hit.address) : nullptr;
        const QRectF frame = hit.rect.translated(at);
        QPainterPath round;
        round.addRoundedRect(frame, px(8), px(8));
        painter->save();
        painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        painter->setClipPath(round, Qt::IntersectClip);
        painter->fillRect(frame, c.window);
        if (thumbnail && thumbnail->state == models::MediaShelf::State::Ready)
            painter->drawImage(frame, thumbnail->image, middleOf(thumbnail->image.size(), frame.size()));
        else if (thumbnail && thumbnail->state == models::MediaShelf::State::Failed)
            paintWords(painter, frame, u"image"_s, thumbnail->sentence);
        else
            paintWords(painter, frame, u"image"_s, QCoreApplication::translate("Bubble", "Loading…"));
        painter->setClipping(false);
        painter->setPen(QPen(c.tints ? c.line : c.text, c.edge));
        painter->setBrush(Qt::NoBrush);
        painter->drawPath(round);
        painter->restore();
    }
}

} // namespace outrigger::gui
