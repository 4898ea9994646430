// SPDX-License-Identifier: GPL-3.0-or-later
// Scrolling up through a conversation of 5,000 messages of all kinds, a thousand of them with pictures:
// bench_scroll DIR ROUNDS
// Prints for each round: p99 MS, max MS of a frame (a step of the wheel, laid out and painted), and the same of the
// floor, which paints as many texts and pictures of that size into a picture of that size.
#include "benchdata.h"
#include "core/profile.h"
#include "gui/style.h"
#include "gui/threadview.h"
#include "models/mediashelf.h"
#include "models/threadmodel.h"
#include "paintwatch.h"
#include "store/cache.h"
#include "sync/engine.h"

#include <QApplication>
#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QScrollBar>
#include <QTimeZone>

#include <algorithm>
#include <vector>

using namespace outrigger;

namespace {

constexpr int messages = 5'000;
constexpr int frames = 1'500;
constexpr int step = 120; // px: a turn of the wheel
const QSize window(760, 760);

QByteArray photo(int n)
{
    QImage image(900, 600, QImage::Format_RGB32);
    image.fill(QColor::fromHsv(n * 37 % 360, 90, 200));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "JPG", 80);
    return bytes;
}

QVector<Message> mixed(const QStringList &pictures)
{
    QVector<Message> list;
    for (int n = 0; n < messages; ++n) {
        Message m = bench::message(0, n);
        if (n % 5 == 0)
            m.attachments = {pictures.at(n / 5 % pictures.size())};
        if (n % 13 == 0)
            m.body = m.body.repeated(9);
        if (n % 17 == 0)
            m.source = QStringLiteral("workflow");
        if (n % 23 == 0) {
            m.channel = Channel::Email;
            m.typeWord = QStringLiteral("TYPE_EMAIL");
            m.subject = QStringLiteral("About your appointment");
        } else if (n % 29 == 0) {
            m.channel = Channel::Call;
            m.typeWord = QStringLiteral("TYPE_CALL");
            m.callSeconds = 65;
            m.body.clear();
        } else if (n % 31 == 0) {
            m.channel = Channel::Activity;
            m.activityTitle = QStringLiteral("Opportunity moved");
        }
        list.append(m);
    }
    return list;
}

struct Frames {
    std::vector<double> each;
    double percentile(double share)
    {
        std::sort(each.begin(), each.end());
        return each.at(std::min(each.size() - 1, static_cast<std::size_t>(share * static_cast<double>(each.size()))));
    }
};

Frames floorFrames()
{
    Frames result;
    QImage target(window, QImage::Format_ARGB32_Premultiplied);
    const QImage picture = QImage::fromData(photo(1)).scaled(260, 174);
    QStringList texts;
    for (int n = 0; n < messages; ++n)
        texts.append(bench::message(0, n).body);
    for (int frame = 0; frame < frames; ++frame) {
        QElapsedTimer timer;
        timer.start();
        QPainter painter(&target);
        painter.fillRect(target.rect(), Qt::white);
        for (int i = 0; i < 12; ++i)
            painter.drawText(QRect(8, i * 62, 500, 60), Qt::TextWordWrap, texts.at((frame + i) % messages));
        painter.drawImage(8, frame % 500, picture);
        painter.drawImage(300, frame % 500, picture);
        painter.end();
        result.each.push_back(bench::milliseconds(timer));
    }
    return result;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    gui::Style::install(&app);
    if (argc < 3)
        return 2;
    auto profile = Profile::open(QString::fromLocal8Bit(argv[1]), true);
    if (!profile || !profile->lock())
        return bench::gaveUp(__LINE__);
    QDir(profile->root()).mkpath(QStringLiteral("outgoing"));
    QStringList pictures;
    for (int n = 0; n < 24; ++n) { // files that are still here: nothing is fetched
        MessageFile file;
        file.key = QStringLiteral("01ARZ3NDEKTSV4RRFFQ69G5F%1").arg(n + 10, 2, 10, QLatin1Char('0'));
        file.name = QStringLiteral("photo.jpg");
        pictures.append(outgoingAddress(file));
    }
    sync::EngineOptions options;
    options.offline = true;
    options.pull = options.deliver = false;
    sync::Engine engine(*profile, options);
    if (!bench::await(engine.start()))
        return bench::gaveUp(__LINE__);
    for (int n = 0; n < pictures.size(); ++n) { // after the start, which sweeps what no record names
        QFile out(profile->path(QStringLiteral("outgoing/") + outgoingKey(pictures.at(n))));
        if (!out.open(QIODevice::WriteOnly) || out.write(photo(n)) < 0)
            return bench::gaveUp(__LINE__);
    }
    if (!bench::await(engine.cache().putMessages(bench::location, mixed(pictures), {})))
        return bench::gaveUp(__LINE__);
    const auto row = bench::await(engine.cache().conversation(bench::location, bench::conversation(0).id));
    if (!row || !*row)
        return bench::gaveUp(__LINE__);

    for (int round = 0; round < std::atoi(argv[2]); ++round) {
        models::ThreadModel model(&engine.cache());
        gui::ThreadView view;
        view.setShelf(new models::MediaShelf(&engine, &view));
        view.setModel(&model);
        view.resize(window);
        view.show();
        bool opened = false;
        QObject::connect(&model, &models::ThreadModel::opened, &app, [&] { opened = true; });
        model.open((**row).key, QTimeZone::utc(), 0, QStringLiteral("Sarah"));
        if (!bench::waitUntil([&] { return opened; }))
            return bench::gaveUp(__LINE__);
        Frames ours;
        for (int frame = 0; frame < frames; ++frame) {
            QElapsedTimer timer;
            timer.start();
            view.verticalScrollBar()->setValue(view.verticalScrollBar()->value() - step);
            view.viewport()->repaint();
            // What the loop does between two turns belongs to the frame: older rows coming in, pictures arriving.
            QCoreApplication::processEvents();
            ours.each.push_back(bench::milliseconds(timer));
        }
        Frames theirs = floorFrames();
        std::printf("p99 %.3f max %.3f floor_p99 %.3f floor_max %.3f\n", ours.percentile(0.99), ours.percentile(1.0), theirs.percentile(0.99),
                    theirs.percentile(1.0));
    }
    return 0;
}
