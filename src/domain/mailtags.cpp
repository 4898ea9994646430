// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/mailtags.h"

#include <QHash>

namespace outrigger::mail {

Sort sortOf(const QByteArray &name)
{
    static const QHash<QByteArray, Sort> sorts = [] {
        QHash<QByteArray, Sort> all;
        const auto add = [&all](Sort sort, std::initializer_list<const char *> names) {
            for (const char *one : names)
                all.insert(one, sort);
        };
        add(Sort::Leave, {"script", "style", "title", "head", "textarea", "select", "option", "iframe", "frame", "frameset", "object",
                          "embed", "applet", "noscript", "noembed", "noframes", "template", "svg", "math", "audio", "video",
                          "canvas", "map", "datalist", "xmp", "plaintext", "listing", "base", "meta", "link", "input", "param"});
        add(Sort::Inline, {"b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "sub", "sup", "small", "big", "tt", "code", "span", "cite", "kbd", "samp", "var"});
        add(Sort::Block, {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "center", "address", "dl", "dt", "dd"});
        add(Sort::Pre, {"pre"});
        add(Sort::Break, {"br"});
        add(Sort::Rule, {"hr"});
        add(Sort::Link, {"a"});
        add(Sort::Picture, {"img", "image"});
        add(Sort::List, {"ul", "ol"});
        add(Sort::Item, {"li"});
        add(Sort::Table, {"table"});
        add(Sort::Section, {"tbody", "thead", "tfoot"});
        add(Sort::Row, {"tr"});
        add(Sort::Cell, {"td", "th"});
        add(Sort::Font, {"font"});
        return all;
    }();
    return sorts.value(name, Sort::Unknown);
}

} // namespace outrigger::mail
