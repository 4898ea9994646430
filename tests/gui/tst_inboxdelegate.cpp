// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxdelegate.h"
#include "gui/style.h"
#include "models/inboxmodel.h"

#include <QAbstractListModel>
#include <QApplication>
#include <QListView>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>

#include <ctime>

using namespace outrigger;
using namespace outrigger::gui;
using namespace Qt::StringLiterals;
using models::InboxModel;

namespace {

/// Rows as the inbox model gives them.
class Rows : public QAbstractListModel
{
public:
    QVector<ConversationRow> rows;
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(rows.size()); }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (role == InboxModel::RowRole)
            return rows[index.row()].key ? QVariant::fromValue(rows[index.row()]) : QVariant();
        if (role == InboxModel::KeyRole)
            return rows[index.row()].key;
        return {};
    }
};

ConversationRow row(qint64 key, const QString &name, const QString &preview)
{
    ConversationRow r;
    r.key = key;
    r.contactId = ContactId(u"contact%1"_s.arg(key));
    r.name = name;
    r.initials = name.left(2);
    r.preview = preview;
    r.channel = Channel::Sms;
    r.lastDate = QDateTime::currentDateTimeUtc().addSecs(-90 * key);
    r.zone = "Etc/UTC";
    return r;
}

double threadSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}

} // namespace

class TestInboxDelegate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Style::install(qApp); }
    void cleanup();
    void heights();
    void nothingIsPaintedOutsideTheRow_data();
    void nothingIsPaintedOutsideTheRow();
    void eachFactShows();
    void selectionHasAnEdge();
    void actsAreClicked();
    void paintsLean();

private:
    static QImage paint(const ConversationRow &row, QStyle::State state = QStyle::State_Enabled, Qt::LayoutDirection direction = Qt::LeftToRight,
                        Density density = Density::Comfortable);
};

void TestInboxDelegate::cleanup()
{
    Style::instance()->setScale(100);
    Style::instance()->setChoice(SchemeChoice::Light);
}

QImage TestInboxDelegate::paint(const ConversationRow &r, QStyle::State state, Qt::LayoutDirection direction, Density density)
{
    Rows model;
    model.rows = {r};
    InboxDelegate delegate;
    delegate.setDensity(density);
    QStyleOptionViewItem option;
    option.rect = QRect(20, 20, px(320), 10);
    option.rect.setHeight(delegate.sizeHint(option, model.index(0)).height());
    option.state = state;
    option.direction = direction;
    QImage image(option.rect.width() + 40, option.rect.height() + 40, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::magenta);
    QPainter painter(&image);
    delegate.paint(&painter, option, model.index(0));
    painter.end();
    return image;
}

void TestInboxDelegate::heights()
{
    Rows model;
    model.rows = {row(1, u"Sarah Jones"_s, u"When works best?"_s)};
    InboxDelegate delegate;
    QStyleOptionViewItem option;
    QCOMPARE(delegate.sizeHint(option, model.index(0)).height(), 64);
    delegate.setDensity(Density::Compact);
    QCOMPARE(delegate.sizeHint(option, model.index(0)).height(), 48);
    Style::instance()->setScale(200);
    QVERIFY(delegate.sizeHint(option, model.index(0)).height() >= 96);
}

void TestInboxDelegate::nothingIsPaintedOutsideTheRow_data()
{
    QTest::addColumn<int>("scale");
    QTest::addColumn<int>("direction");
    QTest::addColumn<int>("density");
    for (const int scale : {80, 100, 200}) {
        for (const int direction : {int(Qt::LeftToRight), int(Qt::RightToLeft)}) {
            for (const int density : {int(Density::Comfortable), int(Density::Compact)})
                QTest::addRow("%d %% %d %d", scale, direction, density) << scale << direction << density;
        }
    }
}

void TestInboxDelegate::nothingIsPaintedOutsideTheRow()
{
    QFETCH(int, scale);
    QFETCH(int, direction);
    QFETCH(int, density);
    Style::instance()->setScale(scale);
    // Everything at once, and each text far longer than its place.
    ConversationRow r = row(1, QString(u"Maximiliane von Hohenzollern "_s).repeated(5), QString(u"a long preview "_s).repeated(30));
    r.unread = 4;
    r.starred = true;
    r.hasDraft = true;
    r.direction = Direction::Outbound;
    r.lastState = MessageState::Failed;
    r.tags = {u"A very long tag that goes on"_s, u"Another one"_s};
    r.zone = "Asia/Tokyo";
    const QImage image = paint(r, QStyle::State_Enabled | QStyle::State_Selected | QStyle::State_MouseOver,
                               Qt::LayoutDirection(direction), Density(density));
    const QRect inside(20, 20, image.width() - 40, image.height() - 40);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (!inside.contains(x, y))
                QCOMPARE(image.pixelColor(x, y), QColor(Qt::magenta));
        }
    }
}

void TestInboxDelegate::eachFactShows()
{
    const ConversationRow plain = row(1, u"Sarah Jones"_s, u"When works best?"_s);
    const QImage base = paint(plain);
    const auto differs = [&](const char *what, auto change) {
        ConversationRow changed = plain;
        change(changed);
        QVERIFY2(paint(changed) != base, what);
    };
    differs("unread", [](auto &r) { r.unread = 1; });
    differs("starred", [](auto &r) { r.starred = true; });
    differs("draft", [](auto &r) { r.hasDraft = true; });
    differs("outbound", [](auto &r) { r.direction = Direction::Outbound; });
    differs("local", [](auto &r) { r.contactLocal = true; });
    differs("deleted", [](auto &r) { r.deleted = true; });
    differs("channel", [](auto &r) { r.channel = Channel::Email; });
    differs("tags", [](auto &r) { r.tags = {u"Hot"_s}; });
    ConversationRow failed = plain;
    failed.direction = Direction::Outbound;
    ConversationRow fine = failed;
    failed.lastState = MessageState::Failed;
    QVERIFY(paint(failed) != paint(fine));
    QCOMPARE(paint(plain), base); // and painting is the same each time
    ConversationRow loading;
    QVERIFY(paint(loading) != base);
}

void TestInboxDelegate::selectionHasAnEdge()
{
    const ConversationRow r = row(1, u"Sarah Jones"_s, u"When works best?"_s);
    const QImage left = paint(r, QStyle::State_Enabled | QStyle::State_Selected);
    QCOMPARE(left.pixelColor(21, 50), colours().accent);
    QCOMPARE(left.pixelColor(left.width() - 21, 50), colours().selection);
    const QImage right = paint(r, QStyle::State_Enabled | QStyle::State_Selected, Qt::RightToLeft);
    QCOMPARE(right.pixelColor(right.width() - 22, 50), colours().accent);
}

void TestInboxDelegate::actsAreClicked()
{
    Rows model;
    for (int i = 1; i <= 5; ++i)
        model.rows << row(i, u"Person %1"_s.arg(i), u"text"_s);
    QListView view;
    auto *delegate = new InboxDelegate(&view);
    view.setItemDelegate(delegate);
    view.setUniformItemSizes(true);
    view.setMouseTracking(true);
    view.setModel(&model);
    view.resize(340, 400);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QSignalSpy acts(delegate, &InboxDelegate::actRequested);
    const QRect rect = view.visualRect(model.index(2));
    const int y = rect.top() + px(18);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(rect.right() - px(8) - px(13), y));
    QCOMPARE(acts.count(), 1);
    QCOMPARE(acts.first().at(0).value<InboxDelegate::Act>(), InboxDelegate::Act::Star);
    QCOMPARE(acts.first().at(1).toLongLong(), 3);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(rect.right() - px(8) - px(65), y));
    QCOMPARE(acts.at(1).at(0).value<InboxDelegate::Act>(), InboxDelegate::Act::Done);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(rect.left() + px(80), rect.bottom() - px(6)));
    QCOMPARE(acts.count(), 2);
}

void TestInboxDelegate::paintsLean()
{
    Rows model;
    for (int i = 1; i <= 25; ++i) {
        model.rows << row(i, u"Person number %1"_s.arg(i), u"a preview that is long enough to be cut somewhere %1"_s.arg(i));
        model.rows.last().tags = {u"Interested"_s};
    }
    QListView view;
    view.setItemDelegate(new InboxDelegate(&view));
    view.setUniformItemSizes(true);
    view.setModel(&model);
    view.resize(340, 25 * 64);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.viewport()->repaint();
    const double before = threadSeconds();
    for (int i = 0; i < 20; ++i)
        view.viewport()->repaint();
    const double each = (threadSeconds() - before) * 1000 / 20;
    qInfo("25 rows: %.2f ms of processor time", each);
    QVERIFY2(each < 40, "ten times the budget: something is laid out anew for every frame");
}

QTEST_MAIN(TestInboxDelegate)
#include "tst_inboxdelegate.moc"
