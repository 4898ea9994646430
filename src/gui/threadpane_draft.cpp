// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/threadpane.h"

#include "domain/replyways.h"
#include "gui/composer.h"
#include "models/desk.h"
#include "sync/engine.h"

using namespace Qt::StringLiterals;

// What is written and has not been sent: kept, brought back, put in from elsewhere.
namespace outrigger::gui {

void ThreadPane::saveDraft()
{
    if (!m_loaded || m_contactId.isEmpty() || m_composer->contact().id != m_contactId)
        return;
    const QString text = m_composer->text();
    const QString type = text.isEmpty() ? QString() : m_composer->sendType();
    if (text == m_savedDraft && type == m_savedType)
        return;
    m_savedDraft = text;
    m_savedType = type;
    store::ThreadDraft draft;
    draft.location = m_desk->location();
    draft.contact = m_contactId;
    draft.text = text;
    draft.type = type;
    draft.caret = m_composer->caret();
    draft.changedAt = QDateTime::currentDateTimeUtc();
    const auto keep = [](ThreadPane *self, store::ThreadDraft what) -> Task<void> {
        auto saving = self->m_engine->saveDraft(std::move(what));
        const Status saved = co_await saving;
        if (!saved)
            self->m_strip->show(Strip::Kind::Danger, saved.error().message);
    };
    m_tasks.start(keep(this, std::move(draft)));
}

void ThreadPane::putBack(const QString &text, int caret, const QString &type)
{
    if (!m_loaded) {
        m_takenBack = {text, caret, type};
        return;
    }
    const QString below = m_composer->text();
    // Words for the team and words for the lead in one field: then nothing of it may leave.
    const bool mixedUp = !below.isEmpty() && staysInside(m_composer->channel());
    m_composer->chooseChannel(mixedUp ? Channel::InternalComment : channelFromType(type));
    m_composer->setText(below.isEmpty() ? text : text + u'\n' + below, caret);
    m_composer->focusText();
    saveDraft();
}

void ThreadPane::addText(const QString &text)
{
    if (!m_loaded) {
        m_added = text;
        return;
    }
    const QString above = m_composer->text();
    const QString all = above.isEmpty() ? text : above + u'\n' + text;
    m_composer->setText(all, int(all.size()));
    m_composer->focusText();
    saveDraft();
}

void ThreadPane::suggest(const QString &text)
{
    if (m_loaded && m_composer->text().isEmpty()) {
        m_composer->chooseChannel(Channel::Sms);
        m_composer->setText(text, int(text.size()));
    } else if (!m_loaded) {
        m_suggestion = text;
    }
}

MessageDraft ThreadPane::draftOf(const QString &text) const
{
    MessageDraft draft;
    draft.contactId = m_contactId;
    if (m_row)
        draft.conversationId = m_row->id;
    draft.body = text;
    m_composer->address(draft);
    return draft;
}

} // namespace outrigger::gui
