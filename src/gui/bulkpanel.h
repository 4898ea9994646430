// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/contactchange.h"
#include "domain/rows.h"
#include "gui/bulkwork.h"
#include "gui/widgets.h"

class QComboBox;
class QHBoxLayout;
class QLineEdit;
class QPushButton;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class BulkText;
class Settings;

/// What can be done with many ticked contacts. An act opens its own line: what exactly, for how many, who is left out and
/// why; nothing happens before that has been read. The selection is frozen when the line opens.
class BulkPanel : public Pane
{
    Q_OBJECT
public:
    BulkPanel(models::Desk *desk, BulkWork *work, const Settings *settings, QWidget *parent = nullptr);
    /// Shows itself for two or more.
    void setTicked(int count);
    enum class Topic { Tags, Owner, Field, Workflow, Campaign, Business, Text, Remove };
    void open(Topic topic, const QVector<qint64> &keys);
    bool isOpen() const { return m_line != nullptr; }

Q_SIGNALS:
    void topicChosen(outrigger::gui::BulkPanel::Topic topic);
    void exportWanted();
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void buildTags(QHBoxLayout *row);
    void buildOwner(QHBoxLayout *row);
    void buildField(QHBoxLayout *row);
    void buildAutomation(QHBoxLayout *row, bool campaign);
    void buildBusiness(QHBoxLayout *row);
    /// What takes back exactly what this does to the chosen ones.
    QVector<BulkUndo> undoOf(const BulkPart &part) const;
    static Task<void> readFacts(BulkPanel *self);
    QComboBox *addBox(QHBoxLayout *row, const QString &objectName, const QString &name);
    QLineEdit *addLine(QHBoxLayout *row, const QString &objectName, const QString &name);
    /// What the line says now; nullopt when it is not complete.
    std::optional<BulkPart> part() const;
    /// Why this contact is left out; empty when it is not.
    QString leftOut(const BulkPart &part, const Contact &contact) const;
    void tell();
    void run();
    void close();
    static Task<void> freeze(BulkPanel *self, QVector<qint64> keys);
    models::Desk *m_desk;
    BulkWork *m_work;
    const Settings *m_settings;
    BulkText *m_text = nullptr;
    int m_room = 0; ///< how many texts to many may leave today
    Label *m_count;
    QWidget *m_line = nullptr;
    Topic m_topic = Topic::Tags;
    QComboBox *m_mode = nullptr;
    QComboBox *m_choice = nullptr;
    QLineEdit *m_value = nullptr;
    QLineEdit *m_sure = nullptr;
    Label *m_preview = nullptr;
    QPushButton *m_go = nullptr;
    QVector<Contact> m_frozen;
    QVector<Contact> m_chosen; ///< of the frozen ones, who is not left out
    bool m_reading = false;
    Task<void> m_freezing;
};

} // namespace outrigger::gui
