// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/teamcard.h"

#include "domain/phone.h"
#include "domain/username.h"
#include "gui/avatar.h"
#include "gui/widgets.h"
#include "models/desk.h"

#include <QApplication>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr int mostPeople = 5;
constexpr int restsFor = 400;  // ms, as tool tips
constexpr int staysFor = 250;  // ms to come from the name into the card
constexpr int avatarSize = 32;

QString roleOf(const User &user)
{
    QString role = user.role == "admin"_L1 ? TeamCard::tr("Administrator") : user.role == "user"_L1 ? TeamCard::tr("User") : user.role;
    if (user.assignedDataOnly)
        role += (role.isEmpty() ? QString() : u", "_s) + TeamCard::tr("sees only what is theirs");
    return role;
}

/// What stands below the name, a line each.
QStringList linesOf(const User &user, const QString &region)
{
    QStringList lines{roleOf(user), user.email == teammateName(user) ? QString() : user.email, user.phone.isEmpty() ? QString() : phone::display(user.phone, region)};
    lines.removeAll(QString());
    return lines;
}

class Card : public QWidget
{
public:
    Card(const QVector<User> &users, const QString &region, QWidget *parent) : QWidget(parent, Qt::ToolTip | Qt::FramelessWindowHint)
    {
        setObjectName(u"team.card"_s);
        setAttribute(Qt::WA_ShowWithoutActivating);
        setFocusPolicy(Qt::NoFocus);
        auto *column = new QVBoxLayout(this);
        setInsets(column, 12, 10, 12, 10, 10);
        QStringList ids;
        for (const User &user : users)
            ids.append(user.id.value);
        const auto grounds = teamColours(ids);
        for (const User &user : users.mid(0, mostPeople))
            addPerson(column, user, region, grounds.value(user.id.value));
        if (users.size() > mostPeople)
            column->addWidget(new Label(TeamCard::tr("and %1 more").arg(users.size() - mostPeople), TextRole::Small, Ink::Text2, this));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), colours().surface);
        painter.setPen(QPen(colours().inputBorder, qMax(1, colours().edge)));
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }

private:
    void addPerson(QVBoxLayout *column, const User &user, const QString &region, const QColor &ground)
    {
        auto *row = new QHBoxLayout;
        row->setSpacing(px(10));
        auto *face = new QLabel(this);
        face->setPixmap(personPixmap(ground, initialsOf(teammateName(user)), px(avatarSize), devicePixelRatioF()));
        row->addWidget(face, 0, Qt::AlignTop);
        auto *words = new QVBoxLayout;
        words->setSpacing(px(1));
        words->addWidget(new Label(teammateName(user), TextRole::BodyStrong, Ink::Text, this));
        const QStringList lines = linesOf(user, region);
        for (const QString &line : lines)
            words->addWidget(new Label(line, TextRole::Small, Ink::Text2, this));
        row->addLayout(words, 1);
        column->addLayout(row);
    }
};

bool byKeys(const QFocusEvent *event)
{
    return event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason || event->reason() == Qt::ShortcutFocusReason;
}

} // namespace

QString TeamCard::sentence(const User &user, const QString &region)
{
    return QStringList(QStringList{teammateName(user)} + linesOf(user, region)).join(u", "_s);
}

void TeamCard::attach(QWidget *widget, models::Desk *desk, const QVector<UserId> &users)
{
    QVector<User> known;
    for (const UserId &id : users) {
        for (const User &user : desk->reference().users) {
            if (user.id == id)
                known.append(user);
        }
    }
    if (!known.isEmpty())
        new TeamCard(widget, known, desk->region());
}

TeamCard::TeamCard(QWidget *widget, QVector<User> users, const QString &region)
    : QObject(widget), m_widget(widget), m_users(std::move(users)), m_region(region)
{
    QStringList sentences;
    for (const User &user : std::as_const(m_users))
        sentences.append(sentence(user, region));
    const QString before = widget->accessibleDescription();
    widget->setAccessibleDescription(sentences.join(u"; "_s) + (before.isEmpty() ? QString() : u". "_s + before));
    for (auto *timer : {&m_rest, &m_leave})
        timer->setSingleShot(true);
    m_rest.setInterval(restsFor);
    m_leave.setInterval(staysFor);
    connect(&m_rest, &QTimer::timeout, this, &TeamCard::open);
    connect(&m_leave, &QTimer::timeout, this, [this] {
        if (!m_card || !m_card->underMouse())
            close();
    });
    widget->installEventFilter(this);
}

TeamCard::~TeamCard()
{
    close();
}

/// Below the name; above it where the screen ends.
QPoint TeamCard::placeFor(const QSize &size) const
{
    const QRect screen = m_widget->screen()->availableGeometry();
    const QPoint below = m_widget->mapToGlobal(QPoint(0, m_widget->height() + px(4)));
    const QPoint above = m_widget->mapToGlobal(QPoint(0, -px(4) - size.height()));
    const QPoint at = below.y() + size.height() <= screen.bottom() ? below : above;
    return {qBound(screen.left(), at.x(), qMax(screen.left(), screen.right() - size.width())), qMax(screen.top(), at.y())};
}

void TeamCard::open()
{
    if (m_card || !m_widget->isVisible())
        return;
    auto *card = new Card(m_users, m_region, m_widget->window());
    card->setAttribute(Qt::WA_DeleteOnClose);
    card->installEventFilter(this);
    m_card = card;
    card->adjustSize();
    card->move(placeFor(card->size()));
    card->show();
    qApp->installEventFilter(this); // Esc takes it away wherever the focus is
}

void TeamCard::close()
{
    m_rest.stop();
    m_leave.stop();
    if (!m_card)
        return;
    qApp->removeEventFilter(this);
    m_card->close();
    m_card = nullptr;
}

void TeamCard::closeSoon()
{
    m_rest.stop();
    m_leave.start();
}

bool TeamCard::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && m_card && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        close();
        return true;
    }
    if (watched != m_widget && watched != m_card)
        return QObject::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::ToolTip: return true; // the card is in its place
    case QEvent::Enter:
        m_leave.stop();
        if (watched == m_widget)
            m_rest.start();
        break;
    case QEvent::Leave: closeSoon(); break;
    case QEvent::FocusIn:
        if (watched == m_widget && byKeys(static_cast<QFocusEvent *>(event)))
            m_rest.start();
        break;
    case QEvent::KeyPress:
    case QEvent::FocusOut:
    case QEvent::Hide:
    case QEvent::MouseButtonPress:
        if (watched == m_widget)
            close();
        break;
    default: break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace outrigger::gui
