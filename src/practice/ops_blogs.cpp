// SPDX-License-Identifier: GPL-3.0-or-later
// Blogs: sites, authors, categories and posts.
#include "practice/answers.h"

namespace outrigger::practice
{

namespace
{

constexpr std::initializer_list<const char *> postFields{"title", "blogId", "imageUrl", "description", "rawHTML", "status", "imageAltText", "categories",
                                                         "tags", "author", "urlSlug", "canonicalLink", "publishedAt"};

QJsonObject whole(const World &world, Index index)
{
    QJsonObject object = shelfWhole(world, index, "_id");
    object.insert(QStringLiteral("updatedAt"), isoDate(world.shelf.items[index].updated));
    return object;
}

/// As lists and answers tell a post: without its text.
QJsonObject post(const World &world, Index index)
{
    QJsonObject object = whole(world, index);
    object.remove(QStringLiteral("rawHTML"));
    object.insert(QStringLiteral("archived"), object[u"status"].toString() == u"ARCHIVED");
    return object;
}

Reply listed(const Call &call, const char *word, const char *kind, const char *skipName)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    if (!location)
        return reply;
    QStringList problems;
    const Page page = pageOf(call, 10, problems, skipName);
    if (!problems.isEmpty())
        return invalid(call, problems);
    QJsonArray all;
    int at = 0;
    const bool posts = QLatin1String(kind) == QLatin1String("blogPost");
    for (const Index i : shelfOf(call.world, QString::fromLatin1(kind), *location)) {
        const QJsonObject &body = call.world.shelf.items[i].body;
        const QString name = body[posts ? u"title" : u"name"].toString();
        const bool fits = name.contains(call.query("searchTerm"), Qt::CaseInsensitive) &&
                          (!posts || (body[u"blogId"].toString() == call.query("blogId") &&
                                      (!call.hasQuery("status") || body[u"status"].toString() == call.query("status"))));
        if (fits && page.holds(at++))
            all.append(posts ? post(call.world, i) : whole(call.world, i));
    }
    return answered(call, word, all);
}

bool slugTaken(const World &world, quint16 location, const QString &slug, const QString &except)
{
    for (const Index i : shelfOf(world, u"blogPost", location)) {
        if (world.shelf.items[i].body[u"urlSlug"].toString() == slug && shelfId(world, i) != except)
            return true;
    }
    return false;
}

/// The location when the body is whole; otherwise `reply` says why not.
std::optional<quint16> checked(const Call &call, const QString &except, Reply &reply)
{
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return std::nullopt;
    QStringList problems = missing(call, {"title", "blogId", "imageUrl", "description", "rawHTML", "status", "imageAltText", "categories", "author", "urlSlug", "publishedAt"});
    static const QStringList states{QStringLiteral("DRAFT"), QStringLiteral("PUBLISHED"), QStringLiteral("SCHEDULED"), QStringLiteral("ARCHIVED")};
    if (!states.contains(call.body[u"status"].toString()))
        problems.append(QStringLiteral("status must be one of the following values: ") + states.join(QStringLiteral(", ")));
    if (!problems.isEmpty()) {
        reply = invalid(call, problems);
        return std::nullopt;
    }
    if (!shelved(call, u"blogSite", call.body[u"blogId"].toString(), reply, {}, 400))
        return std::nullopt;
    if (slugTaken(call.world, *location, call.body[u"urlSlug"].toString(), except)) {
        reply = refusal(call, 400, QStringLiteral("The url slug already exists"));
        return std::nullopt;
    }
    return location;
}

} // namespace

Reply listBlogs(Call &call) { return listed(call, "data", "blogSite", "skip"); }
Reply listBlogAuthors(Call &call) { return listed(call, "authors", "blogAuthor", "offset"); }
Reply listBlogCategories(Call &call) { return listed(call, "categories", "blogCategory", "offset"); }
Reply listBlogPosts(Call &call) { return listed(call, "blogs", "blogPost", "offset"); }

Reply checkSlug(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    if (!location)
        return reply;
    if (call.query("urlSlug").isEmpty())
        return invalid(call, {QStringLiteral("urlSlug should not be empty")});
    return answered(call, "exists", slugTaken(call.world, *location, call.query("urlSlug"), call.query("postId")));
}

Reply createBlogPost(Call &call)
{
    Reply reply;
    const auto location = checked(call, {}, reply);
    if (!location)
        return reply;
    return answered(call, "data", post(call.world, shelve(call, QStringLiteral("blogPost"), *location, only(call.body, postFields))));
}

Reply updateBlogPost(Call &call)
{
    Reply reply;
    const auto index = shelved(call, u"blogPost", call.args[0], reply);
    if (!index || !checked(call, call.args[0], reply))
        return reply;
    reshelve(call, *index, only(call.body, postFields));
    return answered(call, "updatedBlogPost", post(call.world, *index));
}

} // namespace outrigger::practice
