// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/segmentmeter.h"

#include "gui/style.h"

#include <QSet>

namespace outrigger::gui {

SegmentMeter::SegmentMeter(QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setFont(Style::instance()->font(TextRole::Small));
    connect(Style::instance(), &Style::changed, this, [this] { setFont(Style::instance()->font(TextRole::Small)); });
    setText({});
}

void SegmentMeter::setText(const QString &composed)
{
    m_text = composed;
    m_meter = measureSms(composed);
    QLabel::setText(words());
    QString sentence = explain(m_meter, composed);
    if (cost() > 0)
        sentence += QLatin1Char(' ') + tr("About %1; the prices are in the settings.").arg(dollars(cost()));
    setToolTip(sentence.toHtmlEscaped());
    setAccessibleDescription(sentence);
    QPalette palette = this->palette();
    const Colours &c = colours();
    palette.setColor(QPalette::WindowText, m_meter.tooLong ? c.danger : m_meter.parts > 3 ? c.warn : c.text2);
    setPalette(palette);
    Q_EMIT measured(m_meter);
}

void SegmentMeter::setPrices(const TextPrices &prices)
{
    if (prices == m_prices)
        return;
    m_prices = prices;
    setText(m_text);
}

void SegmentMeter::setPictures(int pictures)
{
    if (pictures == m_pictures)
        return;
    m_pictures = pictures;
    setText(m_text);
}

QString SegmentMeter::words() const
{
    const QString encoding = m_meter.encoding == SmsEncoding::Gsm7 ? tr("GSM-7") : tr("Unicode");
    QStringList parts;
    if (m_pictures > 0) {
        parts << tr("MMS") << tr("%1 characters").arg(m_text.size());
    } else if (m_text.isEmpty()) {
        parts << encoding << tr("%1 left").arg(m_meter.left);
    } else {
        const int room = m_meter.parts > 1 ? m_meter.parts * m_meter.perPart : m_meter.perPart;
        parts << tr("%1 %2/%3").arg(encoding).arg(m_meter.units).arg(room)
              << (m_meter.parts == 1 ? tr("1 part") : tr("%1 parts").arg(m_meter.parts));
    }
    if (m_meter.tooLong)
        parts << tr("too long");
    else if (cost() > 0)
        parts << tr("about %1").arg(dollars(cost()));
    return parts.join(QStringLiteral(" · "));
}

QString SegmentMeter::explain(const SmsMeter &meter, const QString &text)
{
    if (meter.tooLong)
        return tr("A text may have at most %1 characters. Shorten it or send two.").arg(smsCharacterCap);
    if (meter.encoding == SmsEncoding::Gsm7 || meter.culprits.isEmpty())
        return tr("%1 characters fit in this part. %2 left.").arg(meter.perPart).arg(meter.left);
    QStringList seen;
    for (const int at : meter.culprits) {
        if (at >= text.size())
            continue;
        const bool pair = text[at].isHighSurrogate() && at + 1 < text.size();
        const QString one = text.mid(at, pair ? 2 : 1);
        if (!text[at].isLowSurrogate() && !seen.contains(one))
            seen << one;
        if (seen.size() == 6)
            break;
    }
    return tr("These characters make the text travel as Unicode, with %1 characters in a part instead of %2: %3")
        .arg(meter.perPart)
        .arg(meter.parts > 1 ? 153 : 160)
        .arg(seen.join(u' '));
}

} // namespace outrigger::gui
