// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contactinput.h"
#include "gui/widgets.h"

#include <optional>

namespace outrigger::gui {

/// One field of a contact being changed: a line, a text, a choice or ticks, by the field's type. Enter (Ctrl+Enter in a
/// text of several lines) gives the value, Escape takes it back; what cannot be taken is said below and stays.
class FieldEditor : public QWidget
{
    Q_OBJECT
public:
    struct Subject {
        QString field;
        QString label;
        QJsonValue value;
        const CustomField *definition = nullptr; ///< of a custom field; outlives the constructor only
        QVector<User> users;                     ///< for an owner
        QString region;
    };
    FieldEditor(const Subject &subject, const QString &objectName, QWidget *parent);
    void begin(); ///< focus, with everything marked
    /// The person goes elsewhere: what can be taken is taken, what cannot is given up.
    void finish();

Q_SIGNALS:
    void given(const QJsonValue &value);
    void takenBack();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildLine(const QString &name);
    void buildText(const QString &name);
    void buildChoice(const QString &name);
    void buildChoices(const QString &name);
    QStringList choices() const;
    FieldInput read() const;
    void commit();
    QString m_field;
    QString m_label;
    QJsonValue m_value;
    std::optional<CustomField> m_definition;
    QVector<User> m_users;
    QString m_region;
    FieldShape m_shape;
    QWidget *m_input = nullptr;
    Label *m_problem;
    bool m_ended = false;
};

} // namespace outrigger::gui
