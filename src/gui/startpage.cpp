// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/startpage.h"

#include "gui/icons.h"
#include "gui/signinforms.h"
#include "sync/engine.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {
const QUrl highLevel(u"https://services.leadconnectorhq.com"_s);
} // namespace

ChoiceCard::ChoiceCard(const QString &icon, const QString &title, const QString &under, QWidget *parent)
    : QAbstractButton(parent), m_icon(icon), m_under(under)
{
    setText(title);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleDescription(under);
    connect(Style::instance(), &Style::changed, this, &QWidget::updateGeometry);
}

QSize ChoiceCard::sizeHint() const
{
    return {px(360), px(80)};
}

void ChoiceCard::enterEvent(QEnterEvent *)
{
    update();
}

void ChoiceCard::leaveEvent(QEvent *)
{
    update();
}

void ChoiceCard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void ChoiceCard::paintEvent(QPaintEvent *)
{
    const Colours &c = colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF card = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.setPen(QPen(isChecked() ? c.accent : c.line, isChecked() ? 2 : 1));
    painter.setBrush(isChecked() ? c.selection : underMouse() ? c.hover : c.surface);
    painter.drawRoundedRect(card, px(6), px(6));
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const double side = px(24);
    const double x = mirrored ? card.right() - px(16) - side : card.left() + px(16);
    icons::paint(&painter, QRectF(x, card.center().y() - side / 2, side, side), m_icon, isChecked() ? c.accent : c.text2);
    QRectF words = card.adjusted(px(56), px(12), -px(12), -px(12));
    if (mirrored)
        words = card.adjusted(px(12), px(12), -px(56), -px(12));
    const QFont strong = Style::instance()->font(TextRole::BodyStrong);
    painter.setFont(strong);
    painter.setPen(c.text);
    const double line = QFontMetricsF(strong).lineSpacing();
    painter.drawText(QRectF(words.left(), words.top(), words.width(), line), Qt::AlignLeading | Qt::AlignVCenter,
                     QFontMetricsF(strong).elidedText(text(), Qt::ElideRight, words.width()));
    painter.setFont(Style::instance()->font(TextRole::Small));
    painter.setPen(c.text2);
    painter.drawText(QRectF(words.left(), words.top() + line + px(2), words.width(), words.height() - line - px(2)),
                     Qt::AlignLeading | Qt::AlignTop | Qt::TextWordWrap, m_under);
    if (hasFocus()) {
        painter.setPen(QPen(c.focus, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(card.adjusted(2, 2, -2, -2), px(6), px(6));
    }
}

StartPage::StartPage(sync::Engine *engine, QWidget *parent) : Pane(Ground::Window, parent), m_engine(engine)
{
    setObjectName(u"start"_s);
    const auto &options = engine->options();
    m_signIn = new auth::SignIn(options.server.isEmpty() ? highLevel : options.server, &engine->vault(), options.versions, this);
    auto *row = new QHBoxLayout(this);
    setInsets(row, 32, 64, 32, 16, 40);
    row->addStretch(1);
    row->addWidget(buildChoices());
    auto *area = named(new QScrollArea(this), u"start.scroll"_s, tr("Sign-in"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    auto *right = new Pane(Ground::Window, area);
    auto *column = new QVBoxLayout(right);
    setInsets(column, 4, 0, 4, 4, 12);
    m_strip = new Strip(u"start.strip"_s, right);
    column->addWidget(m_strip);
    m_stack = new QStackedWidget(right);
    m_practice = buildPractice();
    m_token = new TokenForm(m_signIn, m_stack);
    m_oauth = new OAuthForm(m_signIn, options.authorizeUrl.isEmpty() ? auth::SignIn::consentPage() : options.authorizeUrl, m_stack);
    m_who = new WhoForm(m_stack);
    for (QWidget *page : {m_practice, static_cast<QWidget *>(m_token), static_cast<QWidget *>(m_oauth), static_cast<QWidget *>(m_who)})
        m_stack->addWidget(page);
    column->addWidget(m_stack, 1);
    area->setWidget(right);
    area->setMaximumWidth(px(600));
    row->addWidget(area, 3);
    row->addStretch(1);

    connect(m_token, &TokenForm::passed, this, [this](const auth::Secret &secret, const auth::CheckReport &report) {
        checked(secret, report, {}, 0);
    });
    connect(m_oauth, &OAuthForm::passed, this, [this](const auth::SignIn::OAuthResult &result, const auth::CheckReport &report) {
        m_account = {};
        m_account.scopes = result.scopes;
        auto known = report;
        if (!result.user.isEmpty())
            known.guess = result.user;
        checked(result.secret, known, m_oauth->clientId(), result.port);
        m_account.authorizeUrl = m_oauth->authorizeUrl();
    });
    connect(m_who, &WhoForm::chosen, this, [this](const UserId &me) {
        m_account.me = me;
        m_entering = enter(this, m_account, m_secret);
    });
    connect(m_strip, &Strip::acted, this, [this] {
        if (m_offer == Offer::Unlock) {
            const auto unlock = [](StartPage *self) -> Task<void> {
                auto asking = self->m_engine->vault().unlock();
                const auto state = co_await asking;
                if (state == auth::VaultState::Available)
                    self->m_entering = enter(self, self->m_account, self->m_secret);
                else
                    self->m_strip->show(Strip::Kind::Warn,
                                        tr("Your keychain is still locked. Try again, unlock it in your system's password program, or "
                                           "work with the token in memory only."),
                                        tr("Unlock"), tr("Only for this session"));
            };
            m_tasks.start(unlock(this));
        } else {
            m_sessionOnly = true;
            m_entering = enter(this, m_account, m_secret);
        }
    });
    connect(m_strip, &Strip::secondActed, this, [this] {
        m_sessionOnly = true;
        m_entering = enter(this, m_account, m_secret);
    });
}

StartPage::~StartPage() = default;

QWidget *StartPage::buildChoices()
{
    auto *box = new QWidget(this);
    auto *column = new QVBoxLayout(box);
    setInsets(column, 0, 0, 0, 0, 12);
    column->addWidget(new Label(tr("Outrigger"), TextRole::Title, Ink::Accent, box));
    auto *words = new Label(tr("Text your HighLevel leads from the desktop: at once, offline too, never losing a text and never sending one twice."),
                            TextRole::Body, Ink::Text2, box);
    words->setWordWrap(true);
    words->setMaximumWidth(px(360));
    column->addWidget(words);
    column->addSpacing(px(8));
    const auto add = [&](const QString &icon, const QString &title, const QString &under, const QString &id) {
        auto *card = named(new ChoiceCard(icon, title, under, box), "start."_L1 + id, title);
        const auto which = int(m_cards.size());
        connect(card, &QAbstractButton::clicked, this, [this, which] { choose(which); });
        m_cards.append(card);
        column->addWidget(card);
    };
    add(u"inbox"_s, tr("Try it with a practice account"), tr("No HighLevel account, no network. Ready in a second."), u"practice"_s);
    add(u"lock"_s, tr("Connect with a Private Integration Token"), tr("Recommended for one location."), u"token"_s);
    add(u"globe"_s, tr("Connect with OAuth"), tr("With your own marketplace app; for agencies."), u"oauth"_s);
    m_close = pushButton(tr("Back"), u"start.back"_s, box);
    m_close->hide();
    connect(m_close, &QPushButton::clicked, this, &StartPage::closed);
    column->addWidget(m_close, 0, Qt::AlignLeading);
    column->addStretch(2);
    return box;
}

QWidget *StartPage::buildPractice()
{
    auto *box = new QWidget(m_stack);
    auto *column = new QVBoxLayout(box);
    setInsets(column, 0, 0, 0, 0, 12);
    column->addWidget(new Label(tr("Try it with a practice account"), TextRole::Title, Ink::Text, box));
    auto *words = new Label(tr("A small HighLevel on this computer, with 240 made-up contacts in six time zones and people who write back. "
                               "Nothing leaves this computer, and nobody real gets a text. What you do there is kept apart from your own accounts."),
                            TextRole::Body, Ink::Text2, box);
    words->setWordWrap(true);
    column->addWidget(words);
    auto *go = pushButton(tr("Open the practice account"), u"start.open"_s, box, true);
    go->setMinimumHeight(px(36));
    connect(go, &QPushButton::clicked, this, &StartPage::practiceChosen);
    column->addWidget(go, 0, Qt::AlignLeading);
    column->addStretch(2);
    return box;
}

void StartPage::begin(bool closable)
{
    m_close->setVisible(closable);
    m_strip->hide();
    m_sessionOnly = false;
    choose(0);
    m_stack->findChild<QPushButton *>(u"start.open"_s)->setFocus(Qt::OtherFocusReason);
}

void StartPage::choose(int which)
{
    for (int i = 0; i < m_cards.size(); ++i)
        m_cards.at(i)->setChecked(i == which);
    m_strip->hide();
    m_stack->setCurrentIndex(which);
    if (which == 1)
        m_token->begin();
    else if (which == 2)
        m_oauth->begin();
}

void StartPage::checked(const auth::Secret &secret, const auth::CheckReport &report, const QString &clientId, int port)
{
    const QStringList scopes = clientId.isEmpty() ? QStringList() : m_account.scopes;
    m_account = {};
    // Signing in again to a location keeps its account, and with it what waits in the outbox.
    for (const Account &known : m_engine->accounts()) {
        if (known.location == report.location.id)
            m_account = known;
    }
    m_secret = secret;
    if (!clientId.isEmpty())
        m_secret.clientSecret = secret.clientSecret;
    m_account.location = report.location.id;
    m_account.locationName = report.location.name;
    m_account.name = report.location.name;
    m_account.timezone = report.location.timezone;
    m_account.country = report.location.country;
    m_account.clientId = clientId;
    m_account.redirectPort = port;
    m_account.scopes = scopes;
    auto known = report;
    if (!m_account.me.isEmpty())
        known.guess = m_account.me;
    m_stack->setCurrentWidget(m_who);
    m_who->begin(known);
}

Task<void> StartPage::enter(StartPage *self, Account account, auth::Secret secret)
{
    self->m_strip->show(Strip::Kind::Calm, tr("Putting the token into the keychain…"));
    auto finishing = self->m_signIn->finish(account, secret, self->m_sessionOnly);
    const auto finished = co_await finishing;
    if (!finished) {
        self->keyringTrouble(finished.error(), account, secret);
        co_return;
    }
    auto adding = self->m_engine->addAccount(*finished, true);
    const Status added = co_await adding;
    if (!added) {
        self->m_strip->show(Strip::Kind::Danger, added.error().message);
        co_return;
    }
    self->m_secret = {};
    self->m_strip->hide();
    Q_EMIT self->closed();
}

void StartPage::keyringTrouble(const Error &error, const Account &, const auth::Secret &)
{
    const QString session = tr("Only for this session");
    if (error.kind == ErrorKind::KeyringLocked) {
        m_offer = Offer::Unlock;
        m_strip->show(Strip::Kind::Warn,
                      tr("Your keychain is locked. Unlock it to stay signed in, or work with the token in memory only: then you sign in "
                         "again at the next start."),
                      tr("Unlock"), session);
    } else if (error.kind == ErrorKind::Keyring) {
        m_offer = Offer::SessionOnly;
        m_strip->show(Strip::Kind::Warn,
                      tr("There is no keychain here (Secret Service), and Outrigger never writes tokens to files. You can work with the "
                         "token in memory only: then you sign in again at the next start."),
                      session);
    } else {
        m_offer = Offer::None;
        m_strip->show(Strip::Kind::Danger, error.message);
    }
}

} // namespace outrigger::gui
