// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/signin.h"
#include "core/task.h"
#include "gui/widgets.h"

#include <QAbstractButton>

class QLineEdit;
class QListWidget;
class QStackedWidget;
class QTableWidget;
class QCheckBox;

namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

/// One of the large choices at the left of the start page.
class ChoiceCard : public QAbstractButton
{
    Q_OBJECT
public:
    ChoiceCard(const QString &icon, const QString &title, const QString &under, QWidget *parent);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString m_icon;
    QString m_under;
};

class OAuthForm;
class TokenForm;
class WhoForm;

/// The ways in: practice account, Private Integration Token, OAuth; then "who are you?".
class StartPage : public Pane
{
    Q_OBJECT
public:
    explicit StartPage(sync::Engine *engine, QWidget *parent = nullptr);
    ~StartPage() override;
    /// closable: there is an account to go back to.
    void begin(bool closable);

Q_SIGNALS:
    void practiceChosen();
    void closed(); ///< signed in, or given up where there is something to go back to

private:
    QWidget *buildChoices();
    QWidget *buildPractice();
    void choose(int which);
    void checked(const auth::Secret &secret, const auth::CheckReport &report, const QString &clientId, int port);
    static Task<void> enter(StartPage *self, Account account, auth::Secret secret);
    void keyringTrouble(const Error &error, const Account &account, const auth::Secret &secret);

    sync::Engine *m_engine;
    auth::SignIn *m_signIn;
    QVector<ChoiceCard *> m_cards;
    QStackedWidget *m_stack;
    QWidget *m_practice;
    TokenForm *m_token;
    OAuthForm *m_oauth;
    WhoForm *m_who;
    QPushButton *m_close = nullptr;
    Strip *m_strip;
    Account m_account;
    auth::Secret m_secret;
    bool m_sessionOnly = false;
    enum class Offer { None, Unlock, SessionOnly } m_offer = Offer::None;
    Task<void> m_entering;
    TaskScope m_tasks;
};

} // namespace outrigger::gui
