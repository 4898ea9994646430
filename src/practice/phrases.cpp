// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/phrases.h"

#include "practice/mint.h"

#include <array>
#include <iterator>

namespace outrigger::practice::phrases
{

namespace
{

constexpr bool in = true;
constexpr bool out = false;

struct Entry {
    Talk talk;
    bool opens; ///< the first line of a dialogue
    Line line;
};

#define OPEN(talk, who, text)                                                                                          \
    {                                                                                                                  \
        Talk::talk, true,                                                                                              \
        {                                                                                                              \
            who, text                                                                                                  \
        }                                                                                                              \
    }
#define NEXT(talk, who, text)                                                                                          \
    {                                                                                                                  \
        Talk::talk, false,                                                                                             \
        {                                                                                                              \
            who, text                                                                                                  \
        }                                                                                                              \
    }
const Entry entries[] = {
    OPEN(Text, out,
         u"Hi {first}, this is {me} with Harborline Realty. You asked about {street}. Is it still on your list?"),
    NEXT(Text, in, u"Yes! Is it still available?"),
    NEXT(Text, out, u"It is. They want {price}. I have the keys on {day}, would {time} work for a look?"),
    NEXT(Text, in, u"{day} {time} is good. Can I bring my sister?"),
    NEXT(Text, out, u"Of course. Park on the street side, the drive is shared. See you both there."),
    NEXT(Text, in, u"👍 thanks"),
    OPEN(Text, in, u"how much are the HOA fees at {street}"),
    NEXT(Text, out, u"$214 a month, that covers the pool, the roof and the lawn. Water is extra."),
    NEXT(Text, in, u"ok thats less than where we are now"),
    NEXT(Text, out, u"Shall I send the last twelve months of minutes? They tell more than the brochure."),
    NEXT(Text, in, u"please do"),
    OPEN(Text, out,
         u"{first}, quick one: the seller of {street} came down to {price} this morning. Want to talk before it goes "
         u"on the portals?"),
    NEXT(Text, in, u"In a meeting until {time}. Call me after?"),
    NEXT(Text, out, u"Will do."),
    OPEN(Text, in, u"Hi {me}, we spoke at the open house. My husband wants to know about the school zone"),
    NEXT(Text, out, u"Hi {first}! {street} is zoned for Lake Como K-8 and Boone High. I can send you the county map."),
    NEXT(Text, in, u"Perfect. And is the basement dry? 😅"),
    NEXT(Text, out, u"No basement here, slab on grade. The crawl space of the house next door is another story."),
    NEXT(Text, in, u"Haha ok. When could we see it"),
    NEXT(Text, out, u"{day} at {time}, or the day after before noon. What suits you?"),
    NEXT(Text, in, u"{day} {time}"),
    OPEN(Text, out,
         u"Good morning {first}, your inspection at {street} is confirmed for {day}, {time}. Please have the attic "
         u"hatch clear."),
    NEXT(Text, in, u"Got it. Will the inspector need the alarm code?"),
    NEXT(Text, out, u"I'll be there and let him in, nothing to send over text."),
    OPEN(Text, in, u"Did the bank say anything yet?"),
    NEXT(Text, out,
         u"They asked for the last two pay slips, then it goes to the underwriter. I expect an answer by {day}."),
    NEXT(Text, in, u"Sending them tonight. Nervous!!"),
    NEXT(Text, out, u"Your file is clean. The appraisal came in above {price}, that was the part I worried about."),
    NEXT(Text, in, u"omg great news thank you"),
    OPEN(Text, out,
         u"Hi {first}, {me} here. I saw you passed the state exam, congratulations! Have you decided where to hang "
         u"your license?"),
    NEXT(Text, in, u"Thank you! Talking to two brokerages right now."),
    NEXT(Text, out, u"Fair. What matters most to you, the split or the leads in the first six months?"),
    NEXT(Text, in, u"Honestly the training. I have never done this before."),
    NEXT(Text, out, u"Then come to our {day} class at {time} and sit in the back. No pitch, coffee is decent."),
    NEXT(Text, in, u"I'd like that. Where do I go?"),
    NEXT(Text, out, u"Second floor over the bakery on Church Street. Ring for Harborline."),
    OPEN(Text, in, u"what would you list our house for"),
    NEXT(Text, out,
         u"Three on your street sold since spring, between {price} and a bit above. Condition decides. May I see it "
         u"{day} around {time}?"),
    NEXT(Text, in, u"we have dogs is that ok"),
    NEXT(Text, out, u"Very ok. I bring biscuits."),
    OPEN(Text, out,
         u"{first}, the papers for {street} are ready to sign. Link came by e-mail, it takes about ten minutes. Any "
         u"question, call me first."),
    NEXT(Text, in, u"Signed. Page 7 says the fridge stays, we agreed washer too"),
    NEXT(Text, out, u"Good catch. I had them add the washer, new version is in your mail now."),
    NEXT(Text, in, u"Signed the new one"),
    NEXT(Text, out, u"And they countersigned. Congratulations, {first}."),
    OPEN(Text, out, u"Hi {first}, just checking in after {day}. What did you think of the place?"),
    NEXT(Text, in, u"Liked the light, hated the kitchen. And the road noise..."),
    NEXT(Text, out, u"Understood. There's one two streets over, same light, quiet end. {price}. Pictures?"),
    NEXT(Text, in, u"Sure"),
    OPEN(Text, in, u"Sorry can't make it {day}, kid is sick"),
    NEXT(Text, out, u"No problem at all, get well soon. I'll keep {time} next week open for you."),
    OPEN(Text, out,
         u"{first}, are you still looking around {price}, or has that moved? I'd rather send you three right ones than "
         u"thirty."),
    NEXT(Text, in, u"A little lower now. Rates…"),
    NEXT(Text, out, u"Thanks for telling me. I'll trim the search and text you {day}."),
    OPEN(Text, in, u"Who is this?"),
    NEXT(Text, out, u"{me} from Harborline Realty. You filled in the form about {street} on Sunday. Wrong person?"),
    NEXT(Text, in, u"No that was me, forgot. Call me {day} after {time}"),
    OPEN(Text, out,
         u"Movers, water, power, post: I made you a list for the week of the move. Want it as a text or by mail?"),
    NEXT(Text, in, u"Mail please. You are the best"),
    OPEN(Spanish, out, u"Hola {first}, soy {me} de Harborline Realty. ¿Sigue interesado en la casa de {street}?"),
    NEXT(Spanish, in, u"Hola, sí. ¿Todavía está disponible?"),
    NEXT(Spanish, out, u"Sí, piden {price}. ¿Le viene bien verla el próximo fin de semana a las {time}?"),
    NEXT(Spanish, in, u"El sábado por la mañana, mañana no puedo. ¿Aceptan mascotas? 🐶"),
    NEXT(Spanish, out, u"Sí, hasta dos. Nos vemos el sábado entonces."),
    OPEN(Arabic, in, u"مرحبا، هل المنزل في {street} ما زال متاحاً؟"),
    NEXT(Arabic, out, u"Hello {first}, yes it is. The price is {price}. Would you like to see it {day} at {time}?"),
    NEXT(Arabic, in, u"نعم، الساعة {time} مناسبة. شكراً لك"),
    OPEN(Hebrew, in, u"שלום, אפשר לראות את הבית ב-{street} השבוע?"),
    NEXT(Hebrew, out, u"Hi {first}, {day} at {time} is free. Shall I hold it for you?"),
    NEXT(Hebrew, in, u"כן בבקשה, תודה רבה"),
    OPEN(Chinese, in, u"你好，{street} 的房子还在吗？"),
    NEXT(Chinese, out, u"Hi {first}, yes, at {price}. I can show it {day} at {time}."),
    NEXT(Chinese, in, u"好的，到时候见。谢谢！"),
    OPEN(Russian, in, u"Добрый день! Подскажите, дом на {street} ещё продаётся?"),
    NEXT(Russian, out, u"Hello {first}, it is, at {price}. {day} at {time} for a look?"),
    NEXT(Russian, in, u"Да, подойдёт. Спасибо"),
    OPEN(Hindi, in, u"नमस्ते, क्या {street} वाला घर अभी भी उपलब्ध है?"),
    NEXT(Hindi, out, u"Hello {first}, it is. {price}. Would {day}, {time} suit you?"),
    NEXT(Hindi, in, u"जी हाँ, धन्यवाद 🙏"),
    OPEN(Mail, out,
         u"Your viewing at {street}|Dear {first},\n\nthank you for your call. I have put you down for {day} at {time}. "
         u"The owners will be out, so take your time.\n\nKind regards\n{me}\nHarborline Realty"),
    NEXT(Mail, in,
         u"Re: Your viewing at {street}|Hello {me},\n\n{day} works. Could you send the floor plan and the last "
         u"electricity bill beforehand?\n\nBest\n{first}"),
    NEXT(Mail, out,
         u"Re: Your viewing at {street}|Dear {first},\n\nboth are attached. The bill is for July, the worst month "
         u"here.\n\n{me}"),
    OPEN(Mail, in,
         u"Offer for {street}|Hi {me},\n\nwe would like to offer {price}, closing in 45 days, subject to inspection. "
         u"Please let us know what you need from us.\n\n{first}"),
    NEXT(Mail, out,
         u"Re: Offer for {street}|Dear {first},\n\nthank you, I present it to the sellers tonight. A letter from your "
         u"bank helps more than another thousand dollars.\n\n{me}"),
    OPEN(Mail, out,
         u"Three homes that fit|Hi {first},\n\nas promised, only three: one near the lake, one with the garden, one "
         u"you will not like but should see.\n\n{me}\nHarborline Realty"),
    OPEN(Social, in, u"Hi! Saw your post about {street}, whats the price?"),
    NEXT(Social, out, u"Hi {first}, {price}. Want the details by text?"),
    NEXT(Social, in, u"yes pls 🙌"),
    NEXT(Social, out, u"Great, send me your number and I'll text you the sheet."),
    OPEN(Social, in, u"Do you also handle rentals?"),
    NEXT(Social, out, u"Some. What are you looking for, and from when?"),
    NEXT(Social, in, u"2 bedrooms, from next month, near downtown"),
    OPEN(Social, in, u"Is anyone there? The booking page says {time} but I got {day} in the mail"),
    NEXT(Social, out, u"Hi {first}, sorry about that. {day} at {time} is right, I've corrected the mail."),
    OPEN(Auto, out,
         u"Hi {first}, thanks for your request. {me} from Harborline Realty will text you shortly. Reply STOP to end."),
    OPEN(Auto, out, u"Reminder: your appointment with {me} is on {day} at {time}. Reply C to confirm or R to move it."),
    OPEN(Auto, out, u"New this week from Harborline: {street} at {price}. Reply STOP to end."),
    OPEN(Lead, in, u"Hi, I saw the sign at {street}. Is it still for sale?"),
    NEXT(Lead, in, u"And is {price} firm?"),
    OPEN(Lead, in, u"Hello, we are moving to Orlando in spring and need three bedrooms near a good school"),
    NEXT(Lead, in, u"Budget is around {price}. Who can help us?"),
    OPEN(Lead, in, u"Can I see {street} {day} at {time}?"),
    OPEN(Lead, in, u"got your number from a friend. what is my house worth, its on {street}"),
    NEXT(Lead, in, u"3 bed 2 bath, roof from 2019"),
    OPEN(Lead, in, u"Do you hire newly licensed agents? I passed the exam last week"),
    OPEN(LeadMail, in,
         u"Question about {street}|Hello,\n\nI found {street} on your website. Is it still available at {price}, and "
         u"could we see it {day} after {time}?\n\nKind regards\n{first}"),
    OPEN(LeadMail, in,
         u"Selling our home|Good day,\n\nwe think about selling next year and would like to know what you charge and "
         u"how long it takes at present.\n\n{first}"),
    OPEN(LeadMail, in,
         u"Your ad for agents|Hi,\n\nI hold a Florida license since June and look for a team. May I come by {day}?\n\n"
         u"{first}"),
};
#undef OPEN
#undef NEXT

const char16_t *const days[] = {u"Monday", u"Tuesday", u"Wednesday", u"Thursday", u"Friday", u"Saturday"};
const char16_t *const times[] = {u"9:30", u"10:00", u"11:15", u"1:00", u"2:30", u"4:00", u"5:15", u"6:30"};
const char16_t *const streets[] = {u"418 Lantern Row",     u"27 Heron Court",     u"1106 Quayside Drive",
                                   u"9 Orchard Bend",      u"2204 Palmetto Lane", u"63 Tidewater Street",
                                   u"880 Juniper Terrace", u"15 Old Ferry Road",  u"731 Marigold Avenue",
                                   u"3320 Bayberry Circle"};
const char16_t *const prices[] = {u"$289,000", u"$314,500", u"$342,000", u"$365,000", u"$398,900",
                                  u"$425,000", u"$449,000", u"$512,000", u"$575,000", u"$640,000"};
const char16_t *const people[] = {u"Dana", u"Marcus", u"Priya"};

template <size_t n>
QString pick(const char16_t *const (&list)[n], quint64 salt)
{
    return QString::fromUtf16(list[salt % n]);
}

QString filled(QString text, const QString &first, quint64 salt)
{
    if (!text.contains(u'{'))
        return text;
    text.replace(QLatin1String("{first}"), first);
    text.replace(QLatin1String("{day}"), pick(days, mix(salt + 1)));
    text.replace(QLatin1String("{time}"), pick(times, mix(salt + 2)));
    text.replace(QLatin1String("{street}"), pick(streets, mix(salt + 3)));
    text.replace(QLatin1String("{price}"), pick(prices, mix(salt + 4)));
    text.replace(QLatin1String("{me}"), pick(people, mix(salt + 5)));
    return text;
}

} // namespace

const std::vector<Line> &lines()
{
    static const std::vector<Line> all = [] {
        std::vector<Line> result;
        for (const Entry &entry : entries)
            result.push_back(entry.line);
        return result;
    }();
    return all;
}

const std::vector<Dialogue> &dialogues()
{
    static const std::vector<Dialogue> all = [] {
        std::vector<Dialogue> result;
        for (int i = 0; i < static_cast<int>(std::size(entries)); ++i) {
            if (entries[i].opens)
                result.push_back({entries[i].talk, i, i});
            result.back().to = i + 1;
        }
        return result;
    }();
    return all;
}

const std::vector<int> &dialoguesOf(Talk talk)
{
    static const auto all = [] {
        std::array<std::vector<int>, talkCount> result;
        for (int i = 0; i < static_cast<int>(dialogues().size()); ++i)
            result[static_cast<size_t>(dialogues()[static_cast<size_t>(i)].talk)].push_back(i);
        return result;
    }();
    return all[static_cast<size_t>(talk)];
}

QString fill(int line, const QString &first, quint64 salt)
{
    const auto &all = lines();
    return filled(QString::fromUtf16(all[static_cast<size_t>(line) % all.size()].text), first, salt);
}

QString answerTo(const QString &text, quint64 salt)
{
    static const char16_t *const toTime[] = {u"{day} {time} works for me", u"Not {day} sadly. {time} the day after?",
                                             u"Perfect, see you then", u"Can we make it {time}?"};
    static const char16_t *const toMoney[] = {u"Hmm, that's more than I hoped. Is there room?",
                                              u"OK, that fits. What are the closing costs?", u"And the HOA?"};
    static const char16_t *const toQuestion[] = {
        u"Yes please", u"Let me ask my wife and get back to you tonight", u"Good question... probably yes?",
        u"No, not anymore. But {street} I would look at", u"Sure, why not 🙂"};
    static const char16_t *const toThanks[] = {u"You're welcome!", u"Anytime", u"👍"};
    static const char16_t *const toRest[] = {u"Got it, thanks", u"ok 👍", u"Thanks for letting me know, {me}",
                                             u"Sounds good. Talk {day}", u"Great, will look at it tonight"};
    const QString low = text.toLower();
    QString answer;
    if (low.contains(QLatin1String("thank")))
        answer = pick(toThanks, salt);
    else if (low.contains(u'$') || low.contains(QLatin1String("price")))
        answer = pick(toMoney, salt);
    else if (low.contains(QLatin1String("when")) || low.contains(QLatin1String("day")) ||
             low.contains(QLatin1String("tomorrow")))
        answer = pick(toTime, salt);
    else if (low.contains(u'?'))
        answer = pick(toQuestion, salt);
    else
        answer = pick(toRest, salt);
    return filled(answer, {}, salt);
}

QString opening(quint64 salt)
{
    static const char16_t *const all[] = {u"Hi, is {street} still available?",
                                          u"Can you call me {day} around {time}?",
                                          u"We decided: we want to see {street} again",
                                          u"Any news from the bank?",
                                          u"Thanks for the pictures! What would the monthly payment be at {price}?",
                                          u"Is parking included at {street}?",
                                          u"Running ten minutes late, sorry!",
                                          u"My brother is looking too, can I give him your number?"};
    return filled(pick(all, salt), {}, salt);
}

QString colleague(const QString &first, quint64 salt)
{
    static const char16_t *const all[] = {
        u"Hi {first}, {me} here, I'm covering today. I'll find out and text you by {time}.",
        u"{first}, {day} at {time} is yours. See you there!", u"Just left you a voicemail, {first}. No rush."};
    return filled(pick(all, salt), first, salt);
}

} // namespace outrigger::practice::phrases
