// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/threadpane.h"

#include "gui/threadsearch.h"
#include "gui/threadview.h"
#include "models/threadmodel.h"

// Finding one's way in the open conversation.
namespace outrigger::gui {

void ThreadPane::connectSearch()
{
    connect(m_search, &ThreadSearch::found, this, [this](qint64 key, const QString &needle) {
        m_needle = needle;
        m_model->reach(key);
    });
    connect(m_model, &models::ThreadModel::reached, this, [this](qint64 key) {
        m_view->showFound(key, m_needle);
        if (!m_search->isVisible())
            m_view->setFocus(Qt::OtherFocusReason);
    });
    connect(m_search, &ThreadSearch::cleared, m_view, &ThreadView::clearFound);
    connect(m_search, &ThreadSearch::left, this, [this] {
        m_search->shut();
        m_view->setFocus(Qt::OtherFocusReason);
    });
    connect(m_search, &ThreadSearch::olderRequested, this, [this] { m_olderWork = older(this); });
    connect(m_search, &ThreadSearch::announced, this, &ThreadPane::announced);
    connect(m_search, &ThreadSearch::nothingByPeople, this, [this] { Q_EMIT announced(tr("No person has written here yet.")); });
    connect(m_model, &QAbstractItemModel::rowsInserted, m_search, &ThreadSearch::again);
    connect(m_view, &ThreadView::lastReplyRequested, this, &ThreadPane::lastReply);
}

void ThreadPane::showMessage(const ContactId &contact, qint64 key, const QString &needle)
{
    m_wanted = Wanted{contact, key, needle};
    if (m_row && m_row->contactId == contact && m_model->conversationKey() == m_row->key)
        showWanted();
}

void ThreadPane::showWanted()
{
    if (!m_wanted || m_wanted->contact != m_contactId)
        return;
    const Wanted wanted = *std::exchange(m_wanted, std::nullopt);
    m_needle = wanted.needle;
    m_model->reach(wanted.key);
}

void ThreadPane::lastReply()
{
    m_search->lastByPerson(qMax<qint64>(0, m_view->currentKey()));
}

} // namespace outrigger::gui
