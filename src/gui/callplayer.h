// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/callwords.h"
#include "gui/widgets.h"

#include <QDialog>

class QComboBox;
class QListView;
class QSlider;
class QStandardItemModel;

namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

namespace audio {
struct Module;
}

/// One call: its sound with a slider and a speed, its words beside it, sentence by sentence. Both are fetched when it is
/// opened. Qt Multimedia is bound here and nowhere earlier.
class CallPlayer : public QDialog
{
    Q_OBJECT
public:
    CallPlayer(sync::Engine *engine, const Message &call, const QString &leadName, QWidget *parent);
    ~CallPlayer() override;

    enum class State { Loading, NoSound, NoDevice, Ready, Playing, Broken };
    State state() const { return m_state; }
    qint64 position() const { return m_position; }
    double speed() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *buildHead(const QString &leadName);
    QWidget *buildBar();
    QWidget *buildWords();
    static Task<void> load(CallPlayer *self);
    static Task<void> loadWords(CallPlayer *self);
    void openSound(const QString &file);
    void onPosition(qint64 at);
    void onEnded();
    bool handle(QKeyEvent *event);
    void playOrPause();
    void seek(qint64 at);
    void step(qint64 by) { seek(m_position + by); }
    void faster(int steps);
    void toSentence(int row);
    void showState();
    void showTime();
    void showSentence();
    void say(const QString &sentence);
    void saveSound();
    void saveWords();
    void save(const QString &title, const QString &name, QByteArray bytes, const QString &copyOf);
    static Task<void> write(CallPlayer *self, QString file, QByteArray bytes, QString copyOf);
    QString fileName() const;

    sync::Engine *m_engine;
    Message m_call;
    QString m_lead;
    const audio::Module *m_module = nullptr;
    QObject *m_sound = nullptr;
    State m_state = State::Loading;
    QString m_why;      ///< the sentence of NoSound
    QString m_file;
    qint64 m_position = 0;
    qint64 m_duration = 0;
    bool m_dragging = false;
    QVector<Sentence> m_sentences;
    QToolButton *m_play = nullptr, *m_back = nullptr, *m_ahead = nullptr, *m_saveSound = nullptr, *m_saveWords = nullptr;
    QSlider *m_seek = nullptr;
    Label *m_time = nullptr;
    QComboBox *m_speed = nullptr;
    Label *m_said = nullptr;
    Label *m_wordsState = nullptr;
    QListView *m_words = nullptr;
    QStandardItemModel *m_model = nullptr;
    Task<void> m_loading;
    Task<void> m_loadingWords;
    Task<void> m_writing;
};

} // namespace outrigger::gui
