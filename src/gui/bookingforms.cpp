// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bookingpanel.h"

#include "gui/keymap.h"
#include "gui/slotdelegate.h"
#include "models/slotsmodel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

// What the sheet is made of.
namespace outrigger::gui {

void BookingPanel::build()
{
    m_built = true;
    m_model = new models::SlotsModel(this);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 0);
    column->addWidget(buildHead());
    column->addWidget(buildChoice());
    column->addWidget(buildWeek(), 1);
    column->addWidget(buildConfirm());
}

QWidget *BookingPanel::buildHead()
{
    auto *head = new Pane(Ground::Surface, this);
    head->setEdges(Qt::BottomEdge);
    auto *row = new QHBoxLayout(head);
    setInsets(row, 20, 12, 12, 12, 12);
    auto *words = new QVBoxLayout;
    words->setSpacing(px(2));
    m_title = new Label(TextRole::Title, Ink::Text, head);
    m_title->setObjectName(u"booking.title"_s);
    m_title->setElided(true);
    m_old = new Label(TextRole::Small, Ink::Text2, head);
    m_old->setObjectName(u"booking.old"_s);
    QFont struck = m_old->font();
    struck.setStrikeOut(true);
    m_old->setFont(struck);
    words->addWidget(m_title);
    words->addWidget(m_old);
    row->addLayout(words, 1);
    auto *shut = iconButton(u"close"_s, u"booking.close"_s, tr("Close without booking (Esc)"), head);
    connect(shut, &QToolButton::clicked, this, &BookingPanel::close);
    row->addWidget(shut, 0, Qt::AlignTop);
    return head;
}

QWidget *BookingPanel::buildChoice()
{
    auto *box = new QWidget(this);
    auto *column = new QVBoxLayout(box);
    setInsets(column, 20, 12, 20, 4, 8);
    m_lead = named(new QLineEdit(box), u"booking.lead"_s, tr("For whom"));
    m_lead->setPlaceholderText(tr("For whom? Name, number or e-mail"));
    m_leads = new QStandardItemModel(m_lead);
    m_completer = new QCompleter(m_leads, m_lead);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_lead->setCompleter(m_completer);
    connect(m_lead, &QLineEdit::textEdited, this, &BookingPanel::findLeads);
    connect(m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this, [this](const QModelIndex &index) {
        m_taking = take(this, ContactId(index.data(Qt::UserRole).toString()));
    });
    column->addWidget(m_lead);
    auto *row = new QHBoxLayout;
    m_calendars = named(new QComboBox(box), u"booking.calendar"_s, tr("Calendar"));
    m_calendars->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_calendars->setMinimumContentsLength(18);
    m_people = named(new QComboBox(box), u"booking.person"_s, tr("With whom"));
    m_people->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_people->setMinimumContentsLength(12);
    m_length = new Label(TextRole::Small, Ink::Text2, box);
    m_length->setObjectName(u"booking.length"_s);
    row->addWidget(m_calendars, 2);
    row->addWidget(m_people, 1);
    row->addWidget(m_length);
    column->addLayout(row);
    m_zones = new Label(TextRole::Small, Ink::Text2, box);
    m_zones->setObjectName(u"booking.zones"_s);
    m_zones->setWordWrap(true);
    column->addWidget(m_zones);
    connect(m_calendars, &QComboBox::currentIndexChanged, this, [this] {
        fillPeople();
        loadTimes();
    });
    connect(m_people, &QComboBox::currentIndexChanged, this, &BookingPanel::loadTimes);
    return box;
}

QWidget *BookingPanel::buildWeek()
{
    auto *box = new QWidget(this);
    auto *column = new QVBoxLayout(box);
    setInsets(column, 20, 4, 20, 8, 6);
    auto *row = new QHBoxLayout;
    m_earlier = iconButton(u"chevron-left"_s, u"booking.earlier"_s, tr("The week before (Ctrl+Left)"), box);
    m_later = iconButton(u"chevron-right"_s, u"booking.later"_s, tr("The next week (Ctrl+Right)"), box);
    m_week = new Label(TextRole::BodyStrong, Ink::Text, box);
    m_week->setObjectName(u"booking.week"_s);
    m_firstFree = pushButton(QString(), u"booking.firstFree"_s, box);
    connect(m_earlier, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_later, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_firstFree, &QPushButton::clicked, this, [this] {
        if (const Slot *first = firstFree())
            pick(Slot(*first));
    });
    row->addWidget(m_earlier);
    row->addWidget(m_later);
    row->addWidget(m_week, 1);
    m_offer = pushButton(tr("Offer three"), u"booking.offer"_s, box);
    m_offer->setToolTip(tr("Writes three free times, spread over two days, into the text to this lead. You send it."));
    connect(m_offer, &QPushButton::clicked, this, &BookingPanel::offer);
    row->addWidget(m_offer);
    row->addWidget(m_firstFree);
    column->addLayout(row);
    m_view = named(new QTableView(box), u"booking.slots"_s, tr("Free times"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new SlotDelegate(m_view));
    m_view->setShowGrid(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setTabKeyNavigation(false);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(px(48));
    m_view->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_view->horizontalHeader()->setMinimumSectionSize(px(72));
    m_view->horizontalHeader()->setDefaultAlignment(Qt::AlignCenter);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->setMouseTracking(true);
    m_view->installEventFilter(this);
    connect(m_view, &QAbstractItemView::clicked, this, qOverload<const QModelIndex &>(&BookingPanel::pick));
    connect(m_view, &QAbstractItemView::activated, this, qOverload<const QModelIndex &>(&BookingPanel::pick));
    column->addWidget(m_view, 1);
    m_state = new Label(TextRole::Body, Ink::Text2, box);
    m_state->setObjectName(u"booking.state"_s);
    m_state->setWordWrap(true);
    m_state->setAlignment(Qt::AlignCenter);
    m_further = pushButton(tr("Look further"), u"booking.further"_s, box);
    connect(m_further, &QPushButton::clicked, this, [this] { step(1); });
    column->addWidget(m_state, 1);
    column->addWidget(m_further, 0, Qt::AlignHCenter);
    m_outside = pushButton(QString(), u"booking.outside"_s, box);
    connect(m_outside, &QPushButton::clicked, this, [this] {
        if (const auto chosen = calendar())
            pick(Slot{m_around, m_around.addSecs(60LL * chosen->slotMinutes)}, true);
    });
    column->addWidget(m_outside, 0, Qt::AlignHCenter);
    return box;
}

QWidget *BookingPanel::buildConfirm()
{
    m_strip = new Pane(Ground::Window, this);
    m_strip->setObjectName(u"booking.confirmStrip"_s);
    m_strip->setEdges(Qt::TopEdge);
    auto *column = new QVBoxLayout(m_strip);
    setInsets(column, 20, 12, 20, 14, 8);
    m_when = new Label(TextRole::Heading, Ink::Text, m_strip);
    m_when->setObjectName(u"booking.when"_s);
    m_when->setWordWrap(true);
    column->addWidget(m_when);
    m_where = new Label(TextRole::Small, Ink::Text2, m_strip);
    m_where->setObjectName(u"booking.where"_s);
    m_where->setWordWrap(true);
    column->addWidget(m_where);
    m_stolen = new Label(TextRole::Body, Ink::Warn, m_strip);
    m_stolen->setObjectName(u"booking.stolen"_s);
    m_stolen->setWordWrap(true);
    column->addWidget(m_stolen);
    m_nearest = new QWidget(m_strip);
    m_nearest->setObjectName(u"booking.nearest"_s);
    auto *nearest = new QHBoxLayout(m_nearest);
    setInsets(nearest, 0, 0, 0, 0, 8);
    column->addWidget(m_nearest);
    m_name = named(new QLineEdit(m_strip), u"booking.name"_s, tr("What the appointment is called"));
    m_name->setMaxLength(200);
    column->addWidget(m_name);
    m_notify = named(new QCheckBox(tr("HighLevel’s automations may send reminders"), m_strip), u"booking.notify"_s, tr("HighLevel’s automations may send reminders"));
    m_notify->setChecked(true);
    m_tell = named(new QCheckBox(tr("Text a confirmation"), m_strip), u"booking.tell"_s, tr("Text a confirmation"));
    auto *ticks = new QHBoxLayout;
    ticks->addWidget(m_notify);
    ticks->addWidget(m_tell);
    ticks->addStretch(1);
    column->addLayout(ticks);
    m_text = named(new QPlainTextEdit(m_strip), u"booking.text"_s, tr("The confirmation, as it will be sent"));
    m_text->setFixedHeight(px(64));
    m_text->setTabChangesFocus(true);
    column->addWidget(m_text);
    connect(m_tell, &QCheckBox::toggled, this, [this](bool on) {
        m_text->setVisible(on);
        if (on && m_text->toPlainText().isEmpty())
            m_text->setPlainText(confirmationText());
    });
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    m_confirm = pushButton(tr("Book"), u"booking.confirm"_s, m_strip, true);
    m_confirm->setAutoDefault(false); // it stays the one that Enter means, and looks so, wherever the focus is
    connect(m_confirm, &QPushButton::clicked, this, &BookingPanel::confirm);
    connect(m_name, &QLineEdit::returnPressed, this, &BookingPanel::confirm);
    row->addWidget(m_confirm);
    column->addLayout(row);
    return m_strip;
}

} // namespace outrigger::gui
