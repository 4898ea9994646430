// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/threadview_p.h"

#include <QScrollBar>

// A place in a long conversation that was looked for.
namespace outrigger::gui {

void ThreadView::showFound(qint64 key, const QString &needle)
{
    d->needle = needle;
    d->clearTextSelection();
    int row = d->thread ? d->thread->rowOfKey(key) : -1;
    if (row < 0)
        return;
    // A long text is shown whole when what was looked for is in the part that is folded away.
    if (!needle.isEmpty() && !d->expanded.contains(key) && textfind::places(d->bubbleAt(row)->text(), needle).isEmpty()) {
        d->expanded.insert(key);
        d->forget(key);
        d->stamps[row] = 0;
    }
    const QModelIndex index = model()->index(row, 0);
    d->keyboardFocus = true;
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::Clear);
    scrollTo(index, PositionAtCenter);
    const auto places = textfind::places(d->bubbleAt(row)->text(), needle);
    if (!places.isEmpty()) {
        d->textKey = key;
        d->textFrom = places.constFirst().start;
        d->textTo = places.constFirst().start + places.constFirst().length;
    }
    viewport()->update();
}

void ThreadView::clearFound()
{
    d->needle.clear();
    d->clearTextSelection();
    viewport()->update();
}

} // namespace outrigger::gui
