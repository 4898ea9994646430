// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_rows.h"

#include "domain/phone.h"
#include "store/connection.h"

// What the send guard asks of the cache about one text: whom else its words could mean.
namespace outrigger::store {

namespace {

constexpr qint64 lately = 60 * 60 * 1000; // ms
constexpr int mostRecent = 300;

class TextReader
{
public:
    TextReader(Connection &connection, qint64 location, const Contact &to) : m_connection(connection), m_location(location), m_to(to) {}
    TextFacts facts;

    /// Leads with a message of either side since then, and those that were opened here.
    Status recent(qint64 since, const QVector<ContactId> &opened)
    {
        auto &talks = m_connection.statement(
            "SELECT c.id, COALESCE(c.first_name, ''), COALESCE(c.name, '') FROM conversations v JOIN contacts c ON c.location=v.location AND c.id=v.contact"
            " WHERE v.location=? AND v.deleted=0 AND v.place_date>=? ORDER BY v.place_date DESC LIMIT ?");
        Status done = rows::each(talks.integer(m_location).integer(since).integer(mostRecent), [this](Statement &row) { take(row); });
        for (const ContactId &id : opened) {
            if (!done)
                return done;
            auto &one = m_connection.statement("SELECT id, COALESCE(first_name, ''), COALESCE(name, '') FROM contacts WHERE location=? AND id=?");
            done = rows::each(one.integer(m_location).text(id.value), [this](Statement &row) { take(row); });
        }
        return done;
    }
    Status number(const QString &shown, const QString &region)
    {
        const auto parsed = phone::parse(shown, region);
        if (!parsed || !parsed->valid)
            return {};
        const QString digits = rows::reversedDigits(parsed->e164);
        for (const QString &own : QStringList(m_to.phone) + m_to.additionalPhones) {
            if (rows::reversedDigits(own) == digits)
                return {};
        }
        return owners("c.digits=?", digits, digits, shown);
    }
    Status address(const QString &shown)
    {
        for (const QString &own : QStringList(m_to.email) + m_to.additionalEmails) {
            if (own.compare(shown, Qt::CaseInsensitive) == 0)
                return {};
        }
        return owners("c.email=?", shown, shown.toLower(), shown);
    }

private:
    void take(Statement &row)
    {
        TextFacts::Lead lead{ContactId(row.textAt(0)), row.textAt(1), row.textAt(2)};
        if (lead.id != m_to.id && !lead.firstName.isEmpty())
            facts.recent.append(std::move(lead));
    }
    Status owners(const char *column, const QString &value, const QString &extra, const QString &shown)
    {
        static const QByteArray select = "SELECT c.id, COALESCE(c.name, '') FROM contacts c WHERE c.location=? AND ";
        const QByteArray sql = select + column + " UNION ALL SELECT c.id, COALESCE(c.name, '') FROM contact_extras e JOIN contacts c ON c.key=e.contact"
            " WHERE e.location=? AND e.value=? LIMIT 10";
        auto &read = m_connection.statement(sql.constData());
        QString whose;
        bool own = false;
        const Status done = rows::each(read.integer(m_location).text(value).integer(m_location).text(extra), [&](Statement &row) {
            own = own || ContactId(row.textAt(0)) == m_to.id;
            if (whose.isEmpty())
                whose = row.textAt(1);
        });
        if (done && !own && !whose.isEmpty())
            facts.owned.append({shown, whose});
        return done;
    }
    Connection &m_connection;
    qint64 m_location;
    const Contact &m_to;
};

} // namespace

Task<Result<TextFacts>> Cache::textFacts(LocationId location, Contact to, QString text, QString region, QVector<ContactId> opened)
{
    return m_reader->run<TextFacts>([location, to, text, region, opened, since = now() - lately](Connection &connection) -> Result<TextFacts> {
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return fail(key.error());
        TextReader reader(connection, *key, to);
        Status done;
        if (!greetedName(text).isEmpty())
            done = reader.recent(since, opened);
        const QStringList numbers = numbersIn(text);
        for (const QString &shown : numbers) {
            if (done)
                done = reader.number(shown, region);
        }
        const QStringList addresses = addressesIn(text);
        for (const QString &shown : addresses) {
            if (done)
                done = reader.address(shown);
        }
        if (!done)
            return fail(done.error());
        return reader.facts;
    });
}

} // namespace outrigger::store
