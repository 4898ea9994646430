// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/attachment.h"

#include "api/words.h"

namespace outrigger::api {

namespace {

struct Ending {
    const char *ending;
    const char *type;
};
constexpr Ending endings[] = {
    {"jpg", "image/jpeg"},          {"jpeg", "image/jpeg"},
    {"png", "image/png"},           {"mp4", "video/mp4"},
    {"mpeg", "video/mpeg"},         {"zip", "application/zip"},
    {"rar", "application/vnd.rar"}, {"pdf", "application/pdf"},
    {"doc", "application/msword"},  {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"txt", "text/plain"},          {"mp3", "audio/mpeg"},
    {"wav", "audio/wav"},
};

} // namespace

QByteArray attachmentType(const QString &name)
{
    const QString ending = name.contains(QLatin1Char('.')) ? name.section(QLatin1Char('.'), -1).toLower() : QString();
    for (const Ending &known : endings) {
        if (ending == QLatin1String(known.ending))
            return known.type;
    }
    return {};
}

Status checkAttachment(const QString &name, qint64 size)
{
    if (attachmentType(name).isEmpty())
        return fail(ErrorKind::Usage, Words::tr("HighLevel does not take files like “%1”. It takes pictures (JPG, PNG), PDF, DOC, "
                                                "DOCX, TXT, ZIP, RAR, MP3, WAV, MP4 and MPEG.").arg(name));
    if (size <= 0)
        return fail(ErrorKind::Usage, Words::tr("The file “%1” is empty.").arg(name));
    if (size > attachmentLimit)
        return fail(ErrorKind::Usage, Words::tr("The file “%1” is larger than 5 MB, which is the most that HighLevel takes. "
                                                "Send a smaller one or a link.").arg(name));
    return {};
}

} // namespace outrigger::api
