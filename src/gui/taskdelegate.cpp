// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/taskdelegate.h"

#include "gui/avatar.h"
#include "gui/icons.h"
#include "gui/style.h"
#include "models/desk.h"
#include "models/tasksmodel.h"

#include <QMouseEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

using models::TasksModel;
using taskentry::Group;

namespace {

constexpr int rowHeight = 52;
constexpr int groupHeight = 36;
constexpr int inset = 16;
constexpr int tick = 18;
constexpr int avatarSize = 24;

void text(QPainter *painter, const QRect &rect, const QString &words, const QFont &font, const QColor &ink, Qt::Alignment alignment, Qt::LayoutDirection direction)
{
    painter->setFont(font);
    painter->setPen(ink);
    painter->drawText(rect, int(QStyle::visualAlignment(direction, alignment) | Qt::AlignVCenter | Qt::TextSingleLine),
                      QFontMetrics(font).elidedText(words, Qt::ElideRight, rect.width()));
}

bool isWaiting(const TaskRow &row)
{
    return !row.recordState.isEmpty() && row.recordState != "confirmed"_L1 && row.recordState != "accepted"_L1;
}

} // namespace

QRect TaskDelegate::circle(const QStyleOptionViewItem &option)
{
    const QRect &row = option.rect;
    return QStyle::visualRect(option.direction, row, {row.left() + px(inset), row.center().y() - px(tick) / 2, px(tick), px(tick)});
}

QSize TaskDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    return {px(200), px(index.data(TasksModel::RowRole).isValid() ? rowHeight : groupHeight)};
}

void TaskDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Colours &c = colours();
    auto *style = Style::instance();
    const QRect row = option.rect;
    const auto mirrored = [&](const QRect &part) { return QStyle::visualRect(option.direction, row, part); };
    const auto group = Group(index.data(TasksModel::GroupRole).toInt());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (!index.data(TasksModel::RowRole).isValid()) {
        const bool target = m_target == group;
        painter->fillRect(row, target ? c.selection : c.window);
        if (target)
            painter->fillRect(mirrored({row.left(), row.top(), px(3), row.height()}), c.accent);
        const QFont strong = style->font(TextRole::SmallStrong);
        const QString name = index.data().toString();
        const QRect words = row.adjusted(px(inset), px(6), -px(inset), 0);
        text(painter, words, name, strong, group == Group::Overdue ? c.danger : c.text2, Qt::AlignLeft, option.direction);
        const int wide = QFontMetrics(strong).horizontalAdvance(name) + px(8);
        text(painter, mirrored(QRect(row.left() + px(inset) + wide, words.top(), px(60), words.height())), QLocale().toString(index.data(TasksModel::CountRole).toInt()),
             style->font(TextRole::Small), c.text2, Qt::AlignLeft, option.direction);
        painter->restore();
        return;
    }
    const TaskRow task = index.data(TasksModel::RowRole).value<TaskRow>();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->fillRect(row, selected ? c.selection : option.state.testFlag(QStyle::State_MouseOver) ? c.hover : c.surface);
    if (selected)
        painter->fillRect(mirrored({row.left(), row.top(), px(3), row.height()}), c.accent);
    const QRectF ring = QRectF(circle(option)).adjusted(1, 1, -1, -1);
    QPen edge(group == Group::Overdue ? c.danger : task.task.done ? c.ok : c.inputBorder, 1.6);
    if (isWaiting(task))
        edge.setStyle(Qt::DashLine); // not in HighLevel yet
    painter->setPen(edge);
    painter->setBrush(Qt::NoBrush);
    painter->drawEllipse(ring);
    if (task.task.done)
        icons::paint(painter, ring.adjusted(2, 2, -2, -2), u"done"_s, c.ok);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString due = taskentry::dueWords(task.task.due, now, QTimeZone::systemTimeZone());
    const QFont body = style->font(TextRole::Body), small = style->font(TextRole::Small);
    const int dueWidth = due.isEmpty() ? 0 : QFontMetrics(small).horizontalAdvance(due) + px(4);
    const int left = row.left() + px(inset + tick + 12);
    int right = row.right() - px(inset);
    const QString owner = m_desk->userName(task.task.user);
    if (!owner.isEmpty()) {
        const QRect face = mirrored({right - px(avatarSize), row.center().y() - px(avatarSize) / 2, px(avatarSize), px(avatarSize)});
        paintAvatar(painter, face, ContactId(task.task.user.value), initialsOf(owner));
    }
    right -= px(avatarSize + 12);
    text(painter, mirrored({right - dueWidth, row.top(), dueWidth, row.height()}), due, small, group == Group::Overdue ? c.danger : c.text2, Qt::AlignRight,
         option.direction);
    right -= dueWidth + px(12);
    const int line = QFontMetrics(body).height(), under = QFontMetrics(small).height();
    const int top = row.top() + (row.height() - line - under - px(2)) / 2;
    QFont title = body;
    title.setStrikeOut(task.task.done);
    text(painter, mirrored({left, top, right - left, line}), task.task.title, title, task.task.done ? c.text2 : c.text, Qt::AlignLeft, option.direction);
    const bool trouble = task.recordState == "rejected"_L1 || task.recordState == "uncertain"_L1;
    QString second = trouble && !task.reason.isEmpty() ? task.reason : task.contactName;
    if (!trouble && !task.task.body.isEmpty())
        second += (second.isEmpty() ? QString() : u" · "_s) + task.task.body.simplified();
    text(painter, mirrored({left, top + line + px(2), right - left, under}), second, small, trouble ? c.danger : c.text2, Qt::AlignLeft, option.direction);
    painter->restore();
}

bool TaskDelegate::editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const bool press = event->type() == QEvent::MouseButtonRelease || event->type() == QEvent::MouseButtonDblClick;
    if (press && index.data(TasksModel::RowRole).isValid()) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (mouse->button() == Qt::LeftButton && circle(option).adjusted(-px(8), -px(8), px(8), px(8)).contains(mouse->position().toPoint())) {
            if (event->type() == QEvent::MouseButtonRelease)
                Q_EMIT tickWanted(index);
            return true;
        }
    }
    return QStyledItemDelegate::editorEvent(event, model, option, index);
}

} // namespace outrigger::gui
