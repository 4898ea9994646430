// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/phone.h"
#include "domain/rows.h"
#include "gui/widgets.h"

#include <QTimer>

class QCompleter;
class QLineEdit;
class QListWidget;

namespace outrigger::models {
class Desk;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class Actions;
class Composer;
class Settings;
class Work;

/// A text to anybody: a contact found by name, number or e-mail, or a number that is nobody's yet. For the latter a
/// contact is created first; a person sees one item.
class NewText : public Pane
{
    Q_OBJECT
public:
    /// Pane: in the inbox, where a contact that exists is written to in its thread. Quick: everything happens here.
    enum class Place { Pane, Quick };
    NewText(sync::Engine *engine, models::Desk *desk, Settings *settings, Work *work, Actions *actions, QWidget *parent = nullptr,
            Place place = Place::Pane);
    ~NewText() override;
    /// Empties and focuses the field; to and text may be given by a link.
    void begin(const QString &to = {}, const QString &text = {});
    Composer *composer() const { return m_composer; }
    QString to() const;

Q_SIGNALS:
    void closed();
    /// Pane only. An existing contact was chosen: its thread is the place to write; text goes along.
    void contactChosen(const outrigger::ContactId &contact, const QString &text);
    void sent(const outrigger::ContactId &contact); ///< the text is durable

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *buildHead();
    QWidget *buildNewRow();
    void onTyped();
    static Task<void> search(NewText *self, QString text);
    static Task<void> ask(NewText *self, QString phone, QString email);
    void showHits(const QVector<ContactHit> &hits);
    void showPerson();
    void choose();
    /// Quick: the text goes to this contact.
    static Task<void> pick(NewText *self, ContactId contact);
    void send(const QString &text);
    void sendToContact(const QString &text);
    QString area() const { return m_place == Place::Quick ? QStringLiteral("quick") : QStringLiteral("newtext"); }

    sync::Engine *m_engine;
    models::Desk *m_desk;
    Settings *m_settings;
    Work *m_work;
    Place m_place;
    std::optional<Contact> m_contact; ///< Quick: the one that was picked
    QLineEdit *m_to = nullptr;
    Label *m_verdict = nullptr;
    QListWidget *m_hits = nullptr;
    QWidget *m_newRow = nullptr;
    QLineEdit *m_first = nullptr;
    QLineEdit *m_last = nullptr;
    QLineEdit *m_tag = nullptr;
    QLineEdit *m_source = nullptr;
    Label *m_time = nullptr;
    Composer *m_composer = nullptr;
    QTimer m_pause;
    QVector<ContactHit> m_found;
    std::optional<phone::Parsed> m_number;
    QString m_known;     ///< the number that an existing contact has, as E.164
    bool m_formatting = false;
    Task<void> m_searching;
    Task<void> m_asking;
    Task<void> m_picking;
};

} // namespace outrigger::gui
