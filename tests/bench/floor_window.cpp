// SPDX-License-Identifier: GPL-3.0-or-later
// The floor of a start: an empty Qt Widgets window, QMainWindow with an empty QTableView. Says "painted" and stays until
// its standard input ends.
#include <QApplication>
#include <QMainWindow>
#include <QSocketNotifier>
#include <QStandardItemModel>
#include <QTableView>
#include <QTimer>

#include <cstdio>
#include <unistd.h>

namespace {

class Watcher : public QObject
{
public:
    using QObject::QObject;
    bool eventFilter(QObject *object, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && !m_said) {
            m_said = true;
            QTimer::singleShot(0, this, [] {
                std::puts("painted");
                std::fflush(stdout);
            });
        }
        return QObject::eventFilter(object, event);
    }

private:
    bool m_said = false;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QMainWindow window;
    QStandardItemModel model(0, 5);
    auto *view = new QTableView;
    view->setModel(&model);
    window.setCentralWidget(view);
    window.resize(1280, 800);
    Watcher watcher;
    view->viewport()->installEventFilter(&watcher);
    QSocketNotifier end(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&end, &QSocketNotifier::activated, &app, [] {
        char c;
        if (::read(STDIN_FILENO, &c, 1) <= 0)
            QCoreApplication::quit();
    });
    window.show();
    return app.exec();
}
