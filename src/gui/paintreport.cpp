// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/paintreport.h"

#include "models/inboxmodel.h"

#include <QApplication>
#include <QEvent>
#include <QListView>

#include <cstdio>

namespace outrigger::gui {

namespace {

class PaintReport : public QObject
{
public:
    using QObject::QObject;
    bool eventFilter(QObject *object, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && showsRows(qobject_cast<QListView *>(object->parent()))) {
            // After this paint has gone to the screen.
            QMetaObject::invokeMethod(this, &PaintReport::say, Qt::QueuedConnection);
        }
        return false;
    }

private:
    static bool showsRows(const QListView *list)
    {
        if (!list || list->objectName() != QLatin1String("inbox.list") || !list->model() || list->model()->rowCount() == 0)
            return false;
        return list->model()->index(0, 0).data(models::InboxModel::RowRole).isValid();
    }
    void say()
    {
        std::puts("painted");
        std::fflush(stdout);
        deleteLater();
    }
};

} // namespace

void reportFirstRows(QApplication *application)
{
    if (qEnvironmentVariableIsSet("OUTRIGGER_SAY_PAINTED"))
        application->installEventFilter(new PaintReport(application));
}

} // namespace outrigger::gui
