// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/consolefield.h"

#include "core/aside.h"
#include "gui/fieldframe.h"
#include "gui/widgets.h"
#include "models/idpicks.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStandardItemModel>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr qint64 largestFile = 25 * 1024 * 1024;

/// Shows names, and puts ids into the field.
class IdCompleter final : public QCompleter
{
public:
    using QCompleter::QCompleter;
    QString pathFromIndex(const QModelIndex &index) const override { return index.data(Qt::UserRole).toString(); }
    QStringList splitPath(const QString &) const override { return {QString()}; } // what is offered has been found already
};

bool isJson(const QString &type)
{
    return type == "list"_L1 || type == "object"_L1 || type == "any"_L1;
}

QString placeholder(const catalogue::Parameter &parameter)
{
    if (parameter.type == "date"_L1 || parameter.type == "millis"_L1)
        return u"2026-12-01T09:00:00-05:00"_s;
    if (parameter.type == "texts"_L1 || parameter.type == "numbers"_L1)
        return ConsoleField::tr("separated by commas");
    if (models::IdPicks::isSearched(parameter.pick))
        return ConsoleField::tr("type a name, or paste an id");
    if (parameter.inside.isEmpty())
        return {};
    QStringList names;
    for (const QString &one : parameter.inside)
        names.append(u'"' + one.section(u':', 0, 0) + u"\": …"_s);
    const QString object = u'{' + names.join(u", "_s) + u'}';
    return parameter.type == "list"_L1 ? u'[' + object + u']' : object;
}

} // namespace

ConsoleField::ConsoleField(const catalogue::Parameter &parameter, models::IdPicks *picks, QWidget *parent)
    : QWidget(parent), m_parameter(parameter), m_picks(picks)
{
    setObjectName(u"console.field."_s + parameter.key);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 3);
    auto *head = new Label(parameter.required ? tr("%1 (needed)").arg(parameter.key) : parameter.key, TextRole::BodyStrong, Ink::Text, this);
    column->addWidget(head);
    if (parameter.type == "choice"_L1 || parameter.type == "switch"_L1)
        buildChoice(column);
    else if (parameter.type == "long"_L1 || isJson(parameter.type))
        buildLines(column);
    else
        buildLine(column);
    m_hint = parameter.about;
    if (parameter.type == "texts"_L1 && !parameter.choices.isEmpty())
        m_hint += (m_hint.isEmpty() ? QString() : u": "_s) + parameter.choices.join(u", "_s);
    m_about = new Label(m_hint, TextRole::Small, Ink::Text2, this);
    m_about->setElided(true);
    m_about->setVisible(!m_hint.isEmpty());
    column->addWidget(m_about);
    head->setBuddy(editor());
    named(editor(), u"console.value."_s + parameter.key,
          parameter.about.isEmpty() ? head->text() : tr("%1, %2").arg(head->text(), parameter.about));
}

QWidget *ConsoleField::editor() const
{
    if (m_choice)
        return m_choice;
    return m_lines ? static_cast<QWidget *>(m_lines) : m_line;
}

void ConsoleField::buildChoice(QVBoxLayout *column)
{
    m_choice = new QComboBox(this);
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->addItem(m_parameter.required ? tr("Choose…") : tr("Not sent"), QString());
    if (m_parameter.type == "switch"_L1) {
        m_choice->addItem(tr("Yes"), u"true"_s);
        m_choice->addItem(tr("No"), u"false"_s);
    }
    for (const QString &choice : std::as_const(m_parameter.choices))
        m_choice->addItem(choice, choice);
    column->addWidget(m_choice);
    connect(m_choice, &QComboBox::currentIndexChanged, this, &ConsoleField::changed);
}

void ConsoleField::buildLines(QVBoxLayout *column)
{
    m_lines = new QPlainTextEdit(this);
    m_lines->setTabChangesFocus(true);
    m_lines->setPlaceholderText(placeholder(m_parameter));
    if (isJson(m_parameter.type))
        m_lines->setFont(Style::instance()->font(TextRole::Mono));
    m_lines->setFixedHeight(px(72));
    auto *frame = new FieldFrame(this);
    frame->setField(m_lines);
    column->addWidget(frame);
    connect(m_lines, &QPlainTextEdit::textChanged, this, &ConsoleField::changed);
}

void ConsoleField::buildLine(QVBoxLayout *column)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(px(6));
    m_line = new QLineEdit(this);
    m_line->setPlaceholderText(placeholder(m_parameter));
    row->addWidget(m_line, 1);
    column->addLayout(row);
    if (m_parameter.type == "secret"_L1)
        m_line->setEchoMode(QLineEdit::Password);
    if (m_parameter.place == catalogue::Place::File) {
        m_line->setReadOnly(true);
        m_line->setPlaceholderText(tr("no file chosen"));
        auto *choose = pushButton(tr("Choose…"), u"console.file."_s + m_parameter.key, this);
        row->addWidget(choose);
        addFileButton(choose);
    } else if (!m_parameter.pick.isEmpty()) {
        auto *all = iconButton(u"chevron-down"_s, u"console.pick."_s + m_parameter.key, tr("Choose the %1").arg(m_parameter.key), this);
        row->addWidget(all);
        connect(all, &QToolButton::clicked, this, &ConsoleField::offerAll);
        addPicker();
    }
    connect(m_line, &QLineEdit::textChanged, this, &ConsoleField::changed);
}

void ConsoleField::addFileButton(QWidget *button)
{
    connect(static_cast<QPushButton *>(button), &QPushButton::clicked, this, [this] {
        auto *dialog = new QFileDialog(window(), tr("File for %1").arg(m_parameter.key));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) { m_finding = readFile(this, path); });
        dialog->open();
    });
}

Task<void> ConsoleField::readFile(ConsoleField *self, QString path)
{
    auto reading = aside([path]() -> QByteArray {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) && file.size() <= largestFile ? file.readAll() : QByteArray();
    });
    const QByteArray bytes = co_await reading;
    if (bytes.isEmpty()) {
        self->setProblem(tr("The file cannot be read, is empty, or is larger than 25 MB."));
        co_return;
    }
    self->m_fileName = QFileInfo(path).fileName();
    self->m_file = QString::fromLatin1(bytes.toBase64());
    self->setProblem({});
    self->m_line->setText(self->m_fileName);
    Q_EMIT self->changed();
}

void ConsoleField::addPicker()
{
    m_offered = new QStandardItemModel(this);
    m_completer = new IdCompleter(m_offered, this);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(12);
    m_completer->setWidget(m_line);
    connect(m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this, [this](const QModelIndex &index) {
        m_line->setText(index.data(Qt::UserRole).toString());
        showName();
    });
    connect(m_line, &QLineEdit::textEdited, this, [this] { offer(); });
    connect(m_line, &QLineEdit::textChanged, this, &ConsoleField::showName);
    connect(m_picks, &models::IdPicks::learned, this, &ConsoleField::showName);
}

/// The rows that fit what is typed; for people the cache is asked.
void ConsoleField::offer()
{
    const QString typed = m_line->text().section(u',', -1).trimmed();
    m_offered->clear();
    const auto known = m_picks->known(m_parameter.pick);
    for (const auto &one : known) {
        if (!typed.isEmpty() && !one.text.contains(typed, Qt::CaseInsensitive) && !one.id.startsWith(typed))
            continue;
        auto *item = new QStandardItem(one.text.isEmpty() ? one.id : one.text);
        item->setData(one.id, Qt::UserRole);
        item->setToolTip(one.id);
        m_offered->appendRow(item);
    }
    if (models::IdPicks::isSearched(m_parameter.pick) && typed.size() > 1) {
        m_finding = find(this, typed);
        return;
    }
    if (m_offered->rowCount() > 0)
        m_completer->complete();
    else
        m_completer->popup()->hide();
}

void ConsoleField::offerAll()
{
    m_line->setFocus(Qt::OtherFocusReason);
    if (models::IdPicks::isSearched(m_parameter.pick) && !m_line->text().isEmpty()) {
        offer();
        return;
    }
    if (m_picks->known(m_parameter.pick).isEmpty() && models::IdPicks::source(m_parameter.pick)) {
        setProblem({});
        m_about->setText(tr("Asking HighLevel…"));
        m_about->show();
        m_finding = fetch(this);
        return;
    }
    if (m_picks->known(m_parameter.pick).isEmpty()) {
        m_about->setText(models::IdPicks::isSearched(m_parameter.pick) ? tr("Type a part of the lead's name.")
                                                                      : tr("None is known yet. Call the operation that lists them, or paste the id."));
        m_about->show();
        return;
    }
    const QSignalBlocker quiet(m_line);
    const QString typed = m_line->text();
    m_line->clear();
    offer();
    m_line->setText(typed);
}

Task<void> ConsoleField::fetch(ConsoleField *self)
{
    auto fetching = self->m_picks->fetch(self->m_parameter.pick);
    const Status fetched = co_await fetching;
    if (!fetched) {
        self->setProblem(fetched.error().message);
        co_return;
    }
    self->showName();
    self->offer();
}

Task<void> ConsoleField::find(ConsoleField *self, QString text)
{
    auto searching = self->m_picks->search(self->m_parameter.pick, text);
    const auto found = co_await searching;
    if (!found || !self->m_line->hasFocus())
        co_return;
    for (const auto &one : *found) {
        auto *item = new QStandardItem(one.text);
        item->setData(one.id, Qt::UserRole);
        item->setToolTip(one.id);
        self->m_offered->appendRow(item);
    }
    self->m_picks->learn(*found);
    if (self->m_offered->rowCount() > 0)
        self->m_completer->complete();
    else
        self->m_completer->popup()->hide();
}

/// Whose id it is, in the place of the hint.
void ConsoleField::showName()
{
    if (!m_line || m_parameter.pick.isEmpty())
        return;
    const QString name = m_picks->nameOf(m_parameter.pick, m_line->text().trimmed());
    m_about->setText(name.isEmpty() ? m_hint : name);
    m_about->setInk(Ink::Text2);
    m_about->setVisible(!m_about->text().isEmpty());
}

QString ConsoleField::text() const
{
    if (m_choice)
        return m_choice->currentData().toString();
    return m_lines ? m_lines->toPlainText() : m_line->text();
}

Result<std::optional<QJsonValue>> ConsoleField::value() const
{
    if (m_parameter.place == catalogue::Place::File)
        return m_file.isUndefined() ? std::optional<QJsonValue>() : std::optional<QJsonValue>(m_file);
    const QString typed = text();
    if (typed.trimmed().isEmpty())
        return std::optional<QJsonValue>();
    auto value = catalogue::valueOf(m_parameter, typed);
    if (!value)
        return fail(std::move(value.error()));
    return std::optional<QJsonValue>(*value);
}

void ConsoleField::setValue(const QJsonValue &value)
{
    const QString shown = value.isUndefined() ? QString() : catalogue::textOf(value);
    if (m_choice)
        m_choice->setCurrentIndex(std::max(0, m_choice->findData(shown)));
    else if (m_lines)
        m_lines->setPlainText(shown);
    else if (m_parameter.place != catalogue::Place::File)
        m_line->setText(shown);
}

void ConsoleField::setProblem(const QString &sentence)
{
    m_about->setInk(sentence.isEmpty() ? Ink::Text2 : Ink::Danger);
    m_about->setText(sentence.isEmpty() ? m_hint : sentence);
    m_about->setVisible(!m_about->text().isEmpty());
    editor()->setAccessibleDescription(sentence);
    if (sentence.isEmpty())
        showName();
}

void ConsoleField::takeFocus()
{
    editor()->setFocus(Qt::OtherFocusReason);
}

} // namespace outrigger::gui
