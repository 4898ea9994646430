// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/offer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace outrigger::offers {

namespace {

constexpr qsizetype longest = 400; ///< a longer text says more than which one
constexpr qsizetype mostOffers = 500;
constexpr qsizetype mostTimes = 9;

const QRegularExpression &pattern(const char *text)
{
    static QHash<QByteArray, QRegularExpression> known;
    auto &found = known[text];
    if (found.pattern().isEmpty())
        found = QRegularExpression(QString::fromLatin1(text));
    return found;
}

using Choice = QSet<int>; ///< indices into the offered times

/// What one kind of words leaves of the times. Nothing: there are no such words.
std::optional<Choice> byDay(const QString &text, const QVector<QDateTime> &times, const QDate &today)
{
    static const QStringList days{u"mon"_s, u"tue"_s, u"wed"_s, u"thu"_s, u"fri"_s, u"sat"_s, u"sun"_s};
    std::optional<Choice> found;
    const auto add = [&](auto isThat) {
        if (!found)
            found.emplace();
        for (int i = 0; i < times.size(); ++i) {
            if (isThat(times.at(i).date()))
                found->insert(i);
        }
    };
    auto words = pattern(R"(\b(mon|tue|wed|thu|fri|sat|sun)(?:s|r|rs|day|sday|nesday|rsday|ursday|urday)?\b)").globalMatch(text);
    while (words.hasNext()) {
        const int day = int(days.indexOf(words.next().captured(1))) + 1;
        add([day](const QDate &date) { return date.dayOfWeek() == day; });
    }
    if (text.contains(pattern(R"(\btomorrow\b)")))
        add([&today](const QDate &date) { return date == today.addDays(1); });
    if (text.contains(pattern(R"(\b(today|tonight)\b)")))
        add([&today](const QDate &date) { return date == today; });
    auto dates = pattern(R"(\b(\d{1,2})(?:st|nd|rd|th)\b)").globalMatch(text);
    while (dates.hasNext()) {
        const auto match = dates.next();
        const int day = match.captured(1).toInt();
        if (day > times.size()) // "2nd" of three is the second
            add([day](const QDate &date) { return date.day() == day; });
    }
    return found;
}

std::optional<Choice> byHour(const QString &text, const QVector<QDateTime> &times, int most)
{
    std::optional<Choice> found;
    const auto add = [&](auto isThat) {
        if (!found)
            found.emplace();
        for (int i = 0; i < times.size(); ++i) {
            if (isThat(times.at(i).time()))
                found->insert(i);
        }
    };
    auto clocks = pattern(R"((\bat |\baround |\b)(\d{1,2})(?:[:.](\d{2}))?\s*(a\.?m\b|p\.?m\b)?)").globalMatch(text);
    while (clocks.hasNext()) {
        const auto match = clocks.next();
        const int hour = match.captured(2).toInt(), minute = match.captured(3).isEmpty() ? -1 : match.captured(3).toInt();
        const QString half = match.captured(4).left(1);
        const bool isTime = !match.captured(1).isEmpty() || minute >= 0 || !half.isEmpty() || hour > most;
        const auto after = !half.isEmpty() ? match.capturedEnd() : match.capturedEnd(minute >= 0 ? 3 : 2);
        const bool ordinal = after < text.size() && text.at(after).isLetter();
        if (!isTime || ordinal || hour > 23)
            continue;
        add([&](const QTime &time) {
            const bool sameHalf = half.isEmpty() ? hour > 12 || hour == 0 || time.hour() % 12 == hour % 12
                                                 : (half == u"p"_s) == (time.hour() >= 12) && time.hour() % 12 == hour % 12;
            const bool sameHour = hour > 12 || hour == 0 ? time.hour() == hour : sameHalf;
            return sameHour && (minute < 0 || time.minute() == minute);
        });
    }
    if (text.contains(pattern(R"(\bnoon\b)")))
        add([](const QTime &time) { return time == QTime(12, 0); });
    if (text.contains(pattern(R"(\bmorning\b)")))
        add([](const QTime &time) { return time.hour() < 12; });
    if (text.contains(pattern(R"(\bafternoon\b)")))
        add([](const QTime &time) { return time.hour() >= 12 && time.hour() < 17; });
    if (text.contains(pattern(R"(\b(evening|tonight)\b)")))
        add([](const QTime &time) { return time.hour() >= 17; });
    return found;
}

std::optional<Choice> byNumber(const QString &text, int count)
{
    std::optional<Choice> found;
    const auto add = [&](int index) {
        if (!found)
            found.emplace();
        if (index >= 0 && index < count)
            found->insert(index);
    };
    // A number alone, not a part of a time or a date.
    auto numbers = pattern(R"((?<![\d:.]|\bat |\baround )\b([1-9])\b(?![:.]?\d|\s*(?:a\.?m|p\.?m)\b|\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))").globalMatch(text);
    while (numbers.hasNext()) {
        const int number = numbers.next().captured(1).toInt();
        if (number <= count)
            add(number - 1);
    }
    static const QVector<QPair<const char *, int>> words{{R"(\b(first|1st)\b)", 0}, {R"(\b(second|2nd)\b)", 1}, {R"(\b(third|3rd)\b)", 2},
                                                          {R"(^\W*(option |number )?one\W*$)", 0}, {R"(\btwo\b)", 1}, {R"(\bthree\b)", 2}};
    for (const auto &[word, index] : words) {
        if (text.contains(pattern(word)))
            add(index);
    }
    if (text.contains(pattern(R"(\b(last|latter)( one| time| option)?\b)")))
        add(count - 1);
    return found;
}

} // namespace

bool isOpen(const Offer &offer, const QDateTime &now)
{
    return offer.at.isValid() && offer.at.secsTo(now) < remembered && !offer.times.isEmpty();
}

std::optional<int> meant(const QString &answer, const Offer &offer, const QDateTime &now)
{
    const QTimeZone zone(offer.zone);
    if (!zone.isValid() || offer.times.isEmpty() || answer.size() > longest)
        return std::nullopt;
    QString text = answer.toLower().simplified();
    text.replace(QChar(0x2019), u'\'');
    if (text.contains(pattern(R"(\b(not|none|neither|cannot|can't|cant|won't|wont|don't|dont|doesn't|doesnt|isn't|another|different|instead|unfortunately|other than|stop)\b)")))
        return std::nullopt;
    const int count = int(offer.times.size());
    QVector<QDateTime> times;
    for (const Slot &slot : offer.times)
        times.append(slot.start.toTimeZone(zone));
    Choice left;
    for (int i = 0; i < count; ++i)
        left.insert(i);
    bool said = false;
    const auto narrow = [&](const std::optional<Choice> &choice) {
        if (!choice)
            return;
        said = true;
        left.intersect(*choice);
    };
    narrow(byDay(text, times, now.toTimeZone(zone).date()));
    narrow(byHour(text, times, count));
    narrow(byNumber(text, count));
    if (!said && count == 1)
        said = text.contains(pattern(R"(\b(yes|yep|yeah|ok|okay|sure|works|perfect|great|good|fine)\b)"));
    if (!said || left.size() != 1)
        return std::nullopt;
    return *left.cbegin();
}

bool asksForTime(const QString &text)
{
    const QString words = text.left(2'000).toLower();
    return words.contains(pattern(R"(\b(call me|give me a call|meet|meeting|appointment|schedule|reschedule|availab\w*|what time|when (can|could|are|is|would|works)|are you free|free (on|at|this|next|tomorrow)|book(ed|ing)?|showing|viewing|come by|stop by)\b)"));
}

QHash<ContactId, Offer> fromJson(const QByteArray &json, const QDateTime &now)
{
    QHash<ContactId, Offer> all;
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    for (auto it = object.begin(); it != object.end() && all.size() < mostOffers; ++it) {
        const QJsonObject one = it->toObject();
        const auto time = [](const QJsonValue &value) { return QDateTime::fromMSecsSinceEpoch(value.toInteger(), Qt::UTC); };
        Offer offer;
        offer.calendar = CalendarId(one.value("calendar"_L1).toString());
        offer.zone = one.value("zone"_L1).toString().toLatin1();
        offer.at = time(one.value("at"_L1));
        offer.passedOver = one.value("passedOver"_L1).toString();
        const QJsonArray times = one.value("times"_L1).toArray();
        for (const auto &slot : times) {
            if (offer.times.size() < mostTimes && slot.toArray().size() == 2)
                offer.times.append({time(slot.toArray().at(0)), time(slot.toArray().at(1))});
        }
        if (!it.key().isEmpty() && isOpen(offer, now))
            all.insert(ContactId(it.key()), offer);
    }
    return all;
}

QByteArray toJson(const QHash<ContactId, Offer> &all)
{
    QJsonObject object;
    for (auto it = all.begin(); it != all.end(); ++it) {
        QJsonArray times;
        for (const Slot &slot : it->times)
            times.append(QJsonArray{slot.start.toMSecsSinceEpoch(), slot.end.toMSecsSinceEpoch()});
        object.insert(it.key().value, QJsonObject{{u"calendar"_s, it->calendar.value}, {u"zone"_s, QString::fromLatin1(it->zone)},
                                                  {u"at"_s, it->at.toMSecsSinceEpoch()}, {u"passedOver"_s, it->passedOver}, {u"times"_s, times}});
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace outrigger::offers
