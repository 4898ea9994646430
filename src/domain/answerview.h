// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QVector>

/// An answer of HighLevel as one looks at it, whatever the operation was.
namespace outrigger::catalogue {

/// An id that an answer named: "workflow", its id, and its name or what stands for one.
struct NamedId {
    QString kind;
    QString id;
    QString text;
};

struct AnswerView {
    bool isJson = false;
    QString text;         ///< indented JSON, or the words as they came; tokens are hidden in it
    bool cut = false;     ///< `text` is only the beginning
    qsizetype bytes = 0;  ///< of the whole answer
    QString listName;     ///< where the rows are from: "contacts"; empty: the fields of the one object
    QStringList columns;
    QVector<QStringList> rows;
    int allRows = 0;      ///< as many as the answer has; `rows` may hold fewer
    QVector<NamedId> ids; ///< of the list's rows
};

/// Reads any answer; what cannot be read is shown as it is. Large ones take their time: for aside().
AnswerView viewOf(const QByteArray &body, qsizetype mostCharacters = 120'000, int mostRows = 500);
/// One word for each row of the answer's list (its id, else its whole JSON), so that a later answer can be compared. An
/// answer without a list is one row.
QStringList rowMarks(const QByteArray &body);
/// The rows whose mark is not among these, as JSON lines, with what one reads of each.
struct FreshRow {
    QString text;
    QByteArray json;
};
QVector<FreshRow> rowsBeyond(const QByteArray &body, const QStringList &known);

} // namespace outrigger::catalogue
