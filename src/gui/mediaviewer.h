// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "models/mediashelf.h"

#include <QDialog>
#include <QStringList>

class QToolButton;

namespace outrigger::gui {

class Label;
class PictureStage;

/// The pictures of one message, large: arrows, zoom, save, copy. Opened with open(); deletes itself when closed.
class MediaViewer : public QDialog
{
    Q_OBJECT
public:
    /// `title` says whose pictures these are. `shelf` outlives it.
    MediaViewer(models::MediaShelf *shelf, QStringList addresses, int at, const QString &title, QWidget *parent);
    ~MediaViewer() override;
    int at() const { return m_at; }
    bool isShown() const { return m_picture.has_value(); } ///< the picture has been opened
    double zoom() const;

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *buildBar();
    QToolButton *tool(const QString &icon, const QString &id, const QString &name, const QString &key, std::function<void()> act);
    void go(int step);
    void load();
    static Task<void> showPicture(MediaViewer *self, QString address);
    static Task<void> write(MediaViewer *self, QString file, QByteArray bytes);
    void save();
    void copy();
    void say(const QString &sentence);
    void refresh();
    QString safeName() const;

    models::MediaShelf *m_shelf;
    QStringList m_addresses;
    int m_at;
    QString m_title;
    std::optional<models::ShownPicture> m_picture;
    PictureStage *m_stage;
    Label *m_words;
    Label *m_said;
    QToolButton *m_previous = nullptr, *m_next = nullptr, *m_in = nullptr, *m_out = nullptr, *m_fit = nullptr;
    QToolButton *m_save = nullptr, *m_copy = nullptr;
    Task<void> m_loading;
    Task<void> m_writing;
};

} // namespace outrigger::gui
