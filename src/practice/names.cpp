// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/names.h"

#include "practice/mint.h"

#include <iterator>

namespace outrigger::practice::names
{

namespace
{

struct Name {
    const char16_t *text;
    const char *ascii;
};

const Name firsts[] = {
    {u"Sarah", "sarah"},       {u"James", "james"},   {u"Aaliyah", "aaliyah"}, {u"Michael", "michael"},
    {u"José", "jose"},         {u"Emily", "emily"},   {u"DeShawn", "deshawn"}, {u"Zoë", "zoe"},
    {u"Liam", "liam"},         {u"Olivia", "olivia"}, {u"Renée", "renee"},     {u"Tyler", "tyler"},
    {u"Grace", "grace"},       {u"Søren", "soren"},   {u"Hannah", "hannah"},   {u"Łukasz", "lukasz"},
    {u"Brianna", "brianna"},   {u"Kevin", "kevin"},   {u"Núria", "nuria"},     {u"Robert", "robert"},
    {u"Chloe", "chloe"},       {u"Ngọc", "ngoc"},     {u"Daniel", "daniel"},   {u"Jürgen", "jurgen"},
    {u"Maya", "maya"},         {u"Ayşe", "ayse"},     {u"Carlos", "carlos"},   {u"Siobhán", "siobhan"},
    {u"Ethan", "ethan"},       {u"Imani", "imani"},   {u"Patrick", "patrick"}, {u"Lucía", "lucia"},
    {u"Walter", "walter"},     {u"Noor", "noor"},     {u"Jasper", "jasper"},   {u"Bea", "bea"},
    {u"Theodore", "theodore"}, {u"Rosa", "rosa"},     {u"Quentin", "quentin"}, {u"Ivy", "ivy"}};
const Name lasts[] = {{u"Jones", "jones"},
                      {u"Okafor", "okafor"},
                      {u"García", "garcia"},
                      {u"Nguyễn", "nguyen"},
                      {u"Peterson", "peterson"},
                      {u"Washington", "washington"},
                      {u"Müller", "muller"},
                      {u"Rossi", "rossi"},
                      {u"O’Brien", "obrien"},
                      {u"Kowalski", "kowalski"},
                      {u"Delgado", "delgado"},
                      {u"Andersson", "andersson"},
                      {u"Baptiste", "baptiste"},
                      {u"Yılmaz", "yilmaz"},
                      {u"Sato", "sato"},
                      {u"Thompson", "thompson"},
                      {u"de la Cruz", "delacruz"},
                      {u"Novák", "novak"},
                      {u"Whitaker", "whitaker"},
                      {u"Silva", "silva"},
                      {u"Abernathy", "abernathy"},
                      {u"Castañeda", "castaneda"},
                      {u"Lindqvist", "lindqvist"},
                      {u"Freeman", "freeman"},
                      {u"Moreau", "moreau"},
                      {u"Hawthorne", "hawthorne"},
                      {u"Ramírez", "ramirez"},
                      {u"Kim", "kim"},
                      {u"van der Berg", "vanderberg"},
                      {u"Ellison", "ellison"},
                      {u"Marsh", "marsh"},
                      {u"Ferreira", "ferreira"},
                      {u"Quinn", "quinn"},
                      {u"Holloway", "holloway"}};

struct Whole {
    const char16_t *first;
    const char16_t *last;
    const char *ascii;
};
const Whole others[] = {{u"محمد", u"الحسن", "m.alhasan"},
                        {u"דוד", u"לוי", "d.levi"},
                        {u"李", u"伟", "li.wei"},
                        {u"Ольга", u"Смирнова", "o.smirnova"},
                        {u"प्रिया", u"शर्मा", "p.sharma"},
                        {u"فاطمة", u"الزهراء", "f.alzahra"},
                        {u"נועה", u"כהן", "n.cohen"},
                        {u"王", u"芳", "wang.fang"},
                        {u"Дмитрий", u"Коваленко", "d.kovalenko"},
                        {u"अर्जुन", u"पटेल", "a.patel"},
                        {u"さくら", u"田中", "s.tanaka"},
                        {u"민준", u"김", "m.kim"},
                        {u"Sunny 🌻", u"Delacroix", "sunny.d"},
                        {u"Γιώργος", u"Παπαδόπουλος", "g.papadopoulos"}};

struct Town {
    const char *city;
    const char *state;
    const char *country;
    const char *postalCode;
    const char *timezone;
    int areaCode;
};
const Town towns[] = {{"Orlando", "FL", "US", "32806", "America/New_York", 407},
                      {"Tampa", "FL", "US", "33602", "America/New_York", 813},
                      {"Atlanta", "GA", "US", "30312", "America/New_York", 404},
                      {"Boston", "MA", "US", "02118", "America/New_York", 617},
                      {"Charlotte", "NC", "US", "28203", "America/New_York", 704},
                      {"Chicago", "IL", "US", "60614", "America/Chicago", 312},
                      {"Austin", "TX", "US", "78704", "America/Chicago", 512},
                      {"Nashville", "TN", "US", "37206", "America/Chicago", 615},
                      {"Denver", "CO", "US", "80205", "America/Denver", 303},
                      {"Salt Lake City", "UT", "US", "84102", "America/Denver", 801},
                      {"Seattle", "WA", "US", "98103", "America/Los_Angeles", 206},
                      {"San Diego", "CA", "US", "92104", "America/Los_Angeles", 619},
                      {"Honolulu", "HI", "US", "96816", "Pacific/Honolulu", 808},
                      {"London", "England", "GB", "SE1 7PB", "Europe/London", 0}};

const char *const streets[] = {"Lantern Row",     "Heron Court",    "Quayside Drive",
                               "Orchard Bend",    "Palmetto Lane",  "Tidewater Street",
                               "Juniper Terrace", "Old Ferry Road", "Marigold Avenue"};
const char *const sources[] = {"Website form", "PropHog",     "Open house",      "Referral", "Facebook lead ad",
                               "Sign call",    "Past client", "Recruiting page", "Walk-in"};
const char *const businesses[] = {"Blue Heron Builders",    "Cedar & Stone LLC", "Lakefront Lending",
                                  "Northgate Title",        "Palm Row Staging",  "Sunline Inspections",
                                  "Two Oaks Property Group"};

QString american(int areaCode, int line)
{
    // Not with one arg(): "%1555" would be its fifteenth argument.
    return QStringLiteral("+1") + QString::number(areaCode) + QStringLiteral("555") +
           QStringLiteral("%1").arg(line, 4, 10, QLatin1Char('0'));
}

template <class T, size_t n>
const T &pick(const T (&list)[n], quint64 salt)
{
    return list[salt % n];
}

} // namespace

Person person(int i, quint64 salt)
{
    if (i % 9 == 4 || (i < 120 && i % 5 == 3)) {
        const Whole &whole = others[static_cast<size_t>(i / 5) % std::size(others)];
        return {QString::fromUtf16(whole.first), QString::fromUtf16(whole.last), QString::fromLatin1(whole.ascii)};
    }
    const Name &first = pick(firsts, salt);
    const Name &last = pick(lasts, mix(salt));
    return {QString::fromUtf16(first.text), QString::fromUtf16(last.text),
            QLatin1String(first.ascii) + QLatin1Char('.') + QLatin1String(last.ascii)};
}

Place place(quint64 salt)
{
    const Town &town = pick(towns, salt);
    return {QString::fromLatin1(town.city),       QString::fromLatin1(town.state),    QString::fromLatin1(town.country),
            QString::fromLatin1(town.postalCode), QString::fromLatin1(town.timezone), town.areaCode};
}

QString phone(int i, const Place &place)
{
    // 555-0100 to 555-0199 of each area code and 07700 900000 to 900999 are kept for fiction. Big accounts use them up
    // and go on in the rest of exchange 555.
    if (place.areaCode == 0 && i < 1000)
        return QStringLiteral("+447700900%1").arg(i, 3, 10, QLatin1Char('0'));
    const int code = place.areaCode ? place.areaCode : 321;
    const int line = i < 1400 ? 120 + i % 80 : i % 10'000;
    if (i < 80)
        return american(code, line);
    static constexpr int codes[] = {205, 239, 248, 252, 267, 281, 314, 325, 352, 386, 402, 415, 423, 440,
                                    469, 480, 503, 520, 530, 559, 561, 571, 602, 614, 626, 636, 650, 661,
                                    678, 702, 713, 718, 727, 732, 740, 754, 760, 772, 786, 803, 816, 828,
                                    832, 845, 850, 857, 863, 904, 909, 916, 925, 941, 949, 954};
    const int block = i < 1400 ? i / 80 : 20 + i / 10'000;
    return american(codes[static_cast<size_t>(block) % std::size(codes)], line);
}

QString email(const QString &ascii, int i)
{
    return ascii + QString::number(i) + (i % 3 ? QStringLiteral("@example.com") : QStringLiteral("@mail.example"));
}

QString street(quint64 salt)
{
    return QString::fromLatin1(pick(streets, salt));
}

QString source(quint64 salt)
{
    return QString::fromLatin1(pick(sources, salt));
}

QString business(quint64 salt)
{
    return QString::fromLatin1(pick(businesses, salt));
}

} // namespace outrigger::practice::names
