// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/pipelinepage.h"

#include "gui/boardview.h"
#include "gui/settings.h"
#include "models/boardmodel.h"
#include "models/desk.h"

#include <QMenu>
#include <QToolButton>

#include <array>

using namespace Qt::StringLiterals;

// What the cards of a board show: the person's choice, kept for each pipeline.
namespace outrigger::gui {

namespace {

constexpr int mostLines = 7;
constexpr std::array usual{QT_TRANSLATE_NOOP("outrigger::gui::PipelinePage", "Contact"), QT_TRANSLATE_NOOP("outrigger::gui::PipelinePage", "Value"),
                           QT_TRANSLATE_NOOP("outrigger::gui::PipelinePage", "Owner"), QT_TRANSLATE_NOOP("outrigger::gui::PipelinePage", "Unread messages"),
                           QT_TRANSLATE_NOOP("outrigger::gui::PipelinePage", "Tags"), QT_TRANSLATE_NOOP("outrigger::gui::PipelinePage", "What is planned next"),
                           QT_TRANSLATE_NOOP("outrigger::gui::PipelinePage", "Days in the stage")};
constexpr std::array usualWords{"contact", "value", "owner", "unread", "tags", "next", "days"};
static_assert(usual.size() == usualWords.size());

QString stateName(const PipelineId &pipeline) { return u"pipeline.cards."_s + pipeline.value; }

} // namespace

/// Words with a minus are hidden, the others are lines of their own, in their order.
QStringList PipelinePage::cardWords() const
{
    const Pipeline *one = pipeline();
    return one ? QString::fromUtf8(m_settings->state(stateName(one->id))).split(u'\n', Qt::SkipEmptyParts) : QStringList();
}

void PipelinePage::setCardWords(const QStringList &words)
{
    if (const Pipeline *one = pipeline())
        m_settings->setState(stateName(one->id), words.join(u'\n').toUtf8());
    showCards();
}

QVector<std::pair<QString, QString>> PipelinePage::cardLines() const
{
    QVector<std::pair<QString, QString>> all{{u"source"_s, tr("Source")}, {u"company"_s, tr("Company")}, {u"added"_s, tr("Added")}, {u"updated"_s, tr("Changed")}};
    for (const CustomField &field : m_desk->reference().customFields) {
        if (field.model == "opportunity"_L1)
            all.append({field.id.value, field.name});
    }
    return all;
}

void PipelinePage::showCards()
{
    QSet<QString> hidden;
    QVector<models::dealwords::CardLine> lines;
    const auto known = cardLines();
    const QStringList words = cardWords();
    for (const QString &word : words) {
        if (word.startsWith(u'-')) {
            hidden.insert(word.mid(1));
            continue;
        }
        const auto line = std::find_if(known.begin(), known.end(), [&word](const auto &one) { return one.first == word; });
        if (line != known.end() && lines.size() < mostLines) // a field that was deleted in HighLevel has no name any more
            lines.append({line->first, line->second});
    }
    m_model->setLines(lines);
    m_board->setFields(hidden, int(lines.size()));
}

void PipelinePage::showCardMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"pipeline.cards.menu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QStringList words = cardWords();
    const auto add = [&](const QString &text, const QString &name, bool on) {
        auto *action = menu->addAction(text);
        action->setObjectName(u"pipeline.cards."_s + name);
        action->setCheckable(true);
        action->setChecked(on);
        return action;
    };
    menu->addSection(tr("On the cards"));
    for (size_t i = 0; i < usual.size(); ++i) {
        const QString word = QString::fromLatin1(usualWords[i]), off = u'-' + word;
        connect(add(tr(usual[i]), word, !words.contains(off)), &QAction::toggled, this, [this, off](bool on) {
            QStringList now = cardWords();
            now.removeAll(off);
            if (!on)
                now.append(off);
            setCardWords(now);
        });
    }
    menu->addSection(tr("In lines of their own, on high cards"));
    const int taken = int(std::count_if(words.begin(), words.end(), [](const QString &word) { return !word.startsWith(u'-'); }));
    const auto known = cardLines();
    for (const auto &[word, label] : known) {
        QAction *action = add(label, word, words.contains(word));
        action->setEnabled(words.contains(word) || taken < mostLines);
        connect(action, &QAction::toggled, this, [this, word = word](bool on) {
            QStringList now = cardWords();
            now.removeAll(word);
            if (on)
                now.append(word);
            setCardWords(now);
        });
    }
    menu->addSeparator();
    connect(add(tr("Low cards"), u"low"_s, m_board->dense()), &QAction::toggled, this, [this] { toggleDensity(); });
    menu->popup(m_cards->mapToGlobal(QPoint(0, m_cards->height())));
}

} // namespace outrigger::gui
