// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "windowrun.h"

#include "gui/boardview.h"
#include "gui/chooser.h"
#include "gui/dealcolumn.h"
#include "gui/pipelinepage.h"
#include "models/boardmodel.h"

#include <QComboBox>
#include <QDialog>
#include <QLineEdit>

namespace outrigger::test {

/// The whole program with the board of a practice account before one's eyes.
class BoardRun : public WindowRun
{
public:
    /// False when the practice server has not been built, or the board does not come.
    [[nodiscard]] bool openBoard(int opportunities = 140, int conversations = 20, int messages = 200, QSize size = {1900, 900})
    {
        options.practiceArguments = QStringLiteral("--contacts 200 --conversations %1 --messages %2 --opportunities %3 --quiet --rate off --pace 0.02")
                                        .arg(conversations).arg(messages).arg(opportunities).split(u' ');
        if (!open())
            return false;
        window()->resize(size);
        if (!QTest::qWaitForWindowActive(window()) || !waitForRows())
            return false;
        QTest::keyClick(window(), Qt::Key_3, Qt::ControlModifier);
        return board() && QTest::qWaitFor([this] { return board()->columnCount() == 6 && model()->total().deals > 30; }, 40'000);
    }
    sync::Engine *engine() const { return app->engine(); }
    gui::PipelinePage *page() const { return find<gui::PipelinePage>("pipeline.page"); }
    gui::BoardView *board() const { return find<gui::BoardView>("pipeline.board"); }
    models::BoardModel *model() const { return page()->findChild<models::BoardModel *>(); }
    gui::DealList *list(int column) const { return board()->column(column)->list(); }
    StageId stage(int column) const { return model()->column(column)->stage(); }
    QVector<DealRow> rows(const QVector<qint64> &keys) const
    {
        const auto found = await(engine()->cache().dealRows(keys));
        return found ? *found : QVector<DealRow>();
    }
    DealRow stored(qint64 key) const { return rows({key}).value(0); }
    /// The keys go to the window.
    [[nodiscard]] bool activate() const
    {
        window()->activateWindow();
        return QTest::qWaitForWindowActive(window());
    }
    /// The focus goes to the first card of this column, which has been read.
    [[nodiscard]] bool toCard(int column) const
    {
        if (!activate() || !QTest::qWaitFor([&] { return model()->column(column)->rowCount() > 0; }, 5'000))
            return false;
        board()->focusColumn(column);
        list(column)->setCurrentIndex(model()->column(column)->index(0, 0));
        return QTest::qWaitFor([&] { return model()->row(model()->column(column)->keyAt(0)) != nullptr; }, 5'000);
    }
    [[nodiscard]] bool undo() const
    {
        const bool active = activate();
        if (active)
            QTest::keyClick(window(), Qt::Key_Z, Qt::ControlModifier);
        return active;
    }
    /// Types into the list of choices and takes what is marked, once it has the keys.
    [[nodiscard]] bool choose(const char *name, const QString &words) const
    {
        gui::Chooser *chooser = nullptr;
        if (!QTest::qWaitFor([&] { return (chooser = find<gui::Chooser>(name)) != nullptr; }, 5'000))
            return false;
        chooser->activateWindow();
        auto *typed = chooser->findChild<QLineEdit *>();
        if (!QTest::qWaitForWindowActive(chooser) || !QTest::qWaitFor([typed] { return QApplication::focusWidget() == typed; }, 5'000))
            return false;
        QTest::keyClicks(typed, words);
        QTest::keyClick(typed, Qt::Key_Return);
        return QTest::qWaitFor([&] { return !find<gui::Chooser>(name); }, 5'000);
    }
    void closeDialogs() const
    {
        const auto dialogs = window()->findChildren<QDialog *>();
        for (QDialog *dialog : dialogs)
            dialog->close();
    }
};

} // namespace outrigger::test
