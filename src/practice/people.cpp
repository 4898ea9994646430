// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/people.h"

#include "practice/media.h"
#include "practice/phrases.h"

#include <algorithm>
#include <iterator>

namespace outrigger::practice
{

namespace
{

/// How somebody behaves, fixed for each contact.
enum class Manner { Quick, Normal, Slow, Silent, Stops, Undelivered };

Manner mannerOf(const World &world, Index contact)
{
    switch (mix(world.seed ^ (contact * 2'654'435'761ULL)) % 24) {
    case 0:
        return Manner::Stops;
    case 1:
        return Manner::Undelivered;
    case 2:
    case 3:
    case 4:
    case 5:
        return Manner::Silent;
    case 6:
    case 7:
    case 8:
    case 9:
    case 10:
    case 11:
        return Manner::Quick;
    case 12:
    case 13:
    case 14:
        return Manner::Slow;
    default:
        return Manner::Normal;
    }
}

bool isStop(const QString &text)
{
    static const QStringList words{QStringLiteral("STOP"), QStringLiteral("UNSUBSCRIBE"), QStringLiteral("CANCEL"),
                                   QStringLiteral("END"),  QStringLiteral("QUIT"),        QStringLiteral("STOPALL")};
    return words.contains(text.trimmed().toUpper());
}

} // namespace

QString failureWords(quint64 salt)
{
    static const char *const all[] = {
        "Unreachable destination handset (30003)", "Message blocked (30004)", "Unknown destination handset (30005)",
        "Message filtered by the carrier (30007)", "Unknown error (30008)",   "Message from an unregistered number (30034)"};
    return QString::fromLatin1(all[mix(salt) % std::size(all)]);
}

QString landlineWords()
{
    return QStringLiteral("Landline or unreachable carrier (30006)");
}

std::optional<Refusal> doNotDisturb(const Contact &contact, Type type)
{
    const QString channel = QString::fromLatin1(info(type).dnd);
    const QString words = QStringLiteral("Cannot send message as DND is active for %1.");
    if (contact.dnd)
        return Refusal{QStringLiteral("CONVERSATIONS_MSG_UNSUBSCRIBED"), words.arg(QStringLiteral("this contact"))};
    if (!contact.more || !contact.more->dndSettings.contains(channel))
        return std::nullopt;
    const QString status = contact.more->dndSettings.at(channel).status;
    if (status != u"active" && status != u"permanent")
        return std::nullopt;
    QString code = QStringLiteral("CONVERSATIONS_MSG_UNSUBSCRIBED");
    if (channel == u"SMS" || channel == u"Email")
        code += u'_' + channel.toUpper();
    return Refusal{code, words.arg(channel)};
}

People::People(World &world, const Options &options, QObject *parent)
    : QObject(parent), m_world(world), m_options(options), m_quiet(options.quiet), m_dice(mix(options.seed + 77))
{
    m_inboundTimer.setSingleShot(true);
    m_colleagueTimer.setSingleShot(true);
    connect(&m_inboundTimer, &QTimer::timeout, this, [this] {
        if (const Index who = anybody(); who != none)
            inbound(who, {});
        scheduleLife();
    });
    connect(&m_colleagueTimer, &QTimer::timeout, this, [this] {
        if (roll() % 2 == 0)
            colleague(none);
        else
            movesCard(none);
        scheduleLife();
    });
    scheduleLife();
}

quint64 People::roll() const
{
    return mix(m_dice++);
}

void People::later(qint64 milliseconds, std::function<void()> work)
{
    const double scaled = static_cast<double>(milliseconds) * m_options.pace;
    QTimer::singleShot(static_cast<int>(std::clamp(scaled, 1.0, 2e9)), this, std::move(work));
}

void People::scheduleLife()
{
    if (m_quiet) {
        m_inboundTimer.stop();
        m_colleagueTimer.stop();
        return;
    }
    const auto start = [&](QTimer &timer, int from, int width) {
        if (!timer.isActive())
            timer.start(
                static_cast<int>((from + static_cast<double>(roll() % static_cast<quint64>(width))) * m_options.pace) +
                1);
    };
    start(m_inboundTimer, 45'000, 90'000);
    start(m_colleagueTimer, 150'000, 200'000);
}

void People::setQuiet(bool quiet)
{
    m_quiet = quiet;
    scheduleLife();
}

void People::sent(Index index)
{
    const Message &m = m_world.messages[index];
    if (m.type == Type::InternalComment) {
        m_world.setState(index, State::Sent); // it goes nowhere, and nobody answers
        return;
    }
    if (m.state == State::Scheduled) {
        // A due time is a point on the world's clock: it is not hurried along by the pace.
        const qint64 wait = std::max<qint64>(1, m.more->due - m_world.now());
        QTimer::singleShot(static_cast<int>(std::min<qint64>(wait, 2'000'000'000)), this, [this, index] {
            Message &due = m_world.messages[index];
            if (due.deleted || due.state != State::Scheduled)
                return;
            if (due.more->due > m_world.now() + 5) {
                sent(index);
                return;
            }
            // Do not disturb is looked at when it leaves, not only when it was written.
            const Contact &who = m_world.contacts[m_world.conversations[due.conversation].contact];
            if (const auto why = doNotDisturb(who, due.type)) {
                m_world.setState(index, State::Failed, why->message);
                return;
            }
            m_world.setState(index, State::Pending);
            deliver(index);
        });
        return;
    }
    deliver(index);
}

void People::clockMoved()
{
    for (Index i = 0; i < m_world.messages.size(); ++i) {
        if (!m_world.messages[i].deleted && m_world.messages[i].state == State::Scheduled && m_world.messages[i].more)
            sent(i);
    }
}

void People::deliver(Index index)
{
    const Index contact = m_world.conversations[m_world.messages[index].conversation].contact;
    const qint64 first = 500 + static_cast<qint64>(roll() % 900);
    later(first, [this, index] {
        if (!m_world.messages[index].deleted && m_world.messages[index].state == State::Pending)
            m_world.setState(index, State::Sent);
    });
    const qint64 second = first + 900 + static_cast<qint64>(roll() % 2'500);
    later(second, [this, index, contact] {
        const Message &m = m_world.messages[index];
        if (m.deleted || m.state != State::Sent)
            return;
        const Contact &c = m_world.contacts[contact];
        const bool text = m.type == Type::Sms;
        if (text && c.landline) {
            m_world.setState(index, State::Failed, landlineWords());
            return;
        }
        if (text && mannerOf(m_world, contact) == Manner::Undelivered) {
            m_world.setState(index, State::Undelivered, failureWords(static_cast<quint64>(contact)));
            return;
        }
        m_world.setState(index, State::Delivered);
        if (!m_quiet)
            answer(index);
    });
}

void People::answer(Index index)
{
    const Message &m = m_world.messages[index];
    const Index contact = m_world.conversations[m.conversation].contact;
    const Manner manner = mannerOf(m_world, contact);
    if (manner == Manner::Silent || manner == Manner::Undelivered)
        return;
    const qint64 base = manner == Manner::Quick ? 3'000 : manner == Manner::Slow ? 35'000 : 10'000;
    const QString asked = m.type == Type::Email && m.more ? m.more->subject : m_world.text(m);
    const Type type = m.type;
    const quint64 salt = roll();
    later(base + static_cast<qint64>(roll() % static_cast<quint64>(base * 2)),
          [this, contact, manner, asked, type, salt] {
              if (m_quiet || m_world.contacts[contact].deleted)
                  return;
              if (manner == Manner::Stops && type == Type::Sms)
                  optOut(contact);
              else
                  inbound(contact, phrases::answerTo(asked, salt));
          });
}

Index People::anybody() const
{
    const size_t count = m_world.conversations.size();
    for (int tries = 0; count > 0 && tries < 50; ++tries) {
        const Conversation &c = m_world.conversations[roll() % count];
        if (c.deleted || c.location != 0 || m_world.contacts[c.contact].deleted)
            continue;
        if (!doNotDisturb(m_world.contacts[c.contact], Type::Sms) && !m_world.contacts[c.contact].phone.isEmpty())
            return c.contact;
    }
    return none;
}

Index People::inbound(Index contact, const QString &text, const QStringList &attachments)
{
    const Index conversation = m_world.conversationFor(contact);
    const std::vector<Index> &before = m_world.conversations[conversation].messages;
    Message m;
    m.conversation = conversation;
    m.inbound = true;
    // People answer where they were written to; calls and system lines do not count.
    for (auto it = before.rbegin(); it != before.rend(); ++it) {
        const Type type = m_world.messages[*it].type;
        if (type != Type::InternalComment && *info(type).send) {
            m.type = m_world.messages[*it].type;
            break;
        }
    }
    if (!attachments.isEmpty()) {
        m.type = Type::Sms; // pictures come from a phone
        m.rest().attachments = attachments;
    }
    m.state = m.type == Type::Sms || m.type == Type::Email ? State::Delivered : State::None;
    const QString words = text.isEmpty() ? phrases::opening(roll()) : text;
    m.text = m_world.keep(words);
    const Contact &c = m_world.contacts[contact];
    if (m.type == Type::Email) {
        // They answer the last e-mail, and their program puts below what it answers.
        const auto last = std::find_if(before.rbegin(), before.rend(), [this](Index i) {
            return m_world.messages[i].type == Type::Email && m_world.messages[i].more && !m_world.messages[i].more->subject.isEmpty();
        });
        const MessageMore *asked = last == before.rend() ? nullptr : &*m_world.messages[*last].more;
        const QString subject = asked ? asked->subject : words.left(40);
        m.rest().subject = subject.startsWith(u"Re: ") ? subject : QStringLiteral("Re: ") + subject;
        m.rest().html = QStringLiteral("<p>%1</p>").arg(words.toHtmlEscaped());
        if (asked && !asked->html.isEmpty() && asked->html.size() < 20'000)
            m.rest().html += QStringLiteral("<div class=\"gmail_quote\"><p>You wrote:</p><blockquote>%1</blockquote></div>").arg(asked->html);
        m.rest().from = c.email;
        m.rest().to = m_world.locations[c.location].email;
    } else {
        m.rest().from = c.phone;
    }
    const bool stops = m.type == Type::Sms && isStop(words);
    const bool starts =
        m.type == Type::Sms && words.trimmed().compare(QLatin1String("START"), Qt::CaseInsensitive) == 0;
    const Index made = m_world.addMessage(std::move(m));
    if (stops || starts) {
        m_world.contactChanges(contact);
        Dnd dnd;
        dnd.status = stops ? QStringLiteral("permanent") : QStringLiteral("inactive");
        dnd.message = stops ? QStringLiteral("STOP_KEYWORD") : QString();
        m_world.contacts[contact].rest().dndSettings[QStringLiteral("SMS")] = dnd;
        m_world.contactChanged(contact);
    }
    return made;
}

Index People::email(Index contact, const QString &subject, const QString &html, const QStringList &attachments)
{
    const Contact &c = m_world.contacts[contact];
    Message m;
    m.conversation = m_world.conversationFor(contact);
    m.inbound = true;
    m.type = Type::Email;
    m.state = State::Delivered;
    const quint64 salt = roll();
    const QString words = phrases::opening(salt);
    m.text = m_world.keep(words);
    MessageMore &more = m.rest();
    more.subject = subject.isEmpty() ? QStringLiteral("About the house") : subject;
    more.html = html.isEmpty()
        ? QStringLiteral("<html><body><p>Hello,</p><p>%1</p><p><img src=\"%2\" alt=\"The kitchen\" width=\"300\" height=\"200\"></p>"
                         "<p>More of it <a href=\"https://harborline.example/listing\">on your page</a>.</p><p>%3</p>"
                         "<img src=\"%4\" width=\"1\" height=\"1\"><div class=\"gmail_quote\"><p>You wrote:</p>"
                         "<blockquote>Would Thursday suit you?</blockquote></div></body></html>")
              .arg(words.toHtmlEscaped(), media::picture(salt % 50), c.first.toHtmlEscaped(), media::pixel(salt % 1000))
        : html;
    more.attachments = html.isEmpty() && attachments.isEmpty() ? QStringList{media::document(QStringLiteral("floor-plan.pdf"))} : attachments;
    more.from = c.email.isEmpty() ? QStringLiteral("somebody@mail.example") : c.email;
    more.to = m_world.locations[c.location].email;
    return m_world.addMessage(std::move(m));
}

Index People::optOut(Index contact)
{
    const Index conversation = m_world.conversationFor(contact);
    Message m;
    m.conversation = conversation;
    m.inbound = true;
    m.type = Type::Sms;
    m.state = State::Delivered;
    m.text = m_world.keep(QStringLiteral("STOP"));
    const Index made = m_world.addMessage(std::move(m));
    m_world.contactChanges(contact);
    m_world.contacts[contact].rest().dndSettings[QStringLiteral("SMS")] = {
        QStringLiteral("permanent"), QStringLiteral("STOP_KEYWORD"), {}};
    m_world.contactChanged(contact);
    return made;
}

Index People::colleague(Index contact)
{
    if (contact == none)
        contact = anybody();
    if (contact == none || m_world.users.size() < 2)
        return none;
    const Index conversation = m_world.conversationFor(contact);
    const auto who = static_cast<qint16>(1 + roll() % (m_world.users.size() - 1));
    m_world.conversations[conversation].assigned = who;
    m_world.conversations[conversation].unread = 0;
    Message m;
    m.conversation = conversation;
    m.type = Type::Sms;
    m.state = State::Pending;
    m.origin = Origin::App;
    m.user = who;
    m.text = m_world.keep(phrases::colleague(m_world.contacts[contact].first, roll()));
    const Index made = m_world.addMessage(std::move(m));
    deliver(made);
    return made;
}

Index People::anyDeal() const
{
    const auto count = static_cast<Index>(m_world.opportunities.size());
    for (Index tried = 0; tried < count; ++tried) {
        const auto deal = static_cast<Index>((roll() + tried) % count);
        const Opportunity &o = m_world.opportunities[deal];
        if (!o.deleted && o.location == 0 && o.status == DealStatus::Open)
            return deal;
    }
    return none;
}

Index People::movesCard(Index deal)
{
    if (deal == none)
        deal = anyDeal();
    if (deal == none)
        return none;
    const Opportunity &o = m_world.opportunities[deal];
    const auto &stages = m_world.pipelines[o.pipeline].stages;
    for (size_t step = 1; step < stages.size(); ++step) {
        const auto next = static_cast<quint16>((o.stage + step) % stages.size());
        if (!stages[next].deleted) {
            m_world.moveOpportunity(deal, o.pipeline, next);
            break;
        }
    }
    return deal;
}

void People::resume()
{
    for (Index i = 0; i < m_world.messages.size(); ++i) {
        Message &m = m_world.messages[i];
        if (m.deleted || m.inbound || m.origin != Origin::Api)
            continue;
        if (m.state == State::Scheduled && m.more)
            sent(i);
        else if (m.state == State::Pending || (m.state == State::Sent && m_world.now() - m.added < 60'000)) {
            m.state = State::Pending;
            deliver(i);
        }
    }
}

} // namespace outrigger::practice
