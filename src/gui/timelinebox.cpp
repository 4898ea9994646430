// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/timelinebox.h"

#include "gui/icons.h"
#include "gui/style.h"
#include "gui/textline.h"
#include "gui/widgets.h"
#include "models/leadtimeline.h"

#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr int shown = 8;
constexpr int most = 200;

/// Icon, who and when in small letters, the words below.
class EntryDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    static int height()
    {
        auto *style = Style::instance();
        return QFontMetrics(style->font(TextRole::Small)).height() + QFontMetrics(style->font(TextRole::Body)).height() + px(10);
    }
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {px(120), height()}; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        using models::LeadTimeline;
        const Colours &c = colours();
        auto *style = Style::instance();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool focused = option.state.testFlag(QStyle::State_HasFocus);
        if (focused || option.state.testFlag(QStyle::State_MouseOver)) {
            painter->setPen(focused ? QPen(c.focus, 2) : QPen(Qt::NoPen));
            painter->setBrush(focused ? QBrush(Qt::NoBrush) : QBrush(c.hover));
            painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), px(6), px(6));
        }
        const QRect inside = option.rect.adjusted(px(4), px(4), -px(4), -px(4));
        const auto place = [&](const QRect &rect) { return QStyle::visualRect(option.direction, option.rect, rect); };
        const int icon = px(16), left = inside.left() + icon + px(8);
        icons::paint(painter, place({inside.left(), inside.top() + px(2), icon, icon}), LeadTimeline::iconOf(LeadTimeline::Kind(index.data(LeadTimeline::KindRole).toInt())),
                     index.data(LeadTimeline::PlannedRole).toBool() ? c.accent : c.text2);
        const QFont small = style->font(TextRole::Small), body = style->font(TextRole::Body);
        const int smallHeight = QFontMetrics(small).height(), width = inside.right() + 1 - left;
        const QString when = index.data(LeadTimeline::WhenRole).toString();
        const int whenWidth = QFontMetrics(small).horizontalAdvance(when) + px(2);
        const auto align = QStyle::visualAlignment(option.direction, Qt::AlignLeft);
        painter->setPen(c.text2);
        TextLine(when, small, whenWidth).draw(painter, place({inside.right() + 1 - whenWidth, inside.top(), whenWidth, smallHeight}), QStyle::visualAlignment(option.direction, Qt::AlignRight));
        const int headWidth = std::max(0, width - whenWidth - px(8));
        TextLine(index.data(LeadTimeline::HeadRole).toString(), small, headWidth).draw(painter, place({left, inside.top(), headWidth, smallHeight}), align);
        painter->setPen(c.text);
        TextLine(index.data().toString(), body, width).draw(painter, place({left, inside.top() + smallHeight + px(2), width, QFontMetrics(body).height()}), align);
        painter->restore();
    }
};

} // namespace

TimelineBox::TimelineBox(models::Desk *desk, QWidget *parent) : QWidget(parent), m_model(new models::LeadTimeline(desk, this))
{
    setObjectName(u"lead.timeline.box"_s);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 6);
    column->addWidget(new Label(tr("Timeline"), TextRole::SmallStrong, Ink::Text2, this));
    m_list = named(new QListView(this), u"lead.timeline"_s, tr("Timeline of everything with this lead"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new EntryDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // the panel scrolls
    m_list->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    column->addWidget(m_list);
    m_more = pushButton(QString(), u"lead.timeline.more"_s, this);
    column->addWidget(m_more, 0, Qt::AlignLeading);
    connect(m_more, &QPushButton::clicked, this, [this] {
        m_all = !m_all;
        show();
    });
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { open(index.row()); });
    connect(m_list, &QListView::activated, this, [this](const QModelIndex &index) { open(index.row()); });
    connect(m_model, &models::LeadTimeline::loaded, this, &TimelineBox::show);
    connect(m_model, &QAbstractItemModel::modelReset, this, &TimelineBox::show);
    connect(Style::instance(), &Style::changed, this, &TimelineBox::show);
    show();
}

void TimelineBox::setContact(const ContactId &contact, const QString &name)
{
    if (contact != m_model->contact())
        m_all = false;
    m_model->setContact(contact, name);
}

/// As high as what is shown: a list in a list that scrolls by itself is a trap for the wheel.
void TimelineBox::show()
{
    const int rows = m_model->rowCount();
    const int count = std::min(rows, m_all ? most : shown);
    m_list->setFixedHeight(std::max(1, count * EntryDelegate::height()));
    for (int row = 0; row < rows; ++row)
        m_list->setRowHidden(row, row >= count);
    m_more->setVisible(rows > shown);
    m_more->setText(m_all ? tr("Show the latest only") : tr("Show all %1").arg(std::min(rows, most)));
    setVisible(rows > 0);
}

void TimelineBox::open(int row)
{
    using Kind = models::LeadTimeline::Kind;
    const auto entry = m_model->entry(row);
    switch (entry.kind) {
    case Kind::Note: Q_EMIT noteWanted(entry.key); break;
    case Kind::Task: Q_EMIT taskWanted(entry.task); break;
    case Kind::Deal: Q_EMIT dealWanted(entry.deal); break;
    case Kind::Appointment: break; // its buttons stand above
    default: Q_EMIT conversationWanted(m_model->contact());
    }
}

} // namespace outrigger::gui
