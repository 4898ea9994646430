// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/leadnotes.h"

#include "domain/notecolour.h"
#include "domain/noteplace.h"
#include "domain/whenwhere.h"
#include "gui/fieldframe.h"
#include "gui/teamcard.h"
#include "gui/widgets.h"
#include "gui/work.h"
#include "models/desk.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {
constexpr int shown = 20;
constexpr int longestShown = 1'500;
constexpr int barWidth = 4;

/// Its name for people; of a colour from elsewhere, that of the nearest one.
QString colourName(const QString &hex)
{
    static const std::array<const char *, notecolour::all.size()> names{
        QT_TRANSLATE_NOOP("outrigger::gui::LeadNotes", "Yellow"), QT_TRANSLATE_NOOP("outrigger::gui::LeadNotes", "Orange"),
        QT_TRANSLATE_NOOP("outrigger::gui::LeadNotes", "Red"),    QT_TRANSLATE_NOOP("outrigger::gui::LeadNotes", "Green"),
        QT_TRANSLATE_NOOP("outrigger::gui::LeadNotes", "Blue"),   QT_TRANSLATE_NOOP("outrigger::gui::LeadNotes", "Purple"),
    };
    const QString word = notecolour::word(hex);
    for (size_t i = 0; i < names.size(); ++i) {
        if (word == notecolour::all[i].word)
            return LeadNotes::tr(names[i]);
    }
    return {};
}

QIcon swatch(const QString &hex, qreal ratio)
{
    const int side = px(14);
    QPixmap picture(QSize(side, side) * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(hex));
    painter.drawEllipse(QRectF(1, 1, side - 2, side - 2));
    painter.end();
    return QIcon(picture);
}

/// One note: its colour is a bar at the edge where reading begins; the name of the colour stands in the text.
class NoteCard : public Pane
{
public:
    NoteCard(const QString &hex, QWidget *parent) : Pane(Ground::Window, parent), m_colour(hex.isEmpty() ? QColor() : QColor(hex)) {}

protected:
    void paintEvent(QPaintEvent *event) override
    {
        Pane::paintEvent(event);
        if (!m_colour.isValid())
            return;
        QPainter painter(this);
        const int wide = px(barWidth);
        painter.fillRect(layoutDirection() == Qt::RightToLeft ? width() - wide : 0, 0, wide, height(), m_colour);
    }

private:
    QColor m_colour;
};

} // namespace

LeadNotes::LeadNotes(models::Desk *desk, Work *work, QWidget *parent, On on)
    : QWidget(parent), m_desk(desk), m_work(work), m_name(on == On::Lead ? u"lead.note"_s : u"event.note"_s)
{
    setObjectName(m_name + u's');
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 6);
    column->addWidget(new Label(tr("Notes"), TextRole::SmallStrong, Ink::Text2, this));
    m_text = named(new QPlainTextEdit(this), m_name + u"s.entry"_s, on == On::Lead ? tr("Note on this lead, for the team") : tr("Note on this appointment, for the team"));
    m_text->setPlaceholderText(tr("A note for the team; Ctrl+Enter keeps it"));
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(px(64));
    m_text->installEventFilter(this);
    auto *frame = new FieldFrame(this);
    frame->setField(m_text);
    column->addWidget(frame);
    m_buttons = new QWidget(this);
    auto *row = new QHBoxLayout(m_buttons);
    setInsets(row, 0, 0, 0, 0, 8);
    m_keep = pushButton(tr("Add the note"), m_name + u"s.keep"_s, m_buttons);
    m_cancel = pushButton(tr("Cancel"), m_name + u"s.cancel"_s, m_buttons);
    row->addWidget(m_keep);
    row->addWidget(m_cancel);
    row->addStretch(1);
    column->addWidget(m_buttons);
    connect(m_text, &QPlainTextEdit::textChanged, this, &LeadNotes::showButtons);
    connect(m_keep, &QPushButton::clicked, this, &LeadNotes::keep);
    connect(m_cancel, &QPushButton::clicked, this, [this] { edit(std::nullopt); });
    connect(desk, &models::Desk::tasksChanged, this, &LeadNotes::read);
    showButtons();
}

void LeadNotes::setAbout(const ContactId &contact, const AppointmentId &appointment)
{
    if (contact == m_contact && appointment == m_appointment)
        return;
    const QString begun = m_edited ? QString() : m_text->toPlainText();
    if (begun.trimmed().isEmpty())
        m_begun.remove(about());
    else
        m_begun.insert(about(), begun);
    m_contact = contact;
    m_appointment = appointment;
    m_wanted = 0;
    edit(std::nullopt); // never another lead's words
    m_text->setPlainText(m_begun.value(about()));
    show({});
    read();
}

void LeadNotes::reveal(qint64 note)
{
    m_wanted = note;
    if (!m_rows.isEmpty())
        show(m_rows);
}

void LeadNotes::read()
{
    if (!about().isEmpty())
        m_loading = load(this);
}

Task<void> LeadNotes::load(LeadNotes *self)
{
    const QString about = self->about();
    auto asking = self->m_desk->notesOf(noteplace::onAppointment(self->m_contact, self->m_appointment));
    const auto rows = co_await asking;
    if (rows && about == self->about() && *rows != self->m_rows)
        self->show(*rows);
}

QMenu *LeadNotes::menuOf(const NoteRow &row)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(m_name + u".menu"_s);
    connect(menu->addAction(tr("Change")), &QAction::triggered, this, [this, row] { edit(row); });
    if (m_appointment.isEmpty()) { // HighLevel keeps neither for notes on appointments
        connect(menu->addAction(row.note.pinned ? tr("Do not pin any more") : tr("Pin above the others")), &QAction::triggered, this, [this, row] {
            NoteChange change;
            change.body = row.note.body;
            change.pinned = !row.note.pinned;
            m_work->changeNote(row, change, {});
        });
        addColours(menu->addMenu(tr("Colour")), row);
    }
    connect(menu->addAction(tr("Remove")), &QAction::triggered, this, [this, row] { m_work->removeNote(row); });
    return menu;
}

void LeadNotes::addColours(QMenu *menu, const NoteRow &row)
{
    menu->setObjectName(m_name + u".colours"_s);
    auto *group = new QActionGroup(menu);
    const auto add = [&](const QString &name, const QString &hex) {
        QAction *action = menu->addAction(name);
        if (!hex.isEmpty())
            action->setIcon(swatch(hex, devicePixelRatioF()));
        action->setCheckable(true);
        action->setChecked(hex.isEmpty() ? row.note.color.isEmpty() : notecolour::word(row.note.color) == notecolour::word(hex));
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, row, hex] {
            NoteChange change;
            change.body = row.note.body;
            change.color = hex;
            if (hex != row.note.color)
                m_work->changeNote(row, change, {});
        });
    };
    for (const notecolour::Named &one : notecolour::all)
        add(colourName(one.hex), one.hex);
    add(tr("No colour"), {});
}

QWidget *LeadNotes::card(const NoteRow &row, int number)
{
    auto *box = new NoteCard(row.note.color, m_list);
    auto *column = new QVBoxLayout(box);
    setInsets(column, 10, 6, 4, 8, 2);
    auto *head = new QHBoxLayout;
    QStringList facts;
    if (row.note.pinned)
        facts.append(tr("pinned"));
    if (const QString colour = colourName(row.note.color); !colour.isEmpty())
        facts.append(QLocale().toLower(colour));
    if (row.note.dateAdded.isValid())
        facts.append(relativeTime(row.note.dateAdded, QDateTime::currentDateTimeUtc(), QTimeZone::systemTimeZone()));
    if (!row.note.title.isEmpty())
        facts.append(row.note.title);
    if (!row.recordState.isEmpty() && row.recordState != "confirmed"_L1 && row.recordState != "accepted"_L1)
        facts.append(tr("not in HighLevel yet"));
    auto *meta = new Label(facts.join(u" · "_s), TextRole::Small, Ink::Text2, box);
    meta->setObjectName(m_name + u"%1.facts"_s.arg(number));
    meta->setWordWrap(true);
    const QString who = m_desk->userName(row.note.user);
    if (!who.isEmpty()) {
        auto *author = new Label(who, TextRole::SmallStrong, Ink::Text2, box);
        author->setObjectName(m_name + u"%1.author"_s.arg(number));
        TeamCard::attach(author, m_desk, {row.note.user});
        author->setElided(true);
        head->addWidget(author, 1);
    } else {
        head->addWidget(meta, 1);
    }
    auto *more = iconButton(u"more"_s, m_name + u"%1.more"_s.arg(number), tr("Change or remove this note"), box);
    connect(more, &QToolButton::clicked, this, [this, row, more] { menuOf(row)->popup(more->mapToGlobal(QPoint(0, more->height()))); });
    head->addWidget(more);
    column->addLayout(head);
    if (!who.isEmpty())
        column->addWidget(meta);
    auto *words = new Label(plainNote(row.note.body).left(longestShown), TextRole::Body, Ink::Text, box);
    words->setObjectName(m_name + QString::number(number));
    words->setWordWrap(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(words);
    return box;
}

void LeadNotes::show(const QVector<NoteRow> &rows)
{
    m_rows = rows;
    delete m_list;
    m_list = new QWidget(this);
    auto *column = new QVBoxLayout(m_list);
    setInsets(column, 0, 0, 0, 0, 6);
    int number = 0;
    QVector<NoteRow> first = rows.mid(0, shown);
    const auto isWanted = [this](const NoteRow &row) { return m_wanted && row.key == m_wanted; };
    const auto wanted = std::find_if(rows.begin(), rows.end(), isWanted);
    if (wanted != rows.end() && std::none_of(first.begin(), first.end(), isWanted))
        first.prepend(*wanted);
    QWidget *found = nullptr;
    for (const NoteRow &row : std::as_const(first)) {
        QWidget *one = card(row, ++number);
        column->addWidget(one);
        if (isWanted(row))
            found = one;
    }
    if (rows.size() > shown)
        column->addWidget(new Label(tr("and %1 more").arg(rows.size() - shown), TextRole::Small, Ink::Text2, m_list));
    layout()->addWidget(m_list);
    m_list->setVisible(!rows.isEmpty());
    if (found) {
        m_wanted = 0;
        // When the panel has laid itself out: only then it is known where the card is.
        QMetaObject::invokeMethod(found, [this, found] { Q_EMIT revealed(found); }, Qt::QueuedConnection);
    }
}

void LeadNotes::edit(const std::optional<NoteRow> &row)
{
    m_edited = row;
    m_text->setPlainText(row ? plainNote(row->note.body) : QString());
    m_keep->setText(row ? tr("Save the note") : tr("Add the note"));
    if (row) {
        m_text->setFocus(Qt::OtherFocusReason);
        m_text->moveCursor(QTextCursor::End);
    }
    showButtons();
}

void LeadNotes::showButtons()
{
    const QString text = m_text->toPlainText().trimmed();
    m_buttons->setVisible(!text.isEmpty() || m_edited);
    m_keep->setEnabled(!text.isEmpty());
}

void LeadNotes::keep()
{
    const QString text = m_text->toPlainText().trimmed();
    if (text.isEmpty() || about().isEmpty())
        return;
    const auto answer = [self = QPointer(this), text](const Result<RecordId> &kept) {
        if (kept && self && self->m_text->toPlainText().trimmed() == text)
            self->edit(std::nullopt); // the words stay until they are durable
    };
    if (m_edited && plainNote(m_edited->note.body) == text)
        edit(std::nullopt);
    else if (m_edited) {
        NoteChange change;
        change.body = text;
        m_work->changeNote(*m_edited, change, answer);
    } else
        m_work->addNote({noteplace::onAppointment(m_contact, m_appointment), text, {}}, answer);
}

bool LeadNotes::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_text && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && key->modifiers().testFlag(Qt::ControlModifier)) {
            keep();
            return true;
        }
        if (key->key() == Qt::Key_Escape && m_edited) {
            edit(std::nullopt);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace outrigger::gui
