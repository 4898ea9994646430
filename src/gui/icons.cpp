// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/icons.h"

#include "gui/style.h"

#include <QDir>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <QSet>

#include <algorithm>
#include <cmath>

// Outside any namespace: the macro declares a global function. A static library's resources are not found without it.
static void openIconResources()
{
    Q_INIT_RESOURCE(resources);
}

namespace outrigger::gui::icons {

namespace {

void openOnce()
{
    static const bool done = (openIconResources(), true);
    Q_UNUSED(done)
}

/// Those that point along the line; the others look the same from both sides or would be wrong turned round.
bool points(const QString &name)
{
    static const QSet<QString> turned{
        QStringLiteral("send"),  QStringLiteral("next"),  QStringLiteral("chevron-left"), QStringLiteral("chevron-right"),
        QStringLiteral("quote"), QStringLiteral("undo"),  QStringLiteral("sign-out"),     QStringLiteral("console"),
        QStringLiteral("panel"), QStringLiteral("retry")};
    return turned.contains(name);
}

/// Draws the icon in the colour that the palette has now, so nothing needs to be replaced when the scheme changes.
class LineIconEngine final : public QIconEngine
{
public:
    explicit LineIconEngine(QString name) : m_name(std::move(name)) {}
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        icons::paint(painter, rect, m_name, colour(mode, state), QGuiApplication::isRightToLeft());
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        // `size` is in device pixels here.
        QPixmap result(size);
        result.fill(Qt::transparent);
        QPainter painter(&result);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return result;
    }
    QIconEngine *clone() const override { return new LineIconEngine(m_name); }
    QString key() const override { return QStringLiteral("outrigger"); }

private:
    static QColor colour(QIcon::Mode mode, QIcon::State state)
    {
        const Colours &c = colours();
        if (mode == QIcon::Disabled)
            return mixed(c.surface, c.text3, 0.55);
        if (state == QIcon::On)
            return c.accent;
        return mode == QIcon::Active || mode == QIcon::Selected ? c.text : c.text2;
    }
    QString m_name;
};

} // namespace

QIcon icon(const QString &name)
{
    return QIcon(new LineIconEngine(name));
}

QPixmap pixmap(const QString &name, int size, const QColor &colour, qreal devicePixelRatio)
{
    openOnce();
    const int device = qRound(size * devicePixelRatio);
    const QString key = QStringLiteral("icon/%1/%2/%3").arg(name).arg(device).arg(colour.rgba(), 0, 16);
    QPixmap result;
    if (QPixmapCache::find(key, &result) && qFuzzyCompare(result.devicePixelRatio(), devicePixelRatio))
        return result;
    QImage image(device, device, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    QSvgRenderer renderer(QStringLiteral(":/icons/%1.svg").arg(name));
    renderer.render(&painter, QRectF(0, 0, device, device));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(image.rect(), colour);
    painter.end();
    result = QPixmap::fromImage(image);
    result.setDevicePixelRatio(devicePixelRatio);
    QPixmapCache::insert(key, result);
    return result;
}

void paint(QPainter *painter, const QRectF &rect, const QString &name, const QColor &colour, bool mirrored)
{
    const double side = std::min(rect.width(), rect.height());
    const double ratio = painter->device()->devicePixelRatioF();
    const QPixmap picture = pixmap(name, std::max(1, qRound(side)), colour, ratio);
    QPointF at(rect.center().x() - side / 2, rect.center().y() - side / 2);
    // On whole device pixels, or lines blur.
    at = QPointF(std::round(at.x() * ratio) / ratio, std::round(at.y() * ratio) / ratio);
    if (mirrored && points(name)) {
        painter->save();
        painter->translate(at.x() + side, at.y());
        painter->scale(-1, 1);
        painter->drawPixmap(QPointF(0, 0), picture);
        painter->restore();
        return;
    }
    painter->drawPixmap(at, picture);
}

QString ofChannel(Channel channel)
{
    switch (channel) {
    case Channel::Sms: return QStringLiteral("sms");
    case Channel::Email: return QStringLiteral("email");
    case Channel::Call: return QStringLiteral("phone");
    case Channel::Voicemail: return QStringLiteral("voicemail");
    case Channel::WhatsApp: return QStringLiteral("whatsapp");
    case Channel::Facebook: return QStringLiteral("facebook");
    case Channel::Instagram: return QStringLiteral("instagram");
    case Channel::GoogleBusiness: return QStringLiteral("google");
    case Channel::LiveChat: return QStringLiteral("chat");
    case Channel::Rcs: return QStringLiteral("rcs");
    case Channel::TikTok: return QStringLiteral("video");
    case Channel::Review: return QStringLiteral("review");
    case Channel::InternalComment: return QStringLiteral("comment");
    case Channel::Activity: return QStringLiteral("activity");
    case Channel::Custom:
    case Channel::Unknown: break;
    }
    return QStringLiteral("chat");
}

QStringList names()
{
    openOnce();
    QStringList list = QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")});
    for (QString &name : list)
        name.chop(4);
    return list;
}

} // namespace outrigger::gui::icons
