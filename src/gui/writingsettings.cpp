// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/writingsettings.h"

#include "gui/settings.h"
#include "gui/spelling.h"
#include "ui_writingsettings.h"

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

QString languageName(const QString &code)
{
    const QLocale locale(code);
    if (locale.language() == QLocale::C)
        return code;
    return WritingSettings::tr("%1 (%2)").arg(QLocale::languageToString(locale.language()), QLocale::countryToString(locale.country()));
}

} // namespace

WritingSettings::WritingSettings(Settings *settings, QWidget *parent)
    : QWidget(parent), m_settings(settings), m_form(std::make_unique<Ui_WritingForm>())
{
    m_form->setupUi(this);
    m_form->settings_writingForm->setContentsMargins(0, 0, 0, 0);
    for (auto *heading : {m_form->settings_costs, m_form->settings_asking})
        heading->setContentsMargins(0, px(14), 0, 0);
    for (auto *name : {m_form->label_spelling, m_form->label_pricePart, m_form->label_priceFee, m_form->label_pricePicture, m_form->label_pricePictureFee})
        name->setMinimumWidth(px(84)); // as in the other sections
    connect(m_form->settings_spelling, &QComboBox::activated, this,
            [this] { m_settings->setSpellLanguage(m_form->settings_spelling->currentData().toString()); });
    fillPrices();
    const GuardRules rules = m_settings->guardRules();
    const auto tick = [this, &rules](QCheckBox *box, bool GuardRules::*rule) {
        box->setChecked(rules.*rule);
        connect(box, &QCheckBox::toggled, this, [this, rule](bool on) {
            GuardRules now = m_settings->guardRules();
            now.*rule = on;
            m_settings->setGuardRules(now);
        });
    };
    tick(m_form->settings_guardGreeting, &GuardRules::greeting);
    tick(m_form->settings_guardNumber, &GuardRules::othersNumber);
    tick(m_form->settings_guardPasted, &GuardRules::pasted);
}

WritingSettings::~WritingSettings() = default;

void WritingSettings::fillPrices()
{
    const auto field = [this](QDoubleSpinBox *box, double TextPrices::*price) {
        box->setValue(m_settings->prices().*price);
        connect(box, &QDoubleSpinBox::valueChanged, this, [this, price](double value) {
            TextPrices prices = m_settings->prices();
            prices.*price = value;
            m_settings->setPrices(prices);
        });
    };
    field(m_form->settings_pricePart, &TextPrices::part);
    field(m_form->settings_priceFee, &TextPrices::fee);
    field(m_form->settings_pricePicture, &TextPrices::picture);
    field(m_form->settings_pricePictureFee, &TextPrices::pictureFee);
}

/// Each time it is shown: another account has another language, and dictionaries come and go.
void WritingSettings::fillSpelling()
{
    auto *box = m_form->settings_spelling;
    const QStringList installed = Spelling::languages();
    const QString usual = Spelling::languageFor({});
    const QString chosen = m_settings->spellLanguage();
    box->clear();
    box->addItem(usual.isEmpty() ? tr("As the desktop") : tr("As the desktop: %1").arg(languageName(usual)), QString());
    for (const QString &code : installed)
        box->addItem(languageName(code), code);
    box->addItem(tr("Off"), u"off"_s);
    if (box->findData(chosen) < 0)
        box->addItem(tr("%1, not installed").arg(languageName(chosen)), chosen);
    box->setCurrentIndex(box->findData(chosen));
    m_form->settings_noDictionary->setVisible(installed.isEmpty());
}

void WritingSettings::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    fillSpelling();
}

} // namespace outrigger::gui
