// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/stagerules.h"

#include "models/desk.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace outrigger::models {

namespace {

struct Word {
    const char *word;
    bool StageRule::*flag;
};
constexpr Word flagWords[] = {{"value", &StageRule::askValue}, {"reason", &StageRule::askReason}, {"books", &StageRule::books},
                              {"automations", &StageRule::automations}};

QString nameOf(const LocationId &location) { return u"board.rules."_s + location.value; }

QHash<QString, StageRule> parsed(const QString &text)
{
    QHash<QString, StageRule> rules;
    const QJsonObject all = QJsonDocument::fromJson(text.toUtf8()).object();
    for (auto it = all.begin(); it != all.end(); ++it) {
        StageRule rule;
        const QJsonArray words = it->toArray();
        for (const Word &one : flagWords)
            rule.*one.flag = words.contains(QString::fromLatin1(one.word));
        if (!rule.isEmpty())
            rules.insert(it.key(), rule);
    }
    return rules;
}

QString written(const QHash<QString, StageRule> &rules)
{
    QJsonObject all;
    for (auto it = rules.begin(); it != rules.end(); ++it) {
        QJsonArray words;
        for (const Word &one : flagWords) {
            if (it.value().*one.flag)
                words.append(QString::fromLatin1(one.word));
        }
        all.insert(it.key(), words);
    }
    return QString::fromUtf8(QJsonDocument(all).toJson(QJsonDocument::Compact));
}

} // namespace

StageRules::StageRules(Desk *desk, QObject *parent) : QObject(parent), m_desk(desk) {}

void StageRules::setLocation(const LocationId &location)
{
    if (location == m_location)
        return;
    m_location = location;
    m_rules.clear();
    m_loaded = false;
    if (!location.isEmpty())
        m_loading = load(this, location);
    Q_EMIT changed();
}

Task<void> StageRules::load(StageRules *self, LocationId location)
{
    auto asking = self->m_desk->kept(nameOf(location));
    const auto text = co_await asking;
    if (!text) {
        Q_EMIT self->failed(text.error());
        co_return;
    }
    self->m_rules = parsed(*text);
    self->m_loaded = true;
    Q_EMIT self->changed();
}

void StageRules::setRule(const StageId &stage, const StageRule &rule)
{
    if (!m_loaded || rule == this->rule(stage))
        return;
    if (rule.isEmpty())
        m_rules.remove(stage.value);
    else
        m_rules.insert(stage.value, rule);
    m_keeping.start(keep(this, nameOf(m_location), written(m_rules)));
    Q_EMIT changed();
}

Task<void> StageRules::keep(StageRules *self, QString name, QString value)
{
    auto writing = self->m_desk->keep(name, value);
    const Status kept = co_await writing;
    if (!kept)
        Q_EMIT self->failed(kept.error());
}

QString StageRules::words(const StageRule &rule)
{
    QStringList parts;
    if (rule.books)
        parts.append(tr("books an appointment"));
    if (rule.askValue)
        parts.append(tr("asks for the value"));
    if (rule.askReason)
        parts.append(tr("asks for a reason"));
    if (rule.automations)
        parts.append(tr("sets off automations"));
    QString text = parts.join(u", "_s);
    if (!text.isEmpty())
        text[0] = text.at(0).toUpper();
    return text;
}

QHash<QString, QString> StageRules::allWords() const
{
    QHash<QString, QString> all;
    for (auto it = m_rules.begin(); it != m_rules.end(); ++it)
        all.insert(it.key(), words(it.value()));
    return all;
}

} // namespace outrigger::models
