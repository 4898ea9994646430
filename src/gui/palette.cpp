// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/palette.h"

#include "domain/textfind.h"
#include "gui/celldelegate.h"
#include "gui/icons.h"
#include "gui/keymap.h"
#include "gui/widgets.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

using models::PaletteModel;

constexpr int wide = 640;
constexpr int rowHeight = 40;
constexpr int groupHeight = 28;

QString iconOf(PaletteModel::Kind kind)
{
    switch (kind) {
    case PaletteModel::Kind::Person: return u"user"_s;
    case PaletteModel::Kind::Deal: return u"pipeline"_s;
    case PaletteModel::Kind::Message: return u"chat"_s;
    case PaletteModel::Kind::Email: return u"email"_s;
    case PaletteModel::Kind::Call: return u"phone"_s;
    case PaletteModel::Kind::Task: return u"tasks"_s;
    case PaletteModel::Kind::Note: return u"note"_s;
    case PaletteModel::Kind::Appointment: return u"calendar"_s;
    case PaletteModel::Kind::Snippet: return u"quote"_s;
    case PaletteModel::Kind::Do: return u"chevron-right"_s;
    case PaletteModel::Kind::Group: break;
    }
    return {};
}

/// Icon, title, detail behind it, date or keys at the end; what was typed is marked in both.
class Rows : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        const auto row = index.data(PaletteModel::RowRole).value<PaletteModel::Row>();
        const bool group = row.kind == PaletteModel::Kind::Group;
        const int line = QFontMetrics(Style::instance()->font(group ? TextRole::Small : TextRole::Body)).height();
        return {0, std::max(px(group ? groupHeight : rowHeight), line + px(12))};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const auto row = index.data(PaletteModel::RowRole).value<PaletteModel::Row>();
        const Colours &c = colours();
        const bool mirrored = option.direction == Qt::RightToLeft;
        painter->save();
        QRect rect = option.rect.adjusted(px(16), 0, -px(16), 0);
        if (row.kind == PaletteModel::Kind::Group) {
            painter->setFont(Style::instance()->font(TextRole::Small));
            painter->setPen(c.text2);
            painter->drawText(rect, int(Qt::AlignBottom) | int(Qt::AlignLeading), row.title);
            painter->restore();
            return;
        }
        if (option.state & QStyle::State_Selected) {
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(c.tints ? QPen(Qt::NoPen) : QPen(c.focus, c.edge));
            painter->setBrush(c.tints ? c.selection : c.surface);
            painter->drawRoundedRect(QRectF(option.rect).adjusted(px(6), 0, -px(6), 0), px(6), px(6));
        }
        const int icon = px(16);
        const QRect iconRect(mirrored ? rect.right() - icon : rect.left(), rect.center().y() - icon / 2, icon, icon);
        icons::paint(painter, iconRect, iconOf(row.kind), c.text2, mirrored);
        if (mirrored)
            rect.setRight(iconRect.left() - px(10));
        else
            rect.setLeft(iconRect.right() + px(10));
        painter->setFont(Style::instance()->font(TextRole::Small));
        if (!row.right.isEmpty()) {
            painter->setPen(c.text2);
            painter->drawText(rect, int(Qt::AlignVCenter) | int(Qt::AlignTrailing), row.right);
            const int taken = painter->fontMetrics().horizontalAdvance(row.right) + px(12);
            mirrored ? rect.setLeft(rect.left() + taken) : rect.setRight(rect.right() - taken);
        }
        const QString needle = index.data(PaletteModel::NeedleRole).toString();
        const int title = drawMarked(painter, rect, row.title, needle, Style::instance()->font(TextRole::BodyStrong), c.text,
                                     row.detail.isEmpty() ? rect.width() : rect.width() * 2 / 5, mirrored);
        mirrored ? rect.setRight(rect.right() - title - px(10)) : rect.setLeft(rect.left() + title + px(10));
        drawMarked(painter, rect, row.detail, needle, Style::instance()->font(TextRole::Small), c.text2, rect.width(), mirrored);
        painter->restore();
    }

private:
    /// Answers the width it took.
    static int drawMarked(QPainter *painter, const QRect &rect, const QString &text, const QString &needle, const QFont &font, const QColor &ink,
                          int most, bool mirrored)
    {
        const Colours &c = colours();
        painter->setFont(font);
        const QFontMetrics metrics(font);
        const QString shown = metrics.elidedText(text, Qt::ElideRight, most);
        const int width = metrics.horizontalAdvance(shown);
        const QRect place(mirrored ? rect.right() - width : rect.left(), rect.top(), width + 1, rect.height());
        if (!needle.isEmpty() && !mirrored && !shown.isRightToLeft()) {
            for (const auto &one : textfind::places(shown, needle)) {
                const int from = metrics.horizontalAdvance(shown, one.start);
                const int to = metrics.horizontalAdvance(shown, one.start + one.length);
                const QRect under(place.left() + from, place.center().y() - metrics.height() / 2, to - from, metrics.height());
                painter->fillRect(under, c.tints ? mixed(c.surface, c.warn, 0.28) : c.surface);
                if (!c.tints)
                    painter->fillRect(QRect(under.left(), under.bottom(), under.width(), c.edge), c.text);
            }
        }
        painter->setPen(ink);
        painter->drawText(place, int(Qt::AlignVCenter) | int(Qt::AlignLeft), shown);
        return width;
    }
};

} // namespace

Palette::Palette(models::Desk *desk, Actions *actions, QWidget *window)
    : QFrame(window), m_actions(actions), m_model(new PaletteModel(desk, this))
{
    setObjectName(u"palette"_s);
    setAccessibleName(tr("Search and commands"));
    auto *column = new QVBoxLayout(this);
    setInsets(column, 10, 10, 10, 8, 6);
    m_input = named(new QLineEdit(this), u"palette.input"_s, tr("Find anybody or anything, or do something"));
    m_input->setPlaceholderText(tr("Name, number, words of anything, tag:, from:, after:, or a command"));
    m_input->setClearButtonEnabled(true);
    m_input->addAction(icons::icon(u"search"_s), QLineEdit::LeadingPosition);
    m_input->installEventFilter(this);
    column->addWidget(m_input);
    m_list = named(new QListView(this), u"palette.results"_s, tr("What was found"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setItemDelegate(new Rows(m_list));
    m_list->setModel(m_model);
    column->addWidget(m_list, 1);
    m_empty = new Label(TextRole::Body, Ink::Text2, this);
    m_empty->setObjectName(u"palette.empty"_s);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->hide();
    column->addWidget(m_empty, 1);
    m_coverage = new Label(TextRole::Small, Ink::Text3, this);
    m_coverage->setObjectName(u"palette.coverage"_s);
    m_coverage->setContentsMargins(px(6), 0, px(6), 0);
    m_coverage->setWordWrap(true);
    column->addWidget(m_coverage);

    connect(m_input, &QLineEdit::textChanged, m_model, &PaletteModel::setText);
    connect(m_model, &PaletteModel::covered, this, [this](const QString &sentence) {
        m_covered = sentence;
        showCoverage();
    });
    connect(m_model, &PaletteModel::filled, this, &Palette::onFilled);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { choose(index.row()); });
    window->installEventFilter(this);
    hide();
}

void Palette::offer(std::optional<KeyScope> page)
{
    QVector<PaletteModel::Doing> doings;
    for (const KeyRow &row : keyTable()) {
        const bool here = row.scope == KeyScope::Everywhere || row.scope == page || row.command == Command::ContactImport; // which goes to its page first
        if (!row.action || !row.available || !here || row.command == Command::Palette)
            continue;
        const bool place = row.objectName.startsWith("action.go"_L1) || row.command == Command::Outbox || row.command == Command::Scheduled
            || row.command == Command::Settings || row.command == Command::SyncPage;
        doings.append({int(row.command), row.name, keyText(row.command), place});
    }
    m_model->setDoings(std::move(doings));
}

void Palette::open(std::optional<KeyScope> page)
{
    if (isVisible()) {
        m_input->selectAll();
        return;
    }
    m_before = window()->focusWidget();
    m_takeFirst = false;
    offer(page);
    place();
    show();
    raise();
    m_input->setFocus(Qt::PopupFocusReason);
    m_input->selectAll();
    m_model->setText(m_input->text()); // what was found last time may be over
    m_model->count();
}

void Palette::shut()
{
    if (!isVisible())
        return;
    const bool ours = isAncestorOf(window()->focusWidget());
    hide();
    if (ours && m_before)
        m_before->setFocus(Qt::OtherFocusReason);
}

/// What of the words was not understood goes before what is searched.
void Palette::showCoverage()
{
    const QString problem = m_model->problem();
    m_coverage->setInk(problem.isEmpty() ? Ink::Text3 : Ink::Warn);
    m_coverage->setText(problem.isEmpty() ? m_covered : problem);
}

void Palette::onFilled()
{
    showCoverage();
    const bool nothing = m_model->rowCount() == 0;
    m_list->setVisible(!nothing);
    m_empty->setVisible(nothing);
    if (nothing) {
        m_takeFirst = false;
        m_empty->setText(tr("Nothing here has “%1”. Try fewer letters, the end of a number, or another word.").arg(m_input->text().left(60)));
        Q_EMIT announced(m_empty->text());
        return;
    }
    const int first = m_model->step(-1, 1);
    mark(first);
    m_list->scrollToTop();
    if (std::exchange(m_takeFirst, false))
        choose(first);
}

void Palette::mark(int row)
{
    if (row < 0)
        return;
    const QModelIndex index = m_model->index(row);
    m_list->setCurrentIndex(index);
    m_list->scrollTo(index);
    Q_EMIT announced(index.data(Qt::AccessibleTextRole).toString());
}

void Palette::choose(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    const PaletteModel::Row chosen = m_model->row(row);
    if (chosen.kind == PaletteModel::Kind::Group)
        return;
    const QString needle = m_model->needle();
    shut();
    switch (chosen.kind) {
    case PaletteModel::Kind::Person: Q_EMIT personChosen(chosen.contact); return;
    case PaletteModel::Kind::Deal: Q_EMIT dealChosen(chosen.deal); return;
    case PaletteModel::Kind::Task: Q_EMIT taskChosen(chosen.row, chosen.contact); return;
    case PaletteModel::Kind::Note: Q_EMIT noteChosen(chosen.row, chosen.contact); return;
    case PaletteModel::Kind::Appointment: Q_EMIT appointmentChosen(chosen.event, chosen.date); return;
    case PaletteModel::Kind::Snippet: Q_EMIT snippetChosen(chosen.id); return;
    case PaletteModel::Kind::Email:
    case PaletteModel::Kind::Call:
    case PaletteModel::Kind::Message: Q_EMIT messageChosen(chosen.contact, chosen.message, needle); return;
    case PaletteModel::Kind::Do:
        if (QAction *action = m_actions->action(Command(chosen.number)))
            action->trigger();
        return;
    case PaletteModel::Kind::Group: return;
    }
}

bool Palette::onKey(int key)
{
    const int at = m_list->currentIndex().row();
    switch (key) {
    case Qt::Key_Down: mark(m_model->step(at, 1)); return true;
    case Qt::Key_Up: mark(m_model->step(at < 0 ? 0 : at, -1)); return true;
    case Qt::Key_PageDown:
    case Qt::Key_PageUp: {
        int row = at;
        for (int i = 0; i < 6 && row >= 0; ++i)
            row = m_model->step(row, key == Qt::Key_PageDown ? 1 : -1);
        mark(row);
        return true;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_model->isSearching())
            m_takeFirst = true; // a moment: what is shown belongs to older words
        else
            choose(at);
        return true;
    case Qt::Key_Escape: shut(); return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab: return true; // there is nothing else in it
    default: return false;
    }
}

bool Palette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_input && event->type() == QEvent::KeyPress) {
        if (onKey(static_cast<QKeyEvent *>(event)->key()))
            return true;
    } else if (watched == m_input && event->type() == QEvent::FocusOut) {
        // A click beside it; a menu or another program only borrows the focus.
        const auto reason = static_cast<QFocusEvent *>(event)->reason();
        if (reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason && reason != Qt::MenuBarFocusReason)
            hide();
    } else if (watched == parent() && event->type() == QEvent::Resize && isVisible()) {
        place();
    }
    return QFrame::eventFilter(watched, event);
}

void Palette::place()
{
    const QWidget *over = parentWidget();
    const int width = qMin(px(wide), over->width() - px(24));
    const int top = over->height() / 9;
    const int height = qBound(px(200), over->height() * 3 / 5, over->height() - top - px(12));
    setGeometry((over->width() - width) / 2, top, width, height);
}

void Palette::paintEvent(QPaintEvent *)
{
    const Colours &c = colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(c.inputBorder, c.edge));
    painter.setBrush(c.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(8), px(8));
}

} // namespace outrigger::gui
