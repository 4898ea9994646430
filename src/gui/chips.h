// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QVector>
#include <QWidget>

class QPainter;

namespace outrigger::gui {

enum class ChipKind { Neutral, Accent, Ok, Warn, Danger };

/// Paints a chip at the left edge of `rect` (right edge in right-to-left), no wider than it; answers its rectangle.
QRectF paintChip(QPainter *painter, const QRectF &rect, const QString &text, ChipKind kind, Qt::LayoutDirection direction,
                 const QString &icon = {}, const QColor &dot = {});
double chipWidth(const QString &text, bool withMark = false);

/// Chips that wrap. Removable ones have a cross that is a real button; the add button is there when `addName` is set.
class ChipRow : public QWidget
{
    Q_OBJECT
public:
    struct Chip {
        QString text;
        ChipKind kind = ChipKind::Neutral;
        bool removable = false;
        QString icon = {};
        QColor dot = {};
        QString toolTip = {};
    };
    explicit ChipRow(QWidget *parent = nullptr);
    void setChips(const QVector<Chip> &chips);
    /// Accessible name and label of the add button; empty removes it.
    void setAddName(const QString &name);
    QSize sizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    void removeRequested(const QString &text);
    void addRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    int arrange(int width, bool apply) const;
    QVector<Chip> m_chips;
    QVector<QWidget *> m_items;
    QWidget *m_add = nullptr;
};

} // namespace outrigger::gui
