// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/mailfiles.h"

#include "core/await.h"
#include "gui/icons.h"
#include "models/mailfile.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLocale>
#include <QMimeData>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr qsizetype mostFiles = 10;

} // namespace

MailFiles::MailFiles(QWidget *parent) : QWidget(parent)
{
    setObjectName(u"mailcompose.files"_s);
    m_row = new QHBoxLayout(this);
    setInsets(m_row, 12, 0, 12, 4, 6);
    showFiles();
}

MailFiles::~MailFiles() = default;

void MailFiles::setFiles(QVector<OutgoingFile> files)
{
    m_tasks.cancel();
    m_reading = 0;
    m_files = std::move(files);
    showFiles();
}

void MailFiles::choose()
{
    auto *dialog = new QFileDialog(this, tr("Attach files"));
    dialog->setObjectName(u"mailcompose.attach.dialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &MailFiles::addPaths);
    dialog->open();
}

bool MailFiles::add(const QMimeData *offered)
{
    QStringList paths;
    const auto urls = offered ? offered->urls() : QList<QUrl>();
    for (const QUrl &url : urls) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    }
    addPaths(paths);
    return !paths.isEmpty();
}

void MailFiles::addPaths(const QStringList &paths)
{
    for (const QString &path : paths) {
        if (m_files.size() + m_reading >= mostFiles) {
            Q_EMIT refused(tr("An e-mail takes up to %1 files here. Put the others into a second one.").arg(mostFiles));
            return;
        }
        ++m_reading;
        m_tasks.start(read(this, path));
    }
    showFiles();
}

Task<void> MailFiles::read(MailFiles *self, QString path)
{
    auto reading = models::readMailFile(std::move(path));
    auto file = co_await reading;
    --self->m_reading;
    if (file)
        self->m_files.append(std::move(*file));
    self->showFiles();
    if (!file)
        Q_EMIT self->refused(file.error().message);
}

void MailFiles::showFiles()
{
    while (QLayoutItem *item = m_row->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    for (qsizetype i = 0; i < m_files.size(); ++i) {
        const OutgoingFile &file = m_files.at(i);
        auto *chip = new QToolButton(this);
        chip->setObjectName(u"mailcompose.file"_s);
        chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        chip->setIcon(icons::icon(u"close"_s));
        const QString size = QLocale().formattedDataSize(file.bytes.size(), 0, QLocale::DataSizeSIFormat);
        QString label = fontMetrics().elidedText(file.name, Qt::ElideMiddle, px(140)) + u" · "_s + size;
        chip->setText(label.replace(u'&', u"&&"_s));
        chip->setAccessibleName(tr("Remove %1, %2").arg(file.name, size));
        chip->setToolTip(tr("Remove %1").arg(file.name).toHtmlEscaped());
        connect(chip, &QToolButton::clicked, this, [this, i] {
            m_files.remove(i);
            showFiles();
        });
        m_row->addWidget(chip);
    }
    m_row->addStretch(1);
    setVisible(!m_files.isEmpty());
    Q_EMIT changed();
}

} // namespace outrigger::gui
