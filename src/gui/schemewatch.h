// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusVariant>
#include <QObject>

namespace outrigger::gui {

/// What the desktop wants, from the portal's appearance setting (org.freedesktop.portal.Settings). Asked without
/// waiting: until the answer is there, and where there is no portal, the preference is Unknown.
class SchemeWatch : public QObject
{
    Q_OBJECT
public:
    enum class Preference { Unknown, Light, Dark, HighContrast };
    explicit SchemeWatch(QObject *parent = nullptr);
    void start();
    Preference preference() const;
    bool reducedMotion() const;

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void settingChanged(const QString &space, const QString &key, const QDBusVariant &value);

private:
    void ask(const QString &key);
    void take(const QString &key, QVariant value);
    int m_colourScheme = -1; ///< 0 no preference, 1 dark, 2 light
    int m_contrast = -1;     ///< 1 high
    bool m_reducedMotion = false;
};

} // namespace outrigger::gui
