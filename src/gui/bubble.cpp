// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bubble.h"

#include "domain/callwords.h"
#include "gui/bubblemedia.h"
#include "gui/icons.h"
#include "gui/statemark.h"
#include "gui/style.h"
#include "models/mediashelf.h"
#include "models/words.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace outrigger::gui {

namespace {

using models::ThreadModel;

constexpr int textCap = 4000;       ///< characters painted before "Show all"
constexpr int expandedCap = 200000; ///< more than that is not painted at all
constexpr int lineCap = 60;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Bubble)
};

QFont fontOf(TextRole role)
{
    return Style::instance()->font(role);
}

double widthOf(const QString &text, TextRole role)
{
    return std::ceil(QFontMetricsF(fontOf(role)).horizontalAdvance(text));
}

double heightOf(TextRole role)
{
    return std::ceil(QFontMetricsF(fontOf(role)).height());
}

/// What happened, at a glance: a deal, an appointment, the contact itself, money.
QString activityIcon(const QString &typeWord)
{
    if (typeWord.contains(QLatin1String("OPPORTUNITY")))
        return QStringLiteral("pipeline");
    if (typeWord.contains(QLatin1String("APPOINTMENT")))
        return QStringLiteral("calendar");
    if (typeWord.contains(QLatin1String("CONTACT")))
        return QStringLiteral("user");
    if (typeWord.contains(QLatin1String("PAYMENT")) || typeWord.contains(QLatin1String("INVOICE")))
        return QStringLiteral("reports");
    return QStringLiteral("activity");
}

QString attachmentName(const QString &address)
{
    const QString name = QUrl(address).fileName(QUrl::FullyDecoded);
    return name.isEmpty() ? Words::tr("attachment") : models::words::oneLine(presentable(name, 80), 60);
}

bool isWeb(const QUrl &url)
{
    return url.isValid() && (url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http"));
}

} // namespace

Bubble::Bubble(const BubbleContent &content, int width, bool rightToLeft)
    : m_content(content), m_width(width), m_rtl(rightToLeft)
{
    if (content.kind != ThreadModel::RowKind::Message) {
        layOutLine();
        return;
    }
    const Message &message = content.row.message;
    switch (message.channel) {
    case Channel::Activity: layOutActivity(); return;
    case Channel::Call:
    case Channel::Voicemail: layOutCall(); break;
    case Channel::Email: layOutEmail(); break;
    default: layOutText(); break;
    }
    layOutFoot();
    m_height = int(std::ceil(std::max(m_frame.bottom(), m_foot.bottom()))) + (content.last ? px(5) : px(1));
}

void Bubble::layOutLine()
{
    m_shape = Shape::Line;
    m_height = int(heightOf(TextRole::SmallStrong)) + px(24);
    m_frame = QRectF(0, 0, m_width, m_height);
}

void Bubble::addPiece(TextBox box, const QPointF &at, const QColor &colour)
{
    m_pieces.push_back({std::move(box), at, colour});
}

Bubble::Side Bubble::side() const
{
    Side side;
    side.left = px(16);
    side.width = std::max(px(120), m_width - 2 * px(16));
    side.maxWidth = std::min<double>(px(560), std::max(m_width * 0.68, std::min<double>(side.width, px(240))));
    side.right = (m_content.row.message.direction == Direction::Outbound) != m_rtl;
    return side;
}

void Bubble::layOutActivity()
{
    m_shape = Shape::Activity;
    const Message &message = m_content.row.message;
    QString text = message.activityTitle.isEmpty() ? message.body : message.activityTitle;
    text = models::words::oneLine(presentable(text, 400), 300);
    if (text.isEmpty())
        text = message.typeWord;
    if (const QString by = m_content.row.senderName.isEmpty() ? models::words::sourceName(message) : models::words::oneLine(m_content.row.senderName, 60); !by.isEmpty())
        text += QStringLiteral(" · ") + by;
    if (!m_content.time.isEmpty())
        text += QStringLiteral(" · ") + m_content.time;
    const double icon = px(16);
    const double most = std::min<double>(m_width - 2 * px(16) - icon - px(6), px(560));
    m_body = TextBox(text, fontOf(TextRole::Small), most, 3);
    m_text = text;
    const double total = icon + px(6) + m_body.width();
    const double left = std::round((m_width - total) / 2);
    const double top = px(6);
    m_bodyColour = colours().text2;
    m_bodyAt = QPointF(m_rtl ? left : left + icon + px(6), top);
    m_body.setWidth(m_body.width());
    const double iconTop = top + (m_body.lastLineHeight() - icon) / 2;
    m_icons.append({activityIcon(message.typeWord), QRectF(m_rtl ? left + total - icon : left, iconTop, icon, icon), colours().text2});
    m_frame = QRectF(left - px(8), top - px(3), total + px(16), m_body.height() + px(6));
    m_height = int(std::ceil(m_frame.bottom())) + px(4);
}

void Bubble::layOutCall()
{
    m_shape = Shape::Strip;
    const Message &message = m_content.row.message;
    const Side place = side();
    const double pad = px(10);
    const double disc = px(32);
    QStringList facts;
    if (message.callSeconds > 0)
        facts << callClock(message.callSeconds * 1000LL);
    if (const QString outcome = models::words::callOutcome(m_content.row); !outcome.isEmpty())
        facts << outcome;
    if (!m_content.time.isEmpty())
        facts << m_content.time;
    const double textMost = place.maxWidth - disc - 3 * pad;
    TextBox title(callTitle(message), fontOf(TextRole::BodyStrong), textMost, 1);
    m_text = presentable(message.body, textCap);
    TextBox fact(facts.join(QStringLiteral(" · ")), fontOf(TextRole::Small), textMost, 2);
    const double inner = std::max({title.width(), fact.width(), double(px(140))});
    title.setWidth(inner);
    fact.setWidth(inner);
    const double height = std::max(disc, title.height() + fact.height()) + 2 * px(8);
    const double width = disc + 3 * pad + inner;
    const double left = place.right ? place.left + place.width - width : place.left;
    const double top = px(5);
    m_frame = QRectF(left, top, width, height);
    const double textLeft = m_rtl ? left + pad : left + 2 * pad + disc;
    const double textTop = top + (height - title.height() - fact.height()) / 2;
    const double titleHeight = title.height();
    addPiece(std::move(title), {textLeft, textTop}, colours().text);
    addPiece(std::move(fact), {textLeft, textTop + titleHeight}, colours().text2);
    const QRectF circle(m_rtl ? left + width - pad - disc : left + pad, top + (height - disc) / 2, disc, disc);
    const bool sounds = mayHaveRecording(message);
    m_icons.append({sounds ? QStringLiteral("play") : icons::ofChannel(message.channel), circle.adjusted(px(8), px(8), -px(8), -px(8)),
                    sounds ? colours().accent : colours().text2});
    if (sounds)
        m_hits.append({HitKind::Play, circle, {}, Words::tr("Play")});
    if (!m_text.isEmpty()) { // a transcript or note under it
        TextBox note(m_text, fontOf(TextRole::Small), place.maxWidth - 2 * pad, 4);
        const double noteHeight = note.height();
        m_frame.setHeight(height + noteHeight + px(6));
        m_frame.setWidth(std::max(width, note.width() + 2 * pad));
        if (place.right)
            m_frame.moveRight(place.left + place.width);
        m_bodyAt = QPointF(m_frame.left() + pad, top + height);
        m_bodyColour = colours().text2;
        m_body = std::move(note);
        m_body.setWidth(m_frame.width() - 2 * pad);
    }
}

void Bubble::layOutEmail()
{
    m_shape = Shape::Card;
    const Message &message = m_content.row.message;
    const Colours &c = colours();
    const Side place = side();
    const double pad = px(12);
    const double width = place.maxWidth;
    const double left = place.right ? place.left + place.width - width : place.left;
    const double inner = width - 2 * pad;
    const double icon = px(16);
    double y = px(5) + px(10);
    m_icons.append({QStringLiteral("email"), QRectF(m_rtl ? left + width - pad - icon : left + pad, y + px(2), icon, icon), c.text2});
    const QString subject = presentable(message.subject, 300);
    TextBox head(subject.isEmpty() ? Words::tr("(no subject)") : subject, fontOf(TextRole::BodyStrong), inner - icon - px(8), 2);
    head.setWidth(inner - icon - px(8));
    const double headHeight = head.height();
    addPiece(std::move(head), {m_rtl ? left + pad : left + pad + icon + px(8), y}, c.text);
    y += headHeight + px(2);
    QString way;
    if (!message.from.isEmpty())
        way = Words::tr("From %1").arg(models::words::oneLine(message.from, 80));
    if (!message.to.isEmpty())
        way += (way.isEmpty() ? QString() : QStringLiteral("  ")) + Words::tr("to %1").arg(models::words::oneLine(message.to, 80));
    if (!way.isEmpty()) {
        TextBox line(way, fontOf(TextRole::Small), inner, 1);
        line.setWidth(inner);
        const double lineHeight = line.height();
        addPiece(std::move(line), {left + pad, y}, c.text2);
        y += lineHeight;
    }
    y += px(6);
    bool cut = false;
    m_text = presentable(message.body, m_content.expanded ? expandedCap : 600, &cut);
    const bool missing = m_text.isEmpty();
    TextBox body(missing ? Words::tr("The text of this e-mail is not here yet.") : m_text, fontOf(TextRole::Body), inner,
                 m_content.expanded ? 0 : 6, missing ? QVector<TextLink>() : linksIn(m_text), c.accent);
    body.setWidth(inner);
    cut = cut || body.truncated();
    m_bodyAt = QPointF(left + pad, y);
    m_bodyColour = missing ? c.text2 : c.text;
    y += body.height() + px(6);
    m_body = std::move(body);
    BubbleHit show{cut ? HitKind::ShowAll : HitKind::Details, {}, {}, cut ? Words::tr("Show all") : Words::tr("Show message")};
    const double buttonWidth = widthOf(show.label, TextRole::SmallStrong) + 2 * px(8);
    const double buttonHeight = std::max<double>(px(24), heightOf(TextRole::SmallStrong) + px(4));
    show.rect = QRectF(m_rtl ? left + width - pad - buttonWidth + px(8) : left + pad - px(8), y, buttonWidth, buttonHeight);
    m_hits.append(show);
    m_meta = QRectF(m_rtl ? left + pad : left + width - pad - metaWidth(), y, metaWidth(), buttonHeight);
    m_frame = QRectF(left, px(5), width, y + buttonHeight + px(6) - px(5));
}

/// The small line above the text: who or what wrote it, or another channel than SMS. Answers the y below it.
double Bubble::placeHeader(double y, double innerWidth, QString *icon)
{
    const MessageRow &row = m_content.row;
    QString label;
    if (m_shape == Shape::Note) {
        label = row.senderName.isEmpty() ? Words::tr("Internal comment") : Words::tr("Internal comment · %1").arg(row.senderName);
        *icon = QStringLiteral("comment");
    } else if (m_shape == Shape::Automation) {
        label = models::words::sourceName(row.message);
        *icon = QStringLiteral("automation");
    } else if (m_content.foreign && !row.senderName.isEmpty()) {
        label = row.senderName;
    } else if (models::words::fromAnotherProgram(row)) {
        label = models::words::writer(row);
        *icon = QStringLiteral("automation");
    }
    if (row.message.channel != Channel::Sms && m_shape != Shape::Note) {
        const QString channel = models::words::channel(row.message.channel, row.message.typeWord);
        label = label.isEmpty() ? channel : label + QStringLiteral(" · ") + channel;
        if (icon->isEmpty())
            *icon = icons::ofChannel(row.message.channel);
    }
    if (label.isEmpty() || m_content.group) {
        icon->clear();
        return y;
    }
    const double room = innerWidth - (icon->isEmpty() ? 0 : px(14) + px(5));
    TextBox head(models::words::oneLine(label, 80), fontOf(TextRole::SmallStrong), room, 1);
    const double height = head.height();
    head.setWidth(head.width());
    addPiece(std::move(head), {0, y}, colours().text2); // x is set when the frame is known
    return y + height;
}

void Bubble::layOutText()
{
    const MessageRow &row = m_content.row;
    const Colours &c = colours();
    m_shape = row.message.channel == Channel::InternalComment ? Shape::Note
        : isAutomated(row.message)             ? Shape::Automation
                                                              : Shape::Bubble;
    const Side place = side();
    const double padX = m_shape == Shape::Automation ? px(10) : px(12);
    const double padY = m_shape == Shape::Automation ? px(3) : px(7);
    const double most = place.maxWidth - 2 * padX;
    const double top = m_content.group ? px(1) : px(5);
    double y = top + padY;
    QString icon;
    y = placeHeader(y, most, &icon);
    const double headWidth = m_pieces.empty() ? 0 : m_pieces.front().box.width() + (icon.isEmpty() ? 0 : px(14) + px(5));

    bool cut = false;
    m_text = presentable(row.message.body, m_content.expanded ? expandedCap : textCap, &cut);
    m_body = TextBox(m_text, fontOf(m_shape == Shape::Automation ? TextRole::Small : TextRole::Body), most,
                     m_content.expanded ? 0 : lineCap, linksIn(m_text), c.accent);
    cut = cut || (m_body.truncated() && !m_content.expanded);
    if (m_text.isEmpty())
        m_body = TextBox();
    m_bodyColour = c.text;
    double inner = std::max(headWidth, m_body.isEmpty() ? 0 : m_body.width());

    QVector<BubbleHit> files;
    double bodyBottom = y + (m_body.isEmpty() ? 0 : m_body.height());
    double rowY = bodyBottom;
    const QStringList attached = row.message.attachments.mid(0, 10);
    QStringList pictures;
    std::copy_if(attached.cbegin(), attached.cend(), std::back_inserter(pictures), models::looksLikePicture);
    if (!pictures.isEmpty()) {
        files = pictureFrames(pictures, rowY + px(m_body.isEmpty() ? 2 : 6), most);
        inner = std::max(inner, std::max_element(files.cbegin(), files.cend(), [](const auto &a, const auto &b) {
                                    return a.rect.right() < b.rect.right();
                                })->rect.right());
        rowY = files.last().rect.bottom() + px(4);
    }
    const double rowHeight = std::max<double>(px(24), heightOf(TextRole::Body));
    for (const QString &address : attached) {
        if (pictures.contains(address))
            continue;
        const QUrl url(address, QUrl::StrictMode);
        BubbleHit hit{isWeb(url) ? HitKind::Link : HitKind::None, QRectF(0, rowY, 0, rowHeight), url, attachmentName(address)};
        const double wide = std::min(most, px(16) + px(6) + widthOf(hit.label, TextRole::Body));
        hit.rect.setWidth(wide);
        inner = std::max(inner, wide);
        files.append(hit);
        rowY += rowHeight;
    }
    if (cut) {
        BubbleHit all{HitKind::ShowAll, QRectF(0, rowY, 0, rowHeight), {},
                      Words::tr("Show all (%1 characters)").arg(QLocale().toString(row.message.body.size()))};
        all.rect.setWidth(std::min(most, widthOf(all.label, TextRole::SmallStrong) + px(4)));
        inner = std::max(inner, all.rect.width());
        files.append(all);
        rowY += rowHeight;
    }
    // The time stands at the end of the last line when it fits and the line runs the same way as the window.
    const double meta = metaWidth();
    const double gap = px(10);
    const double lastWidth = m_body.isEmpty() ? 0 : m_body.lastLineWidth();
    const bool sameWay = m_body.isEmpty() || m_body.lastLineRightToLeft() == m_rtl;
    const bool fits = files.isEmpty() && sameWay && !m_body.isEmpty() && lastWidth + gap + meta <= most;
    inner = std::max(inner, fits ? lastWidth + gap + meta : meta);
    double bottom = rowY;
    if (!fits)
        bottom += heightOf(TextRole::Small) + px(1);

    const double width = inner + 2 * padX;
    const double left = place.right ? place.left + place.width - width : place.left;
    m_frame = QRectF(left, top, width, bottom + padY - top);
    m_body.setWidth(inner);
    m_bodyAt = QPointF(left + padX, y);
    if (!m_pieces.empty()) {
        const double iconRoom = icon.isEmpty() ? 0 : px(14) + px(5);
        Piece &head = m_pieces.front();
        head.at.setX(m_rtl ? left + width - padX - iconRoom - head.box.width() : left + padX + iconRoom);
        if (!icon.isEmpty())
            m_icons.append({icon, QRectF(m_rtl ? left + width - padX - px(14) : left + padX,
                                         head.at.y() + (head.box.height() - px(14)) / 2, px(14), px(14)), c.text2});
    }
    for (BubbleHit &hit : files) {
        const double in = hit.rect.left(); // of a second column
        hit.rect.moveLeft(m_rtl ? left + width - padX - in - hit.rect.width() : left + padX + in);
        m_hits.append(hit);
    }
    for (const TextLink &link : linksIn(m_text)) {
        for (const QRectF &rect : m_body.rectsOf(link.start, link.length))
            m_hits.append({HitKind::Link, rect.translated(m_bodyAt), link.url, m_text.mid(link.start, link.length)});
    }
    const double metaHeight = heightOf(TextRole::Small);
    const double metaTop = fits ? bodyBottom - (m_body.lastLineHeight() + metaHeight) / 2 + px(1) : bottom - metaHeight;
    m_meta = QRectF(m_rtl ? left + padX : left + width - padX - meta, metaTop, meta, metaHeight);
}

QString Bubble::metaText() const
{
    const MessageRow &row = m_content.row;
    // A status word that we do not know is shown as it is, with one tick.
    const QString &status = row.message.status;
    const bool odd = row.message.direction == Direction::Outbound && row.state == MessageState::Sent && !status.isEmpty()
        && status != QLatin1String("sent") && status != QLatin1String("connected");
    return odd ? m_content.time + QStringLiteral(" · ") + models::words::oneLine(status, 24) : m_content.time;
}

bool Bubble::showsMark() const
{
    return m_content.row.message.direction == Direction::Outbound && m_shape != Shape::Note && m_shape != Shape::Strip
        && m_content.row.state != MessageState::Draft;
}

double Bubble::metaWidth() const
{
    const double mark = showsMark() ? stateMarkWidth(m_content.row.state, px(13)) + px(4) : 0;
    return widthOf(metaText(), TextRole::Small) + mark;
}

QString Bubble::footSentence(const QDateTime &now) const
{
    const MessageRow &row = m_content.row;
    const QString reason = models::words::oneLine(presentable(row.reason.isEmpty() ? row.message.error : row.reason, 400), 300);
    switch (row.state) {
    case MessageState::Held:
        if (row.hold == HoldReason::Undo && row.dueAt.isValid()) {
            const int seconds = int(std::max<qint64>(0, (now.msecsTo(row.dueAt) + 999) / 1000));
            return seconds > 0 ? Words::tr("Sending in %1 s").arg(seconds) : Words::tr("Sending");
        }
        [[fallthrough]];
    case MessageState::Waiting: {
        QString text = models::words::state(row.state, row.hold, row.state == MessageState::Waiting ? reason : QString());
        if (!text.isEmpty())
            text[0] = text[0].toUpper();
        return text;
    }
    case MessageState::Checking: return Words::tr("Checking whether it was sent");
    case MessageState::NeedsYou: return reason.isEmpty() ? Words::tr("We could not find out whether this was sent.") : reason;
    case MessageState::Scheduled: {
        QString text = models::words::state(row, now, QTimeZone::systemTimeZone());
        text[0] = text[0].toUpper();
        const QString there = models::words::dayAndClock(row.dueAt, m_content.theirs);
        if (row.dueAt.isValid() && there != models::words::dayAndClock(row.dueAt, QTimeZone::systemTimeZone()))
            text = Words::tr("%1, %2 their time").arg(text, there);
        return text;
    }
    case MessageState::Failed: return reason.isEmpty() ? Words::tr("This message was not delivered.") : reason;
    case MessageState::OptedOut: return reason.isEmpty() ? Words::tr("Not sent: the lead has opted out.") : reason;
    case MessageState::StoppedHere: return reason.isEmpty() ? Words::tr("Stopped before it was sent.") : reason;
    case MessageState::Cancelled: return Words::tr("Cancelled, not sent");
    default: return {};
    }
}

QVector<BubbleHit> Bubble::footButtons() const
{
    const MessageRow &row = m_content.row;
    const auto button = [](HitKind kind, const QString &label) { return BubbleHit{kind, {}, {}, label}; };
    if (row.state == MessageState::Scheduled && !row.message.id.isEmpty())
        return {button(HitKind::Change, Words::tr("Change")), button(HitKind::Cancel, Words::tr("Take back"))};
    if (row.record.isEmpty()) {
        if (row.state == MessageState::Failed || row.state == MessageState::OptedOut)
            return {button(HitKind::Details, Words::tr("Details"))};
        return {};
    }
    switch (row.state) {
    case MessageState::Held:
        switch (row.hold) {
        case HoldReason::Undo: return {button(HitKind::Undo, Words::tr("Undo"))};
        case HoldReason::Stale:
        case HoldReason::Ask:
        case HoldReason::Time:
        case HoldReason::QuietHours: return {button(HitKind::SendNow, Words::tr("Send now")), button(HitKind::Cancel, Words::tr("Cancel"))};
        default: return {button(HitKind::Cancel, Words::tr("Cancel"))};
        }
    case MessageState::Waiting: return {button(HitKind::Cancel, Words::tr("Cancel"))};
    case MessageState::NeedsYou: return {button(HitKind::Resolve, Words::tr("Decide"))};
    case MessageState::Failed:
    case MessageState::StoppedHere:
        if (row.triedAgain)
            return {};
        return {button(HitKind::Retry, Words::tr("Try again"))};
    case MessageState::OptedOut: return {button(HitKind::Details, Words::tr("Details"))};
    default: return {};
    }
}

/// The line under a bubble that is not simply sent: a sentence and its button area.
void Bubble::layOutFoot()
{
    // A comment or a call of ours has no ticks, but it can be held, waiting or refused like a text.
    if (!showsMark() && m_content.row.record.isEmpty())
        return;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString sentence = footSentence(now);
    if (sentence.isEmpty())
        return;
    m_drains = m_content.row.state == MessageState::Held && m_content.row.hold == HoldReason::Undo;
    const Side place = side();
    const QColor quiet = colours().text2;
    QVector<BubbleHit> buttons = footButtons();
    double buttonsWidth = 0;
    const double buttonHeight = std::max<double>(px(24), heightOf(TextRole::SmallStrong) + px(6));
    for (BubbleHit &hit : buttons) {
        hit.rect.setSize({widthOf(hit.label, TextRole::SmallStrong) + 2 * px(10), buttonHeight});
        buttonsWidth += hit.rect.width() + px(8);
    }
    const double most = place.maxWidth - px(4);
    const bool beside = widthOf(sentence, TextRole::Small) + buttonsWidth <= most;
    // Draining: the widest wording now, so the line does not move while it counts.
    TextBox words(sentence, fontOf(TextRole::Small), beside ? most - buttonsWidth : most, 4);
    const double textWidth = words.width();
    words.setWidth(textWidth);
    const double rowHeight = buttons.isEmpty() ? words.height() : std::max(words.height(), buttonHeight);
    const double total = beside ? textWidth + buttonsWidth : std::max(textWidth, buttonsWidth);
    const double left = place.right ? place.left + place.width - total - px(2) : place.left + px(2);
    const double top = m_frame.bottom() + px(4);
    const double wordsHeight = words.height();
    const QColor colour = stateMarkColour(m_content.row.state, quiet);
    m_foot = QRectF(left, top, total, beside ? rowHeight : wordsHeight + px(4) + buttonHeight);
    const double wordsTop = beside ? top + (rowHeight - wordsHeight) / 2 : top;
    const double wordsLeft = m_rtl ? left + total - textWidth : left;
    addPiece(std::move(words), {wordsLeft, wordsTop}, colour);
    double x = beside ? (m_rtl ? wordsLeft - px(8) : left + textWidth + px(8)) : (m_rtl ? left + total : left + total - buttonsWidth + px(8));
    for (BubbleHit &hit : buttons) {
        if (m_rtl)
            x -= hit.rect.width();
        hit.rect.moveTopLeft({x, beside ? top + (rowHeight - buttonHeight) / 2 : top + wordsHeight + px(4)});
        x += m_rtl ? -px(8) : hit.rect.width() + px(8);
        m_hits.append(hit);
    }
}

int Bubble::hitAt(const QPointF &point) const
{
    for (int i = 0; i < int(m_hits.size()); ++i) {
        if (m_hits[i].kind != HitKind::None && m_hits[i].rect.contains(point))
            return i;
    }
    return -1;
}

bool Bubble::overText(const QPointF &point) const
{
    return !m_text.isEmpty() && !m_body.isEmpty()
        && QRectF(m_bodyAt, QSizeF(m_frame.right() - m_bodyAt.x(), m_body.height())).contains(point);
}

int Bubble::positionAt(const QPointF &point) const
{
    return std::clamp(m_body.positionAt(point - m_bodyAt), 0, int(m_text.size()));
}

} // namespace outrigger::gui
