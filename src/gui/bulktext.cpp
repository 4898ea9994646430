// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bulktext.h"

#include "domain/mergefields.h"
#include "domain/segments.h"
#include "gui/fieldframe.h"
#include "gui/widgets.h"
#include "models/desk.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr int previews = 10; ///< so many can be looked at

/// What left this one out, short enough to be counted.
QString shortReason(const GuardReason &reason)
{
    static const QHash<QString, const char *> words{
        {u"dnd"_s, QT_TRANSLATE_NOOP("outrigger::gui::BulkText", "do not want to be texted")},
        {u"dnd_permanent"_s, QT_TRANSLATE_NOOP("outrigger::gui::BulkText", "do not want to be texted")},
        {u"stop_word"_s, QT_TRANSLATE_NOOP("outrigger::gui::BulkText", "wrote STOP")},
        {u"soft_stop"_s, QT_TRANSLATE_NOOP("outrigger::gui::BulkText", "may have asked for no more texts")},
        {u"quiet_hours"_s, QT_TRANSLATE_NOOP("outrigger::gui::BulkText", "have quiet hours now")},
        {u"landline"_s, QT_TRANSLATE_NOOP("outrigger::gui::BulkText", "have a landline")},
        {u"failed_before"_s, QT_TRANSLATE_NOOP("outrigger::gui::BulkText", "did not get the last texts")},
        {u"merge_field"_s, QT_TRANSLATE_NOOP("outrigger::gui::BulkText", "lack a value that the text names")},
        {u"greeting"_s, QT_TRANSLATE_NOOP("outrigger::gui::BulkText", "have another name than the text greets")}};
    const char *known = words.value(reason.id);
    return known ? BulkText::tr(known) : BulkText::tr("need a look of their own");
}

} // namespace

BulkText::BulkText(models::Desk *desk, const GuardRules &rules, QWidget *parent) : QWidget(parent), m_desk(desk), m_rules(rules)
{
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 6);
    m_text = named(new QPlainTextEdit(this), u"bulk.text.words"_s, tr("Text for each of them"));
    m_text->setPlaceholderText(tr("Text for each of them; {{contact.first_name}} becomes their name"));
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(px(64));
    auto *frame = new FieldFrame(this);
    frame->setField(m_text);
    column->addWidget(frame);
    auto *row = new QHBoxLayout;
    row->setSpacing(px(4));
    m_before = iconButton(u"chevron-left"_s, u"bulk.text.before"_s, tr("As the one before gets it"), this);
    m_after = iconButton(u"chevron-right"_s, u"bulk.text.after"_s, tr("As the next one gets it"), this);
    m_preview = new Label(TextRole::Small, Ink::Text2, this);
    m_preview->setObjectName(u"bulk.text.preview"_s);
    m_preview->setWordWrap(true);
    row->addWidget(m_before);
    row->addWidget(m_after);
    row->addWidget(m_preview, 1);
    column->addLayout(row);
    connect(m_text, &QPlainTextEdit::textChanged, this, &BulkText::changed);
    connect(m_before, &QToolButton::clicked, this, [this] {
        --m_shown;
        showOne();
    });
    connect(m_after, &QToolButton::clicked, this, [this] {
        ++m_shown;
        showOne();
    });
    showOne();
}

void BulkText::takeFocus() { m_text->setFocus(Qt::OtherFocusReason); }

QString BulkText::text() const { return m_text->toPlainText().trimmed(); }

void BulkText::setFacts(QHash<ContactId, SendFacts> facts) { m_facts = std::move(facts); }

QString BulkText::filled(const Contact &contact) const { return fillMergeFields(text(), m_desk->mergeValues(contact)).text; }

QString BulkText::whyNot(const Contact &contact) const
{
    if (contact.phone.isEmpty())
        return tr("have no number");
    const auto facts = m_facts.constFind(contact.id);
    if (facts == m_facts.constEnd())
        return tr("are too many for one day");
    SendQuestion question;
    question.contact = contact;
    question.facts = *facts;
    if (question.facts.locationZone.isEmpty())
        question.facts.locationZone = m_desk->timezone();
    question.text = filled(contact);
    question.rules = m_rules;
    question.now = QDateTime::currentDateTimeUtc();
    if (question.text.size() > smsCharacterCap)
        return tr("would get a text that is too long");
    const GuardAnswer answer = judgeSend(question, m_desk->quietHours());
    return answer.verdict == Verdict::Allow ? QString() : shortReason(answer.reasons.constFirst());
}

MessageDraft BulkText::draftFor(const Contact &contact) const
{
    MessageDraft draft;
    draft.contactId = contact.id;
    draft.body = filled(contact);
    draft.toNumber = contact.phone;
    return draft;
}

void BulkText::setChosen(const QVector<Contact> &chosen)
{
    m_chosen = chosen;
    m_parts = 0;
    for (const Contact &contact : m_chosen)
        m_parts += measureSms(filled(contact)).parts;
    showOne();
}

void BulkText::showOne()
{
    const qsizetype most = std::min<qsizetype>(m_chosen.size(), previews);
    m_shown = std::clamp<qsizetype>(m_shown, 0, std::max<qsizetype>(most - 1, 0));
    m_before->setEnabled(m_shown > 0);
    m_after->setEnabled(m_shown + 1 < most);
    if (most == 0 || text().isEmpty()) {
        m_preview->setText(tr("Here it is shown as each of them gets it."));
        return;
    }
    const Contact &one = m_chosen.at(m_shown);
    m_preview->setText(tr("%1 gets: %2", "a lead, a text").arg(one.displayName(), filled(one)));
}

} // namespace outrigger::gui
