// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/operationtree.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::models {

namespace {

bool matches(const catalogue::Operation &operation, const QStringList &words)
{
    const QString text = operation.name + u' ' + operation.id + u' ' + QString::fromLatin1(operation.verb) + u' ' + QString::fromLatin1(operation.path)
        + u' ' + operation.category + u' ' + operation.about;
    return std::all_of(words.begin(), words.end(), [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace

OperationTree::OperationTree(QObject *parent) : QAbstractItemModel(parent)
{
    setWords({});
}

void OperationTree::setWords(const QString &typed)
{
    const QStringList words = typed.simplified().split(u' ', Qt::SkipEmptyParts);
    beginResetModel();
    m_branches.clear();
    const QStringList categories = catalogue::categories();
    for (const QString &category : categories) {
        Branch branch{category, {}};
        for (const auto &operation : catalogue::all()) {
            if (operation.category == category && matches(operation, words))
                branch.leaves.append(&operation);
        }
        if (!branch.leaves.isEmpty())
            m_branches.append(branch);
    }
    endResetModel();
}

int OperationTree::found() const
{
    int count = 0;
    for (const Branch &branch : m_branches)
        count += int(branch.leaves.size());
    return count;
}

QModelIndex OperationTree::best(const QString &typed) const
{
    const QString words = typed.simplified();
    const catalogue::Operation *found = nullptr;
    const auto better = [&words](const catalogue::Operation *one, const catalogue::Operation *other) {
        const auto rank = [&words](const catalogue::Operation *operation) {
            if (operation->name.compare(words, Qt::CaseInsensitive) == 0 || operation->id.compare(words, Qt::CaseInsensitive) == 0)
                return 0;
            if (operation->name.startsWith(words, Qt::CaseInsensitive))
                return 1;
            return operation->name.contains(words, Qt::CaseInsensitive) ? 2 : 3;
        };
        return rank(one) < rank(other);
    };
    for (const Branch &branch : m_branches) {
        for (const auto *operation : branch.leaves) {
            if (!found || better(operation, found))
                found = operation;
        }
    }
    return indexOf(found);
}

QModelIndex OperationTree::indexOf(const catalogue::Operation *operation) const
{
    for (int i = 0; i < m_branches.size(); ++i) {
        const auto at = m_branches.at(i).leaves.indexOf(operation);
        if (at >= 0)
            return index(int(at), 0, index(i, 0));
    }
    return {};
}

const catalogue::Operation *OperationTree::operationOf(const QModelIndex &index)
{
    return index.data(OperationRole).value<const catalogue::Operation *>();
}

// A leaf's internal id is its branch plus one; a branch's is 0.
QModelIndex OperationTree::index(int row, int column, const QModelIndex &parent) const
{
    if (column != 0 || row < 0 || row >= rowCount(parent))
        return {};
    return createIndex(row, 0, parent.isValid() ? quintptr(parent.row() + 1) : quintptr(0));
}

QModelIndex OperationTree::parent(const QModelIndex &child) const
{
    return !child.isValid() || child.internalId() == 0 ? QModelIndex() : createIndex(int(child.internalId()) - 1, 0, quintptr(0));
}

int OperationTree::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_branches.size());
    return parent.internalId() == 0 ? int(m_branches.value(parent.row()).leaves.size()) : 0;
}

QVariant OperationTree::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (index.internalId() == 0) {
        const Branch &branch = m_branches.at(index.row());
        if (role == Qt::DisplayRole)
            return branch.category;
        if (role == Qt::AccessibleTextRole)
            return tr("%1, %2 operations").arg(branch.category).arg(branch.leaves.size());
        return {};
    }
    const auto *operation = m_branches.at(int(index.internalId()) - 1).leaves.value(index.row());
    if (!operation)
        return {};
    switch (role) {
    case Qt::DisplayRole: return operation->name;
    case OperationRole: return QVariant::fromValue(operation);
    case Qt::ToolTipRole: return QString(operation->about + u"\n"_s + QString::fromLatin1(operation->verb + ' ' + operation->path));
    case Qt::AccessibleTextRole:
        return operation->reads ? tr("%1, reads. %2.").arg(operation->name, operation->about)
                                : tr("%1, changes something. %2.").arg(operation->name, operation->about);
    default: return {};
    }
}

Qt::ItemFlags OperationTree::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | (index.internalId() == 0 ? Qt::NoItemFlags : Qt::ItemNeverHasChildren);
}

} // namespace outrigger::models
