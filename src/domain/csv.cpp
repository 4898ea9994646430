// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/csv.h"

using namespace Qt::StringLiterals;

namespace outrigger::csv {

namespace {

bool isDanger(QChar c)
{
    switch (c.unicode()) {
    case u'=':
    case u'+':
    case u'-':
    case u'@':
    case u'\t':
    case u'\r':
    case u'\n':
    case 0xff1d: // full-width = + - @
    case 0xff0b:
    case 0xff0d:
    case 0xff20:
        return true;
    default:
        return false;
    }
}

} // namespace

bool looksLikeFormula(const QString &cell)
{
    for (const QChar c : cell) {
        if (isDanger(c))
            return true;
        if (!c.isSpace() && c.category() != QChar::Other_Format)
            return false;
    }
    return false;
}

QString defused(const QString &cell) { return looksLikeFormula(cell) ? u'\'' + cell : cell; }

QString fused(const QString &cell)
{
    return cell.startsWith(u'\'') && looksLikeFormula(cell.mid(1)) ? cell.mid(1) : cell;
}

QByteArray line(const QStringList &cells)
{
    QByteArray out;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        if (i > 0)
            out += ',';
        QString cell = defused(cells[i]);
        cell.remove(QChar::Null);
        const bool quoted = cell.contains(u',') || cell.contains(u'"') || cell.contains(u'\n') || cell.contains(u'\r') || cell.contains(u';')
            || cell.contains(u'\t') || cell.startsWith(u' ') || cell.endsWith(u' ');
        out += quoted ? QByteArray("\"" + cell.replace(u'"', u"\"\""_s).toUtf8() + "\"") : cell.toUtf8();
    }
    return out + "\r\n";
}

} // namespace outrigger::csv
