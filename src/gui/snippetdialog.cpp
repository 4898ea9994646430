// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/snippetdialog.h"

#include "core/ulid.h"
#include "gui/celldelegate.h"
#include "gui/screenfit.h"
#include "gui/widgets.h"
#include "models/snippets.h"
#include "ui_snippets.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

SnippetDialog::SnippetDialog(models::Snippets *snippets, QWidget *parent)
    : QDialog(parent), m_snippets(snippets), m_ui(std::make_unique<Ui::Snippets>())
{
    m_ui->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    setInsets(m_ui->column, 16, 16, 16, 16, 12);
    setInsets(m_ui->middle, 0, 0, 0, 0, 16);
    m_ui->right->setSpacing(px(6));
    resizeWithin(this, 760, 480);
    const auto parts = findChildren<QWidget *>(Qt::FindDirectChildrenOnly);
    for (QWidget *part : parts)
        part->setObjectName("snippets."_L1 + part->objectName());
    m_ui->hint->setFont(Style::instance()->font(TextRole::Small));
    m_ui->list->setItemDelegate(new CellDelegate(m_ui->list));
    auto *close = m_ui->buttons->button(QDialogButtonBox::Close);
    close->setAutoDefault(false);
    named(close, u"snippets.close"_s, close->text().remove(u'&'));
    for (auto *button : {m_ui->fresh, m_ui->remove, m_ui->save})
        button->setAccessibleName(button->text().remove(u'&'));
    connect(m_ui->buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_ui->list, &QListWidget::currentRowChanged, this, [this](int row) {
        if (changed())
            m_tasks.start(keep(this, m_shown, false));
        show(row);
    });
    connect(m_ui->fresh, &QPushButton::clicked, this, [this] { begin(); });
    connect(m_ui->save, &QPushButton::clicked, this, &SnippetDialog::save);
    connect(m_ui->remove, &QPushButton::clicked, this, [this] {
        if (!std::exchange(m_removing, true)) {
            say(tr("Delete “%1”? Press Delete once more.").arg(m_shown.shownName()), true);
            return;
        }
        m_tasks.start(remove(this, m_shown.id));
    });
    const auto touched = [this] {
        m_removing = false;
        m_ui->save->setEnabled(changed() && !m_ui->text->toPlainText().trimmed().isEmpty());
        say({});
    };
    connect(m_ui->name, &QLineEdit::textEdited, this, touched);
    connect(m_ui->name, &QLineEdit::returnPressed, this, &SnippetDialog::save);
    connect(m_ui->text, &QPlainTextEdit::textChanged, this, touched);
    connect(m_snippets, &models::Snippets::changed, this, &SnippetDialog::fill);
    m_snippets->load();
    fill();
    if (m_ui->list->count() > 0)
        m_ui->list->setCurrentRow(0);
    else
        begin();
}

SnippetDialog::~SnippetDialog() = default;

void SnippetDialog::fill()
{
    const auto all = matchSnippets(m_snippets->all(), {});
    const QString wanted = m_wanted.isEmpty() ? m_shown.id : m_wanted;
    const QSignalBlocker quiet(m_ui->list);
    m_ui->list->clear();
    int at = -1;
    for (const Snippet &snippet : all) {
        auto *item = new QListWidgetItem(snippet.own ? snippet.shownName() : tr("%1 (template)").arg(snippet.shownName()), m_ui->list);
        item->setData(Qt::UserRole, snippet.id);
        item->setSizeHint(QSize(0, px(32)));
        if (snippet.id == wanted && !wanted.isEmpty())
            at = m_ui->list->count() - 1;
    }
    m_ui->list->setCurrentRow(at);
    if (at >= 0 && !m_wanted.isEmpty())
        show(at);
    m_wanted.clear();
}

void SnippetDialog::show(int row)
{
    m_removing = false;
    const auto *item = m_ui->list->item(row);
    const QString id = item ? item->data(Qt::UserRole).toString() : QString();
    m_shown = {};
    const auto all = m_snippets->all();
    for (const Snippet &snippet : all) {
        if (snippet.id == id && !id.isEmpty())
            m_shown = snippet;
    }
    m_ui->name->setText(m_shown.name);
    {
        const QSignalBlocker quiet(m_ui->text);
        m_ui->text->setPlainText(m_shown.text);
    }
    m_ui->name->setReadOnly(!m_shown.own);
    m_ui->text->setReadOnly(!m_shown.own);
    m_ui->remove->setEnabled(m_shown.own && !m_shown.id.isEmpty());
    m_ui->save->setEnabled(false);
    say(m_shown.own ? QString() : tr("A template of the location. It is changed in HighLevel."));
}

void SnippetDialog::begin(const QString &text)
{
    if (changed())
        m_tasks.start(keep(this, m_shown, false));
    {
        const QSignalBlocker quiet(m_ui->list);
        m_ui->list->setCurrentRow(-1);
    }
    show(-1);
    m_ui->text->setPlainText(text);
    m_ui->name->setFocus(Qt::OtherFocusReason);
}

bool SnippetDialog::changed() const
{
    return m_shown.own && (m_ui->name->text().trimmed() != m_shown.name || m_ui->text->toPlainText() != m_shown.text);
}

void SnippetDialog::say(const QString &sentence, bool wrong)
{
    QPalette palette = m_ui->said->palette();
    palette.setColor(QPalette::WindowText, wrong ? colours().danger : colours().text2);
    m_ui->said->setPalette(palette);
    m_ui->said->setText(sentence);
}

void SnippetDialog::save()
{
    if (changed())
        m_tasks.start(keep(this, m_shown, true));
}

Task<void> SnippetDialog::keep(SnippetDialog *self, Snippet snippet, bool showIt)
{
    snippet.name = self->m_ui->name->text().trimmed();
    snippet.text = self->m_ui->text->toPlainText();
    if (snippet.text.trimmed().isEmpty())
        co_return; // nothing to keep; deleting has a button of its own
    // Its id at once: what is typed while it is being written belongs to the same snippet.
    if (snippet.id.isEmpty())
        snippet.id = newUlid();
    if (showIt)
        self->m_shown = snippet;
    auto keeping = self->m_snippets->keep(snippet);
    const auto kept = co_await keeping;
    if (!kept) {
        self->m_shown = {};
        self->say(kept.error().message, true);
        co_return;
    }
    if (!showIt || self->m_shown.id != *kept)
        co_return; // another one is before the person by now
    if (self->changed()) { // typed since: the form keeps that, only the list is made anew
        self->fill();
        co_return;
    }
    self->m_wanted = *kept;
    self->fill();
    self->say(tr("Saved. Type / in a text to use it."));
}

Task<void> SnippetDialog::remove(SnippetDialog *self, QString id)
{
    self->m_shown = {};
    auto removing = self->m_snippets->remove(id);
    const Status removed = co_await removing;
    if (!removed)
        self->say(removed.error().message, true);
    self->m_ui->list->setCurrentRow(self->m_ui->list->count() > 0 ? 0 : -1);
    self->show(self->m_ui->list->currentRow());
}

void SnippetDialog::done(int result)
{
    // What was typed is not lost with the dialog: it goes when that is on the disk.
    if (changed() && !m_ui->text->toPlainText().trimmed().isEmpty() && !std::exchange(m_leaving, true)) {
        const auto leave = [](SnippetDialog *self, int how) -> Task<void> {
            auto keeping = keep(self, self->m_shown, true);
            co_await keeping;
            QMetaObject::invokeMethod(self, [self, how] { self->QDialog::done(how); }, Qt::QueuedConnection);
        };
        m_tasks.start(leave(this, result));
        return;
    }
    QDialog::done(result);
}

} // namespace outrigger::gui
