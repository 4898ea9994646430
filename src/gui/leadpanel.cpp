// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/leadpanel.h"

#include "domain/contactchange.h"
#include "domain/slots.h"
#include "domain/whenwhere.h"
#include "gui/avatar.h"
#include "gui/chips.h"
#include "gui/keymap.h"
#include "gui/fieldvalue.h"
#include "gui/leadautomation.h"
#include "gui/leaddeals.h"
#include "gui/leadfields.h"
#include "gui/leadlinks.h"
#include "gui/leadnotices.h"
#include "gui/leadnotes.h"
#include "gui/leadtasks.h"
#include "gui/surebox.h"
#include "gui/timelinebox.h"
#include "gui/work.h"
#include "models/desk.h"

#include <QCompleter>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStringListModel>

#include <tuple>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

LeadPanel::LeadPanel(sync::Engine *engine, models::Desk *desk, Work *work, QWidget *parent)
    : Pane(Ground::Surface, parent), m_engine(engine), m_desk(desk), m_work(work)
{
    setObjectName(u"lead"_s);
    setAccessibleName(tr("About the lead"));
    setEdges(Qt::LeftEdge);
    setMinimumWidth(px(240));
    const auto again = [this] {
        if (!m_contact.id.isEmpty())
            show();
    };
    connect(desk, &models::Desk::referenceChanged, this, again);
    connect(desk, &models::Desk::eventsChanged, this, [this] {
        if (!m_contact.id.isEmpty())
            m_loading = loadAppointments(this);
    });
    connect(Style::instance(), &Style::changed, this, again);
}

/// With the first contact, not with the window: a start shows no lead.
void LeadPanel::build()
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(1, 0, 0, 0);
    auto *area = named(new QScrollArea(this), u"lead.scroll"_s, tr("About the lead"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_body = new Pane(Ground::Surface, area);
    auto *column = new QVBoxLayout(m_body);
    setInsets(column, 16, 16, 16, 16, 12);
    column->addWidget(buildHead());
    m_verdicts = new ChipRow(m_body);
    m_verdicts->setObjectName(u"lead.verdicts"_s);
    column->addWidget(m_verdicts);
    m_notices = new LeadNotices(m_desk, m_work, m_body);
    column->addWidget(m_notices);
    connect(m_notices, &LeadNotices::contactRequested, this, &LeadPanel::contactRequested);
    m_reach = new LeadFields(LeadFields::Part::Reach, m_desk, m_work, m_body);
    column->addWidget(m_reach);
    column->addWidget(buildTags());
    m_factsHome = new QVBoxLayout;
    column->addLayout(m_factsHome);
    m_deals = new LeadDeals(m_desk, m_body);
    column->addWidget(m_deals);
    connect(m_deals, &LeadDeals::dealChosen, m_work, &Work::dealWanted);
    connect(m_deals, &LeadDeals::newDealWanted, m_work, &Work::newDealWanted);
    m_tasks = new LeadTasks(m_desk, m_work, m_body);
    column->addWidget(m_tasks);
    connect(m_tasks, &LeadTasks::editRequested, this, &LeadPanel::taskRequested);
    m_notes = new LeadNotes(m_desk, m_work, m_body);
    column->addWidget(m_notes);
    connect(m_notes, &LeadNotes::revealed, this, [area](QWidget *card) { area->ensureWidgetVisible(card, 0, px(40)); });
    m_person = new LeadFields(LeadFields::Part::Person, m_desk, m_work, m_body);
    column->addWidget(m_person);
    m_rest = new LeadFields(LeadFields::Part::Rest, m_desk, m_work, m_body);
    column->addWidget(m_rest);
    m_automation = new LeadAutomation(m_desk, m_work, m_body);
    column->addWidget(m_automation);
    m_links = new LeadLinks(m_engine, m_desk, m_body);
    column->addWidget(m_links);
    connect(m_links, &LeadLinks::contactRequested, this, &LeadPanel::contactRequested);
    connect(m_links, &LeadLinks::announced, m_work, [this](const QString &sentence) { m_work->said(sentence, {}, {}); });
    m_timeline = new TimelineBox(m_desk, m_body);
    column->addWidget(m_timeline);
    connect(m_timeline, &TimelineBox::conversationWanted, this, &LeadPanel::contactRequested);
    connect(m_timeline, &TimelineBox::taskWanted, this, &LeadPanel::taskRequested);
    connect(m_timeline, &TimelineBox::dealWanted, m_work, &Work::dealWanted);
    connect(m_timeline, &TimelineBox::noteWanted, m_notes, &LeadNotes::reveal);
    column->addStretch(1);
    column->addWidget(buildDelete());
    area->setWidget(m_body);
    outer->addWidget(area);
}

QWidget *LeadPanel::buildHead()
{
    auto *head = new QWidget(m_body);
    auto *row = new QHBoxLayout(head);
    setInsets(row, 0, 0, 0, 0, 12);
    m_avatar = new AvatarLabel(48, head);
    auto *words = new QVBoxLayout;
    words->setSpacing(px(2));
    m_name = new Label(TextRole::Heading, Ink::Text, head);
    m_name->setWordWrap(true);
    m_name->setToolTip(tr("\"All fields\" below has first and last name"));
    m_name->setObjectName(u"lead.name"_s);
    // A name in another script keeps its place; only its letters run the other way.
    m_name->setAlignment((layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute | Qt::AlignVCenter);
    m_under = new Label(TextRole::Small, Ink::Text2, head);
    m_under->setWordWrap(true);
    words->addWidget(m_name);
    words->addWidget(m_under);
    row->addWidget(m_avatar, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    return head;
}

QWidget *LeadPanel::buildTags()
{
    auto *box = new QWidget(m_body);
    auto *column = new QVBoxLayout(box);
    setInsets(column, 0, 0, 0, 0, 6);
    column->addWidget(new Label(tr("Tags"), TextRole::SmallStrong, Ink::Text2, box));
    m_tags = new ChipRow(box);
    m_tags->setObjectName(u"lead.tags"_s);
    m_tags->setAddName(tr("Add a tag"));
    column->addWidget(m_tags);
    m_newTag = named(new QLineEdit(box), u"lead.newTag"_s, tr("New tag"));
    m_newTag->setPlaceholderText(tr("Tag, then Enter"));
    m_newTag->setMaxLength(100);
    m_newTag->hide();
    m_knownTags = new QStringListModel(m_newTag);
    auto *completer = new QCompleter(m_knownTags, m_newTag);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_newTag->setCompleter(completer);
    column->addWidget(m_newTag);
    connect(m_tags, &ChipRow::addRequested, this, [this] {
        m_newTag->show();
        m_newTag->setFocus(Qt::OtherFocusReason);
    });
    connect(m_newTag, &QLineEdit::returnPressed, this, [this] { addTag(m_newTag->text()); });
    connect(m_newTag, &QLineEdit::editingFinished, this, [this] {
        if (m_newTag->text().isEmpty())
            m_newTag->hide();
    });
    connect(m_tags, &ChipRow::removeRequested, this, [this](const QString &tag) { m_work->changeTags(m_contact, {}, {tag}); });
    return box;
}

QWidget *LeadPanel::buildDelete()
{
    m_sure = new SureBox(u"lead.delete"_s, tr("Delete this contact"), tr("Keep the contact"), m_body);
    connect(m_sure, &SureBox::wanted, this, [this] { m_counting = tellConsequences(this); });
    connect(m_sure, &SureBox::confirmed, this, [this] { m_work->deleteContact(m_contact); });
    return m_sure;
}

Task<void> LeadPanel::tellConsequences(LeadPanel *self)
{
    const Contact contact = self->m_contact;
    auto counting = self->m_desk->consequences(contact.id);
    const auto with = co_await counting;
    if (contact.id != self->m_contact.id)
        co_return;
    QStringList goes;
    const auto what = with.value_or(store::Cache::Consequences());
    if (what.messages > 0)
        goes.append(tr("%n message(s)", nullptr, what.messages));
    if (what.deals > 0)
        goes.append(tr("%n deal(s)", nullptr, what.deals));
    if (what.appointments > 0)
        goes.append(tr("%n booking(s)", nullptr, what.appointments));
    const QString name = contact.displayName();
    self->m_sure->ask(goes.isEmpty() ? tr("%1 goes from HighLevel for everybody, with notes and tasks. It cannot be undone there.").arg(name)
                                              : tr("%1 goes from HighLevel for everybody, with %2, notes and tasks. It cannot be undone there.")
                                                    .arg(name, goes.join(u", "_s)));
}

void LeadPanel::edit(const QString &field)
{
    if (!m_body || m_contact.id.isEmpty())
        return;
    const bool person = contactfields::standard().contains(field);
    (LeadFields::isReach(field) ? m_reach : person ? m_person : m_rest)->edit(field);
}

void LeadPanel::revealNote(const ContactId &contact, qint64 note)
{
    if (m_body && contact == m_contact.id)
        m_notes->reveal(note);
    else
        m_wantedNote = std::pair(contact, note);
}

void LeadPanel::addTag(const QString &tag)
{
    const QString word = tag.trimmed().toLower();
    m_newTag->clear();
    if (word.isEmpty() || m_contact.tags.contains(word, Qt::CaseInsensitive))
        return;
    m_work->changeTags(m_contact, {word}, {});
}

void LeadPanel::clear()
{
    m_contact = {};
    if (m_body)
        m_body->hide();
}

void LeadPanel::setContact(const Contact &contact)
{
    if (!m_body)
        build();
    if (contact.id != m_contact.id) {
        m_newTag->clear();
        m_newTag->hide();
        m_appointments.clear();
        m_loading = {};
        m_sure->reset();
    }
    m_contact = contact;
    m_notices->setContact(contact);
    m_deals->setContact(contact.id);
    m_tasks->setContact(contact);
    m_notes->setContact(contact.id);
    m_timeline->setContact(contact.id, contact.displayName());
    m_links->setContact(contact.id);
    if (m_wantedNote && m_wantedNote->first == contact.id) {
        m_notes->reveal(m_wantedNote->second);
        m_wantedNote.reset();
    }
    m_body->show();
    show();
    if (m_loading.done())
        m_loading = loadAppointments(this);
}

Task<void> LeadPanel::loadAppointments(LeadPanel *self)
{
    const ContactId contact = self->m_contact.id;
    auto asking = self->m_desk->appointmentsOf(contact);
    const auto rows = co_await asking;
    if (!rows || contact != self->m_contact.id || *rows == self->m_appointments)
        co_return;
    self->m_appointments = *rows;
    self->showAppointments();
}

/// The next ones, soonest first, and the last one that is over.
void LeadPanel::addAppointments()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QTimeZone mine = QTimeZone::systemTimeZone();
    const QTimeZone theirs = leadZone(m_contact, m_desk->timezone()).zone;
    QVector<EventRow> next;
    std::optional<EventRow> last;
    for (const EventRow &row : std::as_const(m_appointments)) { // latest first
        if (row.event.end > now && !isOff(row.event.status))
            next.prepend(row);
        else if (row.event.end <= now && !last)
            last = row;
    }
    const QString name = m_contact.firstName.isEmpty() ? m_contact.displayName() : m_contact.firstName;
    const auto words = [&](const EventRow &row) {
        const QString when = row.event.title + u'\n' + freetimes::bothClocks(row.event.start, mine, theirs, name);
        const QString other = row.event.user == m_work->me() ? QString() : m_desk->userName(row.event.user);
        return other.isEmpty() ? when : when + u'\n' + tr("with %1", "a person of the team").arg(other);
    };
    addHeading(tr("Appointments"));
    for (qsizetype i = 0; i < std::min<qsizetype>(next.size(), 3); ++i) {
        auto *button = pushButton(words(next.at(i)), u"lead.appointment%1"_s.arg(i + 1), m_facts);
        button->setToolTip(tr("Another time for it"));
        button->setProperty("leading", true);
        button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        connect(button, &QPushButton::clicked, this, [this, row = next.at(i)] { Q_EMIT appointmentRequested(row); });
        m_grid->addWidget(button, m_grid->rowCount(), 0, 1, 2);
    }
    if (last) {
        auto *before = new Label(tr("Last: %1").arg(words(*last)), TextRole::Small, Ink::Text2, m_facts);
        before->setWordWrap(true);
        m_grid->addWidget(before, m_grid->rowCount(), 0, 1, 2);
    }
    auto *book = pushButton(next.isEmpty() ? tr("Book an appointment") : tr("Book another"), u"lead.book"_s, m_facts);
    book->setToolTip(tr("Book an appointment (%1)").arg(keyText(Command::Book)));
    connect(book, &QPushButton::clicked, this, &LeadPanel::bookRequested);
    m_grid->addWidget(book, m_grid->rowCount(), 0, 1, 2, Qt::AlignLeading);
}

void LeadPanel::show()
{
    m_avatar->setContact(m_contact.id, m_contact.initials(), m_contact.id.isLocal());
    m_name->setText(m_contact.displayName());
    QStringList under;
    if (!m_contact.companyName.isEmpty() && m_contact.companyName != m_contact.displayName())
        under.append(m_contact.companyName);
    if (!m_contact.type.isEmpty())
        under.append(m_contact.type.left(1).toUpper() + m_contact.type.mid(1));
    m_under->setText(under.join(u" · "_s));
    m_under->setVisible(!under.isEmpty());
    QVector<ChipRow::Chip> verdicts;
    ChipRow::Chip sms;
    if (m_contact.phone.isEmpty()) {
        sms.text = tr("No number");
    } else if (m_contact.smsDnd() == DndStatus::Inactive) {
        sms.text = tr("SMS ok");
        sms.kind = ChipKind::Ok;
    } else {
        sms.text = m_contact.smsDnd() == DndStatus::Permanent ? tr("SMS blocked") : tr("SMS paused");
        sms.kind = ChipKind::Danger;
        sms.icon = u"bell-off"_s;
    }
    verdicts.append(sms);
    for (const auto &[channel, off, lasting] : {std::tuple(u"Call"_s, tr("Calls paused"), tr("Calls blocked")), std::tuple(u"Email"_s, tr("E-mail paused"), tr("E-mail blocked"))}) {
        const DndStatus status = m_contact.dndSettings.value(channel).status;
        if (status == DndStatus::Inactive && !m_contact.dnd)
            continue;
        ChipRow::Chip chip;
        chip.text = status == DndStatus::Permanent ? lasting : off;
        chip.kind = ChipKind::Danger;
        chip.icon = u"bell-off"_s;
        verdicts.append(chip);
    }
    m_verdicts->setChips(verdicts);
    showTags();
    m_reach->setContact(m_contact);
    m_person->setContact(m_contact);
    showAppointments();
    m_rest->setContact(m_contact);
    m_automation->setContact(m_contact);
}

void LeadPanel::showTags()
{
    QVector<ChipRow::Chip> chips;
    for (const QString &tag : m_contact.tags) {
        ChipRow::Chip chip;
        chip.text = tag;
        chip.removable = true;
        chips.append(chip);
    }
    m_tags->setChips(chips);
    QStringList known;
    for (const auto &tag : m_desk->reference().tags)
        known.append(tag.name);
    m_knownTags->setStringList(known);
}

void LeadPanel::addHeading(const QString &text)
{
    auto *heading = new Label(text, TextRole::SmallStrong, Ink::Text2, m_facts);
    heading->setContentsMargins(0, px(8), 0, 0);
    m_grid->addWidget(heading, m_grid->rowCount(), 0, 1, 2);
}

void LeadPanel::showAppointments()
{
    if (m_facts) {
        m_factsHome->removeWidget(m_facts);
        m_facts->hide();
        m_facts->deleteLater();
    }
    m_facts = new QWidget(m_body);
    m_grid = new QGridLayout(m_facts);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(px(8));
    m_grid->setVerticalSpacing(px(6));
    m_grid->setColumnStretch(1, 1);
    m_factsHome->addWidget(m_facts);
    addAppointments();
    m_facts->show();
}

} // namespace outrigger::gui
