// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/accountdialog.h"

#include "gui/celldelegate.h"
#include "gui/screenfit.h"
#include "gui/widgets.h"
#include "sync/engine.h"
#include "ui_accountdialog.h"

using namespace Qt::StringLiterals;

namespace outrigger::gui {

AccountDialog::AccountDialog(sync::Engine *engine, bool practice, QWidget *parent) : QDialog(parent), m_engine(engine)
{
    setAttribute(Qt::WA_DeleteOnClose);
    Ui_AccountForm form;
    form.setupUi(this);
    dotNames(this);
    setInsets(form.accounts_column, 16, 16, 16, 16, 12);
    m_strip = new Strip(u"accounts.strip"_s, this);
    form.accounts_column->insertWidget(1, m_strip);
    m_list = form.accounts_list;
    m_list->setItemDelegate(new CellDelegate(m_list));
    m_out = form.accounts_signOut;
    m_switch = form.accounts_switch;
    auto *add = form.accounts_add;
    auto *close = form.accounts_close;
    if (practice) {
        add->setEnabled(false);
        add->setToolTip(tr("Start Outrigger without --practice to add your own account"));
        m_out->setEnabled(false);
        m_out->setToolTip(tr("The practice account needs no signing out"));
    }
    connect(add, &QPushButton::clicked, this, [this] {
        Q_EMIT addRequested();
        accept();
    });
    connect(m_switch, &QPushButton::clicked, this, [this] { m_tasks.start(doSwitch(this, chosen())); });
    connect(m_list, &QListWidget::itemActivated, this, [this] { m_tasks.start(doSwitch(this, chosen())); });
    connect(m_out, &QPushButton::clicked, this, &AccountDialog::askSignOut);
    connect(m_strip, &Strip::acted, this, [this] { m_tasks.start(doSignOut(this, chosen(), m_mayDiscard)); });
    connect(m_strip, &Strip::secondActed, m_strip, &QWidget::hide);
    connect(m_list, &QListWidget::currentRowChanged, m_strip, &QWidget::hide);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(engine, &sync::Engine::accountsChanged, this, &AccountDialog::fill);
    connect(engine, &sync::Engine::accountChanged, this, &AccountDialog::fill);
    fill();
    resizeWithin(this, 460, 340);
}

void AccountDialog::fill()
{
    const AccountId before = chosen();
    m_list->clear();
    const auto current = m_engine->account();
    for (const Account &account : m_engine->accounts()) {
        const QString place = account.locationName.isEmpty() ? account.name : account.locationName;
        QStringList words{place.isEmpty() ? account.location.value : place};
        if (account.kind == SignInKind::Session)
            words.append(tr("this session only"));
        if (account.needsSignIn)
            words.append(tr("sign-in needed"));
        const int waiting = m_engine->outbox().counts(account.id).waiting;
        if (waiting > 0)
            words.append(tr("%n waiting", nullptr, waiting));
        const bool here = current && current->id == account.id;
        if (here)
            words.append(tr("open"));
        auto *item = new QListWidgetItem(words.join(u"  ·  "_s), m_list);
        item->setData(Qt::UserRole, account.id.value);
        if (account.id == before || (before.isEmpty() && here))
            m_list->setCurrentItem(item);
    }
}

AccountId AccountDialog::chosen() const
{
    const auto *item = m_list->currentItem();
    return item ? AccountId(item->data(Qt::UserRole).toString()) : AccountId();
}

void AccountDialog::askSignOut()
{
    const AccountId id = chosen();
    if (id.isEmpty())
        return;
    const int waiting = m_engine->outbox().counts(id).waiting;
    m_mayDiscard = waiting > 0; // only what the person was told of
    const QString what = waiting > 0
        ? tr("%n change(s) have not left yet and would be lost.", nullptr, waiting) + u' '
        : QString();
    m_strip->show(waiting > 0 ? Strip::Kind::Danger : Strip::Kind::Warn,
                  what + tr("Signing out removes the token and everything of this account from this computer. HighLevel keeps its data."),
                  waiting > 0 ? tr("Discard and sign out") : tr("Sign out"), tr("Cancel"));
}

Task<void> AccountDialog::doSwitch(AccountDialog *self, AccountId id)
{
    if (id.isEmpty())
        co_return;
    auto switching = self->m_engine->switchAccount(id);
    const Status switched = co_await switching;
    if (switched)
        self->accept();
    else
        self->m_strip->show(Strip::Kind::Danger, switched.error().message);
}

Task<void> AccountDialog::doSignOut(AccountDialog *self, AccountId id, bool discard)
{
    auto removing = self->m_engine->removeAccount(id, discard);
    const Status removed = co_await removing;
    if (!removed && removed.error().code == "waiting"_L1)
        self->askSignOut(); // something was written since the question
    else if (!removed)
        self->m_strip->show(Strip::Kind::Danger, removed.error().message);
    else
        self->m_strip->show(Strip::Kind::Calm, tr("Signed out. The token and the data are gone from this computer."));
}

} // namespace outrigger::gui
