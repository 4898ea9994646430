// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QVector>

/// Mail as strangers write it, made safe before any widget sees it. Pure functions, any thread. What comes out is put
/// together anew from a list of allowed tags, attributes, properties and schemes; nothing of the input is copied but
/// escaped text. No address appears in it: links and pictures are numbers into the lists beside it.
namespace outrigger::mail {

/// A link, under the number N of "link:N".
struct Link {
    QString address;    ///< https, http, mailto or tel; in its encoded form, without user name
    QString host;       ///< as machines know it ("xn--..."), empty for tel
    bool secure = true; ///< not plain http
    bool misleading = false; ///< its text names another host, or it hides its host behind a name
};

/// A stretch of the mail.
struct Part {
    QString html;
    QString text; ///< the same without marks
    bool quoted = false; ///< what was answered: folded until asked for
};

struct Clean {
    QVector<Part> parts;
    QVector<Link> links;
    QStringList remotePictures;         ///< "picture:N": addresses as the mail names them; nothing has been asked for
    QVector<QByteArray> inlinePictures; ///< "inline:N": PNG, JPEG, GIF or WebP by their first bytes, not decoded
    int trackers = 0; ///< pictures of one pixel, which are never shown
    bool cut = false; ///< the end is missing, because the mail is larger than a screen can hold
    QString problem;  ///< one sentence for that, or for why nothing is shown
    QString text() const; ///< of all parts
};

struct CleanOptions {
    bool dark = false;     ///< colours that cannot be read on this ground are left out; grounds always are
    bool pictures = false; ///< "picture:N" where remote pictures stand; else their alternative words
};

/// Everything the mail says that is allowed. Bounded in time and memory for any input: at most 6 MB are read, 20,000
/// tags, 64 levels, 8 tables inside each other, 2,000 links, 300,000 characters of result.
Clean clean(const QString &html, CleanOptions options = {});
/// Of plain text: paragraphs, https links, and lines that begin with ">" as quoted parts.
Clean cleanText(const QString &text);
/// Whether a body is HTML: its declared type where there is one, else whether it looks like tags.
bool looksLikeHtml(const QString &body, const QString &contentType);

/// What is sent for a text a person typed: paragraphs and line breaks, nothing else.
QString htmlFor(const QString &plain);

} // namespace outrigger::mail
