// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/segments.h"

#include <QLabel>

namespace outrigger::gui {

/// "GSM-7 43/160 · 1 part" under the composer; says plainly what makes a text long.
class SegmentMeter : public QLabel
{
    Q_OBJECT
public:
    explicit SegmentMeter(QWidget *parent = nullptr);
    void setText(const QString &composed); ///< the text being written; measures and shows it
    SmsMeter meter() const { return m_meter; }
    /// The sentence for the tool tip and the accessible description.
    static QString explain(const SmsMeter &meter, const QString &text);

Q_SIGNALS:
    void measured(const outrigger::SmsMeter &meter);

private:
    SmsMeter m_meter;
};

} // namespace outrigger::gui
