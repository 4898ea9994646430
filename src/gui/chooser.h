// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QVector>

class QLineEdit;
class QListWidget;

namespace outrigger::gui {

class Label;

/// One of a few things, by typing its beginning: a stage, a pipeline, a reason. Enter takes what is marked, Escape
/// leaves everything as it is. Deletes itself.
class Chooser : public QDialog
{
    Q_OBJECT
public:
    struct Item {
        QString id;
        QString text;
    };
    Chooser(const QString &objectName, const QString &title, QVector<Item> items, const QString &current, QWidget *parent);
    /// Others to choose from, while it is open. What is typed stays; the first is marked.
    void setItems(QVector<Item> items);
    /// A sentence above the list; empty: none.
    void setHint(const QString &sentence);

Q_SIGNALS:
    void chosen(const QString &id);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void show(const QString &typed);
    void take();
    QVector<Item> m_items;
    QString m_current;
    Label *m_hint;
    QLineEdit *m_typed;
    QListWidget *m_list;
};

} // namespace outrigger::gui
