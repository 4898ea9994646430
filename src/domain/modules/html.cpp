// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/htmlmodule.h"

#include <QtGlobal>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include <memory>

namespace outrigger::html {

namespace {

// The reader looks through its whole stack at every closing tag without an opening one: both must stay small.
constexpr int mostLevels = 400;
constexpr int mostMistakes = 20'000;

struct Walk {
    Handler *handler;
    htmlParserCtxtPtr parser;
    int mistakes = 0;
    bool stopped = false;

    void goOn(bool wanted)
    {
        if (!wanted && !stopped) {
            stopped = true;
            xmlStopParser(parser);
        }
    }
};

const char *plain(const xmlChar *text) { return reinterpret_cast<const char *>(text); }

void onStart(void *data, const xmlChar *name, const xmlChar **attributes)
{
    auto *walk = static_cast<Walk *>(data);
    if (!walk->stopped)
        walk->goOn(walk->parser->nameNr < mostLevels && walk->handler->start(plain(name), reinterpret_cast<const char *const *>(attributes)));
}

void onEnd(void *data, const xmlChar *name)
{
    auto *walk = static_cast<Walk *>(data);
    if (!walk->stopped)
        walk->goOn(walk->handler->end(plain(name)));
}

void onText(void *data, const xmlChar *text, int size)
{
    auto *walk = static_cast<Walk *>(data);
    if (!walk->stopped)
        walk->goOn(walk->handler->text(plain(text), size));
}

void onMistake(void *data, const char *, ...)
{
    auto *walk = static_cast<Walk *>(data);
    walk->goOn(++walk->mistakes < mostMistakes);
}

bool walkThrough(const QByteArray &text, Handler &handler)
{
    const auto release = [](htmlParserCtxtPtr parser) { htmlFreeParserCtxt(parser); };
    const std::unique_ptr<htmlParserCtxt, decltype(release)> parser(
        htmlCreateMemoryParserCtxt(text.constData(), static_cast<int>(text.size())), release);
    if (!parser)
        return false;
    Walk walk{&handler, parser.get()};
    htmlSAXHandler calls{};
    calls.startElement = onStart;
    calls.endElement = onEnd;
    calls.characters = onText;
    calls.ignorableWhitespace = onText;
    calls.cdataBlock = onText; // inside script and style: the handler is leaving those out
    calls.error = onMistake;
    calls.initialized = 1;
    *parser->sax = calls;
    parser->userData = &walk;
    htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC | HTML_PARSE_NOIMPLIED);
    // Our text is UTF-8 whatever it says of itself.
    if (xmlCharEncodingHandlerPtr utf8 = xmlFindCharEncodingHandler("UTF-8")) {
        xmlSwitchToEncoding(parser.get(), utf8);
        if (!parser->input->encoding)
            parser->input->encoding = xmlStrdup(reinterpret_cast<const xmlChar *>("UTF-8"));
    }
    htmlParseDocument(parser.get());
    parser->userData = nullptr;
    return !walk.stopped;
}

constexpr Module functions{walkThrough};

} // namespace

} // namespace outrigger::html

extern "C" Q_DECL_EXPORT const outrigger::html::Module *outrigger_html_module()
{
    return &outrigger::html::functions;
}
