// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/segments.h"
#include "domain/textcost.h"

#include <QLabel>

namespace outrigger::gui {

/// "GSM-7 43/160 · 1 part · about $0.013" under the composer; says plainly what makes a text long.
class SegmentMeter : public QLabel
{
    Q_OBJECT
public:
    explicit SegmentMeter(QWidget *parent = nullptr);
    void setText(const QString &composed); ///< the text being written; measures and shows it
    void setPrices(const TextPrices &prices);
    /// With pictures the text travels as one MMS, and parts do not count.
    void setPictures(int pictures);
    SmsMeter meter() const { return m_meter; }
    double cost() const { return costOf(m_meter, m_pictures, m_prices); } ///< US dollars
    /// The sentence for the tool tip and the accessible description.
    static QString explain(const SmsMeter &meter, const QString &text);

Q_SIGNALS:
    void measured(const outrigger::SmsMeter &meter);

private:
    QString words() const;
    QString m_text;
    SmsMeter m_meter;
    TextPrices m_prices;
    int m_pictures = 0;
};

} // namespace outrigger::gui
