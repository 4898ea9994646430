// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/snippet.h"

#include <QDialog>

#include <memory>

class QCloseEvent;

namespace Ui {
class Snippets;
}
namespace outrigger::models {
class Snippets;
}

namespace outrigger::gui {

/// Where own snippets are made, changed and deleted; the location's templates are there to be read. What has been typed
/// is kept when another one is chosen or the dialog is closed: nobody has to think of Save. Deletes itself when closed.
class SnippetDialog : public QDialog
{
    Q_OBJECT
public:
    explicit SnippetDialog(models::Snippets *snippets, QWidget *parent = nullptr);
    ~SnippetDialog() override;
    void begin(const QString &text = {}); ///< a new one, with this text

protected:
    void done(int result) override;

private:
    void fill();
    void show(int row);
    bool changed() const;
    void say(const QString &sentence, bool wrong = false);
    void save();
    static Task<void> keep(SnippetDialog *self, Snippet snippet, bool showIt);
    static Task<void> remove(SnippetDialog *self, QString id);

    models::Snippets *m_snippets;
    std::unique_ptr<Ui::Snippets> m_ui;
    Snippet m_shown;      ///< as it is kept; an empty id: a new one
    QString m_wanted;     ///< id to be chosen after the next fill()
    bool m_removing = false; ///< the next press deletes
    bool m_leaving = false;
    TaskScope m_tasks;
};

} // namespace outrigger::gui
