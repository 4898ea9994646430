// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/textfind.h"

namespace outrigger::textfind {

namespace {

/// Folds a text and, if asked, notes for each character of the result where it came from.
QString fold(const QString &text, QVector<int> *from)
{
    QString result;
    result.reserve(text.size());
    const auto add = [&](QChar character, int at) {
        const bool blank = character.isSpace();
        if (blank && (result.isEmpty() || result.back() == u' '))
            return;
        result.append(blank ? QChar(u' ') : character);
        if (from)
            from->append(at);
    };
    const auto size = int(text.size());
    for (int at = 0; at < size;) {
        const QChar first = text.at(at);
        if (first.unicode() < 0x80) { // nearly everything, and nothing to take apart
            add(first.toLower(), at++);
            continue;
        }
        const int length = first.isHighSurrogate() && at + 1 < size ? 2 : 1;
        const QString apart = text.mid(at, length).normalized(QString::NormalizationForm_KD).toCaseFolded();
        for (const QChar &character : apart) {
            if (!character.isMark())
                add(character, at);
        }
        at += length;
    }
    return result;
}

} // namespace

QString folded(const QString &text)
{
    return fold(text, nullptr).trimmed();
}

QVector<Place> places(const QString &text, const QString &needle)
{
    QVector<Place> result;
    if (needle.isEmpty())
        return result;
    QVector<int> from;
    const QString hay = fold(text, &from);
    for (auto at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.size())) {
        const auto end = at + needle.size();
        const int start = from.at(at);
        int stop = end < from.size() ? from.at(end) : int(text.size());
        // One character may have become several, and blanks after the hit belong to what follows.
        if (stop <= start)
            stop = start + 1;
        while (stop - 1 > start && text.at(stop - 1).isSpace() && !needle.endsWith(u' '))
            --stop;
        result.append({start, stop - start});
    }
    return result;
}

QString excerpt(const QString &text, const QString &needle, int length)
{
    const auto found = needle.isEmpty() ? QVector<Place>() : places(text, needle);
    const qsizetype from = found.isEmpty() ? 0 : qMax(0, found.first().start - length / 3);
    QString piece = text.mid(from, length).simplified();
    // Not in the middle of a word, where there are words.
    if (from > 0) {
        if (const qsizetype blank = piece.indexOf(u' '); blank >= 0 && blank < length / 4)
            piece.remove(0, blank + 1);
        piece.prepend(u'…');
    }
    if (from + length < text.size())
        piece.append(u'…');
    return piece;
}

} // namespace outrigger::textfind
