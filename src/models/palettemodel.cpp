// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/palettemodel.h"

#include "domain/searchwords.h"
#include "domain/textfind.h"
#include "domain/whenwhere.h"
#include "models/desk.h"
#include "models/snippets.h"
#include "store/coverage.h"
#include "sync/engine.h"

#include <QLocale>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::models {

namespace {

constexpr int ofEach = 6;
constexpr int ofMessages = 12;

/// Each word that was typed begins a word of the name.
bool meant(const QString &name, const QStringList &typed)
{
    const auto words = textfind::folded(name).split(u' ');
    return std::all_of(typed.begin(), typed.end(), [&](const QString &one) {
        return std::any_of(words.begin(), words.end(), [&](const QString &word) { return word.startsWith(one); });
    });
}

/// What the search knows, so that nobody takes "not found" for "not said".
QString coverageWords(const store::Cache::Totals &totals, const store::SearchCoverage &coverage)
{
    const QLocale locale;
    QStringList parts{PaletteModel::tr("%Ln contact(s)", nullptr, int(totals.contacts))};
    if (coverage.allMessages)
        parts.append(PaletteModel::tr("all %1 messages").arg(locale.toString(totals.messages)));
    else if (coverage.messagesBackTo.isValid())
        parts.append(PaletteModel::tr("texts back to %1 (older ones are still coming)").arg(locale.toString(coverage.messagesBackTo.toLocalTime().date(), QLocale::ShortFormat)));
    parts.append(PaletteModel::tr("deals, tasks, appointments"));
    if (coverage.noteLeads > 0)
        parts.append(PaletteModel::tr("notes of %Ln lead(s) you opened", nullptr, int(coverage.noteLeads)));
    if (coverage.emails > 0)
        parts.append(PaletteModel::tr("%Ln opened e-mail(s)", nullptr, int(coverage.emails)));
    if (coverage.transcripts > 0)
        parts.append(PaletteModel::tr("%Ln call(s)", nullptr, int(coverage.transcripts)));
    return PaletteModel::tr("On this computer: %1.").arg(parts.join(u", "_s)) + u' ' + PaletteModel::tr("Narrow it with %1").arg(SearchWords::operators().join(u' '));
}

PaletteModel::Kind kindOf(const QString &word)
{
    using Kind = PaletteModel::Kind;
    static const QHash<QString, Kind> kinds{{u"contact"_s, Kind::Person}, {u"deal"_s, Kind::Deal}, {u"task"_s, Kind::Task}, {u"note"_s, Kind::Note},
                                            {u"appointment"_s, Kind::Appointment}, {u"email"_s, Kind::Email}, {u"call"_s, Kind::Call}};
    return kinds.value(word, Kind::Message);
}

} // namespace

PaletteModel::PaletteModel(Desk *desk, QObject *parent) : QAbstractListModel(parent), m_desk(desk)
{
    desk->snippets()->load();
}

void PaletteModel::setDoings(QVector<Doing> doings)
{
    m_doings = std::move(doings);
}

void PaletteModel::setText(const QString &text)
{
    m_text = text;
    if (m_search.done()) // else the running one sees at its end that there are newer words
        m_search = look(this);
}

Task<void> PaletteModel::look(PaletteModel *self)
{
    for (;;) {
        const QString text = self->m_text;
        QVector<store::Cache::SearchHit> hits;
        if (const QString words = text.simplified(); !words.isEmpty() && !words.startsWith(u'>')) {
            auto searching = self->m_desk->search(words, ofMessages);
            auto found = co_await searching;
            if (found)
                hits = std::move(*found);
        }
        if (text == self->m_text) {
            self->fill(hits);
            co_return;
        }
    }
}

void PaletteModel::count()
{
    m_counting = counted(this);
}

Task<void> PaletteModel::counted(PaletteModel *self)
{
    auto counting = self->m_desk->totals();
    const auto totals = co_await counting;
    if (!self->m_engine)
        co_return;
    auto asking = store::searchCoverage(self->m_engine->cache(), self->m_desk->location());
    const auto coverage = co_await asking;
    if (totals && coverage)
        Q_EMIT self->covered(coverageWords(*totals, *coverage));
}

QVector<PaletteModel::Row> PaletteModel::doings(bool places, int limit) const
{
    QString typed = textfind::folded(m_text).trimmed();
    if (typed.startsWith(u'>'))
        typed = typed.mid(1).trimmed();
    const QStringList words = typed.split(u' ', Qt::SkipEmptyParts);
    QVector<Row> rows;
    for (const Doing &one : m_doings) {
        if (one.place != places || !meant(one.name, words) || rows.size() >= limit)
            continue;
        Row row;
        row.kind = Kind::Do;
        row.title = one.name;
        row.right = one.keys;
        row.number = one.number;
        rows.append(row);
    }
    return rows;
}

void PaletteModel::append(const QString &group, QVector<Row> rows)
{
    if (rows.isEmpty())
        return;
    Row name;
    name.title = group;
    m_rows.append(name);
    m_rows += rows;
}

void PaletteModel::fill(const QVector<store::Cache::SearchHit> &hits)
{
    QHash<Kind, QVector<Row>> found;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QTimeZone zone = QTimeZone::systemTimeZone();
    for (const auto &hit : hits) {
        Row row;
        row.kind = kindOf(hit.kind);
        row.title = hit.title;
        row.detail = hit.snippet;
        row.contact = hit.contact;
        row.deal = hit.deal;
        row.date = hit.date;
        (row.kind == Kind::Appointment ? row.event : row.kind == Kind::Task || row.kind == Kind::Note ? row.row : row.message) = hit.key;
        if (hit.date.isValid())
            row.right = hit.date > now ? QLocale().toString(hit.date.toLocalTime().date(), QLocale::ShortFormat) : relativeTime(hit.date, now, zone);
        auto &rows = found[row.kind == Kind::Email || row.kind == Kind::Call ? Kind::Message : row.kind];
        if (rows.size() < (row.kind == Kind::Message ? ofMessages : ofEach) || row.kind == Kind::Email || row.kind == Kind::Call)
            rows.append(row);
    }
    auto &messages = found[Kind::Message];
    std::stable_sort(messages.begin(), messages.end(), [](const Row &a, const Row &b) { return a.date > b.date; });
    messages.resize(std::min<qsizetype>(messages.size(), ofMessages));
    const bool only = m_text.trimmed().startsWith(u'>');
    const bool empty = m_text.trimmed().isEmpty();
    const auto words = SearchWords::parse(m_text.simplified(), now.toTimeZone(zone).date());
    beginResetModel();
    m_rows.clear();
    m_needle = only ? QString() : textfind::folded(words.words);
    m_problem = only ? QString() : words.problems.value(0);
    append(tr("People"), found.value(Kind::Person));
    append(tr("Deals"), found.value(Kind::Deal));
    append(tr("Tasks"), found.value(Kind::Task));
    append(tr("Notes"), found.value(Kind::Note));
    append(tr("Appointments"), found.value(Kind::Appointment));
    append(tr("Messages"), messages);
    if (!only && words.wants("snippets"))
        append(tr("Snippets"), snippets());
    if (words.isPlain()) {
        append(tr("Go to"), doings(true, only || empty ? 20 : ofEach));
        append(tr("Do"), doings(false, only || empty ? 40 : ofEach));
    }
    endResetModel();
    Q_EMIT filled();
}

QVector<PaletteModel::Row> PaletteModel::snippets() const
{
    QVector<Row> rows;
    if (m_needle.size() < 2)
        return rows;
    const auto fitting = matchSnippets(m_desk->snippets()->all(), m_needle);
    for (const Snippet &one : fitting.mid(0, ofEach)) {
        Row row;
        row.kind = Kind::Snippet;
        row.title = one.shownName();
        row.detail = textfind::excerpt(one.text, m_needle, 80);
        row.id = one.id;
        rows.append(row);
    }
    return rows;
}

int PaletteModel::step(int from, int by) const
{
    const int count = int(m_rows.size());
    for (int tried = 0, at = from; tried < count; ++tried) {
        at = (at + by + count) % count;
        if (m_rows.at(at).kind != Kind::Group)
            return at;
    }
    return -1;
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QString PaletteModel::spoken(const Row &row) const
{
    switch (row.kind) {
    case Kind::Group: return row.title;
    case Kind::Person: return row.detail.isEmpty() ? tr("%1, person").arg(row.title) : tr("%1, person, %2").arg(row.title, row.detail);
    case Kind::Deal: return row.detail.isEmpty() ? tr("%1, deal").arg(row.title) : tr("%1, deal with %2").arg(row.title, row.detail);
    case Kind::Message: return tr("Message, %1, %2: %3", "person, time: words").arg(row.title, row.right, row.detail);
    case Kind::Email: return tr("E-mail, %1, %2: %3", "person, time: words").arg(row.title, row.right, row.detail);
    case Kind::Call: return tr("Call, %1, %2: %3", "person, time: words").arg(row.title, row.right, row.detail);
    case Kind::Task: return tr("Task, %1, %2, %3", "what, when, whom for").arg(row.title, row.right, row.detail);
    case Kind::Note: return tr("Note on %1, %2: %3", "person, time: words").arg(row.title, row.right, row.detail);
    case Kind::Appointment: return tr("Appointment, %1, %2, %3", "what, when, with whom").arg(row.title, row.right, row.detail);
    case Kind::Snippet: return tr("Snippet, %1: %2").arg(row.title, row.detail);
    case Kind::Do: return row.right.isEmpty() ? row.title : tr("%1, key %2").arg(row.title, row.right);
    }
    return {};
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole: return row.title;
    case Qt::AccessibleTextRole: return spoken(row);
    case RowRole: return QVariant::fromValue(row);
    case NeedleRole: return m_needle;
    default: return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex &index) const
{
    if (!index.isValid() || m_rows.at(index.row()).kind == Kind::Group)
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

} // namespace outrigger::models
