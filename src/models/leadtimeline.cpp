// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/leadtimeline.h"

#include "domain/leadnote.h"
#include "domain/rows.h"
#include "models/dealwords.h"
#include "models/desk.h"
#include "models/words.h"

#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::models {

namespace {

constexpr int mostMessages = 100;
constexpr int mostWords = 160;

LeadTimeline::Kind kindOf(const Message &message)
{
    using Kind = LeadTimeline::Kind;
    switch (message.channel) {
    case Channel::Email: return Kind::Mail;
    case Channel::Call:
    case Channel::Voicemail: return Kind::Call;
    case Channel::InternalComment: return Kind::Comment;
    default: return Kind::Message;
    }
}

} // namespace

LeadTimeline::LeadTimeline(Desk *desk, QObject *parent) : QAbstractListModel(parent), m_desk(desk)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(150);
    connect(&m_pause, &QTimer::timeout, this, &LeadTimeline::read);
    for (auto signal : {&Desk::conversationsChanged, &Desk::tasksChanged, &Desk::eventsChanged, &Desk::dealsChanged, &Desk::referenceChanged})
        connect(desk, signal, &m_pause, qOverload<>(&QTimer::start));
}

void LeadTimeline::setContact(const ContactId &contact, const QString &name)
{
    const bool another = contact != m_contact;
    if (!another && name == m_name)
        return;
    m_contact = contact;
    m_name = name;
    if (another && !m_entries.isEmpty()) { // never another lead's
        beginResetModel();
        m_entries.clear();
        endResetModel();
    }
    read();
}

void LeadTimeline::read()
{
    m_loading = m_contact.isEmpty() ? Task<void>() : load(this);
}

QString LeadTimeline::stageName(const StageId &stage) const
{
    if (const auto &pipelines = m_desk->reference().pipelines) {
        for (const Pipeline &one : *pipelines) {
            if (const Stage *found = one.stage(stage))
                return found->name;
        }
    }
    return tr("a removed stage");
}

LeadTimeline::Entry LeadTimeline::ofMessage(const MessageRow &row, const QDateTime &now) const
{
    const bool theirs = row.message.direction == Direction::Inbound;
    const QString name = m_name.isEmpty() ? tr("They") : m_name;
    const QString said = !row.message.body.isEmpty() ? row.message.body : !row.message.subject.isEmpty() ? row.message.subject : row.message.activityTitle;
    Entry entry;
    entry.kind = kindOf(row.message);
    entry.at = row.message.dateAdded;
    entry.head = u"%1, %2"_s.arg(theirs ? name : words::writer(row), words::channel(row.message.channel, row.message.typeWord));
    entry.words = said.isEmpty() ? tr("(no words)") : words::oneLine(said, mostWords);
    entry.theirs = theirs;
    entry.planned = entry.at > now;
    return entry;
}

LeadTimeline::Entry LeadTimeline::ofNote(const NoteRow &row, const QDateTime &now) const
{
    Entry entry;
    entry.kind = Kind::Note;
    entry.at = row.note.dateAdded.isValid() ? row.note.dateAdded : now; // made here a moment ago
    const QString who = m_desk->userName(row.note.user);
    entry.head = who.isEmpty() ? tr("Note") : tr("Note by %1").arg(who);
    entry.words = words::oneLine(plainNote(row.note.body), mostWords);
    entry.key = row.key;
    return entry;
}

LeadTimeline::Entry LeadTimeline::ofTask(const TaskRow &row, const QDateTime &now)
{
    Entry entry;
    entry.kind = Kind::Task;
    entry.at = row.task.due.isValid() ? row.task.due : row.task.dateAdded.isValid() ? row.task.dateAdded : now;
    entry.planned = !row.task.done;
    entry.head = row.task.done ? tr("Task, done") : entry.at < now ? tr("Task, overdue") : tr("Task");
    entry.words = words::oneLine(row.task.title, mostWords);
    entry.task = row;
    return entry;
}

LeadTimeline::Entry LeadTimeline::ofEvent(const EventRow &row, const QDateTime &now)
{
    Entry entry;
    entry.kind = Kind::Appointment;
    entry.at = row.event.start;
    entry.planned = entry.at > now && !isOff(row.event.status);
    entry.head = isOff(row.event.status) ? tr("Appointment, off") : entry.planned ? tr("Appointment") : tr("Appointment, over");
    entry.words = words::oneLine(row.event.title, mostWords);
    return entry;
}

/// That it was made, and each step that is known.
QVector<LeadTimeline::Entry> LeadTimeline::ofDeal(const DealRow &row, const QVector<DealStep> &steps) const
{
    QVector<Entry> all;
    Entry entry;
    entry.kind = Kind::Deal;
    entry.deal = row.deal.id;
    const QString deal = row.deal.name.isEmpty() ? tr("Deal without a name") : row.deal.name;
    if (row.deal.createdAt.isValid()) {
        entry.at = row.deal.createdAt;
        entry.head = tr("Deal made");
        entry.words = words::oneLine(deal, mostWords);
        all.append(entry);
    }
    for (const DealStep &step : steps) {
        QStringList what;
        if (!step.stage.isEmpty())
            what.append(stageName(step.stage));
        if (step.status != step.statusFrom)
            what.append(dealwords::status(step.status));
        entry.at = step.at;
        entry.head = step.ours ? tr("Deal moved from here") : tr("Deal moved");
        entry.words = tr("%1: %2", "deal: stage or status").arg(deal, what.join(u", "_s));
        all.append(entry);
    }
    return all;
}

Task<void> LeadTimeline::load(LeadTimeline *self)
{
    const ContactId contact = self->m_contact;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QVector<Entry> all;
    auto saying = self->m_desk->latestOf(contact, mostMessages);
    const auto messages = co_await saying;
    for (const MessageRow &row : messages.value_or(QVector<MessageRow>()))
        all.append(self->ofMessage(row, now));
    auto noting = self->m_desk->notesOf(contact);
    const auto notes = co_await noting;
    for (const NoteRow &row : notes.value_or(QVector<NoteRow>()))
        all.append(self->ofNote(row, now));
    auto tasking = self->m_desk->tasksOf(contact);
    const auto tasks = co_await tasking;
    for (const TaskRow &row : tasks.value_or(QVector<TaskRow>()))
        all.append(ofTask(row, now));
    auto booking = self->m_desk->appointmentsOf(contact);
    const auto events = co_await booking;
    for (const EventRow &row : events.value_or(QVector<EventRow>()))
        all.append(ofEvent(row, now));
    auto dealing = self->m_desk->dealsOf(contact);
    const auto deals = co_await dealing;
    const QVector<DealRow> rows = deals.value_or(QVector<DealRow>());
    for (const DealRow &row : rows) {
        auto tracing = self->m_desk->dealSteps(row.deal.id);
        const auto steps = co_await tracing;
        all += self->ofDeal(row, steps.value_or(QVector<DealStep>()));
    }
    if (contact != self->m_contact)
        co_return;
    std::stable_sort(all.begin(), all.end(), [](const Entry &a, const Entry &b) { return a.at > b.at; });
    if (all != self->m_entries) {
        self->beginResetModel();
        self->m_entries = std::move(all);
        self->endResetModel();
    }
    Q_EMIT self->loaded();
}

QString LeadTimeline::iconOf(Kind kind)
{
    switch (kind) {
    case Kind::Message: return u"sms"_s;
    case Kind::Mail: return u"email"_s;
    case Kind::Call: return u"phone"_s;
    case Kind::Comment: return u"comment"_s;
    case Kind::Note: return u"note"_s;
    case Kind::Task: return u"tasks"_s;
    case Kind::Appointment: return u"calendar"_s;
    case Kind::Deal: return u"pipeline"_s;
    }
    return {};
}

int LeadTimeline::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_entries.size()); }

QVariant LeadTimeline::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Entry &one = m_entries.at(index.row());
    switch (role) {
    case KindRole: return int(one.kind);
    case HeadRole: return one.head;
    case WhenRole: return words::dayAndClock(one.at, QTimeZone::systemTimeZone());
    case PlannedRole: return one.planned;
    case Qt::DisplayRole: return one.words;
    case Qt::ToolTipRole: return one.words.size() > 40 ? one.words : QString();
    case Qt::AccessibleTextRole: return tr("%1, %2: %3", "what, when: words").arg(one.head, words::dayAndClock(one.at, QTimeZone::systemTimeZone()), one.words);
    default: return {};
    }
}

} // namespace outrigger::models
