// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/textguard.h"

#include "domain/mergefields.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace outrigger {

namespace {

constexpr qsizetype lookedAt = 2000; // a text is at most 1,600 characters
constexpr int most = 20;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SendGuard)
};

QString folded(const QString &word)
{
    QString result;
    for (const QChar c : word.normalized(QString::NormalizationForm_D)) {
        if (c.isLetterOrNumber())
            result += c.toCaseFolded();
    }
    return result;
}

/// Every word that this lead may be called by: names, company, nickname fields and whatever else is one word of theirs.
bool isOwnName(const QString &wanted, const Contact &contact)
{
    QStringList words = (contact.firstName + u' ' + contact.lastName + u' ' + contact.companyName).split(u' ', Qt::SkipEmptyParts);
    for (const CustomValue &value : contact.customFields)
        words += value.value.toString().left(200).split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : std::as_const(words)) {
        const QString own = folded(word);
        // "Rob" to Robert is no mistake.
        if (own == wanted || (wanted.size() >= 3 && own.startsWith(wanted)) || (own.size() >= 3 && wanted.startsWith(own)))
            return true;
    }
    return false;
}

QString nameOf(const Contact &contact)
{
    const QString name = contact.firstName.trimmed().isEmpty() ? contact.displayName() : contact.firstName.trimmed();
    return name.isEmpty() ? Words::tr("this lead") : name;
}

QString openFields(const QString &text)
{
    QStringList seen;
    const auto fields = mergeFields(text);
    for (const MergeField &field : fields) {
        const QString shown = text.mid(field.at, qMin(field.length, 60));
        if (!seen.contains(shown))
            seen << shown;
        if (seen.size() == 4)
            break;
    }
    return seen.join(u", "_s);
}

void greeting(QVector<TextDoubt> &doubts, const QString &text, const Contact &contact, const TextFacts &facts)
{
    const QString greeted = greetedName(text);
    const QString wanted = folded(greeted);
    if (wanted.isEmpty() || isOwnName(wanted, contact))
        return;
    for (const TextFacts::Lead &lead : facts.recent) {
        if (lead.id != contact.id && folded(lead.firstName.section(u' ', 0, 0)) == wanted) {
            doubts.append({u"greeting"_s, Words::tr("This greets %1, but you are writing to %2.").arg(greeted, nameOf(contact))});
            return;
        }
    }
}

} // namespace

GuardRules GuardRules::from(const QSettings &settings)
{
    GuardRules rules;
    rules.greeting = settings.value(u"guard/greeting"_s, true).toBool();
    rules.othersNumber = settings.value(u"guard/othersNumber"_s, true).toBool();
    rules.pasted = settings.value(u"guard/pasted"_s, true).toBool();
    return rules;
}

QString greetedName(const QString &text)
{
    static const QRegularExpression hello(
        uR"(^[\s¡!"'“”]*(?:hi|hey|hello|hiya|dear|good\s+(?:morning|afternoon|evening|day)|morning|hola|buenos\s+d[ií]as|buenas\s+(?:tardes|noches)|estimad[oa])(?:\s+there)?[\s,]+(\p{L}[\p{L}\p{M}'’\-]*))"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    static const QRegularExpression first(uR"(^\s*(\p{Lu}[\p{L}\p{M}'’\-]*)\s*[,!])"_s, QRegularExpression::UseUnicodePropertiesOption);
    const QString start = text.left(200);
    for (const auto *pattern : {&hello, &first}) {
        const auto match = pattern->match(start);
        if (match.hasMatch())
            return match.captured(1);
    }
    return {};
}

QStringList numbersIn(const QString &text)
{
    static const QRegularExpression number(uR"((?<![\w.])\+?\(?\d[\d \t().\-]{5,20}\d(?![\w]))"_s);
    QStringList found;
    for (auto it = number.globalMatch(text.left(lookedAt)); it.hasNext() && found.size() < most;) {
        const QString shown = it.next().captured(0).trimmed();
        const auto digits = std::count_if(shown.cbegin(), shown.cend(), [](QChar c) { return c.isDigit(); });
        if (digits >= 7 && digits <= 15 && !found.contains(shown))
            found << shown;
    }
    return found;
}

QStringList addressesIn(const QString &text)
{
    static const QRegularExpression address(uR"([\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5})"_s, QRegularExpression::UseUnicodePropertiesOption);
    QStringList found;
    for (auto it = address.globalMatch(text.left(lookedAt)); it.hasNext() && found.size() < most;) {
        const QString shown = it.next().captured(0);
        if (!found.contains(shown, Qt::CaseInsensitive))
            found << shown;
    }
    return found;
}

QVector<TextDoubt> judgeText(const QString &text, const Contact &contact, const TextFacts &facts, const GuardRules &rules)
{
    QVector<TextDoubt> doubts;
    const QString fields = openFields(text);
    if (!fields.isEmpty())
        doubts.append({u"merge_field"_s, Words::tr("Not filled in: %1. %2 would read it as it stands. Write it out, or send it all the same.").arg(fields, nameOf(contact))});
    if (rules.greeting)
        greeting(doubts, text, contact, facts);
    if (rules.othersNumber && !facts.owned.isEmpty())
        doubts.append({u"others_number"_s, Words::tr("%1 belongs to %2, and you are writing to %3.").arg(facts.owned.first().found, facts.owned.first().name, nameOf(contact))});
    if (rules.pasted && !facts.pastedFrom.isEmpty())
        doubts.append({u"pasted"_s, Words::tr("Some of this was copied from the conversation with %1, and you are writing to %2.").arg(facts.pastedFrom, nameOf(contact))});
    return doubts;
}

} // namespace outrigger
