// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/sendguard.h"

#include "domain/failures.h"
#include "domain/phone.h"
#include "domain/whenwhere.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger {

namespace {

constexpr qint64 oldData = 24 * 60 * 60; // s
constexpr qint64 chatLeft = 15 * 60;     // s
constexpr int quotedLength = 80;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SendGuard)
};

QString nameOf(const Contact &contact)
{
    const QString name = contact.firstName.trimmed().isEmpty() ? contact.displayName() : contact.firstName.trimmed();
    return name.isEmpty() ? Words::tr("The lead") : name;
}

/// Lower case without accents and punctuation, single blanks: "¡No más!" is "no mas".
QString plain(const QString &text)
{
    QString result;
    for (const QChar c : text.left(1000).normalized(QString::NormalizationForm_D)) {
        if (c.isLetterOrNumber())
            result += c.toLower();
        else if (c != u'\'' && c != QChar(0x2019) && !c.isMark() && !result.endsWith(u' '))
            result += u' ';
    }
    return result.trimmed();
}

/// What their texts since the last START ask for; the newest that asks for something decides.
struct Wish {
    OptOut kind = OptOut::No;
    SendFacts::Heard heard;
};
Wish wishOf(const SendFacts &facts)
{
    Wish soft;
    for (const auto &heard : facts.heard) {
        const OptOut kind = optOutOf(heard.text);
        if (kind == OptOut::Start)
            break;
        if (kind == OptOut::Word)
            return {kind, heard};
        if (kind == OptOut::Soft && soft.kind == OptOut::No)
            soft = {kind, heard};
    }
    return soft;
}

QString quoted(const QString &text)
{
    const QString line = text.simplified();
    return line.size() > quotedLength ? line.left(quotedLength - 1) + u'…' : line;
}

QString dayOf(const QDateTime &when)
{
    return when.isValid() ? QLocale().toString(when.toLocalTime().date(), QLocale::ShortFormat) : Words::tr("an unknown day");
}

/// A place in which the lead may be, with its clock and its rule.
struct Place {
    QTimeZone zone;
    const QuietRule *rule;
};

/// Where address and number point: when they disagree, it must be day in both.
QVector<Place> placesOf(const SendQuestion &q, const QuietHours &hours)
{
    const LeadZone lead = leadZone(q.contact, q.facts.locationZone);
    QVector<Place> places;
    if (lead.source == ZoneSource::Unknown)
        return places;
    const QString number = q.toNumber.isEmpty() ? q.contact.phone : q.toNumber;
    const QuietRule &byNumber = hours.ofNumber(number);
    const QuietRule &byState = q.contact.state.isEmpty() ? byNumber : hours.ofState(q.contact.state, q.contact.country);
    places.append({lead.zone, &byState});
    const auto zoneOfNumber = number.isEmpty() ? QByteArray() : phone::timezone(number).toLatin1();
    if (!zoneOfNumber.isEmpty() && QTimeZone::isTimeZoneIdAvailable(zoneOfNumber))
        places.append({QTimeZone(zoneOfNumber), &byNumber});
    else
        places.append({lead.zone, &byNumber});
    return places;
}

const Place *asleep(const QVector<Place> &places, const QDateTime &when)
{
    for (const Place &place : places) {
        if (!place.rule->allows(when.toTimeZone(place.zone)))
            return &place;
    }
    return nullptr;
}

QDateTime wakeAll(const QVector<Place> &places, QDateTime when)
{
    for (int round = 0; round < 8; ++round) {
        const Place *sleeping = asleep(places, when);
        if (!sleeping)
            return when;
        when = sleeping->rule->nextAllowed(when, sleeping->zone);
    }
    return {};
}

class Judge
{
public:
    Judge(const SendQuestion &question, const QuietHours &hours) : q(question), m_hours(hours), m_name(nameOf(q.contact)) {}
    GuardAnswer answer()
    {
        if (staysInside(q.channel))
            return a; // it reaches nobody outside
        dnd();
        window();
        const bool text = q.channel == Channel::Sms || q.channel == Channel::Rcs;
        if (text) {
            wishes();
            quietHours();
            number();
        }
        words();
        if (text)
            first();
        std::stable_sort(a.reasons.begin(), a.reasons.end(),
                         [](const GuardReason &x, const GuardReason &y) { return x.weight > y.weight; });
        if (!a.reasons.isEmpty())
            a.verdict = a.reasons.first().weight;
        return a;
    }

private:
    void add(const QString &id, Verdict weight, const QString &sentence) { a.reasons.append({id, weight, sentence}); }
    bool answered(const QDateTime &when) const { return q.answeredAt.isValid() && when.isValid() && when <= q.answeredAt; }

    void dnd()
    {
        static const QHash<Channel, QString> keys{{Channel::Sms, u"SMS"_s}, {Channel::Email, u"Email"_s}, {Channel::WhatsApp, u"WhatsApp"_s},
                                                  {Channel::Facebook, u"FB"_s}, {Channel::Instagram, u"FB"_s},
                                                  {Channel::GoogleBusiness, u"GMB"_s},
                                                  {Channel::Rcs, u"RCS"_s}, {Channel::Call, u"Call"_s}};
        const Dnd own = q.contact.dndSettings.value(keys.value(q.channel));
        const bool sms = q.channel == Channel::Sms;
        if (own.status == DndStatus::Permanent) {
            add(u"dnd_permanent"_s, Verdict::Block,
                sms ? Words::tr("%1 asked to stop. Texts are blocked, and only %1 can lift that by texting START.").arg(m_name)
                    : Words::tr("%1 asked to stop. Messages by %2 are blocked, and only %1 can lift that.").arg(m_name, channelWord(q.channel)));
        } else if (own.status == DndStatus::Active || q.contact.dnd) {
            QString sentence = Words::tr("Do not disturb is on for %2 to %1. Switch it off in HighLevel first.")
                                   .arg(m_name, channelWord(q.channel));
            if (!own.message.trimmed().isEmpty())
                sentence += u' ' + Words::tr("HighLevel says: %1").arg(quoted(own.message));
            add(u"dnd"_s, Verdict::Block, sentence);
        } else if (q.facts.readAt.isValid() && q.facts.readAt.secsTo(q.now) > oldData) {
            add(u"dnd_age"_s, Verdict::Allow,
                Words::tr("Contacts were last read from HighLevel on %1, so a newer wish not to be disturbed may not be known here. It is looked at once more when the text leaves.")
                    .arg(dayOf(q.facts.readAt)));
        }
    }
    void wishes()
    {
        const Wish wish = wishOf(q.facts);
        const bool marked = std::any_of(a.reasons.cbegin(), a.reasons.cend(), [](const GuardReason &reason) { return reason.id.startsWith("dnd"_L1) && reason.weight == Verdict::Block; });
        if (wish.kind == OptOut::Word && marked)
            return; // it has been understood; the mark says the same in one sentence
        if (wish.kind == OptOut::Word)
            add(u"stop_word"_s, Verdict::Block,
                Words::tr("%1 wrote “%2” on %3. That asks for no more texts, though HighLevel has not marked it. Only their text START lifts it.")
                    .arg(m_name, quoted(wish.heard.text), dayOf(wish.heard.when)));
        else if (wish.kind == OptOut::Soft && !answered(wish.heard.when))
            add(u"soft_stop"_s, Verdict::Ask,
                Words::tr("%1 wrote “%2” on %3. That may mean no more texts. Read it again before you send.")
                    .arg(m_name, quoted(wish.heard.text), dayOf(wish.heard.when)));
    }
    void quietHours()
    {
        if (q.hourSettled)
            return;
        const auto places = placesOf(q, m_hours);
        const Place *place = asleep(places, q.now);
        if (!place)
            return;
        if (q.answeredAt.isValid() && asleep(places, q.answeredAt))
            return;
        a.nextAllowed = wakeAll(places, q.now);
        const QDateTime there = a.nextAllowed.toTimeZone(place->zone);
        add(u"quiet_hours"_s, Verdict::Ask,
            Words::tr("It is %1 for %2. %3 allows texts from %4 to %5, so this one may wake them or break the rule. Wait until %6 their time.")
                .arg(clockTime(q.now.toTimeZone(place->zone).time()), m_name,
                     place->rule->state.isEmpty() ? Words::tr("The general rule") : place->rule->place,
                     clockTime(place->rule->from), clockTime(place->rule->until), clockTime(there.time())));
    }
    void number()
    {
        const QString to = q.toNumber.isEmpty() ? q.contact.phone : q.toNumber;
        for (const auto &failed : q.facts.failed) {
            if (answered(failed.when) || (!failed.to.isEmpty() && !to.isEmpty() && phone::digits(failed.to) != phone::digits(to)))
                continue;
            const Failure why = diagnose(failed.error);
            if (why.about == Failure::About::OptedOut) {
                add(u"failed_before"_s, Verdict::Ask,
                    Words::tr("The last text to %1 was stopped by the carrier on %2: %3 %4").arg(m_name, dayOf(failed.when), why.what, why.fix));
                return;
            }
            if (why.about == Failure::About::Landline || why.about == Failure::About::Number) {
                const bool landline = why.about == Failure::About::Landline;
                add(landline ? u"landline"_s : u"failed_before"_s, Verdict::Ask,
                    Words::tr("The last text to this number failed on %1: %2 The next one will probably fail too, and may cost money. %3")
                        .arg(dayOf(failed.when), why.what, why.fix));
                return;
            }
        }
    }
    /// Free text reaches them only for a day after they wrote; and who has left a web page reads nothing.
    void window()
    {
        if (!q.facts.known)
            return;
        const auto talk = std::find_if(q.facts.talks.cbegin(), q.facts.talks.cend(), [this](const ChannelTalk &one) { return one.channel == q.channel; });
        const QDateTime heard = talk == q.facts.talks.cend() ? QDateTime() : talk->heardAt;
        if (const qint64 open = windowSeconds(q.channel); open > 0) {
            const QDateTime end = heard.isValid() ? heard.addSecs(open) : QDateTime();
            if (end.isValid() && q.now <= end)
                return;
            if (end.isValid() ? answered(end) : q.answeredAt.isValid())
                return;
            add(u"window_closed"_s, Verdict::Ask,
                (heard.isValid() ? Words::tr("%1 last wrote on %2 on %3.").arg(m_name, channelWord(q.channel), dayOf(heard))
                                 : Words::tr("%1 has not written on %2 yet.").arg(m_name, channelWord(q.channel)))
                    + u' ' + Words::tr("%1 takes free text only within 24 hours after their message, so this one will probably be refused. Use another channel, or an approved template in HighLevel.")
                                 .arg(channelWord(q.channel)));
        } else if (q.channel == Channel::LiveChat && heard.isValid() && heard.secsTo(q.now) > chatLeft) {
            add(u"chat_left"_s, Verdict::Allow,
                Words::tr("%1 last wrote in the chat at %2. If they have left the page, they read this when they come back.")
                    .arg(m_name, QLocale().toString(heard.toLocalTime(), QLocale::ShortFormat)));
        }
    }
    /// "@Marcus please call them": meant for the team, and about to reach the lead.
    void forTheTeam()
    {
        const QString start = q.text.trimmed();
        if (!start.startsWith(u'@'))
            return;
        const auto called = std::find_if(q.colleagues.cbegin(), q.colleagues.cend(), [&start](const QString &name) {
            return !name.isEmpty() && QStringView(start).mid(1).startsWith(name, Qt::CaseInsensitive)
                && (start.size() == name.size() + 1 || !start.at(name.size() + 1).isLetterOrNumber());
        });
        if (called != q.colleagues.cend())
            add(u"for_the_team"_s, Verdict::Ask,
                Words::tr("This begins with @%1, somebody of your team, and would go to %2. Write it as an internal comment instead, or send it all the same.").arg(*called, m_name));
    }
    /// A person has seen the words: what was let go is not asked about again.
    void words()
    {
        if (q.answeredAt.isValid())
            return;
        forTheTeam();
        const auto doubts = judgeText(q.text, q.contact, q.textFacts, q.rules);
        for (const TextDoubt &doubt : doubts)
            add(doubt.id, Verdict::Ask, doubt.sentence);
    }
    void first()
    {
        if (q.facts.known && !q.facts.textedBefore && q.facts.heard.isEmpty())
            add(u"first_text"_s, Verdict::Allow, Words::tr("This is the first text to %1. Say who you are and how to stop; HighLevel may add that line.").arg(m_name));
    }

    const SendQuestion &q;
    const QuietHours &m_hours;
    QString m_name;
    GuardAnswer a;
};

} // namespace

OptOut optOutOf(const QString &text)
{
    static const QStringList words{u"stop"_s, u"stopall"_s, u"stop all"_s, u"unsubscribe"_s, u"cancel"_s, u"end"_s, u"quit"_s, u"revoke"_s,
                                   u"optout"_s, u"opt out"_s, u"alto"_s, u"parar"_s, u"pare"_s, u"detener"_s};
    static const QStringList starts{u"start"_s, u"unstop"_s};
    static const QStringList alone{u"baja"_s, u"cancelar"_s, u"no mas"_s, u"remove"_s, u"stop please"_s, u"please stop"_s, u"basta"_s};
    // Each, with the blank before it, says it by itself wherever it stands; "stop" alone does not ("stop by at 5").
    static const QStringList inside{
        u" stop texting"_s, u" stop messaging"_s, u" stop contacting"_s, u" stop sending me"_s, u" stop calling"_s,
        u" dont text me"_s, u" do not text me"_s, u" dont contact me"_s, u" do not contact me"_s, u" dont message me"_s,
        u" quit texting"_s, u" remove me"_s, u" take me off"_s, u" leave me alone"_s, u" unsubscribe me"_s, u" lose my number"_s, u" opt me out"_s,
        u" wrong number"_s, u" no more texts"_s, u" no more messages"_s,
        u" no me escriba"_s, u" no me mande"_s, u" no me envie"_s, u" no me contacte"_s, u" no me llame"_s, u" deje de escribir"_s,
        u" deja de escribir"_s, u" dejen de escribir"_s, u" dejame en paz"_s, u" dejeme en paz"_s, u" numero equivocado"_s, u" quiteme de"_s,
        u" borreme de"_s, u" no mas mensajes"_s, u" eliminame"_s, u" elimineme"_s};
    const QString said = plain(text);
    if (said.isEmpty())
        return OptOut::No;
    if (words.contains(said))
        return OptOut::Word;
    if (starts.contains(said))
        return OptOut::Start;
    if (alone.contains(said))
        return OptOut::Soft;
    if (said.endsWith(" please stop"_L1))
        return OptOut::Soft;
    const QString framed = u' ' + said + u' ';
    const bool soft = std::any_of(inside.cbegin(), inside.cend(), [&framed](const QString &phrase) { return framed.contains(phrase); });
    return soft ? OptOut::Soft : OptOut::No;
}

QString GuardAnswer::sentences(Verdict weight) const
{
    QStringList all;
    for (const GuardReason &reason : reasons) {
        if (reason.weight == weight)
            all << reason.sentence;
    }
    return all.join(u' ');
}

QStringList GuardAnswer::ids(Verdict weight) const
{
    QStringList all;
    for (const GuardReason &reason : reasons) {
        if (reason.weight == weight)
            all << reason.id;
    }
    return all;
}

GuardAnswer judgeSend(const SendQuestion &question, const QuietHours &hours)
{
    return Judge(question, hours).answer();
}

} // namespace outrigger
