// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/http.h"
#include "practice/jsonout.h"
#include "practice/options.h"
#include "practice/tokens.h"
#include "practice/world.h"

#include <QJsonObject>

namespace outrigger::practice
{

class People;

/// One API request on its way through its handler.
struct Call {
    World &world;
    Tokens &tokens;
    People &people;
    const Options &options;
    const http::Request &request;
    QStringList args; ///< of the {…} in the path, in order
    QJsonObject body; ///< empty when there was none
    bool bodyIsArray = false;
    const Token *token = nullptr;
    QString trace;
    QString rewrite;      ///< a fault: the text that is stored in place of the sent one
    bool applied = false; ///< handlers set it when the world changed
    QString made;         ///< id of what was made

    QString query(const char *name) const { return request.value(QLatin1String(name)); }
    bool hasQuery(const char *name) const { return request.has(QLatin1String(name)); }
    bool spec() const { return options.dialect != Dialect::Seed; }
    bool seed() const { return options.dialect != Dialect::Spec; }
};

struct Reply {
    int status = 200;
    QByteArray body;
    QByteArray contentType = QByteArrayLiteral("application/json; charset=utf-8");
    QList<http::Header> headers{};
};

using Handler = Reply (*)(Call &);

/// 400, 401, 403, 404: one sentence.
Reply refusal(const Call &call, int status, const QString &message);
Reply refusal(const QString &trace, int status, const QString &message);
/// 422: sentences.
Reply invalid(const Call &call, const QStringList &messages);
Reply done(JsonOut &out, int status = 200);
/// Whether the token may use this location; else the 403 that HighLevel gives.
std::optional<Reply> foreign(const Call &call, quint16 location);
/// The location the text names, when the token may use it; otherwise `reply` says why not.
std::optional<quint16> locationFor(const Call &call, const QString &id, Reply &reply);

/// Whose token an operation takes.
enum class For { Location, Agency, Both };

struct Operation {
    const char *name;
    const char *verb;
    const char *path;
    const char *scope; ///< "" for none
    bool version;      ///< needs the Version header
    bool token;        ///< needs a token
    bool changing;
    Dialect dialect; ///< Both: every one
    Handler handler;
    For whose = For::Location;
    bool files = false; ///< takes a form with files
};

const std::vector<Operation> &operations();
/// The part of them that needs no code of its own in the world (optable.cpp).
const std::vector<Operation> &shelfOperations();
struct Match {
    const Operation *operation = nullptr;
    QStringList args;
};
Match route(const http::Request &request, Dialect dialect);

} // namespace outrigger::practice
