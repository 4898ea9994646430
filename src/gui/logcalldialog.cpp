// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logcalldialog.h"

#include "gui/widgets.h"
#include "ui_logcall.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

LogCallDialog::LogCallDialog(const QString &leadName, bool asComment, QWidget *parent) : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    Ui_LogCall form;
    form.setupUi(this);
    dotNames(this);
    setInsets(form.logcall_column, 16, 16, 16, 16, 12);
    form.logcall_title->setText(tr("Log a call with %1").arg(leadName));
    form.logcall_how->setVisible(asComment);
    m_direction = form.logcall_direction;
    m_outcome = form.logcall_outcome;
    m_when = form.logcall_when;
    m_direction->addItem(tr("I called them"), false);
    m_direction->addItem(tr("They called me"), true);
    // The API's words (CallDataDTO.status).
    m_outcome->addItem(tr("Answered"), u"answered"_s);
    m_outcome->addItem(tr("No answer"), u"no-answer"_s);
    m_outcome->addItem(tr("Busy"), u"busy"_s);
    m_outcome->addItem(tr("Went to voicemail"), u"voicemail"_s);
    m_outcome->addItem(tr("Failed"), u"failed"_s);
    QString format = QLocale().dateTimeFormat(QLocale::ShortFormat);
    format.remove(u":ss"_s).remove(u".ss"_s).remove(u" t"_s); // nobody knows the second; the C locale has it
    m_when->setDisplayFormat(format.trimmed());
    m_when->setDateTime(QDateTime::currentDateTime());
    m_when->setMaximumDateTime(QDateTime::currentDateTime());
    connect(form.logcall_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(form.logcall_log, &QPushButton::clicked, this, &LogCallDialog::submit);
    m_direction->setFocus();
}

LoggedCall LogCallDialog::call() const
{
    return {m_direction->currentData().toBool(), m_outcome->currentData().toString(), m_when->dateTime().toUTC()};
}

void LogCallDialog::submit()
{
    Q_EMIT logged(call());
    accept();
}

} // namespace outrigger::gui
