// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/savedsplits.h"

#include <QDialog>

#include <memory>

namespace Ui {
class SplitDialog;
}

namespace outrigger::gui {

/// Names a split, or changes one that is kept.
class SplitDialog : public QDialog
{
    Q_OBJECT
public:
    /// filterWords: what its filter says, for a person.
    SplitDialog(models::SavedSplit split, const QString &filterWords, QWidget *parent = nullptr);
    ~SplitDialog() override;

Q_SIGNALS:
    void kept(const outrigger::models::SavedSplit &split);
    void removeRequested(const QString &id);

private:
    void keep();
    models::SavedSplit m_split;
    std::unique_ptr<::Ui::SplitDialog> m_ui;
};

} // namespace outrigger::gui
