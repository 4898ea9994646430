// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/catalogue.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QCompleter;
class QLineEdit;
class QPlainTextEdit;
class QStandardItemModel;
class QVBoxLayout;

namespace outrigger::models {
class IdPicks;
}

namespace outrigger::gui {

class Label;

/// One parameter of an operation as a field: made from its type alone. Ids can be picked and typed.
class ConsoleField : public QWidget
{
    Q_OBJECT
public:
    ConsoleField(const catalogue::Parameter &parameter, models::IdPicks *picks, QWidget *parent);
    const catalogue::Parameter &parameter() const { return m_parameter; }
    /// Nothing when it is empty; Usage with a sentence when it cannot be read.
    Result<std::optional<QJsonValue>> value() const;
    QString fileName() const { return m_fileName; }
    void setValue(const QJsonValue &value);
    /// What is wrong, under the field; empty takes it away.
    void setProblem(const QString &sentence);
    void takeFocus();
    QWidget *editor() const;

Q_SIGNALS:
    void changed();

private:
    void buildChoice(QVBoxLayout *column);
    void buildLines(QVBoxLayout *column);
    void buildLine(QVBoxLayout *column);
    void addPicker();
    void addFileButton(QWidget *button);
    void offer();
    void offerAll();
    void showName();
    QString text() const;
    static Task<void> find(ConsoleField *self, QString text);
    static Task<void> fetch(ConsoleField *self);
    static Task<void> readFile(ConsoleField *self, QString path);

    catalogue::Parameter m_parameter;
    models::IdPicks *m_picks;
    QComboBox *m_choice = nullptr;
    QLineEdit *m_line = nullptr;
    QPlainTextEdit *m_lines = nullptr;
    QCompleter *m_completer = nullptr;
    QStandardItemModel *m_offered = nullptr;
    Label *m_about;
    QString m_hint; ///< what m_about says when nothing is wrong
    QString m_fileName;
    QJsonValue m_file = QJsonValue(QJsonValue::Undefined);
    Task<void> m_finding;
};

} // namespace outrigger::gui
