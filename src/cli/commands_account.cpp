// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/session.h"
#include "auth/signin.h"
#include "auth/vault.h"
#include "cli/commands.h"
#include "core/await.h"
#include "core/clock.h"
#include "core/ulid.h"

#include <QCoreApplication>
#include <QProcess>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::cli {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

QString verdictWord(auth::ScopeRow::Verdict verdict)
{
    switch (verdict) {
    case auth::ScopeRow::Verdict::Works:
        return u"works"_s;
    case auth::ScopeRow::Verdict::ReadOnly:
        return u"read_only"_s;
    case auth::ScopeRow::Verdict::Missing:
        return u"missing"_s;
    case auth::ScopeRow::Verdict::Unreachable:
        return u"unreachable"_s;
    }
    return {};
}

QJsonArray scopesJson(const auth::CheckReport &report)
{
    QJsonArray array;
    for (const auth::ScopeRow &row : report.rows)
        array.append(QJsonObject{{u"area"_s, row.area},
                                 {u"verdict"_s, verdictWord(row.verdict)},
                                 {u"scope"_s, row.scope},
                                 {u"detail"_s, row.detail}});
    return array;
}

QString scopesText(const auth::CheckReport &report)
{
    QVector<QStringList> rows;
    for (const auth::ScopeRow &row : report.rows)
        rows.append({row.area, verdictWord(row.verdict), row.detail});
    return columns(rows);
}

QString kindOf(SignInKind kind)
{
    switch (kind) {
    case SignInKind::PrivateToken:
        return u"token"_s;
    case SignInKind::OAuth:
        return u"oauth"_s;
    case SignInKind::Session:
        return u"session"_s;
    }
    return {};
}

QJsonObject toJson(const Account &account)
{
    return {{u"id"_s, account.id.value},
            {u"name"_s, account.name},
            {u"location"_s, account.location.value},
            {u"locationName"_s, account.locationName},
            {u"kind"_s, kindOf(account.kind)},
            {u"server"_s, account.server.toString()},
            {u"needsSignIn"_s, account.needsSignIn}};
}

QUrl serverOf(const ContextPtr &context)
{
    const QUrl chosen = context->engine->options().server;
    return chosen.isEmpty() ? QUrl(u"https://services.leadconnectorhq.com"_s) : chosen;
}

const Account *find(const QVector<Account> &accounts, const QString &name)
{
    for (const Account &account : accounts) {
        if (account.id.value == name || account.location.value == name)
            return &account;
    }
    for (const Account &account : accounts) {
        if (account.name.compare(name, Qt::CaseInsensitive) == 0)
            return &account;
    }
    return nullptr;
}

/// The person's own choice first, as xdg-open does where it is installed; the variable may name several.
bool openBrowser(const QUrl &address)
{
    const QStringList named = qEnvironmentVariable("BROWSER").split(u':', Qt::SkipEmptyParts);
    const QStringList argument{address.toString(QUrl::FullyEncoded)};
    for (const QString &program : named) {
        if (QProcess::startDetached(program, argument))
            return true;
    }
    return QProcess::startDetached(u"xdg-open"_s, argument);
}

/// A browser sign-in that waits: takes a pasted address, and the answer to the question whether it was the person.
class BrowserTalk
{
public:
    BrowserTalk(ContextPtr context, auth::SignIn *signIn) : m_context(std::move(context)), m_signIn(signIn)
    {
        QObject::connect(signIn, &auth::SignIn::waitingForBrowser, signIn, [this](const QUrl &address) {
            m_context->output->note(Words::tr("Open this address if no browser came up:") + u'\n' + address.toString(QUrl::FullyEncoded));
            if (m_context->lines)
                m_context->output->note(Words::tr("If the browser does not come back, paste the address that it ended on here."));
        });
        QObject::connect(signIn, &auth::SignIn::confirmationNeeded, signIn, [this](const QString &sentence) { ask(sentence); });
        if (m_context->lines)
            m_reading = read(this);
    }

private:
    void ask(const QString &sentence)
    {
        m_context->output->note(sentence);
        if (!m_context->lines || !m_context->lines->open()) {
            m_context->output->note(Words::tr("Nobody can be asked here, so the sign-in stops. Run the command in a terminal."));
            answer(false);
            return;
        }
        m_asked = true;
        m_context->output->note(Words::tr("Was it you? Type yes to go on; anything else stops."));
    }
    /// Later: what it resumes may end the command, and this object with it.
    void answer(bool mine)
    {
        QMetaObject::invokeMethod(m_signIn, [signIn = m_signIn, mine] { signIn->confirmReturn(mine); }, Qt::QueuedConnection);
    }
    static Task<void> read(BrowserTalk *self)
    {
        for (;;) {
            auto typing = self->m_context->lines->next();
            const auto line = co_await typing;
            if (!line) {
                if (std::exchange(self->m_asked, false))
                    self->answer(false);
                co_return;
            }
            if (std::exchange(self->m_asked, false)) {
                self->answer(line->compare("yes"_L1, Qt::CaseInsensitive) == 0 || line->compare("y"_L1, Qt::CaseInsensitive) == 0);
            } else if (!line->isEmpty()) {
                QMetaObject::invokeMethod(
                    self->m_signIn,
                    [signIn = self->m_signIn, output = self->m_context->output, text = *line] {
                        const Status taken = signIn->paste(text);
                        if (!taken)
                            output->note(taken.error().message);
                    },
                    Qt::QueuedConnection);
            }
        }
    }

    ContextPtr m_context;
    auth::SignIn *m_signIn;
    bool m_asked = false;
    Task<void> m_reading;
};

/// What both ways of adding an account end with.
Task<int> store(ContextPtr context, Account account, auth::Secret secret, auth::CheckReport report)
{
    Output &out = *context->output;
    const QVector<Account> known = context->engine->accounts();
    for (const Account &other : known) {
        if (other.location == account.location && other.kind != SignInKind::Session) {
            account.id = other.id; // a new token for an account that is here keeps its records and its data
            account.createdAt = other.createdAt;
        }
    }
    if (account.id.isEmpty())
        account.id = AccountId(newUlid());
    account.locationName = report.location.name;
    account.timezone = report.location.timezone;
    account.country = report.location.country;
    if (account.name.isEmpty())
        account.name = report.location.name.isEmpty() ? account.location.value : report.location.name;
    account.server = serverOf(context);
    if (!account.createdAt.isValid())
        account.createdAt = Clock::system().now();

    auth::SignIn signIn(account.server, &context->engine->vault(), context->engine->options().versions);
    auto finish = signIn.finish(account, secret, false);
    const auto finished = co_await finish;
    if (!finished)
        co_return out.failure(finished.error());
    auto add = context->engine->addAccount(*finished, true);
    const Status added = co_await add;
    if (!added)
        co_return out.failure(added.error());
    QJsonObject document = toJson(*finished);
    document.insert(u"check"_s, scopesJson(report));
    out.answer(document, Words::tr("Added %1.").arg(clean(finished->name)) + u'\n' + scopesText(report));
    co_return Done;
}

Task<int> addWithToken(ContextPtr context)
{
    Output &out = *context->output;
    const QString token = QString::fromUtf8(context->input).trimmed();
    const LocationId location = auth::SignIn::locationFromText(context->arguments.value("location").trimmed());
    if (location.isEmpty())
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("Give --location ID. It is in the address of the sub-account's pages."));
    if (token.isEmpty())
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("There was no token on standard input."));
    if (const QString problem = auth::SignIn::tokenProblem(token); !problem.isEmpty())
        co_return out.failure(WrongUsage, u"usage"_s, problem);
    if (context->arguments.dryRun) {
        out.note(Words::tr("Nothing was stored."));
        out.answer(QJsonObject{{u"dryRun"_s, true},
                               {u"requests"_s, QJsonArray{QJsonObject{{u"method"_s, u"GET"_s},
                                                                      {u"path"_s, u"/locations/"_s + location.value}}}}},
                   u"GET /locations/"_s + location.value);
        co_return Done;
    }
    auth::SignIn signIn(serverOf(context), &context->engine->vault(), context->engine->options().versions);
    auto check = signIn.check(token, location);
    const auto report = co_await check;
    if (!report)
        co_return out.failure(report.error());
    Account account;
    account.name = context->arguments.value("name");
    account.location = location;
    account.kind = SignInKind::PrivateToken;
    account.me = report->guess;
    auth::Secret secret;
    secret.accessToken = token;
    auto rest = store(context, account, secret, *report);
    co_return co_await rest;
}

Task<int> addWithOAuth(ContextPtr context)
{
    Output &out = *context->output;
    const Arguments &arguments = context->arguments;
    const QString secretText = QString::fromUtf8(context->input).trimmed();
    if (!arguments.has("client-id") || secretText.isEmpty())
        co_return out.failure(WrongUsage, u"usage"_s,
                              Words::tr("OAuth needs your own marketplace app: --client-id ID, and its secret with --client-secret-stdin."));
    auth::SignIn::OAuthRequest request;
    request.clientId = arguments.value("client-id");
    request.clientSecret = secretText;
    request.authorizeUrl = context->engine->options().authorizeUrl;
    if (request.authorizeUrl.isEmpty())
        request.authorizeUrl = auth::SignIn::consentPage();
    if (arguments.has("redirect-port")) {
        const auto port = arguments.number("redirect-port");
        if (!port || *port < 1 || *port > 65535)
            co_return out.failure(WrongUsage, u"usage"_s, Words::tr("The port after --redirect-port must be between 1 and 65535."));
        request.ports = QVector<int>(1, *port);
    }
    if (arguments.dryRun) {
        out.note(Words::tr("Nothing was opened or stored."));
        out.answer(QJsonObject{{u"dryRun"_s, true}, {u"authorizeUrl"_s, request.authorizeUrl.toString()}},
                   request.authorizeUrl.toString());
        co_return Done;
    }
    auth::SignIn signIn(serverOf(context), &context->engine->vault(), context->engine->options().versions);
    BrowserTalk talk(context, &signIn);
    auto authorize = signIn.authorize(request, openBrowser);
    const auto granted = co_await authorize;
    if (!granted)
        co_return out.failure(granted.error());
    auto check = signIn.check(granted->secret.accessToken, granted->location);
    const auto report = co_await check;
    if (!report)
        co_return out.failure(report.error());
    Account account;
    account.name = arguments.value("name");
    account.location = granted->location;
    account.kind = SignInKind::OAuth;
    account.me = granted->user;
    account.clientId = request.clientId;
    account.authorizeUrl = request.authorizeUrl;
    account.redirectPort = granted->port;
    account.scopes = granted->scopes;
    account.tokenExpires = granted->expires;
    auto rest = store(context, account, granted->secret, *report);
    co_return co_await rest;
}

} // namespace

Task<int> accountAdd(ContextPtr context)
{
    const bool token = context->arguments.has("token-stdin");
    const bool oauth = context->arguments.has("oauth");
    if (token == oauth)
        co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("Say one of --token-stdin and --oauth."));
    if (!context->arguments.dryRun) {
        auto probe = context->engine->vault().probe();
        const auto keychain = co_await probe;
        if (keychain == auth::VaultState::Absent)
            co_return context->output->failure(
                Failed, u"keyring"_s,
                Words::tr("There is no keychain (Secret Service) here, and tokens are kept nowhere else. Start one, or give the token "
                   "for one run with OUTRIGGER_TOKEN and OUTRIGGER_LOCATION."));
        if (keychain == auth::VaultState::Locked)
            co_return context->output->failure(SignInNeeded, u"keyring_locked"_s, Words::tr("The keychain is locked. Unlock it and try again."));
    }
    if (token) {
        auto work = addWithToken(context);
        co_return co_await work;
    }
    auto work = addWithOAuth(context);
    co_return co_await work;
}

Task<int> accountList(ContextPtr context)
{
    QJsonArray array;
    QVector<QStringList> rows;
    const auto current = context->engine->account();
    const QVector<Account> accounts = context->engine->accounts();
    for (const Account &account : accounts) {
        const bool inUse = current && current->id == account.id;
        QJsonObject object = toJson(account);
        object.insert(u"current"_s, inUse);
        object.insert(u"waiting"_s, context->engine->outbox().counts(account.id).waiting);
        array.append(object);
        rows.append({inUse ? u"*"_s : u" "_s, account.name, account.location.value, kindOf(account.kind),
                     account.needsSignIn ? Words::tr("sign-in needed") : QString()});
    }
    context->output->answer(array, rows.isEmpty() ? Words::tr("No accounts.") : columns(rows));
    co_return Done;
}

Task<int> accountCheck(ContextPtr context)
{
    Output &out = *context->output;
    const auto current = accountOf(context);
    if (!current)
        co_return out.failure(current.error());
    if (!context->arguments.words.isEmpty()) {
        const QVector<Account> accounts = context->engine->accounts();
        const Account *wanted = find(accounts, context->arguments.words.constFirst());
        if (!wanted)
            co_return out.failure(WrongUsage, u"usage"_s, Words::tr("There is no account of this name."));
        if (wanted->id != current->id) {
            auto change = context->engine->switchAccount(wanted->id);
            const Status changed = co_await change;
            if (!changed)
                co_return out.failure(changed.error());
        }
    }
    const auto account = context->engine->account();
    auth::Session *session = context->engine->session();
    if (!account || !session)
        co_return out.failure(SignInNeeded, u"sign_in_needed"_s, Words::tr("No account is signed in."));
    auto read = session->token();
    const auto token = co_await read;
    if (!token)
        co_return out.failure(token.error());
    const QUrl server = context->engine->options().server.isEmpty() ? account->server : context->engine->options().server;
    auth::SignIn signIn(server, &context->engine->vault(), context->engine->options().versions);
    auto check = signIn.check(token->value, account->location);
    const auto report = co_await check;
    if (!report)
        co_return out.failure(report.error());
    QJsonObject document = toJson(*account);
    document.insert(u"check"_s, scopesJson(*report));
    out.answer(document, scopesText(*report));
    co_return Done;
}

Task<int> accountRemove(ContextPtr context)
{
    Output &out = *context->output;
    const QVector<Account> accounts = context->engine->accounts();
    const Account *found = find(accounts, context->arguments.words.constFirst());
    if (!found)
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("There is no account of this name."));
    const Account account = *found;
    const int waiting = context->engine->outbox().counts(account.id).waiting;
    const bool discard = context->arguments.has("discard");
    if (context->arguments.dryRun) {
        out.note(Words::tr("Nothing was removed."));
        out.answer(QJsonObject{{u"dryRun"_s, true}, {u"account"_s, toJson(account)}, {u"waiting"_s, waiting}}, account.name);
        co_return Done;
    }
    auto removal = context->engine->removeAccount(account.id, discard);
    const Status removed = co_await removal;
    if (!removed && removed.error().code == "waiting"_L1)
        co_return out.failure(Waiting, u"waiting"_s,
                              QCoreApplication::translate("Cli",
                                                          "%n change(s) have not left yet. Deliver them with \"outrigger-cli outbox "
                                                          "wait\", or use --discard.",
                                                          nullptr, int(waiting)));
    if (!removed)
        co_return out.failure(removed.error());
    out.answer(QJsonObject{{u"removed"_s, toJson(account)}}, Words::tr("Removed %1, its token and its data.").arg(clean(account.name)));
    co_return Done;
}

} // namespace outrigger::cli
