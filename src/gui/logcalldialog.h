// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/outboxrecord.h"

#include <QDialog>

class QComboBox;
class QDateTimeEdit;

namespace outrigger::gui {

/// A call that was made elsewhere: who called, how it ended, when. Answers by logged().
class LogCallDialog : public QDialog
{
    Q_OBJECT
public:
    /// asComment: HighLevel takes no calls from other programs here, so a comment is written instead, and it says so.
    LogCallDialog(const QString &leadName, bool asComment, QWidget *parent);
    LoggedCall call() const;

Q_SIGNALS:
    void logged(const outrigger::LoggedCall &call);

private:
    void submit();
    QComboBox *m_direction;
    QComboBox *m_outcome;
    QDateTimeEdit *m_when;
};

} // namespace outrigger::gui
