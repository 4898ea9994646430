// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QImage>

namespace outrigger::gui {

/// One picture, fitted into the room or zoomed; dragging and the wheel move it.
class PictureStage : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit PictureStage(QWidget *parent = nullptr);
    void setPicture(const QImage &image); ///< fitted again
    void setSentence(const QString &sentence); ///< instead of a picture
    void zoomBy(double factor);
    void fit();
    bool isFitted() const { return m_fitted; }
    double zoom() const { return m_zoom; } ///< 1: one pixel of the picture is one of the screen

Q_SIGNALS:
    void zoomed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    double fittingZoom() const;
    void apply(const QPointF &fixed);
    QImage m_image;
    QString m_sentence;
    double m_zoom = 1;
    bool m_fitted = true;
    QPoint m_grip;
};

} // namespace outrigger::gui
