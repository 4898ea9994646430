// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/outgoingpicture.h"

#include <QToolButton>
#include <QWidget>

namespace outrigger::gui {

/// One picture on its way into a text: what it looks like, what it is, how large, and a button that removes it.
class AttachmentTile : public QWidget
{
    Q_OBJECT
public:
    AttachmentTile(models::PreparedPicture picture, const QString &area, QWidget *parent);
    const models::PreparedPicture &picture() const { return m_picture; }
    void setPicture(models::PreparedPicture picture);
    QSize sizeHint() const override;
    bool sent = false; ///< is in the record that is being made

Q_SIGNALS:
    void removeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    QString sizeWords() const;
    void drawFace(QPainter &painter, const QRect &image) const;
    models::PreparedPicture m_picture;
    QToolButton *m_remove;
};

} // namespace outrigger::gui
