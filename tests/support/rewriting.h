// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRandomGenerator>
#include <QString>
#include <QStringList>

namespace outrigger::test {

/// Texts as salespeople write them, and what a server makes of them before it shows them again.
class Rewriting
{
public:
    explicit Rewriting(quint32 seed) : m_chance(seed) {}

    int below(int limit) { return int(m_chance.bounded(limit)); }

    /// At least two words that are no link.
    QString text()
    {
        using namespace Qt::StringLiterals;
        static const QStringList words{u"Hello"_s, u"Sarah"_s, u"José"_s, u"Łukasz"_s, u"2:30"_s, u"$425,000"_s, u"a.c(x)[1]*"_s, u"さくら"_s,
                                       u"שלום"_s, u"thanks!"_s, u"👍"_s, u"\\d+"_s, u"Thursday"_s, u"noon?"_s, u"^tomorrow$"_s};
        static const QStringList links{u"https://example.com/a?b=c&d=%20"_s, u"http://example.org/long/way/to/it#here"_s};
        static const QStringList gaps{u" "_s, u" "_s, u" "_s, u"  "_s, u"\n"_s, u"\n\n"_s};
        QString all = words[below(int(words.size()))];
        for (int more = below(8); more >= 0; --more) {
            all += gaps[below(int(gaps.size()))];
            all += below(8) == 0 ? links[below(int(links.size()))] + u' ' + words[below(int(words.size()))] : words[below(int(words.size()))];
        }
        return all;
    }

    /// The same words after the server: blanks, line ends, composition, marks without width, links, a line of its own.
    QString rewritten(QString text)
    {
        using namespace Qt::StringLiterals;
        if (below(3) == 0)
            text.replace(u"https://example.com/a?b=c&d=%20"_s, u"https://lnk.io/%1"_s.arg(below(100'000)));
        if (below(3) == 0)
            text = text.normalized(below(2) == 0 ? QString::NormalizationForm_D : QString::NormalizationForm_C);
        if (below(3) == 0)
            text.replace(u'\n', u"\r\n"_s);
        if (below(3) == 0)
            text.replace(u"  "_s, u" "_s);
        if (below(4) == 0)
            text.insert(text.indexOf(u' ') + 1, QChar(0x200b));
        if (below(4) == 0)
            text = u" "_s + text + u"\n"_s;
        switch (below(6)) {
        case 0:
            return text + u"\nReply STOP to unsubscribe"_s;
        case 1:
            return u"Outrigger: "_s + text;
        default:
            return text;
        }
    }

    /// Nearly the same: one letter of its first word is another.
    QString other(QString text)
    {
        return text.replace(0, text[0].isHighSurrogate() ? 2 : 1, u'~');
    }

private:
    QRandomGenerator m_chance;
};

} // namespace outrigger::test
