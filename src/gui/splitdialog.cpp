// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/splitdialog.h"

#include "gui/widgets.h"
#include "ui_splitdialog.h"

#include <QPushButton>

#include <array>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

SplitDialog::SplitDialog(models::SavedSplit split, const QString &filterWords, QWidget *parent)
    : QDialog(parent), m_split(std::move(split)), m_ui(std::make_unique<Ui::SplitDialog>())
{
    m_ui->setupUi(this);
    setObjectName(u"split.dialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setInsets(m_ui->column, 16, 16, 16, 14, 14);
    m_ui->form->setHorizontalSpacing(px(12));
    m_ui->form->setVerticalSpacing(px(8));
    const auto parts = findChildren<QWidget *>(Qt::FindDirectChildrenOnly);
    for (QWidget *part : parts)
        part->setObjectName("split."_L1 + part->objectName());
    const std::array bases{std::pair{Split::All, tr("Everything")},          std::pair{Split::NewLeads, tr("New leads")},
                           std::pair{Split::Replies, tr("Replies")},         std::pair{Split::Mine, tr("Mine")},
                           std::pair{Split::Unassigned, tr("Unassigned")},   std::pair{Split::Snoozed, tr("Snoozed")}};
    for (const auto &[base, word] : bases)
        m_ui->base->addItem(word, int(base));
    m_ui->base->setCurrentIndex(m_ui->base->findData(int(m_split.base)));
    m_ui->order->addItem(tr("As it begins"), -1);
    m_ui->order->addItem(tr("Newest first"), 0);
    m_ui->order->addItem(tr("Longest wait first"), 1);
    m_ui->order->setCurrentIndex(m_split.oldestFirst ? 1 + int(*m_split.oldestFirst) : 0);
    m_ui->shows->setText(filterWords.isEmpty() ? tr("No filter: everything in it.") : filterWords);
    m_ui->name->setText(m_split.name);
    m_ui->remove->setVisible(!m_split.id.isEmpty());
    m_ui->remove->setAccessibleName(m_ui->remove->text().remove(u'&'));
    for (auto *button : m_ui->buttons->buttons())
        named(button, button == m_ui->buttons->button(QDialogButtonBox::Save) ? u"split.save"_s : u"split.cancel"_s, button->text().remove(u'&'));
    const auto touched = [this] { m_ui->buttons->button(QDialogButtonBox::Save)->setEnabled(!m_ui->name->text().trimmed().isEmpty()); };
    connect(m_ui->name, &QLineEdit::textChanged, this, touched);
    connect(m_ui->buttons, &QDialogButtonBox::accepted, this, &SplitDialog::keep);
    connect(m_ui->buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_ui->remove, &QPushButton::clicked, this, [this] {
        Q_EMIT removeRequested(m_split.id);
        accept();
    });
    touched();
    m_ui->name->setFocus();
    m_ui->name->selectAll();
    resize(px(400), sizeHint().height());
}

SplitDialog::~SplitDialog() = default;

void SplitDialog::keep()
{
    m_split.name = m_ui->name->text().simplified();
    if (m_split.name.isEmpty())
        return;
    m_split.base = Split(m_ui->base->currentData().toInt());
    const int order = m_ui->order->currentData().toInt();
    m_split.oldestFirst = order < 0 ? std::nullopt : std::optional(order == 1);
    Q_EMIT kept(m_split);
    accept();
}

} // namespace outrigger::gui
