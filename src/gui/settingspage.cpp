// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/settingspage.h"

#include "gui/settings.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

SettingsPage::SettingsPage(Settings *settings, bool practice, QWidget *parent) : Pane(Ground::Surface, parent), m_settings(settings)
{
    setObjectName(u"settings.page"_s);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto *area = named(new QScrollArea(this), u"settings.scroll"_s, tr("Settings"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    m_box = new Pane(Ground::Surface, area);
    auto *column = new QVBoxLayout(m_box);
    setInsets(column, 16, 12, 16, 16, 12);
    column->addWidget(new Label(tr("Settings"), TextRole::Title, Ink::Text, m_box));
    if (practice)
        column->addWidget(new Label(tr("These are the practice account's own settings."), TextRole::Small, Ink::Text2, m_box));
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(px(16));
    form->setVerticalSpacing(px(10));
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    form->setFormAlignment(Qt::AlignTop | Qt::AlignLeading);
    form->setLabelAlignment(Qt::AlignLeading);
    buildLook(form);
    buildWriting(form);
    buildReading(form);
    column->addLayout(form);
    column->addStretch(1);
    area->setWidget(m_box);
    outer->addWidget(area);
}

void SettingsPage::heading(QFormLayout *form, const QString &text)
{
    auto *label = new Label(text, TextRole::Heading, Ink::Text, m_box);
    label->setContentsMargins(0, px(12), 0, 0);
    form->addRow(label);
}

void SettingsPage::buildLook(QFormLayout *form)
{
    heading(form, tr("Looks"));
    auto *theme = named(new QComboBox(m_box), u"settings.theme"_s, tr("Theme"));
    theme->addItem(tr("As the desktop"), int(SchemeChoice::System));
    theme->addItem(tr("Light"), int(SchemeChoice::Light));
    theme->addItem(tr("Dark"), int(SchemeChoice::Dark));
    theme->addItem(tr("High contrast"), int(SchemeChoice::HighContrast));
    theme->setCurrentIndex(theme->findData(int(m_settings->theme())));
    connect(theme, &QComboBox::activated, this, [this, theme] { m_settings->setTheme(SchemeChoice(theme->currentData().toInt())); });
    form->addRow(tr("Theme"), theme);
    auto *size = named(new QSpinBox(m_box), u"settings.textSize"_s, tr("Size of everything"));
    size->setRange(80, 200);
    size->setSingleStep(10);
    size->setSuffix(tr(" %"));
    size->setValue(m_settings->textSize());
    size->setKeyboardTracking(false);
    connect(size, &QSpinBox::valueChanged, m_settings, &Settings::setTextSize);
    form->addRow(tr("Size of everything"), size);
    auto *compact = named(new QCheckBox(tr("Compact rows"), m_box), u"settings.compact"_s, tr("Compact rows"));
    compact->setChecked(m_settings->compactRows());
    connect(compact, &QCheckBox::toggled, m_settings, &Settings::setCompactRows);
    form->addRow(tr("Inbox"), compact);
}

void SettingsPage::buildWriting(QFormLayout *form)
{
    heading(form, tr("Writing"));
    auto *enter = named(new QComboBox(m_box), u"settings.enter"_s, tr("Enter in a text"));
    enter->addItem(tr("Enter sends, Shift+Enter makes a new line"), true);
    enter->addItem(tr("Enter makes a new line, Shift+Enter sends"), false);
    enter->setCurrentIndex(m_settings->enterSends() ? 0 : 1);
    connect(enter, &QComboBox::activated, this, [this, enter] { m_settings->setEnterSends(enter->currentData().toBool()); });
    form->addRow(tr("Enter in a text"), enter);
    auto *undo = named(new QSpinBox(m_box), u"settings.undo"_s, tr("Seconds to take a text back"));
    undo->setRange(0, 30);
    undo->setSuffix(tr(" s"));
    undo->setSpecialValueText(tr("none"));
    undo->setValue(m_settings->undoSeconds());
    undo->setKeyboardTracking(false);
    undo->setToolTip(tr("From the next start"));
    connect(undo, &QSpinBox::valueChanged, m_settings, &Settings::setUndoSeconds);
    form->addRow(tr("Time to take a text back (from the next start)"), undo);
}

void SettingsPage::buildReading(QFormLayout *form)
{
    heading(form, tr("Reading and keys"));
    auto *read = named(new QComboBox(m_box), u"settings.read"_s, tr("Mark a conversation read"));
    read->addItem(tr("After two seconds in view"), int(ReadMarking::AfterTwoSeconds));
    read->addItem(tr("When it is opened"), int(ReadMarking::OnOpen));
    read->addItem(tr("Only by hand"), int(ReadMarking::Never));
    read->setCurrentIndex(read->findData(int(m_settings->readMarking())));
    connect(read, &QComboBox::activated, this, [this, read] { m_settings->setReadMarking(ReadMarking(read->currentData().toInt())); });
    form->addRow(tr("Mark a conversation read"), read);
    form->addRow(QString(), new Label(tr("Only conversations that are yours or nobody's are marked for your colleagues too."),
                                      TextRole::Small, Ink::Text2, m_box));
    auto *letters = named(new QCheckBox(tr("Single letters act in lists (E done, R reply …)"), m_box), u"settings.letters"_s,
                          tr("Single-letter keys"));
    letters->setChecked(m_settings->singleLetterKeys());
    connect(letters, &QCheckBox::toggled, m_settings, &Settings::setSingleLetterKeys);
    form->addRow(tr("Keys"), letters);
}

} // namespace outrigger::gui
