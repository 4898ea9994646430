// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/avatar.h"

#include "gui/style.h"

#include <QPainter>
#include <QPixmapCache>

#include <array>
#include <functional>

namespace outrigger::gui {

namespace {
constexpr std::array<quint32, 12> grounds{0x8E3B46, 0x9A5B13, 0x6B6A12, 0x2F6E3A, 0x17706A, 0x1F6F8B,
                                          0x3557A8, 0x5B4BA8, 0x86408F, 0xA03A6B, 0x5A6472, 0x7A4B2A};
} // namespace

namespace {

size_t groundOf(const QString &id)
{
    // FNV-1a: qHash may change with the Qt version, and the colour of a person must not.
    quint32 hash = 2166136261u;
    for (const QChar c : id)
        hash = (hash ^ c.unicode()) * 16777619u;
    return (hash ^ (hash >> 16)) % grounds.size();
}

} // namespace

QColor avatarColour(const ContactId &id)
{
    return QColor::fromRgb(grounds[groundOf(id.value)]);
}

QHash<QString, QColor> teamColours(QStringList ids)
{
    ids.sort(); // so that it does not depend on the order in which they come
    QHash<QString, QColor> colours;
    std::array<bool, grounds.size()> taken{};
    for (const QString &id : std::as_const(ids)) {
        size_t at = groundOf(id);
        for (size_t tries = 0; tries < grounds.size() && taken[at]; ++tries)
            at = (at + 1) % grounds.size();
        taken[at] = true;
        colours.insert(id, QColor::fromRgb(grounds[at]));
    }
    return colours;
}

QString initialsOf(const QString &name)
{
    QString initials;
    const auto words = name.split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        if (initials.size() < 2)
            initials += word.at(0).toUpper();
    }
    return initials;
}

namespace {

/// One that is loaded already where it is near enough: each further size costs 2 ms of the start.
QFont initialsFont(double pixels)
{
    for (const TextRole role : {TextRole::BodyStrong, TextRole::SmallStrong}) {
        const QFont font = Style::instance()->font(role);
        if (std::abs(QFontInfo(font).pixelSize() - pixels) < 1.5)
            return font;
    }
    QFont font = Style::instance()->font(TextRole::BodyStrong);
    font.setPixelSize(std::max(8, int(pixels)));
    return font;
}

/// Painted once for each key; size in logical pixels.
QPixmap painted(const QString &key, int size, qreal devicePixelRatio, const std::function<void(QPainter &)> &paint)
{
    QPixmap result;
    if (QPixmapCache::find(key, &result))
        return result;
    result = QPixmap(qRound(size * devicePixelRatio), qRound(size * devicePixelRatio));
    result.setDevicePixelRatio(devicePixelRatio);
    result.fill(Qt::transparent);
    QPainter painter(&result);
    paint(painter);
    painter.end();
    QPixmapCache::insert(key, result);
    return result;
}

} // namespace

QPixmap personPixmap(const QColor &ground, const QString &initials, int size, qreal devicePixelRatio)
{
    const QString key = QStringLiteral("person/%1/%2/%3/%4").arg(ground.rgb(), 0, 16).arg(initials).arg(size).arg(devicePixelRatio);
    return painted(key, size, devicePixelRatio, [&](QPainter &painter) {
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF rect(0, 0, size, size);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ground);
        painter.drawEllipse(rect);
        painter.setFont(initialsFont(size * 0.45)); // small ones must be read as well
        painter.setPen(Qt::white);
        painter.drawText(rect, Qt::AlignCenter, initials);
    });
}

void paintAvatar(QPainter *painter, const QRectF &rect, const ContactId &id, const QString &initials, bool local)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const Colours &c = colours();
    QColor ink = Qt::white;
    if (local) {
        QPen pen(c.inputBorder, 1.5);
        pen.setDashPattern({3, 2.5});
        painter->setPen(pen);
        painter->setBrush(Qt::NoBrush);
        painter->drawEllipse(rect.adjusted(1, 1, -1, -1));
        ink = c.text2;
    } else {
        painter->setPen(Qt::NoPen);
        painter->setBrush(avatarColour(id));
        painter->drawEllipse(rect);
    }
    painter->setFont(initialsFont(rect.height() * (initials.size() > 2 ? 0.30 : 0.36)));
    painter->setPen(ink);
    painter->drawText(rect, Qt::AlignCenter, initials.isEmpty() ? QStringLiteral("#") : initials);
    painter->restore();
}

QPixmap avatarPixmap(const ContactId &id, const QString &initials, bool local, int size, qreal devicePixelRatio)
{
    const QString key = QStringLiteral("avatar/%1/%2/%3/%4/%5/%6")
                            .arg(avatarColour(id).rgb(), 0, 16)
                            .arg(initials)
                            .arg(local)
                            .arg(size)
                            .arg(devicePixelRatio)
                            .arg(local ? Style::instance()->generation() : 0);
    return painted(key, size, devicePixelRatio, [&](QPainter &painter) { paintAvatar(&painter, QRectF(0, 0, size, size), id, initials, local); });
}

AvatarLabel::AvatarLabel(int designSize, QWidget *parent) : QWidget(parent), m_designSize(designSize)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(Style::instance(), &Style::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void AvatarLabel::setContact(const ContactId &id, const QString &initials, bool local)
{
    m_id = id;
    m_initials = initials;
    m_local = local;
    update();
}

QSize AvatarLabel::sizeHint() const
{
    return {px(m_designSize), px(m_designSize)};
}

void AvatarLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const double side = std::min(width(), height());
    paintAvatar(&painter, QRectF((width() - side) / 2, (height() - side) / 2, side, side), m_id, m_initials, m_local);
}

} // namespace outrigger::gui
