// SPDX-License-Identifier: GPL-3.0-or-later
#include "prove/history.h"

#include "prove/ownclock.h"
#include "prove/wire.h"

#include <array>

using namespace Qt::StringLiterals;

namespace outrigger::prove {

namespace {

constexpr std::array<const char *, static_cast<std::size_t>(Act::Count)> words{
    "text", "same", "new-text", "tag", "field", "star", "task", "note", "deal", "enrol", "many", "book", "move", "drag", "tick", "cancel",
    "release", "retry", "they-write", "colleague", "taken", "gone", "comes", "disturb", "wait", "harm", "lag", "down", "pause", "network", "sleep", "wall", "crash", "crash-in", "measure"};

Step operation(Dice &dice, int number)
{
    const int account = dice.oneIn(4) ? 1 : 0;
    const int contact = dice.below(3);
    const int what = dice.below(142);
    if (what >= 134)
        return {Act::Tick, dice.below(4), dice.below(2)};
    if (what >= 126)
        return {Act::Drag, dice.below(3), dice.below(4), dice.oneIn(3) ? 1 + dice.below(2) : 0};
    if (what >= 120)
        return {Act::Move, dice.below(3), dice.below(6), dice.oneIn(4) ? 1 : 0};
    if (what >= 110)
        return {Act::Book, account, contact, number, dice.below(6)};
    if (what >= 105)
        return {Act::Many, account, number, dice.below(2)};
    if (what >= 100)
        return {Act::Enrol, account, contact, dice.oneIn(4) ? 1 : 0};
    if (what < 40)
        return {Act::Text, account, contact, number, dice.oneIn(4) ? 1 : 0};
    if (what < 52)
        return {Act::Same, account, contact, dice.below(2)};
    if (what < 62)
        return {Act::NewText, account, dice.below(2), number};
    if (what < 70)
        return {Act::Tag, account, contact, dice.below(3), dice.below(2)};
    if (what < 78)
        return {Act::Field, account, contact, dice.below(3), number};
    if (what < 82)
        return {Act::Star, account, contact, dice.below(2)};
    if (what < 88)
        return {Act::Task, account, contact, number};
    if (what < 94)
        return {Act::Note, account, contact, number};
    return {Act::Deal, account, contact, number};
}

Step around(Dice &dice)
{
    switch (dice.below(24)) {
    case 0:
    case 1:
    case 2:
        return {Act::Wait, 1 + dice.below(500)};
    case 3:
    case 4:
        return {Act::Wait, 1000 + dice.below(30'000)};
    case 5:
        return {Act::Wait, 60'000 + dice.below(600'000)};
    case 6:
        return {Act::Cancel, dice.below(4)};
    case 7:
        return {dice.oneIn(2) ? Act::Release : Act::Retry, dice.below(4)};
    case 8:
        return {Act::TheyWrite, dice.below(2), dice.below(3)};
    case 9:
        return {Act::Colleague, dice.below(2), dice.below(3), dice.below(2)};
    case 10:
        return {Act::Lag, dice.oneIn(2) ? 0 : 1 + dice.below(15)};
    case 11:
    case 12:
        return {Act::Down, dice.below(2)};
    case 13:
        return {Act::Pause, dice.below(2)};
    case 14:
        return {Act::Network};
    case 15:
        return {Act::Sleep, dice.oneIn(2) ? 30 + dice.below(300) : 8 * 3600};
    case 16:
        return {Act::Wall, dice.oneIn(3) ? dice.below(7200) - 3600 : dice.below(240) - 120};
    case 17:
        return {Act::Crash};
    case 18:
        return {Act::Taken, dice.below(2), dice.below(6)};
    case 19:
        return {Act::Disturb, dice.below(2), dice.below(3), dice.below(2)};
    case 20:
        return {Act::Gone, dice.below(8)};
    case 21:
        return {Act::Comes};
    default:
        return {Act::CrashIn, 1 + dice.below(40)};
    }
}

Step harm(Dice &dice)
{
    const int which = 1 + dice.below(static_cast<int>(Harm::Count) - 1);
    const int what = which > static_cast<int>(Harm::Rewritten) ? 9 : dice.below(10); // pages are read
    return {Act::Harm, which, what < 5 ? 0 : what < 8 ? 1 : what < 9 ? 2 : 3, dice.oneIn(3) ? dice.below(3) : 0, dice.oneIn(5) ? 2 + dice.below(4) : 1};
}

} // namespace

const char *word(Act act) { return words[static_cast<std::size_t>(act)]; }

QString Step::line() const
{
    QString text = QLatin1String(word(act)) + u" %1 %2 %3 %4"_s.arg(a).arg(b).arg(c).arg(d);
    if (act == Act::Harm)
        text += u"   # %1"_s.arg(QLatin1String(prove::word(static_cast<prove::Harm>(a))));
    return text;
}

std::optional<Step> Step::fromLine(const QString &line)
{
    const QStringList parts = line.section(u'#', 0, 0).split(u' ', Qt::SkipEmptyParts);
    if (parts.isEmpty())
        return std::nullopt;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (parts[0] == QLatin1String(words[i]))
            return Step{static_cast<Act>(i), parts.value(1).toInt(), parts.value(2).toInt(), parts.value(3).toInt(), parts.value(4).toInt()};
    }
    return std::nullopt;
}

History History::make(std::uint64_t seed, int operations)
{
    Dice dice(seed * 2 + 1);
    History history;
    history.seed = seed;
    history.power = seed % 2 == 1;
    history.feeds = dice.oneIn(4);
    const int harms = 1 + dice.below(3); // one in two, three, four
    int done = 0;
    while (done < operations) {
        if (dice.oneIn(harms + 1))
            history.steps.push_back(harm(dice));
        if (dice.oneIn(2))
            history.steps.push_back(around(dice));
        history.steps.push_back(operation(dice, ++done));
        if (dice.oneIn(3))
            history.steps.push_back({Act::Wait, dice.below(4000)});
    }
    return history;
}

History History::calm(std::uint64_t seed, int operations, int noise)
{
    Dice dice(seed * 2 + 1);
    History history;
    history.seed = seed;
    history.noise = noise;
    history.limited = true;
    history.feeds = dice.oneIn(2);
    for (int i = 1; i <= operations; ++i) {
        history.steps.push_back(operation(dice, i));
        history.steps.push_back({Act::Wait, 1000 + dice.below(20'000)});
    }
    return history;
}

History History::day(std::uint64_t seed, int hours)
{
    Dice dice(seed * 2 + 1);
    History history;
    history.seed = seed;
    history.noise = 20;
    history.limited = true;
    history.feeds = true;
    constexpr int hour = 3'600'000;
    int number = 0;
    for (int h = 0; h < hours; ++h) {
        if (h == 2)
            history.steps.push_back({Act::Measure});
        for (int left = hour; left > 0;) {
            const int pause = std::min(left, 30'000 + dice.below(570'000));
            history.steps.push_back(operation(dice, ++number));
            if (dice.oneIn(3))
                history.steps.push_back({Act::TheyWrite, dice.below(2), dice.below(3)});
            if (dice.oneIn(8))
                history.steps.push_back({Act::Down, 1});
            history.steps.push_back({Act::Wait, pause / 2});
            history.steps.push_back({Act::Down, 0});
            history.steps.push_back({Act::Wait, pause - pause / 2});
            left -= pause;
        }
        switch (dice.below(4)) {
        case 0:
            history.steps.push_back({Act::Sleep, 300 + dice.below(7200)});
            break;
        case 1:
            history.steps.push_back({Act::Network});
            break;
        case 2:
            history.steps.push_back({Act::Wall, dice.oneIn(3) ? dice.below(7200) - 3600 : dice.below(240) - 120});
            break;
        default:
            break;
        }
    }
    history.steps.push_back({Act::Measure});
    return history;
}

QStringList History::lines() const
{
    QStringList all;
    for (const Step &step : steps)
        all.append(step.line());
    return all;
}

} // namespace outrigger::prove
