// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/signinforms.h"

#include "gui/celldelegate.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTableWidget>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

QLineEdit *field(const QString &objectName, const QString &name, QWidget *parent)
{
    auto *edit = named(new QLineEdit(parent), objectName, name);
    edit->setMinimumHeight(px(34));
    edit->setMaxLength(4096);
    return edit;
}

QLineEdit *secretField(const QString &objectName, const QString &name, QWidget *parent)
{
    auto *edit = field(objectName, name, parent);
    edit->setEchoMode(QLineEdit::Password);
    edit->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    return edit;
}

QFormLayout *formIn(QVBoxLayout *column)
{
    auto *form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    form->setVerticalSpacing(px(6));
    column->addLayout(form);
    return form;
}

Label *paragraph(const QString &text, QWidget *parent)
{
    auto *label = new Label(text, TextRole::Body, Ink::Text2, parent);
    label->setWordWrap(true);
    return label;
}

} // namespace

CheckTable::CheckTable(const QString &form, QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 6);
    m_title = new Label(TextRole::Heading, Ink::Text, this);
    m_title->setObjectName(form + ".found"_L1);
    m_table = named(new QTableWidget(0, 3, this), form + ".areas"_L1, tr("What this token may do"));
    m_table->setHorizontalHeaderLabels({tr("Area"), tr("Result"), tr("What to do")});
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(px(28));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setItemDelegate(new CellDelegate(m_table));
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_note = new Label(TextRole::Small, Ink::Text2, this);
    m_note->setWordWrap(true);
    column->addWidget(m_title);
    column->addWidget(m_table, 1);
    column->addWidget(m_note);
    hide();
}

void CheckTable::clear()
{
    hide();
}

void CheckTable::show(const auth::CheckReport &report)
{
    using Verdict = auth::ScopeRow::Verdict;
    m_title->setText(report.location.name.isEmpty() ? report.location.id.value : report.location.name);
    m_table->setRowCount(int(report.rows.size()));
    bool gaps = false;
    for (int i = 0; i < report.rows.size(); ++i) {
        const auto &row = report.rows.at(i);
        QString result;
        Ink ink = Ink::Ok;
        switch (row.verdict) {
        case Verdict::Works: result = tr("✓ works"); break;
        case Verdict::ReadOnly: result = tr("read only"); ink = Ink::Warn; break;
        case Verdict::Missing: result = tr("✗ not allowed"); ink = Ink::Danger; break;
        case Verdict::Unreachable: result = tr("? not reached"); ink = Ink::Warn; break;
        }
        gaps = gaps || row.verdict != Verdict::Works;
        const QString todo = row.scope.isEmpty() || row.verdict == Verdict::Works
            ? row.detail
            : row.detail.isEmpty() || row.detail.contains(row.scope) ? (row.detail.isEmpty() ? tr("Tick the scope %1").arg(row.scope) : row.detail)
                                                                     : row.detail + u' ' + tr("Scope: %1").arg(row.scope);
        m_table->setItem(i, 0, new QTableWidgetItem(row.area));
        auto *verdict = new QTableWidgetItem(result);
        verdict->setForeground(inkColour(ink));
        m_table->setItem(i, 1, verdict);
        auto *last = new QTableWidgetItem(todo);
        last->setToolTip(todo);
        m_table->setItem(i, 2, last);
    }
    m_table->resizeColumnToContents(0);
    m_table->resizeColumnToContents(1);
    m_table->setFixedHeight(qMin(px(28) * (int(report.rows.size()) + 1) + px(8), px(300)));
    m_note->setText(gaps ? tr("You can go on with gaps. What is not allowed stays off until you tick its scope in HighLevel and check again.")
                         : QString());
    m_note->setVisible(gaps);
    QWidget::show();
}

TokenForm::TokenForm(auth::SignIn *signIn, QWidget *parent) : QWidget(parent), m_signIn(signIn)
{
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 10);
    column->addWidget(new Label(tr("Connect with a Private Integration Token"), TextRole::Title, Ink::Text, this));
    column->addWidget(paragraph(tr("In HighLevel open Settings, then Private Integrations, make one for Outrigger with the scopes you "
                                   "want to use, and copy its token. It is shown only once."),
                                this));
    auto *link = pushButton(tr("Open HighLevel in the browser"), u"token.open"_s, this);
    connect(link, &QPushButton::clicked, this, [] { QDesktopServices::openUrl(QUrl(u"https://app.gohighlevel.com/"_s)); });
    column->addWidget(link, 0, Qt::AlignLeading);
    auto *form = formIn(column);
    m_token = secretField(u"token.token"_s, tr("Token"), this);
    m_location = field(u"token.location"_s, tr("Location id, or the address of your HighLevel page"), this);
    m_location->setPlaceholderText(tr("for example https://app.gohighlevel.com/v2/location/…"));
    form->addRow(tr("Token"), m_token);
    form->addRow(tr("Location id, or the address of your HighLevel page"), m_location);
    m_strip = new Strip(u"token.strip"_s, this);
    column->addWidget(m_strip);
    m_table = new CheckTable(u"token"_s, this);
    column->addWidget(m_table);
    auto *row = new QHBoxLayout;
    m_check = pushButton(tr("Check"), u"token.check"_s, this, true);
    m_next = pushButton(tr("Continue"), u"token.continue"_s, this);
    row->addStretch(1);
    row->addWidget(m_check);
    row->addWidget(m_next);
    column->addLayout(row);
    column->addStretch(1);
    connect(m_check, &QPushButton::clicked, this, &TokenForm::check);
    connect(m_next, &QPushButton::clicked, this, [this] {
        if (!m_report)
            return;
        auth::Secret secret;
        secret.accessToken = m_token->text().trimmed();
        Q_EMIT passed(secret, *m_report);
    });
    for (auto *edit : {m_token, m_location}) {
        connect(edit, &QLineEdit::textEdited, this, &TokenForm::onTyped);
        connect(edit, &QLineEdit::returnPressed, this, &TokenForm::check);
    }
    connect(m_location, &QLineEdit::textEdited, this, [this](const QString &text) {
        const LocationId id = auth::SignIn::locationFromText(text);
        if (!id.isEmpty() && id.value != text.trimmed())
            m_location->setText(id.value);
    });
    connect(m_strip, &Strip::acted, this, [this] {
        m_location->setText(m_rightLocation);
        check();
    });
    begin();
}

void TokenForm::begin()
{
    m_token->clear();
    m_strip->hide();
    m_table->clear();
    m_report.reset();
    m_next->setEnabled(false);
    m_token->setFocus(Qt::OtherFocusReason);
}

void TokenForm::onTyped()
{
    m_report.reset();
    m_next->setEnabled(false);
    m_table->clear();
    const QString problem = m_token->text().isEmpty() ? QString() : auth::SignIn::tokenProblem(m_token->text());
    if (problem.isEmpty())
        m_strip->hide();
    else
        m_strip->show(Strip::Kind::Warn, problem);
}

void TokenForm::check()
{
    if (m_report) {
        m_next->click();
        return;
    }
    const QString problem = auth::SignIn::tokenProblem(m_token->text());
    if (m_token->text().trimmed().isEmpty())
        m_strip->show(Strip::Kind::Warn, tr("Paste the token first."));
    else if (!problem.isEmpty())
        m_strip->show(Strip::Kind::Warn, problem);
    else if (m_location->text().trimmed().isEmpty())
        m_strip->show(Strip::Kind::Warn, tr("Paste the location id, or the address of any page of that location."));
    else
        m_checking = doCheck(this);
}

Task<void> TokenForm::doCheck(TokenForm *self)
{
    self->m_check->setEnabled(false);
    self->m_strip->show(Strip::Kind::Calm, tr("Checking…"));
    auto checking = self->m_signIn->check(self->m_token->text().trimmed(),
                                          auth::SignIn::locationFromText(self->m_location->text()));
    auto report = co_await checking;
    self->m_check->setEnabled(true);
    if (!report) {
        const Error &error = report.error();
        self->m_rightLocation = error.code == "wrong-location"_L1 ? error.detail.value(u"locationId"_s).toString() : QString();
        self->m_strip->show(Strip::Kind::Danger, error.message, self->m_rightLocation.isEmpty() ? QString() : tr("Use the right one"));
        co_return;
    }
    self->m_strip->hide();
    self->m_report = *report;
    self->m_table->show(*report);
    self->m_next->setEnabled(true);
    self->m_next->setFocus(Qt::OtherFocusReason);
}

OAuthForm::OAuthForm(auth::SignIn *signIn, const QUrl &authorizeUrl, QWidget *parent) : QWidget(parent), m_signIn(signIn)
{
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 10);
    column->addWidget(new Label(tr("Connect with OAuth"), TextRole::Title, Ink::Text, this));
    column->addWidget(paragraph(tr("For agencies and for people with a marketplace app of their own. Register this redirect address "
                                   "with your app, letter by letter:"),
                                this));
    auto *line = new QHBoxLayout;
    m_redirect = field(u"oauth.redirect"_s, tr("Redirect address to register"), this);
    m_redirect->setReadOnly(true);
    m_redirect->setText(auth::SignIn::firstRedirectUri({}).toString());
    auto *copy = pushButton(tr("Copy"), u"oauth.copy"_s, this);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_redirect->text()); });
    line->addWidget(m_redirect, 1);
    line->addWidget(copy);
    column->addLayout(line);
    QStringList spare;
    for (const int port : auth::SignIn::OAuthRequest().ports.mid(1))
        spare.append(QString::number(port));
    column->addWidget(new Label(tr("If that port is taken, %1 are tried: register them as well.").arg(spare.join(tr(" and "))),
                                TextRole::Small, Ink::Text2, this));
    auto *form = formIn(column);
    m_client = field(u"oauth.client"_s, tr("Client id"), this);
    m_secret = secretField(u"oauth.secret"_s, tr("Client secret"), this);
    m_authorize = field(u"oauth.authorize"_s, tr("Address of the consent page"), this);
    m_authorize->setText(authorizeUrl.toString());
    form->addRow(tr("Client id"), m_client);
    form->addRow(tr("Client secret"), m_secret);
    form->addRow(tr("Address of the consent page (white-label agencies have their own)"), m_authorize);
    m_strip = new Strip(u"oauth.strip"_s, this);
    column->addWidget(m_strip);
    m_pasteRow = new QWidget(this);
    auto *paste = new QHBoxLayout(m_pasteRow);
    setInsets(paste, 0, 0, 0, 0, 8);
    m_pasted = field(u"oauth.pasted"_s, tr("The address that the browser ended on"), m_pasteRow);
    m_pasted->setPlaceholderText(tr("If the browser does not come back: paste the address it ended on"));
    m_take = pushButton(tr("Use it"), u"oauth.take"_s, m_pasteRow);
    paste->addWidget(m_pasted, 1);
    paste->addWidget(m_take);
    column->addWidget(m_pasteRow);
    m_table = new CheckTable(u"oauth"_s, this);
    column->addWidget(m_table);
    auto *row = new QHBoxLayout;
    m_stop = pushButton(tr("Stop"), u"oauth.stop"_s, this);
    m_open = pushButton(tr("Open the browser"), u"oauth.open"_s, this, true);
    row->addStretch(1);
    row->addWidget(m_stop);
    row->addWidget(m_open);
    column->addLayout(row);
    column->addStretch(1);
    connect(m_open, &QPushButton::clicked, this, &OAuthForm::open);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        m_opening.cancel();
        setRunning(false);
        m_strip->show(Strip::Kind::Calm, tr("Stopped. Nothing was stored."));
    });
    connect(m_take, &QPushButton::clicked, this, [this] {
        const Status taken = m_signIn->paste(m_pasted->text());
        if (!taken)
            m_strip->show(Strip::Kind::Warn, taken.error().message);
    });
    connect(m_signIn, &auth::SignIn::waitingForBrowser, this, [this] {
        m_redirect->setText(m_signIn->redirectUri().toString());
        m_strip->show(Strip::Kind::Calm, tr("Your browser is open. Choose the location there; Outrigger waits five minutes."));
    });
    connect(m_signIn, &auth::SignIn::confirmationNeeded, this, [this](const QString &sentence) {
        m_confirming = true;
        m_strip->show(Strip::Kind::Warn, sentence, tr("It was me"), tr("Stop"));
    });
    connect(m_strip, &Strip::acted, this, [this] {
        if (std::exchange(m_confirming, false))
            m_signIn->confirmReturn(true);
    });
    connect(m_strip, &Strip::secondActed, this, [this] {
        if (std::exchange(m_confirming, false))
            m_signIn->confirmReturn(false);
    });
    setRunning(false);
}

void OAuthForm::begin()
{
    m_secret->clear();
    m_strip->hide();
    m_table->clear();
    m_client->setFocus(Qt::OtherFocusReason);
}

QUrl OAuthForm::authorizeUrl() const
{
    return QUrl(m_authorize->text().trimmed());
}

QString OAuthForm::clientId() const
{
    return m_client->text().trimmed();
}

void OAuthForm::setRunning(bool running)
{
    m_open->setEnabled(!running);
    m_stop->setVisible(running);
    m_pasteRow->setVisible(running);
    for (auto *edit : {m_client, m_secret, m_authorize})
        edit->setEnabled(!running);
}

void OAuthForm::open()
{
    if (clientId().isEmpty() || m_secret->text().isEmpty()) {
        m_strip->show(Strip::Kind::Warn, tr("Fill in the client id and the client secret of your app."));
        return;
    }
    setRunning(true);
    m_strip->show(Strip::Kind::Calm, tr("Starting…"));
    m_opening = doOpen(this);
}

Task<void> OAuthForm::doOpen(OAuthForm *self)
{
    auth::SignIn::OAuthRequest request;
    request.clientId = self->clientId();
    request.clientSecret = self->m_secret->text();
    request.authorizeUrl = self->authorizeUrl();
    auth::SignIn::OpenBrowser browser = [](const QUrl &url) { return QDesktopServices::openUrl(url); };
    auto authorizing = self->m_signIn->authorize(request, browser);
    auto result = co_await authorizing;
    self->setRunning(false);
    if (!result) {
        self->m_strip->show(Strip::Kind::Danger, result.error().message);
        co_return;
    }
    self->m_strip->show(Strip::Kind::Calm, tr("Signed in. Checking what the app may do…"));
    auto checking = self->m_signIn->check(result->secret.accessToken, result->location);
    auto report = co_await checking;
    if (!report) {
        self->m_strip->show(Strip::Kind::Danger, report.error().message);
        co_return;
    }
    self->m_strip->hide();
    Q_EMIT self->passed(*result, *report);
}

WhoForm::WhoForm(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 10);
    m_title = new Label(tr("Who are you?"), TextRole::Title, Ink::Text, this);
    column->addWidget(m_title);
    column->addWidget(paragraph(tr("“Mine” and “Unassigned” in the inbox follow this. It changes nothing in HighLevel."), this));
    m_list = named(new QListWidget(this), u"who.list"_s, tr("Users of this location"));
    m_list->setItemDelegate(new CellDelegate(m_list));
    column->addWidget(m_list, 1);
    auto *row = new QHBoxLayout;
    m_go = pushButton(tr("Start"), u"who.start"_s, this, true);
    row->addStretch(1);
    row->addWidget(m_go);
    column->addLayout(row);
    connect(m_go, &QPushButton::clicked, this, &WhoForm::go);
    connect(m_list, &QListWidget::itemActivated, this, &WhoForm::go);
}

void WhoForm::begin(const auth::CheckReport &report)
{
    m_list->clear();
    for (const auto &user : report.users) {
        QStringList words{user.name.isEmpty() ? user.email : user.name};
        if (!user.name.isEmpty() && !user.email.isEmpty())
            words.append(user.email);
        if (!user.role.isEmpty())
            words.append(user.role);
        auto *item = new QListWidgetItem(words.join(u"  ·  "_s), m_list);
        item->setData(Qt::UserRole, user.id.value);
        item->setSizeHint(QSize(0, px(36)));
        if (user.id == report.guess)
            m_list->setCurrentItem(item);
    }
    auto *nobody = new QListWidgetItem(tr("Someone else, or a shared desk"), m_list);
    nobody->setSizeHint(QSize(0, px(36)));
    if (!m_list->currentItem())
        m_list->setCurrentRow(0);
    m_list->setFocus(Qt::OtherFocusReason);
}

void WhoForm::go()
{
    const auto *item = m_list->currentItem();
    Q_EMIT chosen(UserId(item ? item->data(Qt::UserRole).toString() : QString()));
}

} // namespace outrigger::gui
