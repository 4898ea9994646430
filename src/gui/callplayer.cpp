// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/callplayer.h"

#include "core/aside.h"
#include "core/module.h"
#include "gui/audiomodule.h"
#include "gui/icons.h"
#include "gui/screenfit.h"
#include "models/words.h"
#include "sync/engine.h"

#include <QAccessible>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QLocale>
#include <QSlider>
#include <QStandardItemModel>
#include <QStandardPaths>
#include <QToolButton>

#include <array>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr qint64 stepMs = 5'000;
constexpr std::array speeds{0.75, 1.0, 1.25, 1.5, 2.0};
constexpr int plainSpeed = 1;

QString speedText(double speed)
{
    return QLocale().toString(speed, 'g', 3) + u'×';
}

const audio::Module *module()
{
    static const audio::Module *const found = [] {
        const auto open = reinterpret_cast<audio::ModuleFunction *>(moduleFunction(u"audio"_s, audio::moduleFunctionName));
        return open ? open() : nullptr;
    }();
    return found;
}

} // namespace

CallPlayer::CallPlayer(sync::Engine *engine, const Message &call, const QString &leadName, QWidget *parent)
    : QDialog(parent), m_engine(engine), m_call(call), m_lead(leadName)
{
    setObjectName(u"call.player"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("%1 · %2", "Incoming call · Sarah").arg(callTitle(call), leadName));
    auto *column = new QVBoxLayout(this);
    setInsets(column, 16, 14, 16, 14, 10);
    column->addWidget(buildHead(leadName));
    column->addWidget(buildBar());
    column->addWidget(buildWords(), 1);
    resizeWithin(this, 560, 520);
    showState();
    m_loading = load(this);
    m_loadingWords = loadWords(this);
    m_play->setFocus();
}

CallPlayer::~CallPlayer()
{
    delete m_sound; // before what its events speak to
}

double CallPlayer::speed() const
{
    return speeds[std::size_t(std::max(0, m_speed->currentIndex()))];
}

QWidget *CallPlayer::buildHead(const QString &leadName)
{
    auto *head = new QWidget(this);
    auto *column = new QVBoxLayout(head);
    setInsets(column, 0, 0, 0, 0, 2);
    auto *title = new Label(callTitle(m_call), TextRole::Heading, Ink::Text, head);
    QStringList facts;
    if (!leadName.isEmpty())
        facts << leadName;
    if (m_call.dateAdded.isValid())
        facts << QLocale().toString(m_call.dateAdded.toLocalTime(), QLocale::ShortFormat);
    if (const QString outcome = callOutcome(m_call); !outcome.isEmpty())
        facts << models::words::oneLine(outcome, 40);
    if (m_call.callSeconds > 0)
        facts << callClock(m_call.callSeconds * 1000LL);
    auto *line = new Label(facts.join(u" · "_s), TextRole::Small, Ink::Text2, head);
    line->setElided(true);
    column->addWidget(title);
    column->addWidget(line);
    return head;
}

QWidget *CallPlayer::buildBar()
{
    auto *bar = new QWidget(this);
    auto *column = new QVBoxLayout(bar);
    setInsets(column, 0, 0, 0, 0, 4);
    auto *row = new QHBoxLayout;
    row->setSpacing(px(6));
    const auto button = [&](const QString &icon, const QString &id, const QString &name, const QString &key) {
        auto *made = iconButton(icon, u"call."_s + id, name, bar);
        made->setToolTip(tr("%1 (%2)").arg(name, key));
        made->installEventFilter(this);
        row->addWidget(made);
        return made;
    };
    m_back = button(u"chevron-left"_s, u"back"_s, tr("5 seconds back"), tr("Left"));
    m_play = button(u"play"_s, u"play"_s, tr("Play"), tr("Space"));
    m_ahead = button(u"chevron-right"_s, u"ahead"_s, tr("5 seconds ahead"), tr("Right"));
    connect(m_back, &QToolButton::clicked, this, [this] { step(-stepMs); });
    connect(m_play, &QToolButton::clicked, this, &CallPlayer::playOrPause);
    connect(m_ahead, &QToolButton::clicked, this, [this] { step(stepMs); });
    m_seek = named(new QSlider(Qt::Horizontal, bar), u"call.seek"_s, tr("Place in the call"));
    m_seek->setSingleStep(int(stepMs));
    m_seek->setPageStep(30'000);
    m_seek->installEventFilter(this);
    connect(m_seek, &QSlider::sliderPressed, this, [this] { m_dragging = true; });
    connect(m_seek, &QSlider::sliderReleased, this, [this] { m_dragging = false; seek(m_seek->value()); });
    connect(m_seek, &QSlider::actionTriggered, this, [this] {
        if (!m_dragging)
            seek(m_seek->sliderPosition());
    });
    m_time = new Label(TextRole::Small, Ink::Text2, bar);
    m_time->setObjectName(u"call.time"_s);
    m_speed = named(new QComboBox(bar), u"call.speed"_s, tr("Speed"));
    for (const double one : speeds)
        m_speed->addItem(speedText(one));
    m_speed->setCurrentIndex(plainSpeed);
    m_speed->setToolTip(tr("Speed (+ and -)"));
    m_speed->installEventFilter(this);
    connect(m_speed, &QComboBox::currentIndexChanged, this, [this] {
        if (m_sound)
            m_module->setSpeed(m_sound, speed());
    });
    row->addWidget(m_seek, 1);
    row->addWidget(m_time);
    row->addWidget(m_speed);
    m_saveSound = button(u"save"_s, u"saveSound"_s, tr("Save recording…"), tr("Ctrl+S"));
    connect(m_saveSound, &QToolButton::clicked, this, &CallPlayer::saveSound);
    m_said = new Label(TextRole::Small, Ink::Text2, bar);
    m_said->setObjectName(u"call.said"_s);
    m_said->setWordWrap(true);
    column->addLayout(row);
    column->addWidget(m_said);
    return bar;
}

QWidget *CallPlayer::buildWords()
{
    auto *box = new QWidget(this);
    auto *column = new QVBoxLayout(box);
    setInsets(column, 0, 0, 0, 0, 4);
    auto *top = new QHBoxLayout;
    top->addWidget(new Label(tr("Transcript"), TextRole::BodyStrong, Ink::Text, box));
    top->addStretch(1);
    m_saveWords = iconButton(u"save"_s, u"call.saveWords"_s, tr("Save transcript…"), box);
    m_saveWords->setToolTip(tr("%1 (%2)").arg(tr("Save transcript…"), tr("Ctrl+Shift+S")));
    m_saveWords->installEventFilter(this);
    connect(m_saveWords, &QToolButton::clicked, this, &CallPlayer::saveWords);
    top->addWidget(m_saveWords);
    m_wordsState = new Label(tr("Fetching what was said…"), TextRole::Small, Ink::Text2, box);
    m_wordsState->setObjectName(u"call.wordsState"_s);
    m_wordsState->setWordWrap(true);
    m_model = new QStandardItemModel(this);
    m_words = named(new QListView(box), u"call.words"_s, tr("Transcript"));
    m_words->setModel(m_model);
    m_words->setWordWrap(true);
    m_words->setResizeMode(QListView::Adjust);
    m_words->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_words->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_words->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_words->hide();
    m_words->installEventFilter(this);
    connect(m_words, &QListView::clicked, this, [this](const QModelIndex &index) { toSentence(index.row()); });
    column->addLayout(top);
    column->addWidget(m_wordsState);
    column->addWidget(m_words, 1);
    column->addStretch(0);
    return box;
}

Task<void> CallPlayer::load(CallPlayer *self)
{
    auto fetching = self->m_engine->callSound(self->m_call.id);
    const auto file = co_await fetching;
    if (!file) {
        self->m_state = State::NoSound;
        self->m_why = file.error().message;
        self->showState();
        co_return;
    }
    self->openSound(*file);
}

Task<void> CallPlayer::loadWords(CallPlayer *self)
{
    auto fetching = self->m_engine->callWords(self->m_call.id);
    auto words = co_await fetching;
    if (!words) {
        self->m_wordsState->setText(tr("The transcript could not be fetched. %1").arg(words.error().message));
        co_return;
    }
    self->m_sentences = std::move(*words);
    for (const Sentence &sentence : std::as_const(self->m_sentences)) {
        const QString who = speakerName(sentence.speaker, self->m_sentences, self->m_call.direction, self->m_lead);
        const QString words1 = models::words::oneLine(sentence.text, 2000);
        auto *item = new QStandardItem(callClock(sentence.from) + u"   "_s + (who.isEmpty() ? words1 : who + u": "_s + words1));
        item->setEditable(false);
        self->m_model->appendRow(item);
    }
    self->m_wordsState->setText(self->m_sentences.isEmpty() ? tr("HighLevel has no transcript of this call.") : QString());
    self->m_wordsState->setVisible(self->m_sentences.isEmpty());
    self->m_words->setVisible(!self->m_sentences.isEmpty());
    self->showState();
}

void CallPlayer::openSound(const QString &file)
{
    m_file = file;
    m_module = module();
    if (!m_module) {
        m_state = State::NoSound;
        m_why = tr("The part of Outrigger that plays sound is not installed (libqt6multimedia6). The recording can be saved and played elsewhere.");
        showState();
        return;
    }
    audio::Events events;
    events.position = [this](qint64 at) { onPosition(at); };
    events.duration = [this](qint64 whole) {
        m_duration = whole;
        m_seek->setMaximum(int(std::min<qint64>(whole, std::numeric_limits<int>::max())));
        showTime();
    };
    events.playing = [this](bool playing) {
        if (m_state == State::Playing || m_state == State::Ready)
            m_state = playing ? State::Playing : State::Ready;
        showState();
    };
    events.ended = [this] { onEnded(); };
    events.failed = [this] {
        m_state = State::Broken;
        showState();
    };
    events.devicesChanged = [this] {
        if (m_state == State::NoDevice && m_module->hasDevice())
            m_state = State::Ready;
        else if (!m_module->hasDevice() && m_state != State::Broken)
            m_state = State::NoDevice;
        showState();
    };
    m_state = m_module->hasDevice() ? State::Ready : State::NoDevice;
    m_sound = m_module->open(file, std::move(events), this);
    showState();
}

void CallPlayer::onPosition(qint64 at)
{
    m_position = at;
    if (!m_dragging)
        m_seek->setValue(int(std::min<qint64>(at, m_seek->maximum())));
    showTime();
    showSentence();
}

/// The next Space plays it from the beginning.
void CallPlayer::onEnded()
{
    m_position = m_duration;
    showTime();
}

void CallPlayer::playOrPause()
{
    if (m_state == State::Playing) {
        m_module->pause(m_sound);
    } else if (m_state == State::Ready) {
        if (m_duration > 0 && m_position >= m_duration)
            seek(0);
        m_module->play(m_sound);
    }
}

void CallPlayer::seek(qint64 at)
{
    if (m_state != State::Ready && m_state != State::Playing)
        return;
    at = std::clamp<qint64>(at, 0, std::max<qint64>(0, m_duration));
    m_module->seek(m_sound, at);
    onPosition(at); // at once, whether or not it plays
}

void CallPlayer::faster(int steps)
{
    m_speed->setCurrentIndex(std::clamp(m_speed->currentIndex() + steps, 0, int(speeds.size()) - 1));
}

void CallPlayer::toSentence(int row)
{
    if (row < 0 || row >= m_sentences.size())
        return;
    seek(m_sentences.at(row).from);
}

void CallPlayer::showState()
{
    const bool plays = m_state == State::Playing;
    const bool can = plays || m_state == State::Ready;
    for (QWidget *control : std::initializer_list<QWidget *>{m_play, m_back, m_ahead, m_seek, m_speed})
        control->setEnabled(can);
    m_play->setIcon(icons::icon(plays ? u"pause"_s : u"play"_s));
    const QString name = plays ? tr("Pause") : tr("Play");
    m_play->setAccessibleName(name);
    m_play->setToolTip(tr("%1 (%2)").arg(name, tr("Space")));
    m_saveSound->setEnabled(!m_file.isEmpty());
    m_saveWords->setEnabled(!m_sentences.isEmpty());
    m_said->setInk(m_state == State::Broken || m_state == State::NoSound ? Ink::Danger : Ink::Text2);
    switch (m_state) {
    case State::Loading: m_said->setText(tr("Fetching the recording…")); break;
    case State::NoSound: m_said->setText(m_why); break;
    case State::NoDevice: m_said->setText(tr("This computer has no sound device. Connect one, or save the recording and play it elsewhere.")); break;
    case State::Broken: m_said->setText(tr("This recording is damaged and cannot be played. Save it, or listen to it in HighLevel.")); break;
    case State::Ready:
    case State::Playing: m_said->clear(); break;
    }
    m_said->setVisible(!m_said->text().isEmpty());
    showTime();
}

void CallPlayer::showTime()
{
    m_time->setText(tr("%1 / %2", "place, length").arg(callClock(m_position), callClock(m_duration > 0 ? m_duration : std::max(0, m_call.callSeconds) * 1000LL)));
    m_seek->setAccessibleDescription(m_time->text());
}

void CallPlayer::showSentence()
{
    const int row = sentenceAt(m_sentences, m_position);
    if (row < 0 || row == m_words->currentIndex().row())
        return;
    const QModelIndex index = m_model->index(row, 0);
    m_words->setCurrentIndex(index);
    m_words->scrollTo(index, QAbstractItemView::EnsureVisible);
}

bool CallPlayer::handle(QKeyEvent *event)
{
    const bool rtl = isRightToLeft();
    if (event->matches(QKeySequence::Save)) {
        saveSound();
    } else if (event->key() == Qt::Key_S && event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier)) {
        saveWords();
    } else if (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) {
        return false;
    } else if (event->key() == Qt::Key_Space || event->key() == Qt::Key_MediaTogglePlayPause || event->key() == Qt::Key_K) {
        playOrPause();
    } else if (event->key() == Qt::Key_Left) {
        step(rtl ? stepMs : -stepMs);
    } else if (event->key() == Qt::Key_Right) {
        step(rtl ? -stepMs : stepMs);
    } else if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal) {
        faster(1);
    } else if (event->key() == Qt::Key_Minus) {
        faster(-1);
    } else {
        return false;
    }
    return true;
}

/// Space plays wherever the focus is; the buttons keep Enter, the list its arrows, and its Enter goes to the sentence.
bool CallPlayer::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event);
    if (watched == m_words && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)) {
        toSentence(m_words->currentIndex().row());
        return true;
    }
    const bool saves = watched == m_saveSound || watched == m_saveWords;
    if (saves && key->key() == Qt::Key_Space)
        return QDialog::eventFilter(watched, event);
    return handle(key) || QDialog::eventFilter(watched, event);
}

void CallPlayer::keyPressEvent(QKeyEvent *event)
{
    if (!handle(event))
        QDialog::keyPressEvent(event);
}

void CallPlayer::say(const QString &sentence)
{
    m_said->setText(sentence);
    m_said->show();
    QAccessibleEvent alert(m_said, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

/// A day and a word: no name of a person in a folder that others may see.
QString CallPlayer::fileName() const
{
    const QString day = m_call.dateAdded.isValid() ? m_call.dateAdded.toLocalTime().toString(u"yyyy-MM-dd-HHmm"_s) : tr("undated");
    return tr("call-%1", "file name").arg(day);
}

void CallPlayer::saveSound()
{
    if (!m_file.isEmpty())
        save(tr("Save the recording"), fileName() + u'.' + QFileInfo(m_file).suffix(), {}, m_file);
}

void CallPlayer::saveWords()
{
    if (!m_sentences.isEmpty())
        save(tr("Save the transcript"), fileName() + u".txt"_s, transcriptText(m_sentences, m_call.direction, m_lead).toUtf8(), {});
}

void CallPlayer::save(const QString &title, const QString &name, QByteArray bytes, const QString &copyOf)
{
    auto *dialog = new QFileDialog(this, title, QStandardPaths::writableLocation(QStandardPaths::DownloadLocation));
    dialog->setObjectName(u"call.save.dialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this, [this, bytes = std::move(bytes), copyOf](const QString &file) {
        m_writing = write(this, file, bytes, copyOf);
    });
    dialog->open();
}

Task<void> CallPlayer::write(CallPlayer *self, QString file, QByteArray bytes, QString copyOf)
{
    auto writing = aside([file, copyOf, bytes] {
        if (copyOf.isEmpty())
            return writeWhole(file, bytes);
        QFile source(copyOf);
        return source.open(QIODevice::ReadOnly) && writeWhole(file, source.readAll());
    });
    const bool written = co_await writing;
    self->m_said->setInk(written ? Ink::Ok : Ink::Danger);
    self->say(written ? tr("Saved") : tr("Not saved: this place cannot be written, or the disk is full. Choose another."));
}

} // namespace outrigger::gui
