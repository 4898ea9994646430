// SPDX-License-Identifier: GPL-3.0-or-later
// Pipelines and deals of the practice account.
#include "practice/generator.h"

#include <algorithm>

namespace outrigger::practice
{

namespace
{

constexpr qint64 day = 24 * 3'600'000;

struct Line {
    const char *pipeline;
    std::vector<std::pair<const char *, int>> stages; ///< name, percent
    int cheapest, dearest;                            ///< in hundreds
    const char *what;
};

const std::vector<Line> &lines()
{
    static const std::vector<Line> all{
        {"Sales",
         {{"New lead", 5}, {"Contacted", 15}, {"Viewing booked", 30}, {"Offer made", 60}, {"Under contract", 85}, {"Closing", 95}},
         45, 260, "commission"},
        {"Recruiting",
         {{"Applied", 10}, {"Phone screen", 25}, {"Interview", 45}, {"Licensing", 70}, {"Contracted", 90}},
         20, 80, "first year"}};
    return all;
}

constexpr const char *reasons[] = {"Price too high", "Chose another agent", "No answer", "Bad timing", "Not qualified"};

/// Many at the beginning, few at the end, as pipelines are.
quint16 stageFor(quint64 luck, size_t stages)
{
    quint64 share = luck % 100;
    const quint64 step = 200 / (stages * (stages + 1)) + 1;
    for (size_t i = 0; i < stages; ++i) {
        const quint64 width = step * (stages - i);
        if (share < width)
            return static_cast<quint16>(i);
        share -= width;
    }
    return static_cast<quint16>(stages - 1);
}

Opportunity dealOf(const World &world, Index number, Index contact, quint16 pipeline)
{
    const quint64 seed = mix(world.seed * 524'287 + number);
    const auto roll = [seed](int place) { return mix(seed + static_cast<quint64>(place)); };
    const Contact &c = world.contacts[contact];
    const Line &line = lines()[pipeline];
    Opportunity deal;
    deal.contact = contact;
    deal.pipeline = pipeline;
    deal.location = 0;
    deal.name = world.fullName(c);
    if (number % 5 == 2 && !c.city.isEmpty())
        deal.name += QStringLiteral(", ") + c.city;
    deal.hasValue = roll(1) % 9 != 0;
    deal.value = deal.hasValue ? 100.0 * static_cast<double>(line.cheapest + roll(2) % static_cast<quint64>(line.dearest - line.cheapest)) : 0;
    deal.source = c.source;
    deal.assigned = number % 7 == 3 ? qint16{-1} : c.assigned;
    deal.stage = stageFor(roll(3), line.stages.size());
    const quint64 end = roll(4) % 100;
    deal.status = end < 78 ? DealStatus::Open : end < 88 ? DealStatus::Won : end < 97 ? DealStatus::Lost : DealStatus::Abandoned;
    if (deal.status == DealStatus::Won)
        deal.stage = static_cast<quint16>(line.stages.size() - 1);
    if (deal.status == DealStatus::Lost)
        deal.lostReason = static_cast<qint16>(roll(5) % std::size(reasons));
    const qint64 now = world.now();
    deal.added = std::max(c.added, now - static_cast<qint64>(roll(6) % 42) * day - static_cast<qint64>(roll(7) % static_cast<quint64>(day)));
    const qint64 age = std::max<qint64>(60'000, now - deal.added);
    deal.stageSince = deal.added + static_cast<qint64>(roll(8) % static_cast<quint64>(age));
    deal.statusSince = deal.status == DealStatus::Open ? deal.added : deal.stageSince;
    deal.updated = std::max(deal.stageSince, deal.statusSince);
    if (number % 3 == 0) { // one of the location's fields of deals
        for (Index field = 0; field < world.fields.size(); ++field) {
            if (world.fields[field].key == u"opportunity.financing")
                deal.customFields = QJsonArray{QJsonObject{{QStringLiteral("id"), world.mint.id(Kind::Field, field)},
                                                           {QStringLiteral("fieldValue"), number % 2 ? QStringLiteral("Cash") : QStringLiteral("Mortgage")}}};
        }
    }
    return deal;
}

} // namespace

void generateDeals(World &world, const WorldSize &size)
{
    world.pipelines.clear();
    world.opportunities.clear();
    world.lostReasons.clear();
    for (const Line &line : lines()) {
        Pipeline pipeline;
        pipeline.name = QString::fromLatin1(line.pipeline);
        for (const auto &[name, percent] : line.stages)
            pipeline.stages.push_back({QString::fromLatin1(name), percent, false});
        world.pipelines.push_back(std::move(pipeline));
    }
    Pipeline rentals;
    rentals.name = QStringLiteral("Rentals");
    rentals.location = 1;
    rentals.stages = {{QStringLiteral("Asked"), 20, false}, {QStringLiteral("Viewed"), 50, false}, {QStringLiteral("Signed"), 100, false}};
    world.pipelines.push_back(std::move(rentals));
    for (const char *reason : reasons)
        world.lostReasons.push_back(QString::fromLatin1(reason));

    std::vector<Index> leads;
    for (Index i = 0; i < world.contacts.size(); ++i) {
        if (world.contacts[i].location == 0 && !world.contacts[i].deleted)
            leads.push_back(i);
    }
    if (leads.empty())
        return;
    // One deal a contact and pipeline, so long as there are contacts enough.
    for (int i = 0; i < size.opportunities; ++i) {
        const auto number = static_cast<Index>(i);
        const Index contact = leads[static_cast<size_t>((quint64(number) * 7'919) % leads.size())];
        const bool recruit = world.contacts[contact].tags.contains(QStringLiteral("recruit")) || mix(world.seed + number) % 4 == 0;
        world.opportunities.push_back(dealOf(world, number, contact, recruit && size.opportunities < 5'000 ? 1 : 0));
    }
}

} // namespace outrigger::practice
