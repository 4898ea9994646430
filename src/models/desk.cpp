// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk.h"

#include "domain/searchwords.h"
#include "domain/username.h"
#include "models/snippets.h"
#include "sync/engine.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace outrigger::models {

Desk::Desk(sync::Engine *engine, QObject *parent) : QObject(parent), m_engine(engine), m_snippets(new Snippets(engine, this))
{
    for (auto *timer : {&m_contactsTimer, &m_conversationsTimer, &m_eventsTimer, &m_dealsTimer, &m_tasksTimer}) {
        timer->setSingleShot(true);
        timer->setInterval(200ms);
    }
    connect(&m_contactsTimer, &QTimer::timeout, this, &Desk::contactsChanged);
    connect(&m_conversationsTimer, &QTimer::timeout, this, &Desk::conversationsChanged);
    connect(&m_eventsTimer, &QTimer::timeout, this, &Desk::eventsChanged);
    connect(&m_dealsTimer, &QTimer::timeout, this, &Desk::dealsChanged);
    connect(&m_tasksTimer, &QTimer::timeout, this, &Desk::tasksChanged);
    connect(&engine->cache().notices(), &store::Notices::changed, this, [this](const store::ChangeSet &change) {
        if (change.location != m_location)
            return;
        if (change.table == store::Table::Reference)
            reloadReference();
        else if (change.table == store::Table::Contacts && !m_contactsTimer.isActive())
            m_contactsTimer.start();
        else if (change.table == store::Table::Conversations && !m_conversationsTimer.isActive())
            m_conversationsTimer.start();
        else if (change.table == store::Table::Events && !m_eventsTimer.isActive())
            m_eventsTimer.start();
        else if (change.table == store::Table::Opportunities && !m_dealsTimer.isActive())
            m_dealsTimer.start();
        else if (change.table == store::Table::Tasks && !m_tasksTimer.isActive())
            m_tasksTimer.start();
    });
}

void Desk::setLocation(const LocationId &location)
{
    if (m_location == location)
        return;
    m_location = location;
    m_reference = {};
    m_snippets->setTemplates({});
    m_touched.clear();
    reloadReference();
}

void Desk::reloadReference()
{
    // A running load may have called us through referenceChanged: leave its frame first.
    QMetaObject::invokeMethod(this, [this] { m_loading = loadReference(this); }, Qt::QueuedConnection);
}

Task<void> Desk::loadReference(Desk *self)
{
    auto asking = self->m_engine->cache().reference(self->m_location);
    auto answer = co_await asking;
    if (!answer)
        co_return;
    self->m_reference = std::move(*answer);
    self->m_snippets->setTemplates(self->m_reference.templates.value_or(QVector<Snippet>()));
    Q_EMIT self->referenceChanged();
}

Task<Result<QVector<EventRow>>> Desk::appointmentsOf(ContactId contact)
{
    return m_engine->cache().appointmentsOf(m_location, contact);
}

Task<Result<QVector<TaskRow>>> Desk::tasks()
{
    return m_engine->cache().tasks(m_location);
}

Task<Result<QVector<TaskRow>>> Desk::tasksOf(ContactId contact)
{
    return m_engine->cache().tasksOf(m_location, contact);
}

Task<Result<QVector<NoteRow>>> Desk::notesOf(ContactId contact)
{
    return m_engine->cache().notesOf(m_location, contact);
}

void Desk::readLead(ContactId contact)
{
    m_readingLead = m_engine->refreshLead(contact);
}

QVector<Calendar> Desk::calendars() const
{
    QVector<Calendar> all = m_reference.calendars.value_or(QVector<Calendar>());
    std::stable_sort(all.begin(), all.end(), [](const Calendar &a, const Calendar &b) {
        return a.active != b.active ? a.active : a.name.localeAwareCompare(b.name) < 0;
    });
    return all;
}

std::optional<Calendar> Desk::calendar(const CalendarId &id) const
{
    const auto all = m_reference.calendars.value_or(QVector<Calendar>());
    for (const Calendar &calendar : all) {
        if (calendar.id == id)
            return calendar;
    }
    return std::nullopt;
}

QString Desk::userName(const UserId &id) const
{
    for (const auto &user : m_reference.users) {
        if (user.id == id)
            return teammateName(user);
    }
    return {};
}

QString Desk::fieldName(const CustomFieldId &id) const
{
    for (const auto &field : m_reference.customFields) {
        if (field.id == id)
            return field.name;
    }
    return {};
}

MergeValues Desk::mergeValues(const Contact &contact) const
{
    MergeSource source;
    source.contact = contact;
    source.location = m_reference.location;
    source.customFields = m_reference.customFields;
    source.words = m_reference.words.value_or(QVector<LocationWord>());
    const auto account = m_engine->account();
    for (const User &user : m_reference.users) {
        if (account && user.id == account->me)
            source.user = user;
    }
    return outrigger::mergeValues(source);
}

QString Desk::region() const
{
    const auto account = m_engine->account();
    if (m_reference.location && m_reference.location->country.size() == 2)
        return m_reference.location->country;
    if (account && account->country.size() == 2)
        return account->country;
    return QStringLiteral("US");
}

QString Desk::timezone() const
{
    if (m_reference.location && !m_reference.location->timezone.isEmpty())
        return m_reference.location->timezone;
    const auto account = m_engine->account();
    return account ? account->timezone : QString();
}

Task<Result<std::optional<Contact>>> Desk::contact(ContactId id)
{
    return m_engine->cache().contact(m_location, std::move(id));
}

Task<Result<std::optional<ConversationRow>>> Desk::conversationOf(ContactId contact)
{
    return m_engine->cache().conversationFor(m_location, std::move(contact));
}

Task<Result<std::optional<ConversationRow>>> Desk::conversation(ConversationId id)
{
    return m_engine->cache().conversation(m_location, std::move(id));
}

Task<Result<QVector<DealRow>>> Desk::dealsOf(ContactId contact)
{
    return m_engine->cache().dealsOf(m_location, std::move(contact));
}

Task<Result<std::optional<DealRow>>> Desk::deal(OpportunityId id)
{
    return m_engine->cache().deal(m_location, std::move(id));
}

Task<Result<QVector<DealStep>>> Desk::dealSteps(OpportunityId id)
{
    return m_engine->cache().dealSteps(m_location, std::move(id));
}

Task<Result<DealFigures>> Desk::dealFigures(BoardQuery query)
{
    query.location = m_location;
    return m_engine->cache().dealFigures(std::move(query));
}

Task<Result<QVector<MessageRow>>> Desk::latestOf(ContactId contact, int limit)
{
    auto finding = m_engine->cache().conversationFor(m_location, std::move(contact));
    const auto conversation = co_await finding;
    if (!conversation)
        co_return fail(conversation.error());
    if (!*conversation)
        co_return QVector<MessageRow>();
    auto reading = m_engine->cache().newestMessages((*conversation)->key, limit);
    auto page = co_await reading;
    if (!page)
        co_return fail(page.error());
    QVector<MessageRow> rows = std::move(page->rows);
    std::reverse(rows.begin(), rows.end());
    co_return rows;
}

Task<Result<SendFacts>> Desk::sendFacts(ContactId contact)
{
    return m_engine->cache().sendFacts(m_location, std::move(contact));
}

Task<Result<TextFacts>> Desk::textFacts(Contact to, QString text)
{
    QVector<ContactId> opened;
    const QDateTime since = QDateTime::currentDateTimeUtc().addSecs(-60 * 60);
    for (const auto &[contact, when] : std::as_const(m_touched)) {
        if (when >= since)
            opened.append(contact);
    }
    return m_engine->cache().textFacts(m_location, std::move(to), std::move(text), region(), std::move(opened));
}

void Desk::touched(const ContactId &contact)
{
    constexpr qsizetype most = 200;
    m_touched.removeIf([&contact](const auto &one) { return one.first == contact; });
    m_touched.prepend({contact, QDateTime::currentDateTimeUtc()});
    if (m_touched.size() > most)
        m_touched.removeLast();
}

const QuietHours &Desk::quietHours() const
{
    return m_engine->quietHours();
}

Task<Result<QVector<ContactHit>>> Desk::find(QString text, int limit)
{
    return m_engine->cache().findContacts(m_location, std::move(text), region(), limit);
}

Task<Result<QVector<ContactHit>>> Desk::twinsOf(Contact contact)
{
    return m_engine->cache().twinsOf(m_location, std::move(contact), region());
}

Task<Result<std::optional<Contact>>> Desk::findOnServer(QString phone, QString email)
{
    return m_engine->findOnServer(std::move(phone), std::move(email));
}

Task<Result<store::Cache::Consequences>> Desk::consequences(ContactId id)
{
    return m_engine->cache().consequences(m_location, std::move(id));
}

Task<Result<QVector<ContactRow>>> Desk::contactRows(QVector<qint64> keys)
{
    return m_engine->cache().contactRows(std::move(keys), region());
}

Task<Result<QVector<int>>> Desk::contactCounts(QVector<ContactListQuery> queries)
{
    return m_engine->cache().contactCounts(std::move(queries));
}

Task<Result<QStringList>> Desk::contactValues(QString field)
{
    return m_engine->cache().contactValues(m_location, std::move(field));
}

Task<Result<QVector<store::Cache::SearchHit>>> Desk::search(QString words, int limit)
{
    const auto account = m_engine->account();
    return m_engine->cache().search(m_location, SearchWords::forPerson(words, account ? account->me : UserId()), region(), limit);
}

Task<Result<ThreadHits>> Desk::findInThread(qint64 conversation, QString text)
{
    return m_engine->cache().findInThread(conversation, std::move(text));
}

Task<Result<qint64>> Desk::messageAt(qint64 conversation, QDateTime at)
{
    return m_engine->cache().messageAt(conversation, std::move(at));
}

Task<Result<qint64>> Desk::lastByPerson(qint64 conversation, qint64 before)
{
    return m_engine->cache().lastByPerson(conversation, before);
}

Task<Result<qint64>> Desk::nextUnread(InboxQuery query, qint64 after)
{
    query.now = QDateTime::currentDateTimeUtc();
    auto readAll = m_engine->cache().inboxSpine(query);
    const auto all = co_await readAll;
    if (!all)
        co_return fail(all.error());
    query.filter.unread = true;
    auto readUnread = m_engine->cache().inboxSpine(query);
    const auto unread = co_await readUnread;
    if (!unread)
        co_return fail(unread.error());
    const int from = all->rowOf.value(after, -1);
    for (const qint64 key : unread->keys) {
        if (all->rowOf.value(key, -1) > from)
            co_return key;
    }
    co_return unread->keys.isEmpty() ? 0 : unread->keys.constFirst();
}

Task<Result<AwayNews>> Desk::awayNews(QDateTime since)
{
    return m_engine->cache().awayNews(m_location, std::move(since));
}

Task<Result<std::optional<store::ThreadDraft>>> Desk::draft(ContactId contact)
{
    return m_engine->ledger().draft(m_location, std::move(contact));
}

Task<Result<QString>> Desk::kept(QString name)
{
    return m_engine->ledger().setting(std::move(name));
}

Task<Status> Desk::keep(QString name, QString value)
{
    return m_engine->ledger().putSetting(std::move(name), std::move(value));
}

Task<Result<store::Cache::Totals>> Desk::totals()
{
    return m_engine->cache().totals(m_location);
}

} // namespace outrigger::models
