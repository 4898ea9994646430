// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/typingsignal.h"

#include "sync/engine.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::gui {

namespace {
constexpr qint64 every = 4'000; // ms
constexpr auto idle = 6s;
}

TypingSignal::TypingSignal(sync::Engine *engine, QObject *parent) : QObject(parent), m_engine(engine)
{
    m_idle.setSingleShot(true);
    m_idle.setInterval(idle);
    connect(&m_idle, &QTimer::timeout, this, &TypingSignal::stopped);
}

QString TypingSignal::visitorOf(const Contact &contact)
{
    return contact.raw.value("visitorId"_L1).toString();
}

void TypingSignal::typed(const Contact &contact, const ConversationId &conversation)
{
    const QString visitor = visitorOf(contact);
    if (m_refused || visitor.isEmpty() || conversation.isEmpty() || conversation.isLocal())
        return;
    if (conversation != m_conversation)
        stopped();
    m_conversation = conversation;
    m_visitor = visitor;
    m_idle.start();
    if (m_shown && m_last.isValid() && m_last.elapsed() < every)
        return;
    m_shown = true;
    m_last.start();
    m_telling = tell(this, m_conversation, m_visitor, true); // what is still under way is worth nothing now
}

void TypingSignal::stopped()
{
    m_idle.stop();
    if (!std::exchange(m_shown, false))
        return;
    m_telling = tell(this, m_conversation, m_visitor, false);
}

Task<void> TypingSignal::tell(TypingSignal *self, ConversationId conversation, QString visitor, bool typing)
{
    auto telling = self->m_engine->chatTyping(conversation, visitor, typing);
    const Status told = co_await telling;
    if (!told && (told.error().kind == ErrorKind::ScopeMissing || told.error().kind == ErrorKind::Forbidden))
        self->m_refused = true;
}

} // namespace outrigger::gui
