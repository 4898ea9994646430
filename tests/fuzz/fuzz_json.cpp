// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"

#include "api/ops.h"

#include <QHash>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <cstring>
#include <random>
#include <tuple>
#include <type_traits>

using namespace outrigger;
using namespace outrigger::api;

namespace {

template <class Item>
bool hasId(const Item &item)
{
    if constexpr (requires { item.id.isEmpty(); })
        return !item.id.isEmpty();
    else
        return true;
}

template <class List>
void idsArePresent(const List &list)
{
    for (const auto &item : list)
        fuzz::promise(hasId(item), "an item without an id");
}

/// What every answer that was taken for one holds.
template <class Reply>
void judge(const Reply &reply)
{
    if constexpr (requires { reply.skipped; })
        fuzz::promise(reply.skipped >= 0, "a count below nothing");
    if constexpr (requires { reply.skipped; reply.received; })
        fuzz::promise(reply.skipped <= reply.received, "more skipped than received");
    if constexpr (std::is_same_v<Reply, ContactPage>)
        idsArePresent(reply.contacts);
    else if constexpr (std::is_same_v<Reply, ConversationPage>)
        idsArePresent(reply.conversations);
    else if constexpr (std::is_same_v<Reply, MessagePage> || std::is_same_v<Reply, ExportPage>)
        idsArePresent(reply.messages);
    else if constexpr (std::is_same_v<Reply, OpportunityPage>)
        idsArePresent(reply.deals);
    else if constexpr (std::is_same_v<Reply, EventList>)
        idsArePresent(reply.events);
    else if constexpr (std::is_same_v<Reply, SendAnswer>)
        fuzz::promise(!reply.messageId.isEmpty(), "a text that was taken without an id");
    else if constexpr (std::is_same_v<Reply, UpsertAnswer>)
        fuzz::promise(hasId(reply.contact), "a contact without an id");
    else if constexpr (std::is_same_v<Reply, Contact> || std::is_same_v<Reply, Message> || std::is_same_v<Reply, Opportunity>)
        fuzz::promise(hasId(reply), "a thing without an id");
    else if constexpr (std::is_same_v<Reply, Bytes>)
        fuzz::promise(!reply.data.isEmpty(), "a file of nothing");
}

template <class Operation>
void read(const QByteArray &answer)
{
    const auto first = wire::decode<Operation>(answer);
    const auto second = wire::decode<Operation>(answer);
    fuzz::promise(first.has_value() == second.has_value(), "the same bytes are read in two ways");
    if (first)
        judge(*first);
    else
        fuzz::promise(!first.error().message.isEmpty(), "a refusal without words");
}

using Reader = void (*)(const QByteArray &);

template <std::size_t... I>
const QHash<QByteArray, Reader> &readersOf(std::index_sequence<I...>)
{
    static const QHash<QByteArray, Reader> all{{QByteArray(std::tuple_element_t<I, AllOps>::op.name), &read<std::tuple_element_t<I, AllOps>>}...};
    return all;
}

const QHash<QByteArray, Reader> &readers()
{
    return readersOf(std::make_index_sequence<std::tuple_size_v<AllOps>>());
}

// --- changes that keep JSON what it is: Qt's parser is not watched, so bytes alone would hardly ever come past it -------

constexpr const char *keys[] = {
#include "jsonkeys.inc"
};
using Chance = std::minstd_rand;
int below(Chance &chance, int limit) { return std::uniform_int_distribution(0, limit - 1)(chance); }
QString anyKey(Chance &chance) { return QString::fromLatin1(keys[below(chance, int(std::size(keys)))]); }

/// Of every type, and what is hard to take for one.
QJsonValue anyValue(Chance &chance)
{
    static const std::array<QJsonValue, 24> values{
        QJsonValue(), true, false, 0, -1, 1.5, 1e308, -9223372036854775807.0, 1767323045678.0, QString(), QStringLiteral("x"), QStringLiteral("id-1"),
        QStringLiteral("12"), QStringLiteral("true"), QStringLiteral("2026-03-08T02:30:00.000Z"), QStringLiteral("2026-03-08 02:30:00"),
        QStringLiteral("+14075550134"), QStringLiteral("TYPE_SMS"), QStringLiteral("America/New_York"), QString(QChar(0xd800)), QString(3000, QLatin1Char('y')),
        QStringLiteral("99999-99-99T99:99:99+99:99"), QJsonArray(), QJsonObject()};
    return values[std::size_t(below(chance, int(values.size())))];
}

QJsonValue changed(const QJsonValue &value, Chance &chance, int depth)
{
    if (depth > 12 || below(chance, 6) == 0)
        return anyValue(chance);
    if (value.isArray()) {
        QJsonArray array = value.toArray();
        const int at = array.isEmpty() ? 0 : below(chance, int(array.size()));
        switch (array.isEmpty() ? 0 : below(chance, 5)) {
        case 0:
            array.insert(at, anyValue(chance));
            break;
        case 1:
            array.removeAt(at);
            break;
        case 2:
            array.append(array.at(at));
            break;
        default:
            array.replace(at, changed(array.at(at), chance, depth + 1));
        }
        return array;
    }
    if (value.isObject()) {
        QJsonObject object = value.toObject();
        const QStringList has = object.keys();
        const QString key = has.isEmpty() ? anyKey(chance) : has[below(chance, int(has.size()))];
        switch (has.isEmpty() ? 0 : below(chance, 6)) {
        case 0:
        case 1:
            object.insert(anyKey(chance), below(chance, 2) == 0 ? object.value(key) : anyValue(chance));
            break;
        case 2:
            object.remove(key);
            break;
        default:
            object.insert(key, changed(object.value(key), chance, depth + 1));
        }
        return object;
    }
    return below(chance, 2) == 0 ? QJsonValue(QJsonObject{{anyKey(chance), value}}) : QJsonValue(QJsonArray{value});
}

} // namespace

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t *data, std::size_t size, std::size_t most);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t *data, std::size_t size, std::size_t most, unsigned seed)
{
    Chance chance(seed);
    const QByteArray all = fuzz::bytes(data, size);
    const auto end = all.indexOf('\n');
    QByteArray operation = all.left(std::max<qsizetype>(end, 0));
    QByteArray answer = all.mid(end + 1);
    static const QByteArrayList operations = readers().keys();
    if (below(chance, 12) == 0 || !readers().contains(operation))
        operation = operations[below(chance, int(operations.size()))];
    const QJsonDocument document = QJsonDocument::fromJson(answer);
    if (!document.isNull() && below(chance, 8) != 0) {
        const QJsonValue before = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
        const QJsonValue after = changed(before, chance, 0);
        answer = (after.isArray() ? QJsonDocument(after.toArray()) : QJsonDocument(after.toObject())).toJson(QJsonDocument::Compact);
    } else {
        answer.resize(qsizetype(most));
        const std::size_t now = std::min(size - std::size_t(end + 1), most);
        answer.resize(qsizetype(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t *>(answer.data()), now, most)));
    }
    const QByteArray made = (operation + '\n' + answer).left(qsizetype(most));
    std::memcpy(data, made.constData(), std::size_t(made.size()));
    return std::size_t(made.size());
}

/// First line: the operation; the rest: HighLevel's answer to it, or what somebody put in its place.
int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray all = fuzz::bytes(data, size);
    const auto end = all.indexOf('\n');
    if (end < 0)
        return -1;
    const Reader reader = readers().value(all.left(end));
    if (!reader)
        return -1; // not worth keeping
    reader(all.mid(end + 1));
    return 0;
}
