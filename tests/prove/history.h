// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

namespace outrigger::prove {

/// What may happen in one step of a history. The words are what a replay prints and reads.
enum class Act {
    Text,      ///< account, contact, number of the text; d: 1 with the time to take it back
    Same,      ///< account, contact, which of the two texts that everybody writes
    NewText,   ///< account, which new number, number of the text
    Tag,       ///< account, contact, which tag, put on or taken off
    Field,     ///< account, contact, which field, its new value
    Star,      ///< account, contact, on
    Task,      ///< account, contact, its number
    Note,      ///< account, contact, its number
    Deal,      ///< account, contact, its number
    Enrol,     ///< account, contact, leave (1) or join (0): the account's workflow
    Many,      ///< account, its number, what: a tag for all (0), all into the workflow (1)
    Book,      ///< account, contact, its number, which of the free times
    Move,      ///< the n-th newest booking, which of the free times, or off (1)
    Drag,      ///< which of the first account's deals, to which stage (0), or won (1) or open again (2)
    Tick,      ///< the n-th newest task, done (1) or not
    Cancel,    ///< the n-th newest record
    Release,
    Retry,
    TheyWrite, ///< account, contact
    Colleague, ///< account, contact, which of the two texts; by hand, in HighLevel
    Taken,     ///< account, which of the free times a colleague takes
    Gone,      ///< a colleague removes the n-th of the first account's other contacts
    Comes,     ///< a colleague adds a contact there
    Disturb,   ///< account, contact, whether they must not be disturbed (1)
    Wait,      ///< milliseconds
    Harm,      ///< which, what it meets, after how many, how often
    Lag,       ///< seconds
    Down,      ///< the network goes (1) or comes (0)
    Pause,     ///< work offline
    Network,   ///< another network: connections die
    Sleep,     ///< seconds
    Wall,      ///< the clock is set by so many seconds
    Crash,     ///< now
    CrashIn,   ///< after so many steps of databases and wires
    Measure,   ///< how much memory the program's own parts hold
    Count
};
const char *word(Act act);

struct Step {
    Act act = Act::Wait;
    int a = 0, b = 0, c = 0, d = 0;
    QString line() const;
    static std::optional<Step> fromLine(const QString &line);
};

/// A whole history: enough to live it again.
struct History {
    std::uint64_t seed = 0; ///< of chance inside: latencies, the order of jobs
    int noise = 0;          ///< of a thousand changing requests, how many fare badly by themselves
    bool feeds = false;     ///< the first account is in view and its feeds run
    bool power = false;     ///< deaths are power cuts
    bool limited = false;   ///< the server counts requests as HighLevel does
    std::vector<Step> steps;

    /// From a seed alone. operations: what people do; faults and crashes come on top.
    static History make(std::uint64_t seed, int operations);
    /// Faults only as `noise` says and no crash: what the share of questions is measured with.
    static History calm(std::uint64_t seed, int operations, int noise);
    /// A long day's mixed use in one run of the program: people at work, two in a hundred requests fare badly, sleep, other
    /// networks, clocks that are set. The memory is measured after two hours and at the end.
    static History day(std::uint64_t seed, int hours);
    QStringList lines() const;
};

} // namespace outrigger::prove
