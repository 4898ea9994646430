// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dealcolumn.h"

#include "gui/dealcard.h"
#include "gui/icons.h"
#include "gui/keymap.h"
#include "gui/style.h"
#include "gui/widgets.h"
#include "models/boardmodel.h"
#include "models/dealwords.h"

#include <QContextMenuEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr int headHeight = 52;
constexpr int columnWidth = 272;
constexpr int foldedWidth = 40;
constexpr int carryAfter = 4; ///< px

} // namespace

DealList::DealList(models::ColumnModel *model, DealCard *card, QWidget *parent) : QListView(parent)
{
    setModel(model);
    setItemDelegate(card);
    setUniformItemSizes(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    verticalScrollBar()->setSingleStep(px(40));
    QPalette ground = palette();
    ground.setColor(QPalette::Base, Qt::transparent);
    setPalette(ground);
    viewport()->setAutoFillBackground(false);
}

qint64 DealList::currentKey() const
{
    return currentIndex().isValid() ? currentIndex().data(models::ColumnModel::KeyRole).toLongLong() : 0;
}

void DealList::setTarget(bool lit, bool line, const QString &word)
{
    if (m_lit == lit && m_line == line && m_word == word)
        return;
    m_word = word;
    m_lit = lit;
    m_line = line;
    viewport()->update();
}

void DealList::mousePressEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    const bool one = event->modifiers() == Qt::ControlModifier, range = event->modifiers() == Qt::ShiftModifier;
    if (event->button() == Qt::LeftButton && index.isValid() && (one || range)) {
        const int from = range && currentIndex().isValid() ? std::min(currentIndex().row(), index.row()) : index.row();
        const int to = range && currentIndex().isValid() ? std::max(currentIndex().row(), index.row()) : index.row();
        QVector<qint64> keys;
        for (int row = from; row <= to; ++row)
            keys.append(model()->index(row, 0).data(models::ColumnModel::KeyRole).toLongLong());
        const bool on = range || !index.data(models::ColumnModel::TickedRole).toBool();
        setFocus(Qt::MouseFocusReason);
        if (one)
            setCurrentIndex(index);
        Q_EMIT ticked(keys, on);
        return;
    }
    QListView::mousePressEvent(event);
    m_pressed = event->globalPosition().toPoint();
    m_pressedKey = event->button() == Qt::LeftButton && index.isValid() ? index.data(models::ColumnModel::KeyRole).toLongLong() : 0;
}

void DealList::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint at = event->globalPosition().toPoint();
    if (!m_carrying && m_pressedKey && event->buttons().testFlag(Qt::LeftButton) && (at - m_pressed).manhattanLength() >= carryAfter) {
        m_carrying = true;
        Q_EMIT carryBegan(m_pressedKey, m_pressed);
    }
    if (m_carrying)
        Q_EMIT carried(at);
    else if (!event->buttons())
        QListView::mouseMoveEvent(event); // hovering; a drag of its own would select other cards
}

void DealList::mouseReleaseEvent(QMouseEvent *event)
{
    m_pressedKey = 0;
    if (std::exchange(m_carrying, false))
        Q_EMIT dropped();
    else
        QListView::mouseReleaseEvent(event);
}

void DealList::keyPressEvent(QKeyEvent *event)
{
    if (m_carrying && event->key() == Qt::Key_Escape) {
        m_carrying = false;
        m_pressedKey = 0;
        Q_EMIT carryCancelled();
        return;
    }
    if (event->modifiers() == Qt::NoModifier && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)) {
        Q_EMIT sideways((event->key() == Qt::Key_Right) == (layoutDirection() == Qt::LeftToRight) ? 1 : -1);
        return;
    }
    QListView::keyPressEvent(event);
}

/// On a card its own menu; beside the cards that of the stage.
void DealList::contextMenuEvent(QContextMenuEvent *event)
{
    const bool key = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = key ? currentIndex() : indexAt(event->pos());
    if (!index.isValid()) {
        event->ignore();
        return;
    }
    setFocus(Qt::PopupFocusReason);
    setCurrentIndex(index);
    Q_EMIT menuWanted(key ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos());
}

void DealList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    Q_EMIT currentKeyChanged(currentKey());
}

void DealList::focusInEvent(QFocusEvent *event)
{
    QListView::focusInEvent(event);
    if (!currentIndex().isValid() && model() && model()->rowCount() > 0)
        setCurrentIndex(model()->index(0, 0));
    if (currentIndex().isValid() && selectionModel() && !selectionModel()->isSelected(currentIndex()))
        selectionModel()->select(currentIndex(), QItemSelectionModel::ClearAndSelect);
    Q_EMIT currentKeyChanged(currentKey());
}

void DealList::paintEvent(QPaintEvent *event)
{
    if (m_lit) {
        QPainter painter(viewport());
        painter.setRenderHint(QPainter::Antialiasing);
        const Colours &c = colours();
        painter.setPen(QPen(c.accent, 2, c.tints ? Qt::SolidLine : Qt::DashLine));
        painter.setBrush(c.tints ? mixed(c.window, c.accent, 0.10) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(QRectF(viewport()->rect()).adjusted(2, 2, -2, -2), px(8), px(8));
    }
    QListView::paintEvent(event);
    if (m_lit && !m_word.isEmpty()) {
        QPainter painter(viewport());
        painter.setRenderHint(QPainter::Antialiasing);
        const Colours &c = colours();
        const QFont font = Style::instance()->font(TextRole::SmallStrong);
        const QFontMetrics size(font);
        const QRect whole = viewport()->rect().adjusted(px(12), px(8), -px(12), -px(8));
        const QRect words = size.boundingRect(whole, Qt::AlignHCenter | Qt::TextWordWrap, m_word);
        const QRect box = QRect(whole.left(), whole.bottom() - words.height() - px(14), whole.width(), words.height() + px(14));
        painter.setPen(QPen(c.warn));
        painter.setBrush(c.surface);
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6));
        painter.setPen(c.text);
        painter.setFont(font);
        painter.drawText(box, int(Qt::AlignCenter) | Qt::TextWordWrap, m_word);
    }
    if (m_line) {
        QPainter painter(viewport());
        const int top = model() && model()->rowCount() > 0 ? visualRect(model()->index(0, 0)).top() : px(4);
        painter.fillRect(QRect(px(8), std::max(1, top), viewport()->width() - px(16), px(3)), colours().accent);
    }
}

DealColumn::DealColumn(models::BoardModel *board, int at, DealCard *card, Actions *actions, QWidget *parent)
    : QWidget(parent), m_board(board), m_at(at), m_list(new DealList(board->column(at), card, this))
{
    const QString id = board->column(at)->stage().value;
    setObjectName(u"pipeline.stage."_s + id);
    named(m_list, u"pipeline.column."_s + id, board->columnName(at));
    actions->attach(m_list, KeyScope::Lists);
    actions->attach(m_list, KeyScope::Board);
    m_fold = iconButton(u"chevron-left"_s, u"pipeline.fold."_s + id, tr("Fold this column"), this);
    connect(m_fold, &QToolButton::clicked, this, [this] {
        setFolded(!m_folded);
        Q_EMIT foldToggled(m_folded);
    });
    m_menu = iconButton(u"more"_s, u"pipeline.menu."_s + id, tr("What happens in the stage %1").arg(board->columnName(at)), this);
    connect(m_menu, &QToolButton::clicked, this, [this] { Q_EMIT menuWanted(m_menu->mapToGlobal(QPoint(0, m_menu->height()))); });
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    showSums();
}

QSize DealColumn::sizeHint() const
{
    return {px(m_folded ? foldedWidth : columnWidth), px(300)};
}

void DealColumn::setFolded(bool folded)
{
    m_folded = folded;
    m_list->setVisible(!folded);
    m_menu->setVisible(!folded);
    m_fold->setIcon(icons::icon(folded ? u"chevron-right"_s : u"chevron-left"_s));
    const QString name = folded ? tr("Unfold this column") : tr("Fold this column");
    m_fold->setAccessibleName(name);
    m_fold->setToolTip(name);
    setFixedWidth(sizeHint().width());
    updateGeometry();
    update();
}

void DealColumn::showSums()
{
    const auto sum = m_board->sum(m_at);
    QString words = tr("%n deal(s)", nullptr, sum.deals);
    if (sum.value > 0)
        words += u", "_s + models::dealwords::money(sum.value, m_board->region());
    m_list->setAccessibleName(m_board->columnName(m_at) + u", "_s + words);
    setFixedWidth(sizeHint().width());
    update();
}

void DealColumn::resizeEvent(QResizeEvent *)
{
    const int button = px(28);
    m_fold->setGeometry(QStyle::visualRect(layoutDirection(), rect(),
                                           QRect(m_folded ? (width() - button) / 2 : width() - button - px(4), px(10), button, button)));
    m_menu->setGeometry(QStyle::visualRect(layoutDirection(), rect(), QRect(width() - 2 * button - px(4), px(10), button, button)));
    m_list->setGeometry(0, px(headHeight), width(), height() - px(headHeight));
}

void DealColumn::setRules(const QString &words)
{
    m_rules = words;
    m_list->setAccessibleDescription(words);
    setToolTip(words);
    update();
}

void DealColumn::contextMenuEvent(QContextMenuEvent *event)
{
    Q_EMIT menuWanted(event->globalPos());
}

void DealColumn::mousePressEvent(QMouseEvent *event)
{
    if (m_folded)
        m_fold->click();
    else
        QWidget::mousePressEvent(event);
}

void DealColumn::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours &c = colours();
    auto *style = Style::instance();
    painter.setPen(c.tints ? QPen(Qt::NoPen) : QPen(c.inputBorder));
    painter.setBrush(mixed(c.window, c.text, c.tints ? 0.035 : 0));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(10), px(10));
    const QString name = m_board->columnName(m_at);
    const auto sum = m_board->sum(m_at);
    const QFont strong = style->font(TextRole::BodyStrong);
    const QFont small = style->font(TextRole::Small);
    if (m_folded) {
        painter.translate(width() / 2.0, px(48));
        painter.rotate(90);
        painter.setFont(strong);
        painter.setPen(c.text);
        painter.drawText(QRectF(0, -px(12), height() - px(56), px(24)), int(Qt::AlignLeft | Qt::AlignVCenter),
                         u"%1  %2"_s.arg(name, locale().toString(sum.deals)));
        return;
    }
    const auto place = [this](int left, int top, int width, int height) {
        return QStyle::visualRect(layoutDirection(), rect(), QRect(left, top, width, height));
    };
    int left = px(12);
    if (const QColor dot(m_board->columnColor(m_at)); dot.isValid()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(dot);
        painter.drawEllipse(place(left, px(14), px(8), px(8)));
        left += px(14);
    }
    const QFontMetrics strongSize(strong);
    const QString count = locale().toString(sum.deals);
    const int room = width() - left - px(m_rules.isEmpty() ? 68 : 86) - strongSize.horizontalAdvance(count) - px(8);
    const QString title = strongSize.elidedText(name, Qt::ElideRight, room);
    painter.setFont(strong);
    painter.setPen(c.text);
    painter.drawText(place(left, px(6), room, px(24)), int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignVCenter), title);
    painter.setPen(c.text2);
    painter.drawText(place(left + strongSize.horizontalAdvance(title) + px(8), px(6), px(60), px(24)),
                     int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignVCenter), count);
    if (!m_rules.isEmpty())
        icons::paint(&painter, place(width() - px(80), px(16), px(16), px(16)), u"automation"_s, c.text2);
    QString money = sum.deals > 0 ? models::dealwords::money(sum.value, m_board->region()) : QString();
    if (sum.weighted > 0)
        money += u"  ·  "_s + tr("weighted %1").arg(models::dealwords::money(std::round(sum.weighted), m_board->region()));
    painter.setFont(small);
    painter.drawText(place(px(12), px(30), width() - px(24), px(20)),
                     int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignVCenter),
                     QFontMetrics(small).elidedText(money, Qt::ElideRight, width() - px(24)));
}

} // namespace outrigger::gui
