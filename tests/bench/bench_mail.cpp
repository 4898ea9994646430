// SPDX-License-Identifier: GPL-3.0-or-later
// A hostile e-mail from its bytes to the picture: bench_mail ROUNDS
// Twenty tables in one another, 10,000 links, 5 MB. Prints: shown MS, gui MS (of that, on the GUI thread), floor MS for each round.
// The floor is libxml2 reading the same bytes and throwing them away.
#include "benchdata.h"
#include "gui/mailview.h"
#include "gui/style.h"
#include "paintwatch.h"

#include <QApplication>

#include <libxml/HTMLparser.h>

using namespace outrigger;

namespace {

QString hostile()
{
    QString html = QStringLiteral("<html><body>");
    for (int i = 0; i < 20; ++i)
        html += QStringLiteral("<table border=1><tr><td>");
    for (int i = 0; i < 10'000; ++i)
        html += QStringLiteral("<p style=\"color:red;font-size:14px\">Offer %1: <a href=\"https://offers.example/%1?u=lead\">see the house</a></p>").arg(i);
    for (int i = 0; i < 20; ++i)
        html += QStringLiteral("</td></tr></table>");
    const QString filling = QStringLiteral("<div><b>words</b> and <i>more words</i> of a letter that does not end. </div>");
    while (html.size() < 5 * 1024 * 1024)
        html += filling;
    return html + QStringLiteral("</body></html>");
}

double floorMs(const QByteArray &bytes)
{
    QElapsedTimer timer;
    timer.start();
    htmlSAXHandler nothing = {};
    htmlParserCtxtPtr context = htmlCreatePushParserCtxt(&nothing, nullptr, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8);
    htmlParseChunk(context, bytes.constData(), static_cast<int>(bytes.size()), 1);
    htmlFreeParserCtxt(context);
    return bench::milliseconds(timer);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    gui::Style::install(&app);
    if (argc < 2)
        return 2;
    const QString html = hostile();
    const QByteArray bytes = html.toUtf8();
    for (int round = 0; round < std::atoi(argv[1]); ++round) {
        gui::MailView view;
        view.resize(760, 760);
        view.show();
        bench::PaintWatch watch(view.viewport());
        if (!bench::waitUntil([&] { return watch.count > 0; }))
            return bench::gaveUp(__LINE__);
        QElapsedTimer timer;
        timer.start();
        gui::PreparedMail mail = bench::await(gui::prepareMail(html, QStringLiteral("text/html"), {}));
        const double prepared = bench::milliseconds(timer);
        watch.count = 0;
        view.setMail(std::move(mail));
        if (!bench::waitUntil([&] { return watch.count > 0; }))
            return bench::gaveUp(__LINE__);
        const double shown = bench::milliseconds(timer);
        if (view.clean().parts.isEmpty())
            return bench::gaveUp(__LINE__);
        std::printf("shown %.2f gui %.2f floor %.2f\n", shown, shown - prepared, floorMs(bytes));
    }
    return 0;
}
