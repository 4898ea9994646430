// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/palettemodel.h"

#include "domain/textfind.h"
#include "domain/whenwhere.h"
#include "models/desk.h"

#include <QLocale>
#include <QTimeZone>

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

} // namespace

PaletteModel::PaletteModel(Desk *desk, QObject *parent) : QAbstractListModel(parent), m_desk(desk) {}

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
    const QLocale locale;
    if (totals)
        Q_EMIT self->covered(tr("Looks through what is on this computer: %1 contacts, %2 messages, and your deals.")
                                 .arg(locale.toString(totals->contacts), locale.toString(totals->messages)));
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
    QVector<Row> people, deals, messages;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QTimeZone zone = QTimeZone::systemTimeZone();
    for (const auto &hit : hits) {
        Row row;
        row.title = hit.title;
        row.detail = hit.snippet;
        row.contact = hit.contact;
        row.deal = hit.deal;
        row.message = hit.key;
        if (hit.date.isValid())
            row.right = relativeTime(hit.date, now, zone);
        if (hit.kind == u"contact"_s) {
            row.kind = Kind::Person;
            if (people.size() < ofEach)
                people.append(row);
        } else if (hit.kind == u"deal"_s) {
            row.kind = Kind::Deal;
            if (deals.size() < ofEach)
                deals.append(row);
        } else {
            row.kind = Kind::Message;
            messages.append(row);
        }
    }
    const bool only = m_text.trimmed().startsWith(u'>');
    const bool empty = m_text.trimmed().isEmpty();
    beginResetModel();
    m_rows.clear();
    m_needle = only ? QString() : textfind::folded(m_text.simplified());
    append(tr("People"), people);
    append(tr("Deals"), deals);
    append(tr("Messages"), messages);
    append(tr("Go to"), doings(true, only || empty ? 20 : ofEach));
    append(tr("Do"), doings(false, only || empty ? 40 : ofEach));
    endResetModel();
    Q_EMIT filled();
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
