// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/consoleform.h"

#include "gui/consolefield.h"
#include "gui/fieldframe.h"
#include "gui/widgets.h"

#include <QCheckBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr int fewEnough = 4; ///< so many optional fields are simply shown

bool isBody(const catalogue::Parameter &parameter)
{
    return parameter.place == catalogue::Place::Body;
}

} // namespace

ConsoleForm::ConsoleForm(models::IdPicks *picks, QWidget *parent) : QWidget(parent), m_picks(picks), m_column(new QVBoxLayout(this))
{
    named(this, u"console.form"_s, tr("Parameters of the operation"));
    setInsets(m_column, 16, 12, 16, 16, 12);
}

void ConsoleForm::clear()
{
    m_fields.clear();
    m_more = nullptr;
    m_asJson = nullptr;
    m_body = nullptr;
    m_bodyFrame = nullptr;
    m_bodyProblem = nullptr;
    while (QLayoutItem *item = m_column->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->setParent(nullptr); // whoever looks for a field finds the new ones
            widget->deleteLater();
        }
        delete item;
    }
}

void ConsoleForm::show(const catalogue::Call &call)
{
    clear();
    m_operation = call.operation;
    if (!m_operation)
        return;
    for (const bool required : {true, false}) {
        for (const auto &parameter : m_operation->parameters) {
            if (parameter.required != required)
                continue;
            auto *field = new ConsoleField(parameter, m_picks, this);
            field->setValue(call.values.value(parameter.key));
            connect(field, &ConsoleField::changed, this, [this, field] {
                field->setProblem({});
                Q_EMIT changed();
            });
            m_fields.append(field);
            m_column->addWidget(field);
        }
    }
    const auto optional = std::count_if(m_fields.begin(), m_fields.end(), [](const ConsoleField *f) { return !f->parameter().required; });
    const bool used = std::any_of(m_fields.begin(), m_fields.end(), [&](const ConsoleField *f) {
        return !f->parameter().required && call.values.contains(f->parameter().key);
    });
    m_optionalShown = used || optional <= fewEnough || optional == m_fields.size();
    if (!m_optionalShown) {
        m_more = pushButton(tr("Show %1 more fields").arg(optional), u"console.more"_s, this);
        m_column->addWidget(m_more, 0, Qt::AlignLeft);
        connect(m_more, &QPushButton::clicked, this, [this] { showOptional(true); });
    }
    if (m_fields.isEmpty())
        m_column->addWidget(new Label(tr("Nothing has to be filled in."), TextRole::Body, Ink::Text2, this));
    if (std::any_of(m_operation->parameters.begin(), m_operation->parameters.end(), isBody))
        addBody(!call.body.isUndefined());
    if (m_body && !call.body.isUndefined())
        m_body->setPlainText(catalogue::textOf(call.body));
    m_column->addStretch(1);
    showOptional(m_optionalShown);
}

void ConsoleForm::addBody(bool whole)
{
    m_asJson = named(new QCheckBox(tr("Write the body as JSON"), this), u"console.bodyJson"_s, tr("Write the body as JSON"));
    m_body = named(new QPlainTextEdit(this), u"console.body"_s, tr("The body as JSON"));
    m_body->setFont(Style::instance()->font(TextRole::Mono));
    m_body->setTabChangesFocus(true);
    m_body->setMinimumHeight(px(180));
    m_bodyFrame = new FieldFrame(this);
    m_bodyFrame->setField(m_body);
    m_bodyProblem = new Label(QString(), TextRole::Small, Ink::Danger, this);
    m_bodyProblem->hide();
    m_column->addWidget(m_asJson);
    m_column->addWidget(m_bodyFrame);
    m_column->addWidget(m_bodyProblem);
    m_asJson->setChecked(whole);
    m_bodyFrame->setVisible(whole);
    connect(m_asJson, &QCheckBox::toggled, this, &ConsoleForm::setWhole);
    connect(m_body, &QPlainTextEdit::textChanged, this, [this] {
        m_bodyProblem->hide();
        Q_EMIT changed();
    });
}

/// The fields' values become the text; what is in the text goes back into the fields.
void ConsoleForm::setWhole(bool whole)
{
    bool good = false;
    if (whole) {
        catalogue::Call filled{m_operation, {}, QJsonValue(QJsonValue::Undefined), {}};
        for (const ConsoleField *field : std::as_const(m_fields)) {
            const auto value = field->value();
            if (isBody(field->parameter()) && value && *value)
                filled.values.insert(field->parameter().key, **value);
        }
        const QJsonValue body = catalogue::bodyOf(filled);
        const QJsonDocument document = body.isArray() ? QJsonDocument(body.toArray()) : QJsonDocument(body.toObject());
        m_body->setPlainText(QString::fromUtf8(document.toJson(QJsonDocument::Indented)));
    } else {
        QJsonValue body = typedBody(&good);
        if (body.isArray())
            body = body.toArray().first();
        for (ConsoleField *field : std::as_const(m_fields)) {
            if (isBody(field->parameter()))
                field->setValue(body.toObject().value(field->parameter().key));
        }
    }
    m_bodyFrame->setVisible(whole);
    showOptional(m_optionalShown);
    if (whole)
        m_body->setFocus(Qt::OtherFocusReason);
    Q_EMIT changed();
}

void ConsoleForm::showOptional(bool shown)
{
    const bool byButton = shown && !m_optionalShown;
    m_optionalShown = shown;
    const bool whole = m_asJson && m_asJson->isChecked();
    ConsoleField *first = nullptr;
    for (ConsoleField *field : std::as_const(m_fields)) {
        const bool inText = whole && isBody(field->parameter());
        field->setVisible(!inText && (field->parameter().required || shown));
        if (!first && !field->parameter().required && !inText)
            first = field;
    }
    if (m_more)
        m_more->setVisible(!shown);
    if (byButton && first)
        first->takeFocus();
}

QJsonValue ConsoleForm::typedBody(bool *good) const
{
    const auto document = QJsonDocument::fromJson(m_body->toPlainText().toUtf8());
    *good = !document.isNull();
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

Result<catalogue::Call> ConsoleForm::call() const
{
    catalogue::Call call;
    call.operation = m_operation;
    const bool whole = m_asJson && m_asJson->isChecked();
    for (const ConsoleField *field : m_fields) {
        if (whole && isBody(field->parameter()))
            continue;
        const auto value = field->value();
        if (!value)
            return fail(value.error());
        if (*value)
            call.values.insert(field->parameter().key, **value);
        if (field->parameter().place == catalogue::Place::File)
            call.fileName = field->fileName();
    }
    if (whole) {
        bool good = false;
        call.body = typedBody(&good);
        if (!good)
            return fail(ErrorKind::Usage, tr("The body is no JSON object."));
    }
    return call;
}

bool ConsoleForm::goToProblem(const catalogue::Call &call)
{
    const auto absent = catalogue::missing(call);
    if (absent.isEmpty())
        return false;
    ConsoleField *first = nullptr;
    for (ConsoleField *field : std::as_const(m_fields)) {
        const bool lacks = std::any_of(absent.begin(), absent.end(), [field](const auto *p) { return p->key == field->parameter().key; });
        if (!lacks)
            continue;
        field->setProblem(tr("This is needed."));
        if (!first)
            first = field;
    }
    if (m_asJson && m_asJson->isChecked() && first && isBody(first->parameter())) {
        m_bodyProblem->setText(tr("“%1” is missing.").arg(absent.first()->key));
        m_bodyProblem->show();
        m_body->setFocus(Qt::OtherFocusReason);
    } else if (first) {
        first->takeFocus();
    }
    return true;
}

void ConsoleForm::goToUnreadable()
{
    for (ConsoleField *field : std::as_const(m_fields)) {
        const auto value = field->value();
        if (value || !field->isVisible())
            continue;
        field->setProblem(value.error().message);
        field->takeFocus();
        return;
    }
    if (m_asJson && m_asJson->isChecked()) {
        m_bodyProblem->setText(tr("This is no JSON object yet."));
        m_bodyProblem->show();
        m_body->setFocus(Qt::OtherFocusReason);
    }
}

bool ConsoleForm::takeFocus()
{
    for (ConsoleField *field : std::as_const(m_fields)) {
        if (field->isVisible() && field->parameter().pick != "location"_L1) {
            field->takeFocus();
            return true;
        }
    }
    return false;
}

} // namespace outrigger::gui
