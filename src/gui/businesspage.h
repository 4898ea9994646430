// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/ids.h"
#include "gui/widgets.h"

#include <QHash>
#include <QJsonObject>

class QFormLayout;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace outrigger::models {
class Desk;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class Actions;
class Work;

/// The companies that contacts belong to: what HighLevel keeps of each, and its people. Names come from the cache; the rest
/// and every change need a network, because HighLevel keeps no list of changes of them.
class BusinessPage : public Pane
{
    Q_OBJECT
public:
    BusinessPage(sync::Engine *engine, models::Desk *desk, Work *work, Actions *actions, QWidget *parent);
    void takeFocus();
    QWidget *list() const;
    int count() const;
    /// Its fields and people; an empty id: a new one.
    void openBusiness(const QString &id);

Q_SIGNALS:
    void contactRequested(const outrigger::ContactId &contact);
    void announced(const QString &sentence);
    void counted(); ///< there may be others

private:
    QWidget *buildList();
    QWidget *buildFields();
    QWidget *buildDelete();
    void fillList();
    void showFields(const QJsonObject &business);
    void showPeople(const QJsonObject &answer);
    void showState(const QString &sentence);
    void keep();
    void askDelete();
    QString nameOf(const QString &id) const;
    QJsonObject changes() const;
    static Task<void> load(BusinessPage *self);
    static Task<void> write(BusinessPage *self, QJsonObject values, QJsonObject back);
    static Task<void> create(BusinessPage *self, QJsonObject values);
    static Task<void> remove(BusinessPage *self);

    sync::Engine *m_engine;
    models::Desk *m_desk;
    Work *m_work;
    QString m_id;          ///< of the one that is open; empty: a new one
    QJsonObject m_business; ///< as HighLevel has it
    bool m_read = false;    ///< it was read: what is typed can be told from what was there
    QListWidget *m_list;
    Label *m_name;
    Label *m_state;
    QHash<QString, QLineEdit *> m_fields;
    QPlainTextEdit *m_about;
    QPushButton *m_keep;
    Label *m_peopleHead;
    QListWidget *m_people;
    QPushButton *m_delete;
    QWidget *m_sure;
    Label *m_sureWords;
    QLineEdit *m_sureName;
    QPushButton *m_yes;
    Task<void> m_loading;
    TaskScope m_writing;
};

} // namespace outrigger::gui
