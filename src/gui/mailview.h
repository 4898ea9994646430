// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/mailhtml.h"

#include <QHash>
#include <QImage>
#include <QTextBrowser>

namespace outrigger::gui {

/// A mail made safe, with its inline pictures decoded; made on another thread.
struct PreparedMail {
    mail::Clean clean;
    QVector<QImage> inlinePictures; ///< null: could not be opened
};
Task<PreparedMail> prepareMail(QString body, QString contentType, mail::CleanOptions options);

/// Shows what domain/mailhtml.h has made of a mail. Loads nothing by itself: pictures are those that were put in.
class MailView : public QTextBrowser
{
    Q_OBJECT
public:
    explicit MailView(QWidget *parent = nullptr);
    void setMail(PreparedMail mail);
    const mail::Clean &clean() const { return m_mail.clean; }
    void setPicture(int number, const QImage &image);
    QImage picture(int number) const { return m_pictures.value(number); }
    void setLetterKeys(bool on) { m_letterKeys = on; }
    void setUnfolded(bool unfolded);
    bool isUnfolded() const { return m_unfolded; }
    QString shownText() const; ///< with the number of what is folded

Q_SIGNALS:
    void linkClicked(const outrigger::mail::Link &link);
    void linkPointed(const QString &address); ///< empty: none
    void leaveRequested();
    void replyRequested(bool toAll); ///< R and A

protected:
    QVariant loadResource(int type, const QUrl &name) override;
    void doSetSource(const QUrl &, QTextDocument::ResourceType) override {}
    QMimeData *createMimeDataFromSelection() const override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void render();
    QString folded(int lines) const;
    const mail::Link *linkOf(const QUrl &url) const;
    PreparedMail m_mail;
    QHash<int, QImage> m_pictures;
    bool m_unfolded = false;
    bool m_letterKeys = true;
    bool m_rendering = false;
};

} // namespace outrigger::gui
