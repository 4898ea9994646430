// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QThreadPool>
#include <QTimer>

#include <memory>

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class Settings;

/// Whether words are spelt right. The dictionary (hunspell, in a module of its own) is read at the first question and
/// asked on a thread of its own; what is asked here is a table of answers, so that typing never waits for it. Without a
/// dictionary or the module every word is right.
class Spelling : public QObject
{
    Q_OBJECT
public:
    /// The one of this desk, made at the first call; both composers share it.
    static Spelling *of(models::Desk *desk, Settings *settings);
    ~Spelling() override;

    /// A word of a line.
    struct Piece {
        int at = 0;
        int length = 0;
        QString word;
    };
    /// The words of a line that a dictionary should know: no addresses, numbers, merge fields or capitals. Pure.
    static QVector<Piece> pieces(const QString &line, const QString &language);
    /// Those of them that are known to be wrong by now. Words not asked about yet are asked; changed() follows.
    QVector<Piece> wrong(const QString &line);
    bool isWrong(const QString &word) const { return m_answers.value(word, true) == false; }

    /// At most six, the likeliest first.
    Task<Result<QStringList>> suggest(QString word);
    /// One of the person's own words from now on; kept in the ledger.
    void learn(const QString &word);
    const QSet<QString> &learned() const { return m_own; }

    /// Installed dictionaries: "en_US", in the order of their names. Reads folders.
    static QStringList languages();
    /// The setting as it works out: the chosen one, else the desktop's or en_US where it is installed; empty: off.
    static QString languageFor(const QString &setting);

Q_SIGNALS:
    void changed(); ///< words may have become right or wrong

private:
    Spelling(models::Desk *desk, Settings *settings);
    void applySettings();
    void ask();
    void answered(int generation, const QHash<QString, bool> &answers);
    static Task<void> readOwn(Spelling *self);
    static Task<void> keepOwn(Spelling *self);

    struct Worker; ///< what lives on the pool's one thread
    models::Desk *m_desk;
    Settings *m_settings;
    std::shared_ptr<Worker> m_worker;
    QThreadPool m_pool;
    QString m_setting;
    QString m_language;
    bool m_off = false;
    int m_generation = 0; ///< of the language: late answers of another one do not count
    QHash<QString, bool> m_answers;
    QSet<QString> m_asked;
    QSet<QString> m_waiting;
    QTimer m_askSoon;
    QSet<QString> m_own;
    bool m_ownRead = false;
    TaskScope m_tasks;
};

} // namespace outrigger::gui
