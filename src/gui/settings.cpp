// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/settings.h"

#include "domain/alarms.h"

#include <QSettings>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

Settings::Settings(const QString &file, QObject *parent)
    : QObject(parent), m_file(new QSettings(file, QSettings::IniFormat, this))
{
}

Settings::~Settings() = default;

void Settings::put(const QString &key, const QVariant &value)
{
    if (m_file->value(key) == value)
        return;
    m_file->setValue(key, value);
    Q_EMIT changed();
}

SchemeChoice Settings::theme() const
{
    const QString word = m_file->value(u"look/theme"_s).toString();
    if (word == "light"_L1)
        return SchemeChoice::Light;
    if (word == "dark"_L1)
        return SchemeChoice::Dark;
    if (word == "high-contrast"_L1)
        return SchemeChoice::HighContrast;
    return SchemeChoice::System;
}

void Settings::setTheme(SchemeChoice choice)
{
    QString word = u"system"_s;
    switch (choice) {
    case SchemeChoice::System: break;
    case SchemeChoice::Light: word = u"light"_s; break;
    case SchemeChoice::Dark: word = u"dark"_s; break;
    case SchemeChoice::HighContrast: word = u"high-contrast"_s; break;
    }
    put(u"look/theme"_s, word);
}

int Settings::textSize() const
{
    return qBound(80, m_file->value(u"look/size"_s, 100).toInt(), 200);
}

void Settings::setTextSize(int percent)
{
    put(u"look/size"_s, qBound(80, percent, 200));
}

bool Settings::enterSends() const
{
    return m_file->value(u"write/enterSends"_s, true).toBool();
}

void Settings::setEnterSends(bool on)
{
    put(u"write/enterSends"_s, on);
}

int Settings::undoSeconds() const
{
    return qBound(0, m_file->value(u"write/undoSeconds"_s, 5).toInt(), 30);
}

void Settings::setUndoSeconds(int seconds)
{
    put(u"write/undoSeconds"_s, qBound(0, seconds, 30));
}

QString Settings::spellLanguage() const
{
    return m_file->value("spelling/"_L1 + lastPlace().location.value).toString();
}

void Settings::setSpellLanguage(const QString &language)
{
    put("spelling/"_L1 + lastPlace().location.value, language);
}

GuardRules Settings::guardRules() const
{
    return GuardRules::from(*m_file);
}

void Settings::setGuardRules(const GuardRules &rules)
{
    put(u"guard/greeting"_s, rules.greeting);
    put(u"guard/othersNumber"_s, rules.othersNumber);
    put(u"guard/pasted"_s, rules.pasted);
}

TextPrices Settings::prices() const
{
    const TextPrices usual;
    const auto price = [this](const QString &key, double otherwise) {
        bool number = false;
        const double set = m_file->value(key).toString().toDouble(&number);
        return number && set >= 0 && set <= 10 ? set : otherwise;
    };
    return {price(u"write/pricePart"_s, usual.part), price(u"write/priceFee"_s, usual.fee),
            price(u"write/pricePicture"_s, usual.picture), price(u"write/pricePictureFee"_s, usual.pictureFee)};
}

void Settings::setPrices(const TextPrices &prices)
{
    const auto text = [](double price) { return QString::number(price, 'f', 4); };
    put(u"write/pricePart"_s, text(prices.part));
    put(u"write/priceFee"_s, text(prices.fee));
    put(u"write/pricePicture"_s, text(prices.picture));
    put(u"write/pricePictureFee"_s, text(prices.pictureFee));
}

bool Settings::singleLetterKeys() const
{
    return m_file->value(u"keys/singleLetters"_s, true).toBool();
}

void Settings::setSingleLetterKeys(bool on)
{
    put(u"keys/singleLetters"_s, on);
}

bool Settings::compactRows() const
{
    return m_file->value(u"look/compact"_s, false).toBool();
}

void Settings::setCompactRows(bool on)
{
    put(u"look/compact"_s, on);
}

ReadMarking Settings::readMarking() const
{
    const QString word = m_file->value(u"read/mark"_s).toString();
    if (word == "never"_L1)
        return ReadMarking::Never;
    return word == "open"_L1 ? ReadMarking::OnOpen : ReadMarking::AfterTwoSeconds;
}

void Settings::setReadMarking(ReadMarking marking)
{
    put(u"read/mark"_s, marking == ReadMarking::Never ? u"never"_s : marking == ReadMarking::OnOpen ? u"open"_s : u"view"_s);
}

bool Settings::panelShown() const
{
    return m_file->value(u"look/panel"_s, true).toBool();
}

void Settings::setPanelShown(bool shown)
{
    put(u"look/panel"_s, shown);
}

bool Settings::notify() const
{
    return m_file->value(u"notify/on"_s, true).toBool();
}

void Settings::setNotify(bool on)
{
    put(u"notify/on"_s, on);
}

bool Settings::notifyWithWords() const
{
    return m_file->value(u"notify/words"_s, true).toBool();
}

void Settings::setNotifyWithWords(bool on)
{
    put(u"notify/words"_s, on);
}

QTime Settings::quietFrom() const
{
    return QTime::fromString(m_file->value(u"notify/quietFrom"_s).toString(), u"HH:mm"_s);
}

QTime Settings::quietTo() const
{
    return QTime::fromString(m_file->value(u"notify/quietTo"_s).toString(), u"HH:mm"_s);
}

void Settings::setQuiet(const QTime &from, const QTime &to)
{
    put(u"notify/quietFrom"_s, from.toString(u"HH:mm"_s));
    put(u"notify/quietTo"_s, to.toString(u"HH:mm"_s));
}

QVector<int> Settings::reminders() const
{
    return alarms::minutesFrom(m_file->value(u"notify/reminders"_s, u"10"_s).toStringList().join(u','));
}

void Settings::setReminders(const QVector<int> &minutes)
{
    put(u"notify/reminders"_s, alarms::minutesText(minutes));
}

QDateTime Settings::pausedUntil() const
{
    return QDateTime::fromString(m_file->value(u"notify/pausedUntil"_s).toString(), Qt::ISODate);
}

void Settings::setPausedUntil(const QDateTime &until)
{
    put(u"notify/pausedUntil"_s, until.isValid() ? until.toUTC().toString(Qt::ISODate) : QString());
}

bool Settings::startHidden() const
{
    return m_file->value(u"start/hidden"_s, false).toBool();
}

void Settings::setStartHidden(bool on)
{
    put(u"start/hidden"_s, on);
}

bool Settings::closeToTray() const
{
    return m_file->value(u"start/closeToTray"_s, false).toBool();
}

void Settings::setCloseToTray(bool on)
{
    put(u"start/closeToTray"_s, on);
}

bool Settings::offerClipboard() const
{
    return m_file->value(u"quick/clipboard"_s, true).toBool();
}

void Settings::setOfferClipboard(bool on)
{
    put(u"quick/clipboard"_s, on);
}

std::optional<QString> Settings::linkBefore(const QString &scheme) const
{
    const QVariant before = m_file->value("links/before-"_L1 + scheme);
    return before.isValid() ? std::optional(before.toString()) : std::nullopt;
}

void Settings::setLinkBefore(const QString &scheme, const std::optional<QString> &handler)
{
    if (handler)
        m_file->setValue("links/before-"_L1 + scheme, *handler);
    else
        m_file->remove("links/before-"_L1 + scheme);
}

bool Settings::picturesFrom(const QString &address) const
{
    return m_file->value(u"mail/picturesFrom"_s).toStringList().contains(address, Qt::CaseInsensitive);
}

void Settings::setPicturesFrom(const QString &address, bool wanted)
{
    QStringList all = m_file->value(u"mail/picturesFrom"_s).toStringList();
    all.removeIf([&address](const QString &one) { return one.compare(address, Qt::CaseInsensitive) == 0; });
    if (wanted)
        all.append(address.toLower());
    m_file->setValue(u"mail/picturesFrom"_s, all);
}

LastPlace Settings::lastPlace() const
{
    LastPlace place;
    place.location = LocationId(m_file->value(u"last/location"_s).toString());
    place.me = UserId(m_file->value(u"last/me"_s).toString());
    place.timezone = m_file->value(u"last/timezone"_s).toString();
    place.locationName = m_file->value(u"last/name"_s).toString();
    return place;
}

void Settings::setLastPlace(const LastPlace &place)
{
    m_file->setValue(u"last/location"_s, place.location.value);
    m_file->setValue(u"last/me"_s, place.me.value);
    m_file->setValue(u"last/timezone"_s, place.timezone);
    m_file->setValue(u"last/name"_s, place.locationName);
}

QByteArray Settings::state(const QString &name) const
{
    return m_file->value("state/"_L1 + name).toByteArray();
}

void Settings::setState(const QString &name, const QByteArray &state)
{
    m_file->setValue("state/"_L1 + name, state);
}

bool Settings::hintShown(const QString &name) const
{
    return m_file->value("hints/"_L1 + name).toBool();
}

void Settings::setHintShown(const QString &name)
{
    m_file->setValue("hints/"_L1 + name, true);
}

QString Settings::callProvider() const
{
    return m_file->value(u"calls/provider"_s).toString().trimmed();
}

} // namespace outrigger::gui
