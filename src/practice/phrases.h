// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

/// What people in the practice account say to each other: short talks of a sales desk, line by line.
namespace outrigger::practice::phrases
{

enum class Talk : quint8 { Text, Spanish, Arabic, Hebrew, Chinese, Russian, Hindi, Mail, Social, Auto, Lead, LeadMail };
constexpr size_t talkCount = static_cast<size_t>(Talk::LeadMail) + 1;

struct Line {
    bool inbound;
    const char16_t *text; ///< with {first} {day} {time} {street} {price} {me}
};
struct Dialogue {
    Talk talk;
    int from; ///< first line
    int to;   ///< behind the last line
};

const std::vector<Line> &lines();
const std::vector<Dialogue> &dialogues();
/// The dialogues of one sort, by place.
const std::vector<int> &dialoguesOf(Talk talk);

/// The line with its gaps filled; the same salt fills them the same way.
QString fill(int line, const QString &first, quint64 salt);
/// What a person answers to a text: picked by what is in it.
QString answerTo(const QString &text, quint64 salt);
/// What a person writes without having been asked, and what a colleague writes.
QString opening(quint64 salt);
QString colleague(const QString &first, quint64 salt);

} // namespace outrigger::practice::phrases
