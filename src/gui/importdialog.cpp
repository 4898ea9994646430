// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/importdialog.h"

#include "domain/contactchange.h"
#include "gui/screenfit.h"
#include "gui/widgets.h"
#include "models/contactwords.h"
#include "models/desk.h"
#include "sync/engine.h"

#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr int problemsShown = 5;

} // namespace

ImportDialog::ImportDialog(sync::Engine *engine, models::Desk *desk, const QString &file, QWidget *parent)
    : QDialog(parent), m_engine(engine), m_desk(desk), m_file(file)
{
    setObjectName(u"import"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Import contacts"));
    auto *column = new QVBoxLayout(this);
    setInsets(column, 20, 16, 20, 16, 12);
    column->addWidget(new Label(tr("Import contacts"), TextRole::Heading, Ink::Text, this));
    m_what = new Label(tr("Reading %1…").arg(QFileInfo(file).fileName()), TextRole::Body, Ink::Text2, this);
    m_what->setObjectName(u"import.what"_s);
    m_what->setWordWrap(true);
    column->addWidget(m_what);
    m_table = named(new QTableWidget(this), u"import.preview"_s, tr("The first rows; the first line says what each column is"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->verticalHeader()->hide();
    m_table->setMinimumHeight(px(150)); // more would push the buttons off a screen with large letters
    column->addWidget(m_table, 1);
    auto *row = new QHBoxLayout;
    row->setSpacing(px(8));
    row->addWidget(new Label(tr("Who is here already"), TextRole::Body, Ink::Text2, this));
    m_twins = named(new QComboBox(this), u"import.twins"_s, tr("Who is here already"));
    m_twins->addItem(tr("stays as they are"), int(ImportPlan::Twins::Skip));
    m_twins->addItem(tr("gets what is empty there"), int(ImportPlan::Twins::Fill));
    m_twins->addItem(tr("is overwritten"), int(ImportPlan::Twins::Overwrite));
    row->addWidget(m_twins);
    m_tags = named(new QLineEdit(this), u"import.tags"_s, tr("Tags for everybody"));
    m_tags->setPlaceholderText(tr("Tags for everybody, separated by commas"));
    row->addWidget(m_tags, 1);
    column->addLayout(row);
    m_said = new Label(TextRole::Body, Ink::Text, this);
    m_said->setObjectName(u"import.said"_s);
    m_said->setWordWrap(true);
    column->addWidget(m_said);
    auto *acts = new QHBoxLayout;
    acts->setSpacing(px(8));
    auto *cancel = pushButton(tr("Cancel"), u"import.cancel"_s, this);
    m_check = pushButton(tr("Check"), u"import.check"_s, this);
    m_import = pushButton(tr("Import"), u"import.go"_s, this, true);
    acts->addStretch(1);
    for (auto *button : {cancel, m_check, m_import}) {
        button->setAutoDefault(false);
        acts->addWidget(button);
    }
    column->addLayout(acts);
    m_check->setEnabled(false);
    m_import->setEnabled(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_check, &QPushButton::clicked, this, [this] { go(true); });
    connect(m_import, &QPushButton::clicked, this, [this] { go(false); });
    resizeWithin(this, 820, 560);
    m_work = read(this);
}

Task<void> ImportDialog::read(ImportDialog *self)
{
    auto looking = sync::previewImport(self->m_file, self->m_desk->reference().customFields);
    const auto preview = co_await looking;
    if (preview)
        self->showPreview(*preview);
    else
        self->m_what->setText(preview.error().message);
}

void ImportDialog::showPreview(const sync::ImportPreview &preview)
{
    m_preview = preview;
    const QString separator = preview.separator == u'\t' ? tr("tabs")
        : preview.separator == u','                       ? tr("commas")
        : preview.separator == u';'                       ? tr("semicolons")
                                                          : u'“' + QString(preview.separator) + u'”';
    m_what->setText(preview.separator.isNull() ? tr("%1: vCards. Say what goes where.").arg(QFileInfo(m_file).fileName())
                                               : tr("%1: %2, columns separated by %3. Say what each column is.").arg(QFileInfo(m_file).fileName(), preview.encoding, separator));
    m_table->setColumnCount(int(preview.header.size()));
    m_table->setRowCount(int(preview.rows.size()) + 1);
    m_table->setHorizontalHeaderLabels(preview.header);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter); // as what stands below
    const auto &customs = m_desk->reference().customFields;
    for (int i = 0; i < preview.header.size(); ++i) {
        auto *box = named(new QComboBox(m_table), u"import.column.%1"_s.arg(i), tr("What “%1” is").arg(preview.header[i]));
        box->addItem(tr("(left out)"), QString());
        box->addItem(tr("Name"), u"name"_s);
        for (const QString &field : contactfields::standard())
            box->addItem(models::contactwords::label(field), field);
        box->addItem(tr("Tags"), u"tags"_s);
        for (const CustomField &custom : customs) {
            if (custom.model.isEmpty() || custom.model == "contact"_L1)
                box->addItem(custom.name, contactfields::ofCustom(custom.id));
        }
        box->setCurrentIndex(std::max(0, box->findData(preview.columns.value(i))));
        m_columns.append(box);
        m_table->setCellWidget(0, i, box);
        m_table->setColumnWidth(i, px(150));
        for (int row = 0; row < preview.rows.size(); ++row)
            m_table->setItem(row + 1, i, new QTableWidgetItem(preview.rows[row].value(i).left(200)));
    }
    m_check->setEnabled(true);
    m_import->setEnabled(true);
    m_check->setFocus(Qt::OtherFocusReason);
}

ImportPlan ImportDialog::plan() const
{
    ImportPlan plan;
    for (const QComboBox *box : m_columns)
        plan.columns.append(box->currentData().toString());
    plan.twins = ImportPlan::Twins(m_twins->currentData().toInt());
    const QStringList tags = m_tags->text().split(u',', Qt::SkipEmptyParts);
    for (const QString &tag : tags) {
        if (const QString word = tag.simplified().toLower(); !word.isEmpty())
            plan.tags.append(word);
    }
    return plan;
}

void ImportDialog::go(bool dryRun) { m_work = run(this, dryRun); }

Task<void> ImportDialog::run(ImportDialog *self, bool dryRun)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    self->m_check->setEnabled(false);
    self->m_import->setEnabled(false);
    self->m_said->setText(tr("Reading the whole file…"));
    auto importing = sync::importContacts(&self->m_engine->cache(), &self->m_engine->outbox(), *account, self->m_file, self->plan(),
                                          self->m_desk->reference().customFields, self->m_desk->region(), dryRun);
    const auto counts = co_await importing;
    self->m_check->setEnabled(true);
    self->m_import->setEnabled(true);
    if (!counts) {
        self->m_said->setText(counts.error().message);
        co_return;
    }
    QString text = tr("%L1 rows: %L2 can be taken, %L3 are twice in the file, %L4 cannot be taken.")
                       .arg(counts->rows).arg(counts->taken).arg(counts->repeated).arg(counts->wrong);
    if (dryRun && counts->here > 0)
        text += u' ' + tr("Of the first 2,000, %L1 are here already.").arg(counts->here);
    for (const auto &problem : counts->problems.mid(0, problemsShown))
        text += u'\n' + tr("Row %L1: %2").arg(problem.row).arg(problem.sentence);
    self->m_said->setText(text);
    if (dryRun || counts->taken == 0)
        co_return;
    Q_EMIT self->started(tr("%L1 rows are on their way. Who is here already is looked up one by one.").arg(counts->taken));
    self->accept();
}

} // namespace outrigger::gui
