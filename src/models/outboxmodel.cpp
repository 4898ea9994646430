// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/outboxmodel.h"

#include "core/task.h"
#include "domain/calendar.h"
#include "domain/noteplace.h"
#include "domain/phone.h"
#include "domain/slots.h"
#include "domain/whenwhere.h"
#include "models/contactwords.h"
#include "models/words.h"
#include "store/cache.h"
#include "sync/outbox.h"

#include <QPointer>
#include <QTimer>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::models {

struct OutboxModel::Private {
    sync::Outbox *outbox;
    store::Cache *cache;
    std::optional<AccountId> account;
    bool finishedToo = false;
    QVector<OutboxRecord> rows;
    QHash<ContactId, QString> names; // empty: asked for
    QTimer clock;                    // ages move on by themselves
    Task<void> loading;
    TaskScope asking;

    bool shown(const OutboxRecord &record) const;
    bool hiddenParent(const OutboxRecord &record) const;
    static Task<void> load(OutboxModel *self);
    static Task<void> askName(OutboxModel *self, LocationId location, ContactId contact);
    QString whatOf(const OutboxRecord &record) const;
    QString toOf(const OutboxRecord &record) const;
    QString sentence(const OutboxRecord &record) const;
    static QString stateOf(const OutboxRecord &record);
};

OutboxModel::OutboxModel(sync::Outbox *outbox, store::Cache *cache, QObject *parent)
    : QAbstractTableModel(parent), d(std::make_unique<Private>())
{
    d->outbox = outbox;
    d->cache = cache;
    d->clock.setInterval(20'000);
    connect(&d->clock, &QTimer::timeout, this, [this] {
        if (!d->rows.isEmpty())
            Q_EMIT dataChanged(index(0, Age), index(int(d->rows.size()) - 1, Age));
    });
    d->clock.start();
    connect(outbox, &sync::Outbox::recordChanged, this, &OutboxModel::take);
}

OutboxModel::~OutboxModel() = default;

void OutboxModel::setAccount(std::optional<AccountId> account)
{
    d->account = std::move(account);
    d->loading = Private::load(this);
}

void OutboxModel::setFinishedToo(bool finishedToo)
{
    if (d->finishedToo == finishedToo)
        return;
    d->finishedToo = finishedToo;
    d->loading = Private::load(this);
}

bool OutboxModel::Private::shown(const OutboxRecord &record) const
{
    if (account && !(record.account == *account))
        return false;
    if (record.kind == OutboxKind::ConversationRead && record.kindWord == outboxKindWord(record.kind)
        && record.state != OutboxState::Rejected && !finishedToo)
        return false; // read marks are housekeeping
    return finishedToo
        || (record.state != OutboxState::Confirmed && record.state != OutboxState::Accepted
            && record.state != OutboxState::Cancelled);
}

bool OutboxModel::Private::hiddenParent(const OutboxRecord &record) const
{
    return record.kind == OutboxKind::CreateContact && isOpen(record.state)
        && std::any_of(rows.begin(), rows.end(), [&](const OutboxRecord &other) { return other.dependsOn == record.id; });
}

Task<void> OutboxModel::Private::load(OutboxModel *self)
{
    auto list = self->d->outbox->list(self->d->account, self->d->finishedToo);
    auto records = co_await list;
    if (!records) {
        const QString sentence = records.error().message;
        QMetaObject::invokeMethod(
            self, [self, sentence] { Q_EMIT self->failed(sentence); }, Qt::QueuedConnection);
        co_return;
    }
    self->beginResetModel();
    auto &rows = self->d->rows;
    rows.clear();
    for (const OutboxRecord &record : std::as_const(*records)) {
        if (self->d->shown(record))
            rows.append(record);
    }
    std::sort(rows.begin(), rows.end(), [](const OutboxRecord &a, const OutboxRecord &b) { return a.id < b.id; });
    rows.removeIf([self](const OutboxRecord &record) { return self->d->hiddenParent(record); });
    self->endResetModel();
}

void OutboxModel::take(const OutboxRecord &record)
{
    const int row = rowOf(record.id);
    const bool show = d->shown(record) && !d->hiddenParent(record);
    if (row >= 0 && show) {
        d->rows[row] = record;
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    } else if (row >= 0) {
        beginRemoveRows({}, row, row);
        d->rows.removeAt(row);
        endRemoveRows();
    } else if (show) {
        const auto at = std::lower_bound(d->rows.begin(), d->rows.end(), record,
                                         [](const OutboxRecord &a, const OutboxRecord &b) { return a.id < b.id; });
        const int place = int(at - d->rows.begin());
        beginInsertRows({}, place, place);
        d->rows.insert(place, record);
        endInsertRows();
        const int parent = record.dependsOn.isEmpty() ? -1 : rowOf(record.dependsOn);
        if (parent >= 0 && d->hiddenParent(d->rows[parent])) {
            beginRemoveRows({}, parent, parent);
            d->rows.removeAt(parent);
            endRemoveRows();
        }
    }
}

int OutboxModel::rowOf(const RecordId &id) const
{
    for (int row = 0; row < int(d->rows.size()); ++row) {
        if (d->rows[row].id == id)
            return row;
    }
    return -1;
}

OutboxModel::Acts OutboxModel::actsOf(const OutboxRecord &record)
{
    switch (record.state) {
    case OutboxState::Held:
        if (record.hold == HoldReason::Undo)
            return Acts(Undo) | SendNow;
        if (record.hold == HoldReason::Parent || record.hold == HoldReason::SignIn)
            return Cancel;
        return Acts(SendNow) | Cancel;
    case OutboxState::Queued: return Acts(Cancel) | Retry;
    case OutboxState::Rejected: return Retry;
    case OutboxState::Uncertain: return Resolve;
    default: return NoAct;
    }
}

bool OutboxModel::isConflict(const OutboxRecord &record)
{
    return record.state == OutboxState::Rejected && record.reasonCode == u"changed_elsewhere"_s
        && (record.kind == OutboxKind::ContactUpdate || isDealKind(record.kind));
}

QString OutboxModel::conflictWords(const OutboxRecord &record)
{
    if (record.kind != OutboxKind::ContactUpdate)
        return record.reason;
    const auto change = ContactChange::fromJson(record.payload);
    const QJsonObject theirs = record.look[theirsKey].toObject();
    QStringList lines;
    for (auto it = theirs.constBegin(); it != theirs.constEnd(); ++it)
        lines.append(tr("%1: you wrote “%2”, HighLevel has “%3”.", "field, ours, theirs")
                         .arg(contactwords::label(it.key()), contactwords::value(it.key(), change.to[it.key()]), contactwords::value(it.key(), it.value())));
    return lines.isEmpty() ? record.reason : lines.join(u' ') + u' ' + tr("Somebody changed it after you had looked.");
}

QString OutboxModel::Private::whatOf(const OutboxRecord &record) const
{
    if (record.kindWord != outboxKindWord(record.kind) && !record.kindWord.isEmpty())
        return OutboxModel::tr("A change made by a newer version (%1)").arg(record.kindWord);
    switch (record.kind) {
    case OutboxKind::SendMessage: {
        const auto draft = MessageDraft::fromJson(record.payload);
        return draft.isEmail() ? OutboxModel::tr("E-mail: %1").arg(words::oneLine(draft.subject))
                               : OutboxModel::tr("Text: %1").arg(words::oneLine(draft.body));
    }
    case OutboxKind::CreateContact: return OutboxModel::tr("Add contact");
    case OutboxKind::ContactTags: {
        const auto change = TagChange::fromJson(record.payload);
        QStringList parts;
        if (!change.add.isEmpty())
            parts << OutboxModel::tr("add tags %1").arg(change.add.join(QStringLiteral(", ")));
        if (!change.remove.isEmpty())
            parts << OutboxModel::tr("remove tags %1").arg(change.remove.join(QStringLiteral(", ")));
        QString text = parts.join(QStringLiteral("; "));
        if (!text.isEmpty())
            text[0] = text[0].toUpper();
        return text;
    }
    case OutboxKind::ConversationRead: {
        const auto change = ReadChange::fromJson(record.payload);
        if (change.starred)
            return *change.starred ? OutboxModel::tr("Star") : OutboxModel::tr("Remove star");
        return change.unreadCount.value_or(0) > 0 ? OutboxModel::tr("Mark unread") : OutboxModel::tr("Mark read");
    }
    case OutboxKind::ContactAssign: {
        const UserId to = AssignChange::fromJson(record.payload).to;
        return to.isEmpty() ? OutboxModel::tr("Take the lead off everybody") : OutboxModel::tr("Assign the lead");
    }
    case OutboxKind::CancelSchedule: return OutboxModel::tr("Take back a scheduled text");
    case OutboxKind::DealCreate: return OutboxModel::tr("Add the deal %1").arg(words::oneLine(DealDraft::fromJson(record.payload).name));
    case OutboxKind::DealUpdate: {
        const auto change = DealChange::fromJson(record.payload);
        const QString name = words::oneLine(change.shownName);
        return change.stage ? OutboxModel::tr("Move the deal %1").arg(name) : OutboxModel::tr("Change the deal %1").arg(name);
    }
    case OutboxKind::DealSetStatus: {
        const auto change = DealChange::fromJson(record.payload);
        const QString name = words::oneLine(change.shownName);
        switch (change.status.value_or(DealStatus::Open)) {
        case DealStatus::Won: return OutboxModel::tr("Mark the deal %1 won").arg(name);
        case DealStatus::Lost: return OutboxModel::tr("Mark the deal %1 lost").arg(name);
        case DealStatus::Abandoned: return OutboxModel::tr("Mark the deal %1 abandoned").arg(name);
        case DealStatus::Open: break;
        }
        return OutboxModel::tr("Open the deal %1 again").arg(name);
    }
    case OutboxKind::DealDelete: return OutboxModel::tr("Delete the deal %1").arg(words::oneLine(DealChange::fromJson(record.payload).shownName));
    case OutboxKind::DealFollow: return OutboxModel::tr("Change who follows the deal %1").arg(words::oneLine(FollowChange::fromJson(record.payload).shownName));
    case OutboxKind::DealUpsert: return OutboxModel::tr("Add or change the deal %1").arg(words::oneLine(DealDraft::fromJson(record.payload).name));
    case OutboxKind::BookAppointment: {
        const auto draft = BookingDraft::fromJson(record.payload);
        return OutboxModel::tr("Book: %1, %2").arg(words::oneLine(draft.title), freetimes::bothClocks(draft.start, QTimeZone::systemTimeZone(), QTimeZone::systemTimeZone(), {}));
    }
    case OutboxKind::ChangeAppointment: {
        const auto change = AppointmentChange::fromJson(record.payload);
        if (change.remove)
            return OutboxModel::tr("Remove an appointment");
        if (change.start.isValid())
            return OutboxModel::tr("Move an appointment to %1").arg(freetimes::bothClocks(change.start, QTimeZone::systemTimeZone(), QTimeZone::systemTimeZone(), {}));
        if (appointmentStatusFromWord(change.status) == AppointmentStatus::Cancelled)
            return OutboxModel::tr("Cancel an appointment");
        return OutboxModel::tr("Mark an appointment");
    }
    case OutboxKind::BlockTime: return OutboxModel::tr("Block time");
    case OutboxKind::ContactUpdate: return contactwords::change(ContactChange::fromJson(record.payload));
    case OutboxKind::ContactDelete: return OutboxModel::tr("Delete the contact %1").arg(words::oneLine(record.payload["shownName"_L1].toString()));
    case OutboxKind::ContactEnrol: return contactwords::enrol(EnrolChange::fromJson(record.payload));
    case OutboxKind::ContactBulk: return contactwords::bulk(record);
    case OutboxKind::AddTask: return OutboxModel::tr("Task: %1").arg(words::oneLine(TaskDraft::fromJson(record.payload).title));
    case OutboxKind::ChangeTask: {
        const auto change = TaskChange::fromJson(record.payload);
        const QString title = words::oneLine(change.title.value_or(change.seen.title));
        if (change.remove)
            return OutboxModel::tr("Remove the task %1").arg(title);
        if (change.onlyDone())
            return *change.done ? OutboxModel::tr("Task done: %1").arg(title) : OutboxModel::tr("Task not done after all: %1").arg(title);
        return OutboxModel::tr("Change the task %1").arg(title);
    }
    case OutboxKind::AddNote: {
        const auto note = NoteDraft::fromJson(record.payload);
        return (noteplace::appointmentOf(note.contactId).isEmpty() ? OutboxModel::tr("Note: %1") : OutboxModel::tr("Note on the appointment: %1")).arg(words::oneLine(note.body));
    }
    case OutboxKind::ChangeNote: {
        const auto change = NoteChange::fromJson(record.payload);
        const QString note = words::oneLine(plainNote(change.body));
        if (!change.remove && !change.rewrites() && change.pinned)
            return (*change.pinned ? OutboxModel::tr("Pin a note: %1") : OutboxModel::tr("Unpin a note: %1")).arg(note);
        if (!change.remove && !change.rewrites())
            return OutboxModel::tr("Colour of a note: %1").arg(note);
        return change.remove ? OutboxModel::tr("Remove a note: %1").arg(words::oneLine(plainNote(change.seen)))
                             : OutboxModel::tr("Change a note: %1").arg(note);
    }
    }
    return {};
}

QString OutboxModel::Private::toOf(const OutboxRecord &record) const
{
    const QString name = names.value(noteplace::contactOf(record.contactId()));
    if (!name.isEmpty())
        return name;
    if (record.kind == OutboxKind::ContactBulk) {
        const auto part = BulkPart::fromJson(record.payload);
        return OutboxModel::tr("%n contact(s)", nullptr, int(part.contacts.size()));
    }
    if (record.kind == OutboxKind::ContactUpdate || record.kind == OutboxKind::ContactDelete)
        return record.payload["shownName"_L1].toString();
    if (record.kind == OutboxKind::CreateContact) {
        const auto draft = ContactDraft::fromJson(record.payload);
        const QString full = (draft.firstName + u' ' + draft.lastName).trimmed();
        return !full.isEmpty() ? full : draft.phone.isEmpty() ? draft.email : phone::display(draft.phone, {});
    }
    const QString number = MessageDraft::fromJson(record.payload).toNumber;
    return number.isEmpty() ? QString() : phone::display(number, {});
}

QString OutboxModel::Private::stateOf(const OutboxRecord &record)
{
    MessageRow row;
    row.state = stateFromRecord(record.state, record.reasonCode);
    row.hold = record.hold;
    row.dueAt = record.dueAt;
    if (record.state == OutboxState::Confirmed || record.state == OutboxState::Accepted)
        return record.kind == OutboxKind::SendMessage ? words::state(row.state) : OutboxModel::tr("done");
    return words::state(row, QDateTime::currentDateTimeUtc(), QTimeZone::systemTimeZone());
}

QString OutboxModel::Private::sentence(const OutboxRecord &record) const
{
    const QString to = toOf(record);
    QString text = whatOf(record);
    if (!to.isEmpty())
        text = OutboxModel::tr("To %1: %2").arg(to, text);
    text += QStringLiteral(". ") + stateOf(record);
    text += QStringLiteral(", ")
        + spokenTime(record.createdAt, QDateTime::currentDateTimeUtc(), QTimeZone::systemTimeZone()) + u'.';
    if (!record.reason.isEmpty())
        text += u' ' + record.reason;
    return text;
}

int OutboxModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(d->rows.size());
}

int OutboxModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant OutboxModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const OutboxRecord &record = d->rows[index.row()];
    const ContactId contact = noteplace::contactOf(record.contactId());
    if (!contact.isEmpty() && !d->names.contains(contact)) {
        d->names.insert(contact, {});
        d->asking.start(Private::askName(const_cast<OutboxModel *>(this), record.location, contact));
    }
    switch (role) {
    case RecordRole: return QVariant::fromValue(record);
    case RecordIdRole: return QVariant::fromValue(record.id);
    case StateRole: return int(stateFromRecord(record.state, record.reasonCode));
    case ActsRole: return int(actsOf(record));
    case Qt::AccessibleTextRole:
        if (index.column() == What)
            return d->sentence(record);
        [[fallthrough]];
    case Qt::DisplayRole:
        switch (index.column()) {
        case What: return d->whatOf(record);
        case To: return d->toOf(record);
        case State: return Private::stateOf(record);
        case Age: return relativeTime(record.createdAt, QDateTime::currentDateTimeUtc(), QTimeZone::systemTimeZone());
        case Reason: return record.reason;
        default: return {};
        }
    case Qt::ToolTipRole: return index.column() == Reason ? QVariant(record.reason) : QVariant();
    default: return {};
    }
}

Task<void> OutboxModel::Private::askName(OutboxModel *self, LocationId location, ContactId contact)
{
    auto ask = self->d->cache->contact(location, contact);
    auto found = co_await ask;
    if (!found || !*found)
        co_return;
    self->d->names.insert(contact, (*found)->displayName());
    const int last = self->rowCount() - 1;
    if (last >= 0)
        Q_EMIT self->dataChanged(self->index(0, To), self->index(last, To));
}

QVariant OutboxModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case What: return tr("What");
    case To: return tr("To");
    case State: return tr("State");
    case Age: return tr("Age");
    case Reason: return tr("Reason");
    default: return {};
    }
}

} // namespace outrigger::models
