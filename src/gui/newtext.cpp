// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/newtext.h"

#include "domain/whenwhere.h"
#include "gui/celldelegate.h"
#include "gui/attachments.h"
#include "gui/composer.h"
#include "gui/keymap.h"
#include "gui/work.h"
#include "gui/zonewords.h"
#include "models/desk.h"
#include "sync/engine.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::gui {

namespace {
constexpr int hitRows = 8;

bool looksLikeNumber(const QString &text)
{
    static const QString allowed = u"+0123456789 ()-./ "_s;
    int digits = 0;
    for (const QChar c : text) {
        if (c.isDigit())
            ++digits;
        else if (!allowed.contains(c))
            return false;
    }
    return digits > 0;
}
} // namespace

NewText::NewText(sync::Engine *engine, models::Desk *desk, Settings *settings, Work *work, Actions *actions, QWidget *parent,
                 Place place)
    : Pane(Ground::Surface, parent), m_engine(engine), m_desk(desk), m_settings(settings), m_work(work), m_place(place)
{
    setObjectName(area());
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 0);
    column->addWidget(buildHead());
    m_hits = named(new QListWidget(this), area() + u".hits"_s, tr("Contacts found"));
    m_hits->setFrameShape(QFrame::NoFrame);
    m_hits->setUniformItemSizes(true);
    m_hits->setItemDelegate(new CellDelegate(m_hits));
    column->addWidget(m_hits, 1);
    m_newRow = buildNewRow();
    column->addWidget(m_newRow);
    m_composer = new Composer(desk, settings, actions, this, area());
    m_composer->setObjectName(area() + u".composer"_s);
    m_composer->setNewText(true);
    column->addWidget(m_composer);

    m_pause.setSingleShot(true);
    m_pause.setInterval(150ms);
    connect(&m_pause, &QTimer::timeout, this, [this] { m_searching = search(this, m_to->text().trimmed()); });
    connect(m_to, &QLineEdit::textEdited, this, &NewText::onTyped);
    connect(m_to, &QLineEdit::returnPressed, this, &NewText::choose);
    connect(m_hits, &QListWidget::itemActivated, this, &NewText::choose);
    connect(m_hits, &QListWidget::itemClicked, this, &NewText::choose);
    connect(m_composer, &Composer::sendRequested, this, &NewText::send);
    connect(m_composer, &Composer::leaveRequested, this, [this] {
        if (m_place == Place::Quick)
            Q_EMIT closed();
        else
            m_to->setFocus(Qt::OtherFocusReason);
    });
    connect(m_composer, &Composer::takeBackRequested, this, [this] { m_to->setFocus(Qt::OtherFocusReason); });
    for (auto *field : {m_first, m_last})
        connect(field, &QLineEdit::textChanged, this, &NewText::showPerson);
    m_to->installEventFilter(this);
}

NewText::~NewText() = default;

QWidget *NewText::buildHead()
{
    auto *head = new Pane(Ground::Surface, this);
    head->setEdges(Qt::BottomEdge);
    auto *column = new QVBoxLayout(head);
    setInsets(column, 16, 12, 12, 10, 6);
    auto *row = new QHBoxLayout;
    row->addWidget(new Label(m_place == Place::Quick ? tr("Quick text") : tr("New text"), TextRole::Heading, Ink::Text, head), 1);
    auto *close = iconButton(u"close"_s, area() + u".close"_s, tr("Close"), head);
    connect(close, &QToolButton::clicked, this, &NewText::closed);
    row->addWidget(close);
    column->addLayout(row);
    auto *line = new QHBoxLayout;
    auto *to = new Label(tr("To"), TextRole::Body, Ink::Text2, head);
    m_to = named(new QLineEdit(head), area() + u".to"_s, tr("To: name, number or e-mail"));
    m_to->setPlaceholderText(tr("Name, number or e-mail"));
    m_to->setClearButtonEnabled(true);
    m_to->setMinimumHeight(px(36));
    line->addWidget(to);
    line->addWidget(m_to, 1);
    column->addLayout(line);
    m_verdict = new Label(TextRole::Small, Ink::Text2, head);
    m_verdict->setObjectName(area() + u".verdict"_s);
    m_verdict->setWordWrap(true);
    column->addWidget(m_verdict);
    return head;
}

QWidget *NewText::buildNewRow()
{
    auto *box = new Pane(Ground::Window, this);
    box->setEdges(Qt::TopEdge);
    auto *grid = new QGridLayout(box);
    setInsets(grid, 16, 10, 12, 10, 8);
    const auto field = [&](const QString &id, const QString &name, int column) {
        auto *edit = named(new QLineEdit(box), area() + u'.' + id, name);
        edit->setPlaceholderText(name);
        edit->setMaxLength(100);
        grid->addWidget(edit, 1, column);
        connect(edit, &QLineEdit::returnPressed, this, [this] { m_composer->focusText(); });
        return edit;
    };
    grid->addWidget(new Label(tr("A new contact. All of this may stay empty."), TextRole::Small, Ink::Text2, box), 0, 0, 1, 3);
    m_time = new Label(TextRole::Small, Ink::Text2, box);
    m_time->setObjectName(area() + u".localTime"_s);
    m_time->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    grid->addWidget(m_time, 0, 3, 1, 1);
    m_first = field(u"first"_s, tr("First name"), 0);
    m_last = field(u"last"_s, tr("Last name"), 1);
    m_tag = field(u"tag"_s, tr("Tag"), 2);
    m_source = field(u"source"_s, tr("Source"), 3);
    box->hide();
    return box;
}

void NewText::begin(const QString &to, const QString &text)
{
    m_found.clear();
    m_hits->clear();
    m_number.reset();
    m_known.clear();
    m_contact.reset();
    for (auto *field : {m_first, m_last, m_source})
        field->clear();
    m_newRow->hide();
    m_verdict->setText(tr("Type a name to find a contact, or a number to text anybody."));
    m_verdict->setInk(Ink::Text2);
    m_composer->setNobody(tr("Choose who gets it first."));
    m_composer->setText(text, int(text.size()));
    m_composer->attachments()->clear();
    m_to->setText(to);
    m_to->setFocus(Qt::OtherFocusReason);
    if (!to.isEmpty())
        onTyped();
}

QString NewText::to() const
{
    return m_to->text();
}

void NewText::onTyped()
{
    const QString typed = m_to->text();
    // Format only at the end of the text: in the middle the caret would jump.
    if (looksLikeNumber(typed) && m_to->cursorPosition() == typed.size()) {
        const QString formatted = phone::asYouType(typed, m_desk->region());
        if (formatted != typed && phone::digits(formatted) == phone::digits(typed))
            m_to->setText(formatted);
    }
    m_number = looksLikeNumber(typed) ? phone::parse(typed, m_desk->region()) : std::nullopt;
    m_known.clear();
    m_contact.reset();
    m_picking.cancel();
    m_composer->setNewText(true);
    showPerson();
    m_pause.start();
}

void NewText::showPerson()
{
    if (!m_number || !m_number->valid || m_known == m_number->e164) {
        m_newRow->hide();
        if (m_number && !m_number->valid) {
            m_verdict->setInk(Ink::Warn);
            m_verdict->setText(m_number->problem.isEmpty() ? tr("This is not a whole number yet.") : m_number->problem);
        } else if (!m_number) {
            m_verdict->setInk(Ink::Text2);
            m_verdict->setText(m_to->text().isEmpty() ? tr("Type a name to find a contact, or a number to text anybody.")
                                                      : tr("Choose a contact with the arrow keys and Enter."));
        }
        m_composer->setNobody(tr("Choose who gets it first."));
        return;
    }
    m_verdict->setInk(Ink::Ok);
    m_verdict->setText(tr("%1 is nobody's number yet. The text adds a contact and goes out as one.").arg(m_number->international));
    m_newRow->show();
    Contact person;
    person.id = ContactId::local(u"new"_s);
    person.firstName = m_first->text().trimmed();
    person.lastName = m_last->text().trimmed();
    person.phone = m_number->e164;
    const QString kept = m_composer->text();
    const int caret = m_composer->caret();
    const bool other = m_composer->contact().id != person.id;
    m_composer->setContact(person);
    if (other) {
        SendFacts nothing; // nobody has texted a number that is nobody's
        nothing.known = true;
        m_composer->setFacts(nothing);
        m_composer->setText(kept, caret);
    }
    m_time->setText(zonewords::localTime(leadZone(person, m_desk->timezone()), QDateTime::currentDateTimeUtc()));
}

Task<void> NewText::search(NewText *self, QString text)
{
    if (text.isEmpty()) {
        self->showHits({});
        co_return;
    }
    auto finding = self->m_desk->find(text, hitRows);
    auto hits = co_await finding;
    if (!hits)
        co_return;
    self->showHits(*hits);
    const bool known = !self->m_known.isEmpty();
    if (self->m_number && self->m_number->valid && !known)
        self->m_asking = ask(self, self->m_number->e164, {});
}

/// The cache may be behind, and the server's list search by phone has been wrong: its duplicate search decides.
Task<void> NewText::ask(NewText *self, QString number, QString email)
{
    auto asking = self->m_engine->findOnServer(number, email);
    auto found = co_await asking;
    if (!found || !*found || !self->m_number || self->m_number->e164 != number)
        co_return;
    const Contact &contact = **found;
    ContactHit hit;
    hit.id = contact.id;
    hit.name = contact.displayName();
    hit.phone = contact.phone;
    hit.email = contact.email;
    hit.initials = contact.initials();
    hit.smsDnd = contact.smsDnd();
    hit.match = ContactHit::Match::Exact;
    auto hits = self->m_found;
    hits.prepend(hit);
    self->showHits(hits);
}

void NewText::showHits(const QVector<ContactHit> &hits)
{
    m_found = hits;
    m_hits->clear();
    // Anew each time: what HighLevel has told meanwhile may be missing from what the cache finds after it.
    m_known.clear();
    int exact = -1;
    for (const auto &hit : hits) {
        const QString number = hit.phone.isEmpty() ? hit.email : phone::display(hit.phone, m_desk->region());
        QString how;
        if (hit.match == ContactHit::Match::Exact)
            how = tr("exact");
        else if (hit.match == ContactHit::Match::Maybe)
            how = tr("maybe: the last digits are the same");
        // A name in another script must not turn the number beside it round.
        QStringList parts{hit.name.isEmpty() ? QString() : QChar(0x2068) + hit.name + QChar(0x2069), number};
        if (hit.lastTexted.isValid())
            parts.append(tr("last texted %1").arg(locale().toString(hit.lastTexted.toLocalTime().date(), QLocale::ShortFormat)));
        if (hit.smsDnd != DndStatus::Inactive)
            parts.append(tr("SMS blocked"));
        if (!how.isEmpty())
            parts.append(how);
        parts.removeAll(QString());
        auto *item = new QListWidgetItem(parts.join(u"  ·  "_s), m_hits);
        item->setSizeHint(QSize(0, px(36)));
        if (exact < 0 && hit.match == ContactHit::Match::Exact && m_number && m_number->valid) {
            m_known = m_number->e164;
            exact = m_hits->count() - 1;
        }
    }
    if (exact >= 0) {
        m_hits->setCurrentRow(exact);
        showPerson();
        m_verdict->setInk(Ink::Accent);
        m_verdict->setText((m_place == Place::Quick ? tr("This number belongs to %1. Press Enter to write to them.")
                                                    : tr("This number belongs to %1. Press Enter to write in their conversation.")).arg(hits.at(exact).name));
    }
}

void NewText::choose()
{
    const int row = m_hits->currentRow();
    if (row >= 0 && row < m_found.size()) {
        if (m_place == Place::Quick)
            m_picking = pick(this, m_found.at(row).id);
        else
            Q_EMIT contactChosen(m_found.at(row).id, m_composer->text());
        return;
    }
    if (m_number && m_number->valid) {
        (m_first->text().isEmpty() ? static_cast<QWidget *>(m_first) : m_composer->textField())->setFocus(Qt::OtherFocusReason);
        return;
    }
    if (!m_found.isEmpty()) {
        m_hits->setCurrentRow(0);
        m_hits->setFocus(Qt::OtherFocusReason);
    }
}

Task<void> NewText::pick(NewText *self, ContactId id)
{
    auto asking = self->m_desk->contact(id);
    auto contact = co_await asking;
    if (!contact || !*contact) { // only the server's duplicate search knows it so far
        auto fetching = self->m_engine->refreshContact(id);
        const auto fetched = co_await fetching;
        if (!fetched) {
            self->m_verdict->setInk(Ink::Warn);
            self->m_verdict->setText(tr("This contact is not on this computer yet, and HighLevel could not be asked. Try again when you are online."));
            co_return;
        }
        contact = std::optional(*fetched);
    }
    auto askingFacts = self->m_desk->sendFacts(id);
    const auto facts = co_await askingFacts;
    self->m_contact = **contact;
    const QString kept = self->m_composer->text();
    const int caret = self->m_composer->caret();
    self->m_pause.stop();
    self->m_searching.cancel();
    self->m_asking.cancel();
    self->m_to->setText(self->m_contact->displayName());
    self->m_newRow->hide();
    self->m_hits->clear();
    self->m_found.clear();
    self->m_composer->setNewText(false);
    self->m_composer->setContact(*self->m_contact);
    if (facts)
        self->m_composer->setFacts(*facts);
    self->m_composer->setText(kept, caret);
    self->m_verdict->setInk(Ink::Text2);
    self->m_verdict->setText(tr("To %1 · %2").arg(phone::display(self->m_contact->phone, self->m_desk->region()),
                                                  zonewords::localTime(leadZone(*self->m_contact, self->m_desk->timezone()), QDateTime::currentDateTimeUtc())));
    self->m_composer->focusText();
}

void NewText::sendToContact(const QString &text)
{
    MessageDraft draft;
    draft.contactId = m_contact->id;
    draft.body = text;
    draft.fromNumber = m_composer->fromNumber();
    draft.toNumber = m_contact->phone;
    m_composer->setBusy(true);
    m_work->sendText(draft, m_contact->displayName(), m_composer->caret(), [this, text, id = m_contact->id](const Result<RecordId> &sentRecord) {
        if (!sentRecord) {
            m_composer->refused(sentRecord.error().message);
            return;
        }
        m_composer->accepted(text);
        Q_EMIT sent(id);
    }, m_composer->attachments()->files());
}

void NewText::send(const QString &text)
{
    if (m_contact) {
        sendToContact(text);
        return;
    }
    if (!m_number || !m_number->valid)
        return;
    ContactDraft contact;
    contact.firstName = m_first->text().trimmed();
    contact.lastName = m_last->text().trimmed();
    contact.phone = m_number->e164;
    contact.source = m_source->text().trimmed();
    const QString tag = m_tag->text().trimmed().toLower();
    if (!tag.isEmpty())
        contact.tags.append(tag);
    const auto account = m_engine->account();
    if (account)
        contact.assignedTo = account->me;
    MessageDraft draft;
    draft.body = text;
    draft.fromNumber = m_composer->fromNumber();
    draft.toNumber = m_number->e164;
    const QString name = contact.firstName.isEmpty() ? m_number->international : contact.firstName;
    m_composer->setBusy(true);
    m_work->sendNewText(contact, draft, name, m_composer->caret(), [this, text](const Result<RecordId> &sentRecord) {
        if (!sentRecord) {
            m_composer->refused(sentRecord.error().message);
            return;
        }
        m_composer->accepted(text);
        const auto record = m_engine->outbox().active(*sentRecord);
        Q_EMIT sent(record ? record->contactId() : ContactId());
    }, m_composer->attachments()->files());
}

bool NewText::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_to && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Down || key->key() == Qt::Key_Up) {
            const int rows = m_hits->count();
            if (rows > 0) {
                const int step = key->key() == Qt::Key_Down ? 1 : -1;
                m_hits->setCurrentRow(qBound(0, m_hits->currentRow() + step, rows - 1));
            }
            return true;
        }
    }
    return Pane::eventFilter(watched, event);
}

void NewText::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT closed();
        return;
    }
    Pane::keyPressEvent(event);
}

} // namespace outrigger::gui
