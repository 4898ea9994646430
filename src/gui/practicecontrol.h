// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"

#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QObject>
#include <QUrl>

#include <functional>

class QMenu;

namespace outrigger::gui {

/// The developer menu of the practice account: makes things happen on the practice server. Loopback only; no token of
/// a HighLevel account ever comes here.
class PracticeControl : public QObject
{
    Q_OBJECT
public:
    explicit PracticeControl(const QUrl &server, QObject *parent = nullptr);
    /// contact: the one whose thread is open, for what happens to a person.
    void fill(QMenu *menu, const std::function<ContactId()> &contact);

Q_SIGNALS:
    void said(const QString &sentence);

private:
    void post(const QString &path, const QJsonObject &body, const QString &done);
    QUrl m_server;
    QNetworkAccessManager m_network;
};

} // namespace outrigger::gui
