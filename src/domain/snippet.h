// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QVector>

namespace outrigger {

/// A text that is kept for use again: the person's own, or a template of the location.
struct Snippet {
    QString id;    ///< ULID of an own one, HighLevel's of a template
    QString name;  ///< may be empty: then shownName() is the text's beginning
    QString text;  ///< with merge fields
    bool own = true;
    QStringList pictures; ///< addresses that a template brings along; nothing of an own one

    QString shownName() const;
    friend bool operator==(const Snippet &, const Snippet &) = default;
};

/// Those that fit what was typed after "/", best first: the name begins with it, a word of the name does, the name has
/// it, the text has it (from the third letter on). Upper case and accents do not matter. Nothing typed: all, own ones first.
QVector<Snippet> matchSnippets(const QVector<Snippet> &all, const QString &typed);

/// Where a "/" that calls the list stands in a text, seen from the caret; -1 when there is none. It stands at the start
/// or after a blank, and what follows it up to the caret has no blank and at most 30 characters.
int snippetCall(const QString &text, int caret);

/// The person's own ones as they are kept. Reading what is damaged gives what can be read.
QByteArray snippetsToJson(const QVector<Snippet> &own);
QVector<Snippet> snippetsFromJson(const QByteArray &json);

} // namespace outrigger
