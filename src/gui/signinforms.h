// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/signin.h"
#include "core/task.h"
#include "gui/widgets.h"

class QCheckBox;
class QLineEdit;
class QListWidget;
class QTableWidget;

namespace outrigger::gui {

/// The live check's result: one line an area, with the scope to tick where one is missing.
class CheckTable : public QWidget
{
    Q_OBJECT
public:
    CheckTable(const QString &form, QWidget *parent); ///< form: first part of the object names
    void show(const auth::CheckReport &report);
    void clear();

private:
    Label *m_title;
    QTableWidget *m_table;
    Label *m_note;
};

/// Token and location id, checked live.
class TokenForm : public QWidget
{
    Q_OBJECT
public:
    explicit TokenForm(auth::SignIn *signIn, QWidget *parent = nullptr);
    void begin();

Q_SIGNALS:
    void passed(const outrigger::auth::Secret &secret, const outrigger::auth::CheckReport &report);

private:
    void check();
    static Task<void> doCheck(TokenForm *self);
    void onTyped();
    auth::SignIn *m_signIn;
    QLineEdit *m_token;
    QLineEdit *m_location;
    QPushButton *m_check;
    QPushButton *m_next;
    Strip *m_strip;
    CheckTable *m_table;
    QString m_rightLocation;
    std::optional<auth::CheckReport> m_report;
    Task<void> m_checking;
};

/// The browser flow with the person's own marketplace app.
class OAuthForm : public QWidget
{
    Q_OBJECT
public:
    OAuthForm(auth::SignIn *signIn, const QUrl &authorizeUrl, QWidget *parent = nullptr);
    void begin();
    QUrl authorizeUrl() const;
    QString clientId() const;

Q_SIGNALS:
    void passed(const outrigger::auth::SignIn::OAuthResult &result, const outrigger::auth::CheckReport &report);

private:
    void open();
    static Task<void> doOpen(OAuthForm *self);
    void setRunning(bool running);
    auth::SignIn *m_signIn;
    QLineEdit *m_client;
    QLineEdit *m_secret;
    QLineEdit *m_authorize;
    QLineEdit *m_redirect;
    QLineEdit *m_pasted;
    QPushButton *m_open;
    QPushButton *m_stop;
    QPushButton *m_take;
    QWidget *m_pasteRow;
    Strip *m_strip;
    CheckTable *m_table;
    bool m_confirming = false;
    Task<void> m_opening;
};

/// Who are you? The users of the location; or nobody in particular.
class WhoForm : public QWidget
{
    Q_OBJECT
public:
    explicit WhoForm(QWidget *parent = nullptr);
    void begin(const auth::CheckReport &report);

Q_SIGNALS:
    void chosen(const outrigger::UserId &me); ///< empty: a shared desk

private:
    void go();
    Label *m_title;
    QListWidget *m_list;
    QPushButton *m_go;
};

} // namespace outrigger::gui
