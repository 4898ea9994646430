// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/mail.h"
#include "domain/rows.h"
#include "gui/mailview.h"
#include "gui/widgets.h"

#include <functional>

class QHBoxLayout;

namespace outrigger::models {
class MediaShelf;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class Settings;

/// One e-mail, read in the place of the thread: who, when, the words, its files. Remote pictures stay where they are
/// until a person wants them of this sender.
class MailReader : public Pane
{
    Q_OBJECT
public:
    MailReader(sync::Engine *engine, Settings *settings, models::MediaShelf *shelf, QWidget *parent = nullptr);
    ~MailReader() override;

    void open(const MessageRow &row);
    void clear();
    const MessageRow &row() const { return m_row; }
    const mail::Body &body() const { return m_body; }
    bool isReady() const { return m_ready; }
    MailView *view() const { return m_view; }
    void showPictures(bool wanted = true); ///< of this sender, from now on

Q_SIGNALS:
    void leaveRequested();
    void replyRequested(bool toAll);
    void announced(const QString &sentence);

private:
    QWidget *buildHead();
    void tell(Strip::Kind kind, const QString &sentence, const QString &act = {}, std::function<void()> what = {},
              const QString &second = {}, std::function<void()> other = {});
    static Task<void> load(MailReader *self, MessageRow row);
    static Task<void> draw(MailReader *self);
    static Task<void> fetchPictures(MailReader *self, QStringList addresses);
    static Task<void> save(MailReader *self, QString address, QString file);
    void showHead();
    void showFiles();
    void offerPictures();
    void follow(const mail::Link &link);
    void askWhereTo(const QString &address);
    bool wantsPictures() const;
    QString sender() const;

    sync::Engine *m_engine;
    Settings *m_settings;
    models::MediaShelf *m_shelf;
    MessageRow m_row;
    mail::Body m_body;
    bool m_ready = false;
    Label *m_subject;
    Label *m_from;
    Label *m_to;
    Label *m_date;
    QToolButton *m_reply;
    QToolButton *m_picturesOff; ///< where they are shown: not any more
    Strip *m_strip;
    Strip *m_remote;
    MailView *m_view;
    QWidget *m_files;
    QHBoxLayout *m_fileRow;
    Label *m_target;
    std::function<void()> m_act, m_second;
    Task<void> m_loading;
    Task<void> m_drawing;
    Task<void> m_pictures;
    Task<void> m_saving;
};

} // namespace outrigger::gui
