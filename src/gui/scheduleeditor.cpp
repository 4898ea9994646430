// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/scheduleeditor.h"

#include "domain/whenwhere.h"
#include "gui/schedulepanel.h"
#include "gui/screenfit.h"
#include "gui/settings.h"
#include "gui/widgets.h"
#include "gui/work.h"
#include "models/desk.h"
#include "models/words.h"
#include "ui_scheduleeditor.h"

#include <QPointer>

#include <utility>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

ScheduleEditor::ScheduleEditor(ScheduledText text, models::Desk *desk, Settings *settings, Work *work, QWidget *parent)
    : QDialog(parent), m_item(std::move(text)), m_desk(desk), m_settings(settings), m_work(work),
      m_ui(std::make_unique<Ui::ScheduleEditor>())
{
    m_ui->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    setInsets(m_ui->column, 16, 16, 16, 16, 12);
    setInsets(m_ui->panelColumn, 0, 0, 0, 0, 0);
    resizeWithin(this, 560, 480);
    const auto parts = findChildren<QWidget *>(Qt::FindDirectChildrenOnly);
    for (QWidget *part : parts)
        part->setObjectName("scheduled.edit."_L1 + part->objectName());
    for (auto *button : {m_ui->now, m_ui->leave, m_ui->save})
        button->setAccessibleName(button->text().remove(u'&'));
    m_panel = new SchedulePanel(u"scheduled.edit.schedule"_s, [this](const QDateTime &when) { return against(when); }, m_ui->panel);
    m_ui->panelColumn->addWidget(m_panel);
    m_ui->text->setPlainText(m_item.row.message.body);
    const QString name = m_item.contact.displayName();
    const QTimeZone theirs = leadZone(m_item.contact, m_desk->timezone()).zone;
    m_ui->state->setText(m_item.at.isValid() ? tr("To %1, scheduled for %2 on their clock. It stays as it is until you save.").arg(name, models::words::dayAndClock(m_item.at, theirs))
                                             : tr("To %1. Somebody else scheduled it; HighLevel does not tell for when.").arg(name));
    connect(m_ui->text, &QPlainTextEdit::textChanged, this, [this] {
        m_asked = false;
        m_ui->said->clear();
        showState();
    });
    connect(m_ui->leave, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->now, &QPushButton::clicked, this, &ScheduleEditor::sendNow);
    connect(m_ui->save, &QPushButton::clicked, this, [this] { replace(m_item.at, {}); });
    connect(m_panel, &SchedulePanel::left, this, &QDialog::reject);
    connect(m_panel, &SchedulePanel::chosen, this, [this](const QDateTime &at, bool onReply) { replace(at, onReply); });
    m_panel->open(m_item.contact, m_desk->timezone(), true);
    m_ui->text->setFocus(Qt::OtherFocusReason);
    m_ui->text->moveCursor(QTextCursor::End);
    showState();
    m_learning = learn(this);
}

ScheduleEditor::~ScheduleEditor() = default;

Task<void> ScheduleEditor::learn(ScheduleEditor *self)
{
    auto asking = self->m_desk->sendFacts(self->m_item.contact.id);
    auto facts = co_await asking;
    if (facts)
        self->m_facts = std::move(*facts);
    self->showState();
}

QString ScheduleEditor::against(const QDateTime &when) const
{
    SendQuestion question;
    question.contact = m_item.contact;
    question.facts = m_facts;
    if (question.facts.locationZone.isEmpty())
        question.facts.locationZone = m_desk->timezone();
    question.text = m_ui->text->toPlainText();
    question.rules = m_settings->guardRules();
    question.now = when;
    const GuardAnswer answer = judgeSend(question, m_desk->quietHours());
    return answer.verdict == Verdict::Allow ? QString() : answer.sentences(answer.verdict);
}

void ScheduleEditor::showState()
{
    const QString text = m_ui->text->toPlainText();
    const bool something = !text.trimmed().isEmpty() || !m_item.row.message.attachments.isEmpty();
    m_ui->save->setEnabled(something && m_item.at > QDateTime::currentDateTimeUtc() && text != m_item.row.message.body);
    m_ui->now->setEnabled(something);
    m_ui->now->setText(m_asked ? tr("Send now anyway") : tr("Send &now"));
    m_panel->setEnabled(something);
    m_ui->said->setVisible(!m_ui->said->text().isEmpty());
}

void ScheduleEditor::sendNow()
{
    const QString reasons = against(QDateTime::currentDateTimeUtc());
    if (!reasons.isEmpty() && !std::exchange(m_asked, true)) {
        m_ui->said->setText(reasons);
        showState();
        return;
    }
    replace({}, false);
}

void ScheduleEditor::replace(const QDateTime &at, std::optional<bool> cancelOnReply)
{
    setEnabled(false); // until it is on the disk: a second press would be a second change
    m_work->replaceScheduled(m_item, m_ui->text->toPlainText(), at, cancelOnReply, [editor = QPointer(this)](const Result<RecordId> &result) {
        if (editor)
            editor->answered(result);
    });
}

void ScheduleEditor::answered(const Result<RecordId> &result)
{
    setEnabled(true);
    if (result) {
        accept();
        return;
    }
    m_ui->said->setText(result.error().message);
    showState();
}

} // namespace outrigger::gui
