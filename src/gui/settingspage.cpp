// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/settingspage.h"

#include "domain/alarms.h"
#include "gui/desktopentries.h"
#include "gui/settings.h"
#include "gui/tray.h"
#include "gui/writingsettings.h"
#include "ui_settingspage.h"

#include <QAbstractSpinBox>
#include <QDesktopServices>
#include <QEvent>
#include <QScrollArea>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {
constexpr int noReminder = -1;
constexpr int undoChoices[] = {0, 5, 10, 20, 30};
constexpr int besides = 560; // design px; narrower, names stand above their fields
constexpr int readable = 620; // lines longer than this are hard to read
constexpr int widestField = 340;
constexpr int widestNumber = 120;
constexpr int reminderChoices[] = {noReminder, 0, 5, 10, 15, 30, 60, 120, 24 * 60};
constexpr int sizes[] = {80, 90, 100, 110, 125, 150, 175, 200};

/// The entries, and the one that is so now, if a person has written another one into the file.
void choose(QComboBox *box, const QString &text, const QVariant &now)
{
    if (box->findData(now) < 0)
        box->addItem(text, now);
    box->setCurrentIndex(box->findData(now));
}

QString clock(const QTime &time)
{
    return QLocale().toString(time, QLocale().timeFormat(QLocale::ShortFormat).remove(u":ss"_s));
}
} // namespace

SettingsPage::SettingsPage(Settings *settings, DesktopEntries *entries, bool practice, const QString &folder, QWidget *parent)
    : Pane(Ground::Surface, parent), m_settings(settings), m_entries(entries), m_form(std::make_unique<Ui_SettingsForm>())
{
    setObjectName(u"settings.page"_s);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto *area = named(new QScrollArea(this), u"settings.scroll"_s, tr("Settings"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    auto *ground = new Pane(Ground::Surface, area);
    auto *row = new QHBoxLayout(ground);
    setInsets(row, 16, 12, 16, 16, 0);
    auto *box = new QWidget(ground);
    box->setMaximumWidth(px(readable));
    row->addWidget(box, 1);
    row->addStretch(0);
    m_form->setupUi(box);
    auto *sections = m_form->settings_sections;
    sections->insertWidget(sections->indexOf(m_form->settings_typingForm) + 1, new WritingSettings(settings, box));
    dotNames(box);
    setInsets(m_form->settings_column, 0, 0, 0, 0, 0);
    m_form->settings_sections->setSpacing(px(10));
    for (auto *heading : {m_form->settings_look, m_form->settings_typing, m_form->settings_reading, m_form->settings_notifications,
                          m_form->settings_start, m_form->settings_privacy})
        heading->setContentsMargins(0, px(14), 0, 0);
    for (auto *form : box->findChildren<QFormLayout *>()) {
        form->setHorizontalSpacing(px(16));
        form->setVerticalSpacing(px(8));
        form->setLabelAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    }
    for (auto *combo : box->findChildren<QComboBox *>()) {
        combo->setMaximumWidth(px(widestField));
        combo->installEventFilter(this);
    }
    for (auto *spin : box->findChildren<QAbstractSpinBox *>()) {
        spin->setMaximumWidth(px(widestNumber));
        spin->installEventFilter(this);
    }
    for (auto *name : {m_form->label_theme, m_form->label_textSize, m_form->label_enter, m_form->label_undo, m_form->label_read,
                       m_form->label_reminder, m_form->label_reminderAgain, m_form->label_quietFrom, m_form->label_quietTo})
        name->setMinimumWidth(px(84)); // so that the fields of all sections stand in one line
    m_form->settings_practice->setVisible(practice);
    fillLook();
    fillTyping();
    fillReading();
    fillNotifications();
    fillStart();
    fillPrivacy(folder);
    area->setWidget(ground);
    outer->addWidget(area);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusProxy(m_form->settings_theme);
}

SettingsPage::~SettingsPage() = default;

void SettingsPage::tick(QCheckBox *box, bool on, void (Settings::*set)(bool))
{
    box->setChecked(on);
    connect(box, &QCheckBox::toggled, m_settings, set);
}

void SettingsPage::fillLook()
{
    auto *theme = m_form->settings_theme;
    theme->addItem(tr("As the desktop"), int(SchemeChoice::System));
    theme->addItem(tr("Light"), int(SchemeChoice::Light));
    theme->addItem(tr("Dark"), int(SchemeChoice::Dark));
    theme->addItem(tr("High contrast"), int(SchemeChoice::HighContrast));
    theme->setCurrentIndex(theme->findData(int(m_settings->theme())));
    connect(theme, &QComboBox::activated, this, [this, theme] { m_settings->setTheme(SchemeChoice(theme->currentData().toInt())); });
    auto *size = m_form->settings_textSize;
    for (const int percent : sizes)
        size->addItem(tr("%1 %").arg(percent), percent);
    choose(size, tr("%1 %").arg(m_settings->textSize()), m_settings->textSize());
    connect(size, &QComboBox::activated, this, [this, size] { m_settings->setTextSize(size->currentData().toInt()); });
    tick(m_form->settings_compact, m_settings->compactRows(), &Settings::setCompactRows);
}

void SettingsPage::fillTyping()
{
    auto *enter = m_form->settings_enter;
    enter->addItem(tr("Sends (Shift+Enter: new line)"), true);
    enter->addItem(tr("New line (Shift+Enter sends)"), false);
    enter->setCurrentIndex(m_settings->enterSends() ? 0 : 1);
    connect(enter, &QComboBox::activated, this, [this, enter] { m_settings->setEnterSends(enter->currentData().toBool()); });
    auto *undo = m_form->settings_undo;
    for (const int seconds : undoChoices)
        undo->addItem(seconds == 0 ? tr("None") : tr("%n second(s)", nullptr, seconds), seconds);
    const int now = m_settings->undoSeconds();
    choose(undo, tr("%n second(s)", nullptr, now), now);
    connect(undo, &QComboBox::activated, this, [this, undo] { m_settings->setUndoSeconds(undo->currentData().toInt()); });
}

void SettingsPage::fillReading()
{
    auto *read = m_form->settings_read;
    read->addItem(tr("After two seconds in view"), int(ReadMarking::AfterTwoSeconds));
    read->addItem(tr("When it is opened"), int(ReadMarking::OnOpen));
    read->addItem(tr("Only by hand"), int(ReadMarking::Never));
    read->setCurrentIndex(read->findData(int(m_settings->readMarking())));
    connect(read, &QComboBox::activated, this, [this, read] { m_settings->setReadMarking(ReadMarking(read->currentData().toInt())); });
    tick(m_form->settings_letters, m_settings->singleLetterKeys(), &Settings::setSingleLetterKeys);
}

void SettingsPage::fillNotifications()
{
    tick(m_form->settings_notify, m_settings->notify(), &Settings::setNotify);
    tick(m_form->settings_notifyWords, m_settings->notifyWithWords(), &Settings::setNotifyWithWords);
    const bool quiet = m_settings->quietFrom().isValid() && m_settings->quietTo().isValid();
    m_form->settings_quiet->setChecked(quiet);
    const auto fill = [this](QComboBox *box, const QTime &now) {
        for (int minutes = 0; minutes < 24 * 60; minutes += 30)
            box->addItem(clock(QTime(0, 0).addSecs(minutes * 60)), QTime(0, 0).addSecs(minutes * 60));
        choose(box, clock(now), now);
        connect(box, &QComboBox::activated, this, &SettingsPage::putQuiet);
    };
    fill(m_form->settings_quietFrom, quiet ? m_settings->quietFrom() : QTime(20, 0));
    fill(m_form->settings_quietTo, quiet ? m_settings->quietTo() : QTime(8, 0));
    connect(m_form->settings_quiet, &QCheckBox::toggled, this, &SettingsPage::putQuiet);
    connect(m_form->settings_notify, &QCheckBox::toggled, this, &SettingsPage::allowQuiet);
    fillReminders();
    m_form->settings_notifyResult->hide();
    connect(m_form->settings_notifyTest, &QPushButton::clicked, this, &SettingsPage::notificationTestWanted);
    allowQuiet();
}

void SettingsPage::fillReminders()
{
    const auto words = [](int minutes) {
        return minutes == noReminder ? tr("No reminder")
            : minutes == 0           ? tr("When it begins")
            : minutes % 1440 == 0    ? tr("%n day(s) before", nullptr, minutes / 1440)
            : minutes % 60 == 0      ? tr("%n hour(s) before", nullptr, minutes / 60)
                                     : tr("%n minute(s) before", nullptr, minutes);
    };
    const QVector<int> now = m_settings->reminders();
    int place = 0;
    for (QComboBox *box : {m_form->settings_reminder, m_form->settings_reminderAgain}) {
        for (const int minutes : reminderChoices)
            box->addItem(words(minutes), minutes);
        const int chosen = now.value(place++, noReminder);
        choose(box, words(chosen), chosen);
        connect(box, &QComboBox::activated, this, &SettingsPage::putReminders);
    }
}

/// Those beyond two, which only a person's editor can have written, stay.
void SettingsPage::putReminders()
{
    QVector<int> all = m_settings->reminders().mid(2);
    for (const QComboBox *box : {m_form->settings_reminder, m_form->settings_reminderAgain})
        all.append(box->currentData().toInt());
    m_settings->setReminders(alarms::minutesFrom(alarms::minutesText(all)));
}

void SettingsPage::putQuiet()
{
    if (m_form->settings_quiet->isChecked())
        m_settings->setQuiet(m_form->settings_quietFrom->currentData().toTime(), m_form->settings_quietTo->currentData().toTime());
    else
        m_settings->setQuiet({}, {});
    allowQuiet();
}

void SettingsPage::allowQuiet()
{
    const bool on = m_form->settings_notify->isChecked();
    m_form->settings_notifyWords->setEnabled(on);
    for (auto *field : {static_cast<QWidget *>(m_form->settings_reminder), static_cast<QWidget *>(m_form->settings_reminderAgain),
                        static_cast<QWidget *>(m_form->label_reminder), static_cast<QWidget *>(m_form->label_reminderAgain)})
        field->setEnabled(on);
    m_form->settings_quiet->setEnabled(on);
    for (auto *field : {static_cast<QWidget *>(m_form->settings_quietFrom), static_cast<QWidget *>(m_form->settings_quietTo),
                        static_cast<QWidget *>(m_form->label_quietFrom), static_cast<QWidget *>(m_form->label_quietTo)})
        field->setEnabled(on && m_form->settings_quiet->isChecked());
}

void SettingsPage::showTestResult(const QString &sentence)
{
    m_form->settings_notifyResult->setText(sentence);
    m_form->settings_notifyResult->show();
}

QCheckBox *SettingsPage::linkBox(const QString &scheme) const
{
    return scheme == "tel"_L1 ? m_form->settings_links_tel : scheme == "sms"_L1 ? m_form->settings_links_sms : m_form->settings_links_outrigger;
}

void SettingsPage::fillStart()
{
    m_form->settings_startResult->hide();
    tick(m_form->settings_startHidden, m_settings->startHidden(), &Settings::setStartHidden);
    tick(m_form->settings_closeToTray, m_settings->closeToTray(), &Settings::setCloseToTray);
    connect(m_form->settings_startHidden, &QCheckBox::clicked, this, [this] { putLogin(m_form->settings_login->isChecked()); });
    auto *login = m_form->settings_login;
    connect(login, &QCheckBox::clicked, this, &SettingsPage::putLogin);
    for (const QString &scheme : DesktopEntries::schemes()) {
        connect(linkBox(scheme), &QCheckBox::clicked, this, [this, scheme](bool on) { m_changing.start(changeLinks(this, scheme, on)); });
    }
}

void SettingsPage::putLogin(bool on)
{
    const Status done = m_entries->setStartsAtLogin(on, m_settings->startHidden());
    m_form->settings_startResult->setVisible(!done);
    if (!done)
        m_form->settings_startResult->setText(done.error().message);
    showStart();
}

/// As it is now: the desktop's own settings may have changed it.
void SettingsPage::showStart()
{
    const bool login = m_entries->startsAtLogin();
    m_form->settings_login->setChecked(login);
    const bool tray = Tray::isThere();
    m_form->settings_startHidden->setEnabled(login && tray);
    m_form->settings_closeToTray->setEnabled(tray);
    m_form->settings_noTray->setVisible(!tray);
    for (const QString &scheme : DesktopEntries::schemes())
        linkBox(scheme)->setChecked(m_entries->opens(scheme));
}

void SettingsPage::fillPrivacy(const QString &folder)
{
    tick(m_form->settings_clipboard, m_settings->offerClipboard(), &Settings::setOfferClipboard);
    m_form->settings_folder->setText(folder);
    connect(m_form->settings_openFolder, &QPushButton::clicked, this, [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
}

Task<void> SettingsPage::changeLinks(SettingsPage *self, QString scheme, bool on)
{
    for (const QString &other : DesktopEntries::schemes())
        self->linkBox(other)->setEnabled(false); // one at a time: they share a file
    auto changing = self->m_entries->setOpens(scheme, on, self->m_settings);
    const Status changed = co_await changing;
    self->m_form->settings_startResult->setVisible(!changed);
    if (!changed) {
        self->m_form->settings_startResult->setText(changed.error().message);
        self->linkBox(scheme)->setChecked(!on);
    }
    for (const QString &other : DesktopEntries::schemes())
        self->linkBox(other)->setEnabled(true);
    self->linkBox(scheme)->setFocus(Qt::OtherFocusReason);
}

/// The wheel scrolls the page. A field that happens to lie under it must not change.
bool SettingsPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Wheel) {
        event->ignore();
        return true;
    }
    return Pane::eventFilter(watched, event);
}

void SettingsPage::showEvent(QShowEvent *event)
{
    Pane::showEvent(event);
    showStart();
}

void SettingsPage::resizeEvent(QResizeEvent *event)
{
    Pane::resizeEvent(event);
    const bool narrow = width() < px(besides);
    for (auto *form : findChildren<QFormLayout *>())
        form->setRowWrapPolicy(narrow ? QFormLayout::WrapAllRows : QFormLayout::DontWrapRows);
}

} // namespace outrigger::gui
