// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"

#include <QPlainTextEdit>

namespace outrigger::gui {

/// The field a text is written in: grows from one to eight lines, then scrolls; plain text only.
class ComposerText : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit ComposerText(QWidget *parent = nullptr);
    void setEnterSends(bool on) { m_enterSends = on; }
    void setContact(const ContactId &contact) { m_contact = contact; } ///< what is copied carries it
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void sendRequested(bool andDone);
    void leaveRequested();
    void takeBackRequested(); ///< Up or Esc in an empty field
    void menuRequested(const QPoint &globalPosition, int position); ///< at this place in the text
    void pasted(const QString &text, const outrigger::ContactId &from); ///< something came from the clipboard or was dropped
    void filesOffered(const QMimeData *data); ///< pictures or files were pasted or dropped
    void numberRequested(int which); ///< Alt+1..9: 0 is the first

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    QMimeData *createMimeDataFromSelection() const override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void grow();
    int heightOfLines(int lines) const;
    bool m_enterSends = true;
    ContactId m_contact;
};

} // namespace outrigger::gui
