// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/textcost.h"
#include "domain/textguard.h"
#include "gui/style.h"

#include <QByteArray>
#include <QDateTime>
#include <QObject>
#include <QTime>

#include <optional>

class QSettings;

namespace outrigger::gui {

enum class ReadMarking { Never, OnOpen, AfterTwoSeconds };

/// What the last run worked on, so that the first screen can be painted before the account is known. Not secret.
struct LastPlace {
    LocationId location;
    UserId me;
    QString timezone;
    QString locationName;
};

/// The person's settings, in the profile's settings file. Nothing secret, nothing of a lead.
class Settings : public QObject
{
    Q_OBJECT
public:
    explicit Settings(const QString &file, QObject *parent = nullptr);
    ~Settings() override;

    SchemeChoice theme() const;
    void setTheme(SchemeChoice choice);
    int textSize() const; ///< percent, 80 to 200
    void setTextSize(int percent);
    bool enterSends() const; ///< else Ctrl+Enter alone sends, Enter makes a line
    void setEnterSends(bool on);
    int undoSeconds() const; ///< 0 to 30; counts from the next text
    void setUndoSeconds(int seconds);
    /// Of the account of the last place: a dictionary ("en_US"), "off", or empty: what suits the desktop.
    QString spellLanguage() const;
    void setSpellLanguage(const QString &language);
    GuardRules guardRules() const; ///< [guard], see domain/textguard.h
    void setGuardRules(const GuardRules &rules);
    TextPrices prices() const; ///< [write] pricePart, priceFee, pricePicture, pricePictureFee; US dollars
    void setPrices(const TextPrices &prices);
    bool singleLetterKeys() const;
    void setSingleLetterKeys(bool on);
    bool compactRows() const;
    void setCompactRows(bool on);
    ReadMarking readMarking() const;
    void setReadMarking(ReadMarking marking);
    bool panelShown() const;
    void setPanelShown(bool shown);

    bool notify() const; ///< tell on the desktop that a lead has written
    void setNotify(bool on);
    bool notifyWithWords() const; ///< with what they wrote, else only that they wrote
    void setNotifyWithWords(bool on);
    QTime quietFrom() const; ///< the person's own quiet hours; invalid: none
    QTime quietTo() const;
    void setQuiet(const QTime &from, const QTime &to);
    QVector<int> reminders() const; ///< minutes before an appointment, ascending; empty: none
    void setReminders(const QVector<int> &minutes);
    QDateTime pausedUntil() const; ///< no notifications before this; invalid or past: not paused
    void setPausedUntil(const QDateTime &until);

    bool startHidden() const; ///< in the tray, without a window
    void setStartHidden(bool on);
    bool closeToTray() const; ///< closing the window does not end the program where there is a tray
    void setCloseToTray(bool on);
    bool offerClipboard() const; ///< quick text looks at the clipboard for a number when it opens
    void setOfferClipboard(bool on);
    /// What opened links of this scheme before we did: a desktop file's name, empty for nothing. Nullopt: never changed.
    std::optional<QString> linkBefore(const QString &scheme) const;
    void setLinkBefore(const QString &scheme, const std::optional<QString> &handler);

    bool picturesFrom(const QString &address) const; ///< remote pictures in e-mail of this sender are wanted
    void setPicturesFrom(const QString &address, bool wanted);

    QString callProvider() const; ///< of the app that logs calls in HighLevel; settings.ini, calls/provider
    LastPlace lastPlace() const;
    void setLastPlace(const LastPlace &place);
    QByteArray state(const QString &name) const; ///< geometry, splitters
    void setState(const QString &name, const QByteArray &state);
    bool hintShown(const QString &name) const;
    void setHintShown(const QString &name);

Q_SIGNALS:
    void changed();

private:
    void put(const QString &key, const QVariant &value);
    QSettings *m_file;
};

} // namespace outrigger::gui
