// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxdelegate.h"

#include "domain/whenwhere.h"
#include "gui/avatar.h"
#include "gui/bubbletext.h"
#include "gui/chips.h"
#include "gui/icons.h"
#include "gui/statemark.h"
#include "gui/style.h"
#include "models/inboxmodel.h"
#include "models/words.h"

#include <QAbstractItemView>
#include <QCache>
#include <QFontMetrics>
#include <QHelpEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QStaticText>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>

namespace outrigger::gui {

namespace {

struct Fonts {
    int generation = 0;
    QFont name, nameStrong, preview, previewStrong, time;
    QFontMetrics nameSize{QFont()}, nameStrongSize{QFont()}, previewSize{QFont()}, previewStrongSize{QFont()}, timeSize{QFont()};
};

/// Shaped and elided texts: shaping is two thirds of the time of a row, and the same texts come with every frame.
struct TextKey {
    QString words;
    int width;
    int font;
    friend bool operator==(const TextKey &, const TextKey &) = default;
    friend size_t qHash(const TextKey &key, size_t seed = 0) noexcept { return qHashMulti(seed, key.words, key.width, key.font); }
};
QCache<TextKey, QStaticText> &shapedTexts()
{
    static QCache<TextKey, QStaticText> cache(2000);
    return cache;
}

const QStaticText &shaped(const QString &words, int width, const QFont &font, const QFontMetrics &metrics)
{
    const TextKey key{words, width, int(font.weight()) * 1000 + metrics.height()};
    if (const QStaticText *known = shapedTexts().object(key))
        return *known;
    // Measuring is shaping: what is short by far is not measured before it is shaped.
    const bool isShort = words.size() * metrics.averageCharWidth() < width * 4 / 5;
    auto *text = new QStaticText(isShort ? words : metrics.elidedText(words, Qt::ElideRight, std::max(0, width)));
    text->setTextFormat(Qt::PlainText);
    text->setPerformanceHint(QStaticText::AggressiveCaching);
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    option.setTextDirection(text->text().isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight); // each its own
    text->setTextOption(option);
    text->prepare({}, font);
    if (isShort && text->size().width() > width) {
        text->setText(metrics.elidedText(words, Qt::ElideRight, std::max(0, width)));
        text->prepare({}, font);
    }
    shapedTexts().insert(key, text);
    return *text;
}

const Fonts &fonts()
{
    static Fonts f;
    Style *style = Style::instance();
    if (f.generation != style->generation()) {
        shapedTexts().clear();
        f.generation = style->generation();
        f.name = style->font(TextRole::Body);
        f.nameStrong = style->font(TextRole::BodyStrong);
        f.preview = f.time = style->font(TextRole::Small);
        f.previewStrong = style->font(TextRole::SmallStrong);
        f.nameSize = QFontMetrics(f.name);
        f.nameStrongSize = QFontMetrics(f.nameStrong);
        f.previewSize = QFontMetrics(f.preview);
        f.previewStrongSize = QFontMetrics(f.previewStrong);
        f.timeSize = QFontMetrics(f.time);
    }
    return f;
}

} // namespace

struct InboxDelegate::Private {
    Density density = Density::Comfortable;
    QTimeZone mine = QTimeZone::systemTimeZone();
    QString locationZone;
    bool actsShown = true;
    QHash<QByteArray, QTimeZone> zones; // building a zone costs more than painting a row

    QTimeZone zone(const ConversationRow &row);
    QString localHour(const ConversationRow &row, const QDateTime &now);
    std::array<QRect, 3> actRects(const QRect &row, Qt::LayoutDirection direction) const;
    bool actsOver(const QStyleOptionViewItem &option) const;
};

InboxDelegate::InboxDelegate(QObject *parent) : QStyledItemDelegate(parent), d(std::make_unique<Private>()) {}
InboxDelegate::~InboxDelegate() = default;

void InboxDelegate::setDensity(Density density)
{
    d->density = density;
}

Density InboxDelegate::density() const
{
    return d->density;
}

void InboxDelegate::setZones(const QTimeZone &mine, const QString &locationZone)
{
    if (mine.isValid())
        d->mine = mine;
    d->locationZone = locationZone;
    d->zones.clear();
}

void InboxDelegate::setActsShown(bool shown)
{
    d->actsShown = shown;
}

QTimeZone InboxDelegate::Private::zone(const ConversationRow &row)
{
    const QByteArray id = row.zone.isEmpty() ? locationZone.toLatin1() : row.zone;
    const auto known = zones.constFind(id);
    if (known != zones.constEnd())
        return *known;
    QTimeZone zone(id);
    return *zones.insert(id, zone.isValid() ? zone : QTimeZone::systemTimeZone());
}

/// The lead's clock, when it is a bad moment to text: before 8 or after 21 there.
QString InboxDelegate::Private::localHour(const ConversationRow &row, const QDateTime &now)
{
    const QTimeZone there = zone(row);
    if (!there.isValid())
        return {};
    const QTime time = now.toTimeZone(there).time();
    if (time.hour() >= 8 && time.hour() < 21)
        return {};
    return models::words::clock(time);
}

QSize InboxDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const Fonts &f = fonts();
    const int two = f.nameStrongSize.height() + f.previewSize.height();
    const int height = d->density == Density::Comfortable ? std::max(px(64), two + px(20)) : std::max(px(48), two + px(8));
    return QSize(std::max(px(200), option.rect.width()), height);
}

bool InboxDelegate::Private::actsOver(const QStyleOptionViewItem &option) const
{
    return actsShown && option.state.testFlag(QStyle::State_MouseOver) && option.state.testFlag(QStyle::State_Enabled);
}

std::array<QRect, 3> InboxDelegate::Private::actRects(const QRect &row, Qt::LayoutDirection direction) const
{
    const int side = px(26);
    std::array<QRect, 3> rects;
    int x = row.right() - px(8) - 3 * side;
    for (QRect &rect : rects) {
        rect = QStyle::visualRect(direction, row, QRect(x, row.top() + px(5), side, side));
        x += side;
    }
    return rects;
}

namespace {

struct RowParts {
    QPainter *painter;
    const QStyleOptionViewItem &option;
    const ConversationRow &row;
    QRect area; ///< right of the avatar
    bool rtl;
    bool selected;
    QColor quiet; ///< text2 on a selected row: text3 does not contrast there
    QRect mirrored(const QRect &rect) const { return QStyle::visualRect(option.direction, option.rect, rect); }
    void text(const QRect &rect, const QString &words, const QFont &font, const QFontMetrics &metrics, const QColor &colour,
              bool trailing = false) const
    {
        if (words.isEmpty() || rect.width() <= 0)
            return;
        painter->setFont(font);
        painter->setPen(colour);
        const QStaticText &text = shaped(words, rect.width(), font, metrics);
        const QRect place = mirrored(rect);
        const double y = place.top() + (place.height() - text.size().height()) / 2;
        painter->drawStaticText(QPointF(trailing == rtl ? place.left() : place.right() + 1 - text.size().width(), std::round(y)), text);
    }
};

void paintPlaceholder(QPainter *painter, const QStyleOptionViewItem &option)
{
    // Quiet bars, no movement: rows come within milliseconds.
    const Colours &c = colours();
    painter->setPen(Qt::NoPen);
    painter->setBrush(mixed(c.surface, c.line, 0.45));
    const QRect &r = option.rect;
    const auto bar = [&](QRect rect) { painter->drawRoundedRect(QStyle::visualRect(option.direction, r, rect), 4, 4); };
    bar(QRect(r.left() + px(12), r.center().y() - px(20), px(40), px(40)));
    bar(QRect(r.left() + px(64), r.center().y() - px(14), r.width() / 3, px(8)));
    bar(QRect(r.left() + px(64), r.center().y() + px(6), r.width() / 2, px(8)));
}

void paintRowAvatar(const RowParts &p, int size)
{
    const Colours &c = colours();
    const QRect circle = p.mirrored(QRect(p.option.rect.left() + px(12), p.option.rect.center().y() - size / 2 + 1, size, size));
    const double ratio = p.painter->device()->devicePixelRatioF();
    p.painter->drawPixmap(circle.topLeft(), avatarPixmap(p.row.contactId, p.row.initials, p.row.contactLocal, size, ratio));
    const int badge = px(18);
    const QRect corner(p.rtl ? circle.left() - px(3) : circle.right() - badge + px(4), circle.bottom() - badge + px(4), badge, badge);
    p.painter->setPen(Qt::NoPen);
    p.painter->setBrush(p.selected ? c.selection : p.option.state.testFlag(QStyle::State_MouseOver) ? c.hover : c.surface);
    p.painter->drawEllipse(corner);
    icons::paint(p.painter, QRectF(corner).adjusted(px(2), px(2), -px(2), -px(2)), icons::ofChannel(p.row.channel), c.text2);
}

/// What stands at the right of the second line; answers the width taken.
int paintMarks(const RowParts &p, const QRect &line)
{
    const Colours &c = colours();
    int right = line.right() + 1;
    if (p.row.unread > 0) {
        const int dot = px(10);
        const QRect at = p.mirrored(QRect(right - dot, line.center().y() - dot / 2 + 1, dot, dot));
        p.painter->setPen(Qt::NoPen);
        p.painter->setBrush(c.accent);
        p.painter->drawEllipse(at);
        right -= dot + px(6);
    }
    const bool failed = p.row.lastState == MessageState::Failed || p.row.lastState == MessageState::OptedOut
        || p.row.lastState == MessageState::StoppedHere || p.row.lastState == MessageState::NeedsYou;
    const bool mark = p.row.direction == Direction::Outbound && p.row.lastState != MessageState::Draft;
    if (mark) {
        const int height = px(13);
        const int width = int(stateMarkWidth(p.row.lastState, height));
        const QRect at = p.mirrored(QRect(right - width, line.center().y() - height / 2 + 1, width, height));
        paintStateMark(p.painter, at, p.row.lastState, failed ? stateMarkColour(p.row.lastState, p.quiet) : p.quiet);
        right -= width + px(6);
    }
    if (p.row.starred) {
        const int side = px(14);
        icons::paint(p.painter, p.mirrored(QRect(right - side, line.center().y() - side / 2 + 1, side, side)),
                     QStringLiteral("star-filled"), c.warn);
        right -= side + px(6);
    }
    return line.right() + 1 - right;
}

/// The tags at the right of the name, as far as there is room for the name; answers the width taken.
int paintTags(const RowParts &p, const QRect &room, int most)
{
    int right = room.right() + 1;
    int taken = 0;
    const QStringList shown = p.row.tags.mid(0, 2);
    for (auto tag = shown.crbegin(); tag != shown.crend(); ++tag) {
        const QString words = models::words::oneLine(*tag, 24);
        const int width = std::min(int(chipWidth(words)), px(96));
        if (taken + width + px(4) > most)
            break;
        const QRect at = p.mirrored(QRect(right - width, room.top(), width, room.height()));
        paintChip(p.painter, at, words, ChipKind::Neutral, p.option.direction);
        right -= width + px(4);
        taken += width + px(4);
    }
    return taken;
}

} // namespace

void InboxDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const Colours &c = colours();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool over = option.state.testFlag(QStyle::State_MouseOver);
    painter->fillRect(option.rect, selected ? c.selection : over ? c.hover : c.surface);
    if (selected)
        painter->fillRect(QStyle::visualRect(option.direction, option.rect,
                                             QRect(option.rect.left(), option.rect.top(), px(3), option.rect.height())),
                          c.accent);
    const QVariant value = index.data(models::InboxModel::RowRole);
    if (!value.isValid()) {
        paintPlaceholder(painter, option);
        painter->restore();
        return;
    }
    const auto row = value.value<ConversationRow>();
    const Fonts &f = fonts();
    const bool compact = d->density == Density::Compact;
    const int avatar = px(compact ? 32 : 40);
    const int left = option.rect.left() + px(12) + avatar + px(12);
    RowParts p{painter, option, row, QRect(left, option.rect.top(), option.rect.right() - px(12) - left + 1, option.rect.height()),
               option.direction == Qt::RightToLeft, selected, selected ? c.text2 : c.text3};
    if (row.deleted)
        painter->setOpacity(0.55);
    paintRowAvatar(p, avatar);

    const bool strong = row.unread > 0;
    const QFontMetrics &nameSize = strong ? f.nameStrongSize : f.nameSize;
    const int first = nameSize.height();
    const int second = f.previewSize.height();
    const int gap = px(compact ? 1 : 3);
    const int top = option.rect.top() + (option.rect.height() - first - second - gap) / 2;
    const QDateTime now = QDateTime::currentDateTimeUtc();

    // First line: name, chips, time (or the acts, under the mouse).
    QRect line(p.area.left(), top, p.area.width(), first);
    if (d->actsOver(option)) {
        line.setRight(line.right() - 3 * px(26) + px(4));
    } else {
        const QString time = row.lastDate.isValid() ? relativeTime(row.lastDate, now, d->mine) : QString();
        const int width = f.timeSize.horizontalAdvance(time);
        p.text(line, time, f.time, f.timeSize, strong ? c.accent : p.quiet, true);
        line.setRight(line.right() - width - px(8));
        const QString hour = d->localHour(row, now);
        if (!hour.isEmpty()) {
            const int wide = f.timeSize.horizontalAdvance(hour);
            p.text(line, hour, f.time, f.timeSize, p.quiet, true);
            const int side = px(14);
            icons::paint(painter, p.mirrored(QRect(line.right() - wide - px(3) - side, line.center().y() - side / 2 + 1, side, side)),
                         QStringLiteral("moon"), p.quiet, p.rtl);
            line.setRight(line.right() - wide - side - px(11));
        }
    }
    const QString name = presentable(row.name, 200).replace(u'\n', u' ');
    const QFont &nameFont = strong ? f.nameStrong : f.name;
    if (!compact && !row.tags.isEmpty()) {
        const int nameWidth = std::min(nameSize.horizontalAdvance(name), std::max(px(96), line.width() / 2));
        const int taken = paintTags(p, line, line.width() - nameWidth - px(8));
        line.setRight(line.right() - taken - (taken ? px(4) : 0));
    }
    p.text(line, name, nameFont, nameSize, c.text);

    // Second line: draft word or preview, marks at the end.
    QRect below(p.area.left(), top + first + gap, p.area.width(), second);
    below.setRight(below.right() - paintMarks(p, below));
    QString preview = models::words::oneLine(presentable(row.preview, 300), 160);
    if (row.hasDraft) {
        const QString word = tr("Draft");
        const int width = f.previewStrongSize.horizontalAdvance(word);
        p.text(below, word, f.previewStrong, f.previewStrongSize, c.warn);
        below.setLeft(below.left() + width + px(6));
    }
    if (row.direction == Direction::Outbound && !preview.isEmpty())
        preview = tr("You: ") + QChar(0x2068) + preview + QChar(0x2069); // isolated: it may run the other way
    p.text(below, preview, f.preview, f.previewSize, strong ? c.text : c.text2);

    if (d->actsOver(option)) {
        static const std::array<QString, 3> names{QStringLiteral("done"), QStringLiteral("snooze"), QStringLiteral("star")};
        const auto rects = d->actRects(option.rect, option.direction);
        for (std::size_t i = 0; i < rects.size(); ++i)
            icons::paint(painter, QRectF(rects[i]).adjusted(px(4), px(4), -px(4), -px(4)),
                         i == 2 && row.starred ? QStringLiteral("star-filled") : names[i], c.text2);
    }
    if (option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        painter->setPen(QPen(c.focus, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(2, 2, -2, -2), px(4), px(4));
    }
    painter->restore();
}

bool InboxDelegate::editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                                const QModelIndex &index)
{
    const bool press = event->type() == QEvent::MouseButtonPress;
    if (!press && event->type() != QEvent::MouseButtonRelease)
        return QStyledItemDelegate::editorEvent(event, model, option, index);
    const auto *mouse = static_cast<QMouseEvent *>(event);
    if (mouse->button() != Qt::LeftButton || !d->actsShown)
        return false;
    const auto rects = d->actRects(option.rect, option.direction);
    for (std::size_t i = 0; i < rects.size(); ++i) {
        if (!rects[i].contains(mouse->position().toPoint()))
            continue;
        if (!press)
            Q_EMIT actRequested(Act(i), index.data(models::InboxModel::KeyRole).toLongLong());
        return true;
    }
    return false;
}

bool InboxDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                              const QModelIndex &index)
{
    const QVariant value = index.data(models::InboxModel::RowRole);
    if (event->type() != QEvent::ToolTip || !value.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    if (d->actsShown) {
        const QStringList names{tr("Done (E)"), tr("Snooze (S)"), tr("Star (*)")};
        const auto rects = d->actRects(option.rect, option.direction);
        for (std::size_t i = 0; i < rects.size(); ++i) {
            if (rects[i].contains(event->pos())) {
                QToolTip::showText(event->globalPos(), names[qsizetype(i)], view);
                return true;
            }
        }
    }
    const auto row = value.value<ConversationRow>();
    QStringList lines{presentable(row.name, 200).toHtmlEscaped()};
    if (row.lastDate.isValid())
        lines << QLocale().toString(row.lastDate.toTimeZone(d->mine), QLocale::LongFormat);
    const QTimeZone there = d->zone(row);
    if (there.isValid())
        lines << tr("%1 where they are").arg(models::words::clock(QDateTime::currentDateTimeUtc().toTimeZone(there).time()));
    if (!row.tags.isEmpty())
        lines << tr("Tags: %1").arg(row.tags.join(QStringLiteral(", ")).left(300).toHtmlEscaped());
    QToolTip::showText(event->globalPos(), lines.join(QStringLiteral("<br>")), view);
    return true;
}

} // namespace outrigger::gui
