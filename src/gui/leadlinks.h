// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "domain/ids.h"

#include <QJsonObject>
#include <QTimer>
#include <QVector>
#include <QWidget>

class QPushButton;

namespace outrigger::models {
class Desk;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

/// The records that HighLevel links with a lead (associations): shown, opened, added and taken away. Only with a network:
/// HighLevel tells them for one record at a time and keeps no list of changes. Hidden where a location has no associations.
class LeadLinks : public QWidget
{
    Q_OBJECT
public:
    LeadLinks(sync::Engine *engine, models::Desk *desk, QWidget *parent);
    void setContact(const ContactId &contact);

Q_SIGNALS:
    void contactRequested(const outrigger::ContactId &contact);
    void announced(const QString &sentence);

private:
    struct Association {
        QString id;
        QString first, second;       ///< kinds of records: "contact", "custom_objects.children"
        QString firstWord, secondWord;
        bool ofContacts() const { return first == QLatin1String("contact") || second == QLatin1String("contact"); }
    };
    struct Link {
        QString id;
        QString word;   ///< what the other one is to this lead
        QString other;  ///< its id
        QString name;
        bool contact = false;
    };
    void show();
    void choose();
    void askFor(const Association &association);
    static Task<void> load(LeadLinks *self);
    static Task<void> add(LeadLinks *self, Association association, QString typed);
    static Task<void> remove(LeadLinks *self, Link link);

    sync::Engine *m_engine;
    models::Desk *m_desk;
    ContactId m_contact;
    LocationId m_known; ///< whose associations these are
    QVector<Association> m_associations;
    QVector<Link> m_links;
    QWidget *m_list = nullptr;
    QPushButton *m_add;
    QTimer m_pause; ///< who walks through the inbox asks for nothing
    Task<void> m_loading;
    TaskScope m_tasks;
};

} // namespace outrigger::gui
