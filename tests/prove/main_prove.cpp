// SPDX-License-Identifier: GPL-3.0-or-later
#include "prove/life.h"
#include "prove/press.h"

#include "core/log.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QHashSeed>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <map>

using namespace Qt::StringLiterals;
using namespace outrigger;
using namespace outrigger::prove;

namespace {

struct Sum {
    int histories = 0;
    qint64 operations = 0;
    qint64 records = 0, texts = 0, asked = 0, crashes = 0, requests = 0, harmed = 0, limited = 0;
    double hours = 0;
    std::map<QString, int> kinds;

    void add(const History &history, const Outcome &verdict)
    {
        ++histories;
        operations += qint64(history.steps.size());
        records += verdict.records;
        texts += verdict.texts;
        asked += verdict.asked;
        crashes += verdict.crashes;
        requests += verdict.requests;
        harmed += verdict.harmed;
        limited += verdict.limited;
        hours += verdict.hours;
        if (!verdict.kind.isEmpty())
            ++kinds[verdict.kind];
    }
    QJsonObject toJson() const
    {
        QJsonObject failed;
        for (const auto &[kind, count] : kinds)
            failed.insert(kind, count);
        return {{u"histories"_s, histories}, {u"steps"_s, operations}, {u"records"_s, records}, {u"texts"_s, texts}, {u"asked"_s, asked},
                {u"crashes"_s, crashes}, {u"requests"_s, requests}, {u"harmed"_s, harmed}, {u"limited"_s, limited}, {u"hoursLived"_s, hours}, {u"failed"_s, failed}};
    }
};

Outcome liveOnce(Order *order, const History &history, bool tell)
{
    Life life(order, history, tell);
    return life.live();
}

/// Delta debugging over the steps: the smallest list, as far as halves and single steps go, that still fails in the
/// same way.
History shrink(Order *order, History history, const QString &kind)
{
    int tries = 0;
    const auto fails = [&](const std::vector<Step> &steps) {
        History smaller = history;
        smaller.steps = steps;
        ++tries;
        return liveOnce(order, smaller, false).kind == kind;
    };
    std::size_t piece = history.steps.size() / 2;
    while (piece >= 1 && tries < 600) {
        bool less = false;
        for (std::size_t at = 0; at < history.steps.size() && tries < 600;) {
            std::vector<Step> rest = history.steps;
            rest.erase(rest.begin() + std::ptrdiff_t(at), rest.begin() + std::ptrdiff_t(std::min(at + piece, rest.size())));
            if (fails(rest)) {
                history.steps = rest;
                less = true;
            } else {
                at += piece;
            }
        }
        if (!less || piece == 1) {
            if (piece == 1 && !less)
                break;
            piece = piece == 1 ? 1 : piece / 2;
        }
    }
    return history;
}

History fromFile(const QString &name, History base)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read.", qPrintable(name));
    base.steps.clear();
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    for (const QString &line : lines) {
        if (const auto step = Step::fromLine(line))
            base.steps.push_back(*step);
    }
    return base;
}

void writeReport(const QCommandLineParser &parser, const QJsonObject &report)
{
    if (!parser.isSet(u"report"_s))
        return;
    QFile file(parser.value(u"report"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(report).toJson()) < 0)
        qFatal("The report cannot be written.");
}

QJsonArray kilobytes(const std::vector<std::int64_t> &bytes)
{
    QJsonArray all;
    for (const std::int64_t one : bytes)
        all.append(qint64(one / 1024));
    return all;
}

/// What the parts hold at the end may be this much more than after two hours: databases' page caches fill up to their limit.
constexpr std::int64_t mayGrow = 4 * 1024 * 1024;

int soak(Order *order, const QCommandLineParser &parser)
{
    const int hours = std::max(3, parser.value(u"soak"_s).toInt());
    const std::uint64_t seed = parser.value(u"from"_s).toULongLong();
    const auto begun = realNow();
    const Outcome outcome = liveOnce(order, History::day(seed, hours), false);
    const bool flat = outcome.held.size() == 2 && outcome.held[1] <= outcome.held[0] + mayGrow;
    const QJsonObject report{{u"seed"_s, qint64(seed)}, {u"hoursLived"_s, outcome.hours}, {u"records"_s, outcome.records}, {u"texts"_s, outcome.texts},
                             {u"asked"_s, outcome.asked}, {u"requests"_s, outcome.requests}, {u"harmed"_s, outcome.harmed}, {u"limited"_s, outcome.limited},
                             {u"heldKiB"_s, kilobytes(outcome.held)}, {u"residentKiB"_s, kilobytes(outcome.resident)}, {u"flat"_s, flat},
                             {u"kind"_s, outcome.kind}, {u"trouble"_s, outcome.trouble}, {u"seconds"_s, double((realNow() - begun).count()) / 1000}};
    writeReport(parser, report);
    std::printf("%s\n", QJsonDocument(report).toJson(QJsonDocument::Compact).constData());
    return outcome.kind.isEmpty() && flat ? 0 : 1;
}

int pressOnce(Order *order, const QCommandLineParser &parser)
{
    const int wanted = std::max(1, parser.value(u"press"_s).toInt());
    const int programs = std::max(1, parser.value(u"programs"_s).toInt());
    const double rival = parser.value(u"rival"_s).toDouble();
    const Pressed result = press(order, parser.value(u"from"_s).toULongLong(), wanted, programs, rival);
    const bool fine = result.failed == 0 && result.requests >= wanted
        && (programs > 1 || rival > 0 ? result.refused * 200 <= result.requests : result.refused == 0);
    const QJsonObject report{{u"requests"_s, result.requests}, {u"programs"_s, programs}, {u"rival"_s, rival}, {u"refused"_s, result.refused}, {u"failed"_s, result.failed},
                             {u"seconds"_s, result.seconds}, {u"usualClick"_s, result.usualClick}, {u"slowestClick"_s, result.slowestClick}, {u"fine"_s, fine}};
    writeReport(parser, report);
    std::printf("%s\n", QJsonDocument(report).toJson(QJsonDocument::Compact).constData());
    return fine ? 0 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    QHashSeed::setDeterministicGlobalSeed();
    qputenv("TZ", "America/New_York");
    auto *own = new Order; // the application's, once it has it
    Order &order = *own;
    store::JobRunner::instead = own;
    QCoreApplication::setEventDispatcher(own);
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Lives histories of work, faults and crashes with the product's own parts and compares the books."_s);
    parser.addHelpOption();
    parser.addOptions({{u"seed"_s, u"One history, told step by step, and shrunk when it fails."_s, u"N"_s},
                       {u"from"_s, u"First seed."_s, u"N"_s, u"1"_s},
                       {u"count"_s, u"How many histories."_s, u"N"_s, u"0"_s},
                       {u"seconds"_s, u"End after so many seconds."_s, u"N"_s, u"0"_s},
                       {u"operations"_s, u"What people do in one history."_s, u"N"_s, u"20"_s},
                       {u"noise"_s, u"No armed faults and no crashes: of a thousand changing requests this many fare badly."_s, u"N"_s},
                       {u"soak"_s, u"One day of so many hours in one run of the program; its memory must not grow."_s, u"HOURS"_s},
                       {u"press"_s, u"So many requests as fast as the limiter lets them leave; the server must refuse none."_s, u"N"_s},
                       {u"programs"_s, u"With --press: so many of them share the budget, each pressing; at most one in two hundred may be refused."_s, u"N"_s, u"1"_s},
                       {u"rival"_s, u"With --press: somebody else asks for so many a second, whatever the server says."_s, u"N"_s, u"0"_s},
                       {u"steps"_s, u"With --seed: the steps of this file instead of the seed's own."_s, u"FILE"_s},
                       {u"found"_s, u"Lives the histories in this folder: what once went wrong."_s, u"DIR"_s},
                       {u"no-shrink"_s, u"With --seed: tell only."_s},
                       {u"keep-going"_s, u"Do not stop at the tenth failure."_s},
                       {u"report"_s, u"Write the sums as JSON."_s, u"FILE"_s},
                       {u"log"_s, u"Level of the product's own log."_s, u"LEVEL"_s}});
    parser.process(app);
    setUpLogging(parser.isSet(u"log"_s) ? parser.value(u"log"_s) : u"error"_s);
    const int operations = parser.value(u"operations"_s).toInt();
    const bool noisy = parser.isSet(u"noise"_s);
    const auto make = [&](std::uint64_t seed) {
        return noisy ? History::calm(seed, operations, parser.value(u"noise"_s).toInt()) : History::make(seed, operations);
    };

    if (parser.isSet(u"found"_s)) {
        const QDir folder(parser.value(u"found"_s));
        const QStringList names = folder.entryList({u"*.txt"_s}, QDir::Files, QDir::Name);
        int bad = 0;
        for (const QString &name : names) {
            QFile file(folder.filePath(name));
            const bool opened = file.open(QIODevice::ReadOnly);
            const std::uint64_t seed = file.readLine().mid(7).trimmed().toULongLong(); // "# seed N"
            const Outcome outcome = liveOnce(&order, fromFile(folder.filePath(name), History::make(seed, 20)), false);
            bad += !opened || seed == 0 || !outcome.kind.isEmpty();
            std::printf("%s: %s %s\n", qPrintable(name), outcome.kind.isEmpty() ? "fine" : qPrintable(outcome.kind), qPrintable(outcome.trouble));
        }
        return bad == 0 && !names.isEmpty() ? 0 : 1;
    }

    if (parser.isSet(u"press"_s))
        return pressOnce(&order, parser);
    if (parser.isSet(u"soak"_s))
        return soak(&order, parser);

    if (parser.isSet(u"seed"_s)) {
        History history = make(parser.value(u"seed"_s).toULongLong());
        if (parser.isSet(u"steps"_s))
            history = fromFile(parser.value(u"steps"_s), history);
        const Outcome first = liveOnce(&order, history, true);
        const Outcome second = liveOnce(&order, history, false);
        std::printf("%s %s\n", first.kind.isEmpty() ? "fine" : qPrintable(first.kind), qPrintable(first.trouble));
        std::printf("%d records, %d texts, %d asked, %d crashes, %d requests, %.1f h; %s\n", first.records, first.texts, first.asked, first.crashes,
                    first.requests, first.hours, first.trace == second.trace ? "the same twice" : "NOT the same twice");
        if (!first.kind.isEmpty() && !parser.isSet(u"no-shrink"_s)) {
            const History small = shrink(&order, history, first.kind);
            const Outcome verdict = liveOnce(&order, small, false);
            std::printf("\nshrunk to %d steps: %s %s\n%s\n", int(small.steps.size()), qPrintable(verdict.kind), qPrintable(verdict.trouble),
                        qPrintable(small.lines().join(u'\n')));
        }
        return first.kind.isEmpty() ? 0 : 1;
    }

    const auto begun = realNow();
    const auto first = parser.value(u"from"_s).toULongLong();
    const int count = parser.value(u"count"_s).toInt();
    const int seconds = parser.value(u"seconds"_s).toInt();
    Sum sum;
    QJsonArray failures;
    for (std::uint64_t seed = first; count == 0 || seed < first + std::uint64_t(count); ++seed) {
        if (seconds > 0 && realNow() - begun >= std::chrono::seconds(seconds))
            break;
        if (seconds == 0 && count == 0 && sum.histories >= 200)
            break;
        const History history = make(seed);
        const Outcome verdict = liveOnce(&order, history, false);
        sum.add(history, verdict);
        if (!verdict.kind.isEmpty()) {
            std::printf("seed %llu: %s: %s\n", static_cast<unsigned long long>(seed), qPrintable(verdict.kind), qPrintable(verdict.trouble));
            std::fflush(stdout);
            failures.append(QJsonObject{{u"seed"_s, qint64(seed)}, {u"kind"_s, verdict.kind}, {u"trouble"_s, verdict.trouble}});
            if (failures.size() >= 10 && !parser.isSet(u"keep-going"_s))
                break;
        }
    }
    const double took = double((realNow() - begun).count()) / 1000;
    QJsonObject report = sum.toJson();
    report.insert(u"from"_s, qint64(first));
    report.insert(u"operations"_s, operations);
    report.insert(u"noise"_s, noisy ? parser.value(u"noise"_s).toInt() : -1);
    report.insert(u"seconds"_s, took);
    report.insert(u"failures"_s, failures);
    writeReport(parser, report);
    std::printf("%d histories from seed %llu, %lld steps, %lld records, %lld texts (%lld asked), %lld crashes, %lld requests (%lld harmed), "
                "%.0f hours lived in %.0f s; %d failed\n",
                sum.histories, static_cast<unsigned long long>(first), static_cast<long long>(sum.operations), static_cast<long long>(sum.records),
                static_cast<long long>(sum.texts), static_cast<long long>(sum.asked), static_cast<long long>(sum.crashes),
                static_cast<long long>(sum.requests), static_cast<long long>(sum.harmed), sum.hours, took, int(failures.size()));
    return failures.isEmpty() ? 0 : 1;
}
