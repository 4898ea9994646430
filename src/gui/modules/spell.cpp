// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/spellmodule.h"

#include <QFile>
#include <QStringConverter>

#include <hunspell/hunspell.hxx>

namespace outrigger::gui::spell {

namespace {

struct Dictionary {
    Dictionary(const QByteArray &aff, const QByteArray &dic) : words(aff.constData(), dic.constData()) {}
    Hunspell words;
    QStringEncoder encode;
    QStringDecoder decode;
};

void *open(const QString &affFile, const QString &dicFile)
{
    if (!QFile::exists(affFile) || !QFile::exists(dicFile))
        return nullptr;
    auto dictionary = std::make_unique<Dictionary>(QFile::encodeName(affFile), QFile::encodeName(dicFile));
    const std::string encoding = dictionary->words.get_dict_encoding();
    // Hunspell's own names of some encodings lack a hyphen that converters want.
    const QByteArray name = QByteArray::fromStdString(encoding).replace("ISO8859", "ISO-8859").replace("microsoft-cp", "windows-");
    dictionary->encode = QStringEncoder(name.constData());
    dictionary->decode = QStringDecoder(name.constData());
    if (!dictionary->encode.isValid() || !dictionary->decode.isValid())
        return nullptr;
    return dictionary.release();
}

bool knows(void *dictionary, const QString &word)
{
    auto *d = static_cast<Dictionary *>(dictionary);
    const QByteArray bytes = d->encode(word);
    return d->words.spell(bytes.toStdString());
}

QStringList suggest(void *dictionary, const QString &word)
{
    auto *d = static_cast<Dictionary *>(dictionary);
    QStringList result;
    const QByteArray bytes = d->encode(word);
    for (const std::string &one : d->words.suggest(bytes.toStdString()))
        result << QString(d->decode(QByteArray::fromStdString(one)));
    return result;
}

void close(void *dictionary)
{
    delete static_cast<Dictionary *>(dictionary);
}

constexpr Module functions{open, knows, suggest, close};

} // namespace

static const Module *module()
{
    return &functions;
}

} // namespace outrigger::gui::spell

extern "C" Q_DECL_EXPORT const outrigger::gui::spell::Module *outrigger_spell_module()
{
    return outrigger::gui::spell::module();
}
