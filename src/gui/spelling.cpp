// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/spelling.h"

#include "core/await.h"
#include "core/module.h"
#include "domain/mergefields.h"
#include "gui/settings.h"
#include "gui/spellmodule.h"
#include "models/desk.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr int longestWord = 60;
constexpr qsizetype keptAnswers = 20'000;
constexpr int mostSuggestions = 6;
constexpr qsizetype mostOwnWords = 5'000;

QStringList folders()
{
    QStringList all = qEnvironmentVariable("DICPATH").split(u':', Qt::SkipEmptyParts);
    if (all.isEmpty()) {
        all = {u"/usr/share/hunspell"_s, u"/usr/share/myspell/dicts"_s,
               QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/hunspell"_s};
    }
    return all;
}

QString fileOf(const QString &language, const QString &ending)
{
    const auto all = folders();
    for (const QString &folder : all) {
        const QString file = folder + u'/' + language + ending;
        if (QFile::exists(file))
            return file;
    }
    return {};
}

QString plainWord(QString word)
{
    return word.replace(QChar(0x2019), u'\'');
}

bool writtenInLatin(const QString &language)
{
    static const QStringList others{u"ar"_s, u"be"_s, u"bg"_s, u"bn"_s, u"bo"_s, u"el"_s, u"fa"_s, u"gu"_s, u"he"_s, u"hi"_s, u"kk"_s, u"kmr"_s,
                                    u"ko"_s, u"lo"_s, u"ml"_s, u"mn"_s, u"ne"_s, u"ru"_s, u"si"_s, u"sr"_s, u"te"_s, u"th"_s, u"uk"_s};
    return !others.contains(language.section(u'_', 0, 0));
}

/// Parts of a line that are no words: addresses, fields, what begins with / @ or #.
QVector<std::pair<int, int>> notWords(const QString &line)
{
    QVector<std::pair<int, int>> parts;
    const auto fields = mergeFields(line);
    for (const MergeField &field : fields)
        parts.append({field.at, field.at + qMax(field.length, 2)});
    for (int at = 0; at < line.size();) {
        if (line.at(at).isSpace()) {
            ++at;
            continue;
        }
        int end = at;
        bool address = line.at(at) == u'/' || line.at(at) == u'@' || line.at(at) == u'#';
        for (; end < line.size() && !line.at(end).isSpace(); ++end) {
            const bool inside = end > at && end + 1 < line.size() && line.at(end + 1).isLetterOrNumber();
            address = address || line.at(end) == u'@' || (line.at(end) == u'.' && inside && line.at(end - 1).isLetterOrNumber())
                || (line.at(end) == u':' && line.mid(end, 3) == "://"_L1);
        }
        if (address)
            parts.append({at, end});
        at = end;
    }
    return parts;
}

} // namespace

/// Everything here is touched by the pool's thread alone.
struct Spelling::Worker {
    QString wanted; ///< a setting, see languageFor()
    const spell::Module *module = nullptr;
    void *dictionary = nullptr;
    bool tried = false;

    bool ready()
    {
        if (std::exchange(tried, true))
            return dictionary;
        const QString language = languageFor(wanted);
        if (language.isEmpty())
            return false;
        if (!module) {
            const auto open = reinterpret_cast<spell::ModuleFunction *>(moduleFunction(u"spell"_s, spell::moduleFunctionName));
            module = open ? open() : nullptr;
        }
        if (module)
            dictionary = module->open(fileOf(language, u".aff"_s), fileOf(language, u".dic"_s));
        return dictionary;
    }
    void use(const QString &setting)
    {
        drop();
        wanted = setting;
        tried = false;
    }
    void drop()
    {
        if (dictionary)
            module->close(std::exchange(dictionary, nullptr));
    }
    ~Worker() { drop(); }
};

Spelling *Spelling::of(models::Desk *desk, Settings *settings)
{
    auto *known = desk->findChild<Spelling *>(QString(), Qt::FindDirectChildrenOnly);
    return known ? known : new Spelling(desk, settings);
}

Spelling::Spelling(models::Desk *desk, Settings *settings)
    : QObject(desk), m_desk(desk), m_settings(settings), m_worker(std::make_shared<Worker>())
{
    setObjectName(u"spelling"_s);
    m_pool.setMaxThreadCount(1);
    m_askSoon.setSingleShot(true);
    m_askSoon.setInterval(0);
    connect(&m_askSoon, &QTimer::timeout, this, &Spelling::ask);
    connect(settings, &Settings::changed, this, &Spelling::applySettings);
    connect(desk, &models::Desk::referenceChanged, this, &Spelling::applySettings); // another account has another language
    m_setting = u"?"_s; // so that the first setting counts as a change
    applySettings();
}

Spelling::~Spelling()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void Spelling::applySettings()
{
    const QString setting = m_settings->spellLanguage();
    if (setting == m_setting)
        return;
    m_setting = setting;
    m_off = setting == "off"_L1;
    ++m_generation;
    m_answers.clear();
    m_asked.clear();
    m_waiting.clear();
    m_pool.start([worker = m_worker, setting] { worker->use(setting); });
    Q_EMIT changed();
}

QStringList Spelling::languages()
{
    QStringList all;
    const auto places = folders();
    for (const QString &folder : places) {
        const auto files = QDir(folder).entryList({u"*.dic"_s}, QDir::Files);
        for (const QString &file : files) {
            const QString language = file.chopped(4);
            if (!language.startsWith("hyph_"_L1) && !all.contains(language) && !fileOf(language, u".aff"_s).isEmpty())
                all << language;
        }
    }
    all.sort();
    return all;
}

QString Spelling::languageFor(const QString &setting)
{
    if (setting == "off"_L1)
        return {};
    const QStringList wanted = setting.isEmpty() ? QStringList{QLocale::system().name(), u"en_US"_s} : QStringList{setting};
    for (const QString &language : wanted) {
        if (!fileOf(language, u".dic"_s).isEmpty() && !fileOf(language, u".aff"_s).isEmpty())
            return language;
    }
    return {};
}

QVector<Spelling::Piece> Spelling::pieces(const QString &line, const QString &language)
{
    const bool latin = writtenInLatin(language);
    const auto apart = notWords(line);
    QVector<Piece> words;
    const auto inWord = [&line](int i) { return line.at(i).isLetterOrNumber() || line.at(i).isMark() || line.at(i).isSurrogate(); };
    const auto apostrophe = [&](int i) {
        return (line.at(i) == u'\'' || line.at(i) == QChar(0x2019)) && i > 0 && i + 1 < line.size() && line.at(i - 1).isLetter() && line.at(i + 1).isLetter();
    };
    for (int at = 0; at < line.size();) {
        if (!inWord(at)) {
            ++at;
            continue;
        }
        int end = at;
        bool fits = true;
        bool small = false;
        for (; end < line.size() && (inWord(end) || apostrophe(end)); ++end) {
            const QChar c = line.at(end);
            fits = fits && !c.isDigit() && !c.isSurrogate() && (!latin || !c.isLetter() || c.script() == QChar::Script_Latin);
            small = small || c.isLower() || (c.isLetter() && !c.isUpper());
        }
        const bool asked = fits && small && end - at > 1 && end - at <= longestWord
            && std::none_of(apart.cbegin(), apart.cend(), [at](const auto &part) { return at >= part.first && at < part.second; });
        if (asked)
            words.append({at, end - at, plainWord(line.mid(at, end - at))});
        at = end;
    }
    return words;
}

QVector<Spelling::Piece> Spelling::wrong(const QString &line)
{
    if (m_off)
        return {};
    if (!std::exchange(m_ownRead, true))
        m_tasks.start(readOwn(this));
    QVector<Piece> found;
    const auto words = pieces(line, m_setting);
    for (const Piece &piece : words) {
        if (m_own.contains(piece.word))
            continue;
        const auto answer = m_answers.constFind(piece.word);
        if (answer == m_answers.cend()) {
            if (!m_asked.contains(piece.word)) {
                m_asked.insert(piece.word);
                m_waiting.insert(piece.word);
                if (!m_askSoon.isActive())
                    m_askSoon.start();
            }
        } else if (!*answer) {
            found.append(piece);
        }
    }
    return found;
}

void Spelling::ask()
{
    const auto words = std::exchange(m_waiting, {});
    if (words.isEmpty())
        return;
    m_pool.start([this, worker = m_worker, words, generation = m_generation] {
        QHash<QString, bool> answers;
        const bool ready = worker->ready();
        for (const QString &word : words)
            answers.insert(word, !ready || worker->module->knows(worker->dictionary, word));
        // The pool is waited for in our destructor, so we are there.
        QMetaObject::invokeMethod(this, [this, generation, answers] { answered(generation, answers); }, Qt::QueuedConnection);
    });
}

void Spelling::answered(int generation, const QHash<QString, bool> &answers)
{
    if (generation != m_generation)
        return;
    if (m_answers.size() > keptAnswers)
        m_answers.clear();
    bool anyWrong = false;
    for (auto answer = answers.cbegin(); answer != answers.cend(); ++answer) {
        m_answers.insert(answer.key(), answer.value());
        m_asked.remove(answer.key());
        anyWrong = anyWrong || !answer.value();
    }
    if (anyWrong)
        Q_EMIT changed();
}

Task<Result<QStringList>> Spelling::suggest(QString word)
{
    Deferred<QStringList> answer;
    const auto resolve = answer.resolver();
    m_pool.start([this, worker = m_worker, word, resolve] {
        QStringList found;
        if (worker->ready())
            found = worker->module->suggest(worker->dictionary, word).mid(0, mostSuggestions);
        QMetaObject::invokeMethod(this, [resolve, found] { resolve(found); }, Qt::QueuedConnection);
    });
    QStringList found = co_await answer;
    co_return found;
}

void Spelling::learn(const QString &word)
{
    if (word.isEmpty() || m_own.contains(word) || m_own.size() >= mostOwnWords)
        return;
    m_own.insert(word);
    Q_EMIT changed();
    m_tasks.start(keepOwn(this));
}

Task<void> Spelling::readOwn(Spelling *self)
{
    auto reading = self->m_desk->kept(u"spelling"_s);
    const auto text = co_await reading;
    if (!text)
        co_return;
    const auto list = QJsonDocument::fromJson(text->toUtf8()).array();
    for (const auto &word : list)
        self->m_own.insert(word.toString());
    if (!self->m_own.isEmpty())
        Q_EMIT self->changed();
}

Task<void> Spelling::keepOwn(Spelling *self)
{
    QStringList words(self->m_own.cbegin(), self->m_own.cend());
    words.sort();
    auto keeping = self->m_desk->keep(u"spelling"_s, QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(words)).toJson(QJsonDocument::Compact)));
    co_await keeping;
}

} // namespace outrigger::gui
