// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <algorithm>

/// What the tags of a mail are to its reader, and what stands in them. Pure functions, any thread.
namespace outrigger::mail {

enum class Sort { Unknown, Leave, Inline, Block, Pre, Break, Rule, Link, Picture, List, Item, Table, Section, Row, Cell, Font };

/// By the name in small letters. What is not known is opened up: its tag goes, its words stay. Leave: its words go as well.
Sort sortOf(const QByteArray &name);

/// The attributes of one tag as libxml2 hands them over: name, value, name, value, null. Valid as long as that list.
class Attributes
{
public:
    explicit Attributes(const char *const *list) : m_list(list) {}
    /// Empty when there is none.
    QString operator[](const char *name) const
    {
        for (auto at = m_list; at && at[0]; at += 2) {
            if (qstrcmp(at[0], name) == 0)
                return QString::fromUtf8(at[1]);
        }
        return {};
    }
    /// Held between least and most; -1 when it is no number.
    int number(const char *name, int least, int most) const
    {
        QString text = (*this)[name].trimmed();
        if (text.endsWith(QLatin1String("px")))
            text.chop(2);
        bool ok = false;
        const int value = text.toInt(&ok);
        return ok ? std::clamp(value, least, most) : -1;
    }

private:
    const char *const *m_list;
};

} // namespace outrigger::mail
