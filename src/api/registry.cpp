// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/registry.h"

#include "api/ops.h"
#include "api/versions.h"

namespace outrigger::api {

namespace {

template <class T>
struct TypeWord {
    static constexpr const char *word = "object";
};
template <class T>
struct TypeWord<std::optional<T>> : TypeWord<T> {
};
#define OUTRIGGER_TYPE(Type, Word)                                                                                     \
    template <>                                                                                                        \
    struct TypeWord<Type> {                                                                                            \
        static constexpr const char *word = Word;                                                                      \
    };
OUTRIGGER_TYPE(QString, "text")
OUTRIGGER_TYPE(int, "number")
OUTRIGGER_TYPE(qint64, "number")
OUTRIGGER_TYPE(double, "number")
OUTRIGGER_TYPE(bool, "boolean")
OUTRIGGER_TYPE(QStringList, "list")
OUTRIGGER_TYPE(QJsonArray, "list")
OUTRIGGER_TYPE(QDateTime, "date")
OUTRIGGER_TYPE(LocationId, "location")
OUTRIGGER_TYPE(CompanyId, "company")
OUTRIGGER_TYPE(UserId, "user")
OUTRIGGER_TYPE(ContactId, "contact")
OUTRIGGER_TYPE(ConversationId, "conversation")
OUTRIGGER_TYPE(MessageId, "message")
OUTRIGGER_TYPE(EmailId, "email")
OUTRIGGER_TYPE(OpportunityId, "opportunity")
OUTRIGGER_TYPE(PipelineId, "pipeline")
OUTRIGGER_TYPE(StageId, "stage")
OUTRIGGER_TYPE(CalendarId, "calendar")
OUTRIGGER_TYPE(AppointmentId, "appointment")
OUTRIGGER_TYPE(TaskId, "task")
OUTRIGGER_TYPE(NoteId, "note")
OUTRIGGER_TYPE(FilePart, "file")
#undef OUTRIGGER_TYPE

QString verbWord(Verb verb)
{
    switch (verb) {
    case Verb::Post:
        return QStringLiteral("POST");
    case Verb::Put:
        return QStringLiteral("PUT");
    case Verb::Delete:
        return QStringLiteral("DELETE");
    case Verb::Get:
        break;
    }
    return QStringLiteral("GET");
}

/// Three searches are a POST.
bool onlyReads(const Op &op)
{
    const QLatin1String name(op.name);
    return op.verb == Verb::Get || name == QLatin1String("search-contacts-advanced")
        || name == QLatin1String("search-opportunities-advanced") || name == QLatin1String("task-search");
}

template <class Operation>
OpInfo describe()
{
    const Op &op = Operation::op;
    OpInfo info;
    info.name = QString::fromLatin1(op.name);
    info.verb = verbWord(op.verb);
    info.path = QString::fromLatin1(op.path);
    info.scope = QString::fromLatin1(op.scope);
    info.api = VersionTable::word(op.api);
    info.changes = !onlyReads(op);
    info.repeatable = op.repeat == Repeat::Safe;
    info.needsToken = op.credential == Credential::Token;
    const auto add = [&info]<class P>(const P &param) {
        info.params.append({QString::fromLatin1(param.key), param.place, param.need,
                            QString::fromLatin1(TypeWord<typename P::Type>::word)});
    };
    std::apply([&](const auto &...param) { (add(param), ...); }, Operation::params);
    return info;
}

template <class... Operation>
QVector<OpInfo> describeAll(const std::tuple<Operation...> *)
{
    return {describe<Operation>()...};
}

} // namespace

const QVector<OpInfo> &allOps()
{
    static const QVector<OpInfo> ops = describeAll(static_cast<const AllOps *>(nullptr));
    return ops;
}

std::optional<OpInfo> findOp(const QString &name)
{
    for (const auto &op : allOps()) {
        if (op.name == name)
            return op;
    }
    return std::nullopt;
}

} // namespace outrigger::api
