// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/http.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace outrigger::practice
{

/// Every changing request that arrived, whatever became of it: the proof of "exactly once". With `everything` reads
/// are kept too, for the check of the client's requests.
class Ledger
{
public:
    struct Entry {
        quint64 sequence = 0;
        qint64 time = 0; ///< world's clock, ms
        QByteArray method;
        QString path;
        QList<QPair<QString, QString>> query;
        QByteArray version; ///< the Version header; "" when there was none
        QByteArray contentType;
        QByteArray body;
        int connection = 0;
        int status = 0; ///< answered; 0: nothing was
        bool changing = false;
        bool applied = false; ///< the world changed
        QString operation;    ///< empty: no such path
        QString made;         ///< id of what it made, where it made something
        QString fault;        ///< kind of the fault that met it
        QByteArray answer;    ///< JSON body, where everything is kept and there is room
    };

    explicit Ledger(bool everything = false) : m_everything(everything) {}
    /// 0 when this request is not kept.
    quint64 open(const http::Request &request, qint64 time, bool changing, const QString &operation);
    void close(quint64 sequence, int status, bool applied, const QString &made);
    void fault(quint64 sequence, const QString &kind);
    /// The body that was given; kept only with `everything`, never of a token call, 64 MiB in all.
    void answer(quint64 sequence, const QByteArray &body);
    void clear()
    {
        m_entries.clear();
        m_answerBytes = 0;
    }
    const std::vector<Entry> &entries() const { return m_entries; }
    /// glob over the path, empty for all; onlyChanging leaves reads out; after: only later sequence numbers;
    /// answers: with the bodies that were given.
    QByteArray json(const QString &glob, const QString &method, bool onlyChanging, quint64 after, bool answers) const;

private:
    Entry *find(quint64 sequence);
    bool m_everything;
    quint64 m_last = 0;
    qint64 m_answerBytes = 0;
    std::vector<Entry> m_entries;
};

/// "*" stands for anything, slashes included.
bool globMatches(const QString &glob, const QString &text);

} // namespace outrigger::practice
