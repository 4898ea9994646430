// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/wronglead.h"

#include "models/desk.h"

#include <QMimeData>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::gui {

namespace {

constexpr auto pause = 150ms;
constexpr auto patience = 2s; ///< a text waits no longer than this for what the cache knows
constexpr qsizetype worthMentioning = 12; ///< shorter pieces are in everybody's texts

const QString &format()
{
    static const QString name = u"application/x-outrigger-contact"_s;
    return name;
}

/// Whether a piece of what was pasted is still there.
bool holds(const QString &text, const QString &pasted)
{
    for (qsizetype at = 0; at + worthMentioning <= pasted.size(); at += worthMentioning) {
        if (text.contains(QStringView(pasted).mid(at, worthMentioning)))
            return true;
    }
    return false;
}

} // namespace

QMimeData *copied(const QString &text, const ContactId &from)
{
    auto *data = new QMimeData;
    data->setText(text);
    if (!from.isEmpty())
        data->setData(format(), from.value.toUtf8());
    return data;
}

ContactId copiedFrom(const QMimeData *data)
{
    return ContactId(QString::fromUtf8(data->data(format()).left(200)));
}

WrongLead::WrongLead(models::Desk *desk, QObject *parent) : QObject(parent), m_desk(desk)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, &WrongLead::hurry);
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, [this] { settle({}); });
}

void WrongLead::setContact(const Contact &contact)
{
    const bool other = contact.id != m_contact.id;
    m_contact = contact;
    if (!other)
        return;
    m_pastedText.clear();
    m_pastedName.clear();
    m_naming.cancel();
    m_text.clear();
    m_facts = {};
    m_known = true;
    m_pause.stop();
    m_patience.stop();
    m_asking.cancel();
}

void WrongLead::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    m_patience.stop();
    // Most texts name nobody: nothing to look up, and nothing to wait for.
    if (greetedName(text).isEmpty() && numbersIn(text).isEmpty() && addressesIn(text).isEmpty()) {
        m_pause.stop();
        m_asking.cancel();
        settle({});
        return;
    }
    m_known = false;
    m_pause.start();
}

void WrongLead::hurry()
{
    if (m_known)
        return;
    m_pause.stop();
    m_patience.start();
    m_asking = ask(this, m_contact, m_text);
}

Task<void> WrongLead::ask(WrongLead *self, Contact contact, QString text)
{
    auto asking = self->m_desk->textFacts(std::move(contact), std::move(text));
    const auto facts = co_await asking;
    self->settle(facts ? *facts : TextFacts());
}

void WrongLead::settle(const TextFacts &facts)
{
    m_patience.stop();
    const bool nothing = m_known && m_facts.recent.isEmpty() && m_facts.owned.isEmpty() && facts.recent.isEmpty() && facts.owned.isEmpty();
    m_facts = facts;
    m_known = true;
    if (nothing)
        return;
    // Who hears of it may change the text, which would end the task that we are in.
    QMetaObject::invokeMethod(this, &WrongLead::changed, Qt::QueuedConnection);
}

TextFacts WrongLead::facts() const
{
    TextFacts facts = m_facts;
    if (!m_pastedName.isEmpty() && holds(m_text, m_pastedText))
        facts.pastedFrom = m_pastedName;
    return facts;
}

void WrongLead::pasted(const QString &text, const ContactId &from)
{
    if (from.isEmpty() || from == m_contact.id || text.size() < worthMentioning)
        return;
    m_pastedText = text;
    m_pastedName = tr("another lead");
    m_naming = nameSource(this, from);
}

Task<void> WrongLead::nameSource(WrongLead *self, ContactId from)
{
    auto asking = self->m_desk->contact(from);
    const auto contact = co_await asking;
    if (!contact || !*contact)
        co_return;
    self->m_pastedName = (*contact)->displayName();
    QMetaObject::invokeMethod(self, &WrongLead::changed, Qt::QueuedConnection);
}

} // namespace outrigger::gui
