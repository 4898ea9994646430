// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/catalogue.h"

#include <QWidget>

class QCheckBox;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace outrigger::models {
class IdPicks;
}

namespace outrigger::gui {

class ConsoleField;
class FieldFrame;
class Label;

/// The form of one operation, made from its row of the catalogue: what is needed first, the rest behind one button, and
/// the body as JSON for whoever prefers that.
class ConsoleForm : public QWidget
{
    Q_OBJECT
public:
    explicit ConsoleForm(models::IdPicks *picks, QWidget *parent = nullptr);
    /// values: what to fill in; a body given as a whole opens the JSON editor.
    void show(const catalogue::Call &call);
    const catalogue::Operation *operation() const { return m_operation; }
    /// The call as it is filled in. Errors: Usage; the field says it too.
    Result<catalogue::Call> call() const;
    /// Marks what is wrong or absent and goes to the first of it. False: nothing is.
    bool goToProblem(const catalogue::Call &call);
    void goToUnreadable();
    bool takeFocus(); ///< the first field that is the person's to fill; false: there is none

Q_SIGNALS:
    void changed();

private:
    void clear();
    void addBody(bool whole);
    void setWhole(bool whole);
    void showOptional(bool shown);
    QJsonValue typedBody(bool *good) const;

    models::IdPicks *m_picks;
    const catalogue::Operation *m_operation = nullptr;
    QVBoxLayout *m_column;
    QVector<ConsoleField *> m_fields;
    QPushButton *m_more = nullptr;
    QCheckBox *m_asJson = nullptr;
    QPlainTextEdit *m_body = nullptr;
    FieldFrame *m_bodyFrame = nullptr;
    Label *m_bodyProblem = nullptr;
    bool m_optionalShown = false;
};

} // namespace outrigger::gui
