// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/snippetpopup.h"

#include "gui/celldelegate.h"
#include "gui/widgets.h"

#include <QListWidget>
#include <QPainter>
#include <QPlainTextEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr int rowsShown = 6;
constexpr int shownAtMost = 200;
constexpr int previewLength = 400;

/// The name, then quietly whose it is.
class Rows : public CellDelegate
{
public:
    using CellDelegate::CellDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        CellDelegate::paint(painter, option, index);
        const QFont font = Style::instance()->font(TextRole::Small);
        painter->save();
        painter->setFont(font);
        painter->setPen(colours().text2);
        painter->drawText(option.rect.adjusted(0, 0, -px(12), 0), int(Qt::AlignVCenter) | int(option.direction == Qt::RightToLeft ? Qt::AlignLeft : Qt::AlignRight),
                          index.data(Qt::UserRole).toString());
        painter->restore();
    }
};

/// Rich text: everything escaped, what is not filled in on amber.
QString shown(const Merged &merged)
{
    const Colours &c = colours();
    const QString amber = (c.tints ? mixed(c.surface, c.warn, 0.28) : c.surface).name();
    QString html;
    qsizetype done = 0;
    const qsizetype end = qMin(merged.text.size(), previewLength);
    for (const MergeField &field : merged.open) {
        if (field.at >= end)
            break;
        html += merged.text.mid(done, field.at - done).toHtmlEscaped();
        html += u"<span style=\"background-color:%1\">%2</span>"_s.arg(amber, merged.text.mid(field.at, field.length).toHtmlEscaped());
        done = field.at + field.length;
    }
    html += merged.text.mid(done, qMax<qsizetype>(0, end - done)).toHtmlEscaped();
    if (merged.text.size() > end)
        html += u'…';
    return html.replace(u'\n', "<br>"_L1);
}

} // namespace

SnippetPopup::SnippetPopup(QPlainTextEdit *field, const QString &objectName) : QFrame(field->window()), m_field(field)
{
    setObjectName(objectName);
    setFocusPolicy(Qt::NoFocus);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 1, 1, 1, 8, 6);
    m_list = named(new QListWidget(this), objectName + ".list"_L1, tr("Snippets"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setItemDelegate(new Rows(m_list));
    m_preview = new Label(TextRole::Small, Ink::Text2, this);
    m_preview->setObjectName(objectName + ".preview"_L1);
    m_preview->setTextFormat(Qt::RichText);
    m_preview->setWordWrap(true);
    m_preview->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_preview->setContentsMargins(px(12), 0, px(12), 0);
    column->addWidget(m_list);
    column->addWidget(m_preview);
    connect(m_list, &QListWidget::currentRowChanged, this, [this] {
        preview();
        Q_EMIT marked();
    });
    connect(m_list, &QListWidget::itemClicked, this, &SnippetPopup::take);
    hide();
}

void SnippetPopup::show(const QVector<Snippet> &snippets, const MergeValues &values)
{
    m_snippets = snippets.mid(0, shownAtMost);
    m_values = values;
    if (m_snippets.isEmpty()) {
        hide();
        return;
    }
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const Snippet &snippet : std::as_const(m_snippets)) {
            auto *item = new QListWidgetItem(snippet.shownName(), m_list);
            const QString whose = snippet.own ? QString() : snippet.pictures.isEmpty() ? tr("template") : tr("has a picture");
            item->setData(Qt::UserRole, whose);
            item->setData(Qt::AccessibleTextRole, whose.isEmpty() ? snippet.shownName() : snippet.shownName() + u", "_s + whose);
            item->setSizeHint(QSize(0, px(32)));
        }
        m_list->setCurrentRow(0);
    }
    preview();
    place();
    QFrame::show();
    raise();
    Q_EMIT marked();
}

void SnippetPopup::step(int by)
{
    const int count = m_list->count();
    if (count > 0)
        m_list->setCurrentRow((m_list->currentRow() + by + count) % count);
}

void SnippetPopup::take()
{
    const int row = m_list->currentRow();
    if (row < 0 || row >= m_snippets.size())
        return;
    const Snippet snippet = m_snippets.at(row); // a copy: who hears of it may fill the list anew
    hide();
    Q_EMIT chosen(snippet);
}

QString SnippetPopup::spoken() const
{
    const int row = m_list->currentRow();
    if (isHidden() || row < 0)
        return {};
    return tr("%1, %2 of %3: %4")
        .arg(m_list->item(row)->data(Qt::AccessibleTextRole).toString())
        .arg(row + 1)
        .arg(m_list->count())
        .arg(fillMergeFields(m_snippets.at(row).text, m_values).text.left(previewLength));
}

void SnippetPopup::preview()
{
    const int row = m_list->currentRow();
    if (row >= 0 && row < m_snippets.size())
        m_preview->setText(shown(fillMergeFields(m_snippets.at(row).text, m_values)));
}

void SnippetPopup::place()
{
    const QPoint at = m_field->mapTo(window(), QPoint(0, 0));
    const int wide = qMin(qBound(px(400), m_field->width(), px(560)), window()->width());
    m_list->setFixedHeight(qMin(m_list->count(), rowsShown) * px(32));
    m_preview->setFixedHeight(QFontMetrics(m_preview->font()).lineSpacing() * 4 + 2);
    const int high = layout()->sizeHint().height();
    const int left = qBound(0, at.x(), qMax(0, window()->width() - wide));
    setGeometry(left, qMax(0, at.y() - high - px(8)), wide, high);
}

void SnippetPopup::paintEvent(QPaintEvent *)
{
    const Colours &c = colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(c.inputBorder, c.edge));
    painter.setBrush(c.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6));
    painter.fillRect(QRect(1, m_list->geometry().bottom() + 1, width() - 2, 1), c.line);
}

} // namespace outrigger::gui
