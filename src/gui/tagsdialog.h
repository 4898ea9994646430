// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QStringList>

class QLabel;
class QLineEdit;
class QListWidget;

namespace outrigger::gui {

/// The tags of one lead: type to find one, Enter ticks it, Enter in the empty field keeps what is ticked.
class TagsDialog : public QDialog
{
    Q_OBJECT
public:
    /// known: the location's; has: the lead's.
    TagsDialog(const QString &lead, const QStringList &known, const QStringList &has, QWidget *parent = nullptr);

Q_SIGNALS:
    void changed(const QStringList &add, const QStringList &remove); ///< once, when it is kept and something changed

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void show(const QString &typed);
    void enter();
    void keep();
    QStringList m_known;
    QStringList m_had;
    QStringList m_has;
    QLineEdit *m_typed;
    QListWidget *m_list;
};

} // namespace outrigger::gui
