// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QVector>

#include <functional>

namespace outrigger::gui {

/// What can be taken back, latest last, until the program closes.
class UndoList : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    struct Entry {
        QString what;                ///< "Done: Sarah Jones"
        std::function<void()> undo;
        std::function<void()> redo;  ///< may be empty
        QString key;                 ///< to withdraw it when it can no longer be undone
    };
    void add(Entry entry)
    {
        m_entries.append(std::move(entry));
        if (m_entries.size() > 100)
            m_entries.removeFirst();
        m_undone.clear();
        Q_EMIT changed();
    }
    void withdraw(const QString &key)
    {
        const auto before = m_entries.size();
        m_entries.removeIf([&key](const Entry &entry) { return entry.key == key; });
        if (m_entries.size() != before)
            Q_EMIT changed();
    }
    void undo()
    {
        if (m_entries.isEmpty())
            return;
        const Entry entry = m_entries.takeLast();
        if (entry.redo)
            m_undone.append(entry);
        Q_EMIT changed();
        entry.undo();
    }
    void redo()
    {
        if (m_undone.isEmpty())
            return;
        const Entry entry = m_undone.takeLast();
        m_entries.append(entry);
        Q_EMIT changed();
        entry.redo();
    }
    QString next() const { return m_entries.isEmpty() ? QString() : m_entries.last().what; }
    QString nextRedo() const { return m_undone.isEmpty() ? QString() : m_undone.last().what; }

Q_SIGNALS:
    void changed();

private:
    QVector<Entry> m_entries;
    QVector<Entry> m_undone;
};

} // namespace outrigger::gui
