// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/contactimport.h"

#include "domain/contactchange.h"
#include "domain/contactinput.h"

#include <QCoreApplication>

#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace outrigger {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ContactImport)
};

/// Letters and digits in lower case, so that "First Name", "first_name" and "firstName" are one.
QString plain(const QString &text)
{
    QString word;
    for (const QChar c : text) {
        if (c.isLetterOrNumber())
            word.append(c.toLower());
    }
    return word;
}

const QHash<QString, QString> &known()
{
    static const QHash<QString, QString> table{
        {u"firstname"_s, u"firstName"_s}, {u"first"_s, u"firstName"_s}, {u"givenname"_s, u"firstName"_s}, {u"vorname"_s, u"firstName"_s},
        {u"lastname"_s, u"lastName"_s}, {u"last"_s, u"lastName"_s}, {u"surname"_s, u"lastName"_s}, {u"familyname"_s, u"lastName"_s},
        {u"nachname"_s, u"lastName"_s}, {u"name"_s, u"name"_s}, {u"fullname"_s, u"name"_s}, {u"contactname"_s, u"name"_s},
        {u"phone"_s, u"phone"_s}, {u"phonenumber"_s, u"phone"_s}, {u"mobile"_s, u"phone"_s}, {u"mobilephone"_s, u"phone"_s}, {u"cell"_s, u"phone"_s},
        {u"telephone"_s, u"phone"_s}, {u"tel"_s, u"phone"_s}, {u"telefon"_s, u"phone"_s}, {u"email"_s, u"email"_s}, {u"emailaddress"_s, u"email"_s},
        {u"mail"_s, u"email"_s}, {u"company"_s, u"companyName"_s}, {u"companyname"_s, u"companyName"_s}, {u"businessname"_s, u"companyName"_s},
        {u"organization"_s, u"companyName"_s}, {u"address"_s, u"address1"_s}, {u"address1"_s, u"address1"_s}, {u"street"_s, u"address1"_s},
        {u"streetaddress"_s, u"address1"_s}, {u"city"_s, u"city"_s}, {u"town"_s, u"city"_s}, {u"state"_s, u"state"_s}, {u"province"_s, u"state"_s},
        {u"postalcode"_s, u"postalCode"_s}, {u"zip"_s, u"postalCode"_s}, {u"zipcode"_s, u"postalCode"_s}, {u"postcode"_s, u"postalCode"_s},
        {u"country"_s, u"country"_s}, {u"website"_s, u"website"_s}, {u"url"_s, u"website"_s}, {u"timezone"_s, u"timezone"_s},
        {u"source"_s, u"source"_s}, {u"leadsource"_s, u"source"_s}, {u"dateofbirth"_s, u"dateOfBirth"_s}, {u"birthday"_s, u"dateOfBirth"_s},
        {u"birthdate"_s, u"dateOfBirth"_s}, {u"tags"_s, u"tags"_s}, {u"tag"_s, u"tags"_s}, {u"labels"_s, u"tags"_s}};
    return table;
}

void addTags(QStringList &tags, const QString &text)
{
    QString all = text;
    const QStringList parts = all.replace(u';', u',').split(u',', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        if (const QString tag = part.simplified().toLower(); !tag.isEmpty() && !tags.contains(tag))
            tags.append(tag);
    }
}

void put(ContactDraft &draft, const QString &field, const QJsonValue &value)
{
    const QString text = value.toString();
    if (field == "firstName"_L1)
        draft.firstName = text;
    else if (field == "lastName"_L1)
        draft.lastName = text;
    else if (field == "phone"_L1)
        draft.phone = text;
    else if (field == "email"_L1)
        draft.email = text;
    else if (field == "source"_L1)
        draft.source = text;
    else
        draft.more.insert(field, value);
}

} // namespace

QString twinsWord(ImportPlan::Twins twins)
{
    switch (twins) {
    case ImportPlan::Twins::Fill: return u"fill"_s;
    case ImportPlan::Twins::Overwrite: return u"overwrite"_s;
    case ImportPlan::Twins::Skip: break;
    }
    return u"skip"_s;
}

std::optional<ImportPlan::Twins> twinsFromWord(const QString &word)
{
    for (const auto twins : {ImportPlan::Twins::Skip, ImportPlan::Twins::Fill, ImportPlan::Twins::Overwrite}) {
        if (twinsWord(twins) == word)
            return twins;
    }
    return std::nullopt;
}

QStringList guessColumns(const QStringList &header, const QVector<CustomField> &fields)
{
    QStringList columns;
    for (const QString &title : header) {
        QString field = known().value(plain(title));
        if (field.isEmpty()) {
            if (const CustomField *custom = findField(fields, title.trimmed()))
                field = contactfields::ofCustom(custom->id);
        }
        columns.append(columns.contains(field) && field != "tags"_L1 ? QString() : field);
    }
    return columns;
}

ImportedRow readRow(const QStringList &cells, const ImportPlan &plan, const QVector<CustomField> &fields, const QString &region)
{
    ImportedRow row;
    row.draft.tags = plan.tags;
    row.draft.source = plan.source;
    for (qsizetype i = 0; i < std::min(cells.size(), plan.columns.size()); ++i) {
        const QString &field = plan.columns[i];
        const QString cell = cells[i];
        if (field.isEmpty() || cell.isEmpty())
            continue;
        if (field == "tags"_L1) {
            addTags(row.draft.tags, cell);
            continue;
        }
        if (field == "name"_L1) {
            if (row.draft.firstName.isEmpty() && row.draft.lastName.isEmpty()) {
                row.draft.firstName = cell.section(u' ', 0, 0);
                row.draft.lastName = cell.section(u' ', 1);
            }
            continue;
        }
        const CustomField *definition = nullptr;
        for (const CustomField &one : fields) {
            if (contactfields::ofCustom(one.id) == field)
                definition = &one;
        }
        const FieldInput input = readField(field, cell, definition, region);
        if (!input.ok() && (field == "phone"_L1 || field == "email"_L1)) {
            row.problem = u"%1: %2"_s.arg(cell.left(60), input.problem);
            return row;
        }
        if (input.ok()) // of the rest a person can do without one that cannot be read
            put(row.draft, field, input.value);
    }
    const ContactDraft &d = row.draft;
    if (d.phone.isEmpty() && d.email.isEmpty() && d.firstName.isEmpty() && d.lastName.isEmpty())
        row.problem = Words::tr("There is no name, number or e-mail address in this row.");
    return row;
}

QJsonObject ImportPart::toJson() const
{
    QJsonArray drafts;
    for (const ContactDraft &row : rows)
        drafts.append(row.toJson());
    QJsonArray lines;
    for (const qint64 number : numbers)
        lines.append(number);
    return {{"act"_L1, u"import"_s}, {"job"_L1, job}, {"title"_L1, title}, {"part"_L1, part}, {"parts"_L1, parts},
            {"twins"_L1, twinsWord(twins)}, {"numbers"_L1, lines}, {"count"_L1, int(rows.size())},
            {"packed"_L1, QString::fromLatin1(qCompress(QJsonDocument(drafts).toJson(QJsonDocument::Compact), 1).toBase64())}};
}

ImportPart ImportPart::fromJson(const QJsonObject &o)
{
    ImportPart part;
    part.job = o["job"_L1].toString();
    part.title = o["title"_L1].toString();
    part.part = o["part"_L1].toInt();
    part.parts = o["parts"_L1].toInt(1);
    part.twins = twinsFromWord(o["twins"_L1].toString()).value_or(ImportPlan::Twins::Skip);
    const QJsonArray lines = o["numbers"_L1].toArray();
    for (const auto &line : lines)
        part.numbers.append(line.toInteger());
    QJsonArray drafts = o["rows"_L1].toArray(); // as they were kept before they were packed
    if (const QByteArray packed = QByteArray::fromBase64(o["packed"_L1].toString().toLatin1()); !packed.isEmpty())
        drafts = QJsonDocument::fromJson(qUncompress(packed)).array();
    for (const auto &draft : drafts)
        part.rows.append(ContactDraft::fromJson(draft.toObject()));
    return part;
}

} // namespace outrigger
