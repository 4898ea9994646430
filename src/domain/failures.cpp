// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/failures.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>

namespace outrigger {

namespace {

using About = Failure::About;

struct Row {
    int code;
    About about;
    const char *what;
    const char *meaning;
    const char *fix;
};

constexpr const char *mobileWanted = QT_TRANSLATE_NOOP("Failures", "Ask for a mobile number, call, or write an e-mail.");
constexpr const char *waitAndTry = QT_TRANSLATE_NOOP("Failures", "Wait a little, then try again.");
constexpr const char *senderSettings = QT_TRANSLATE_NOOP("Failures", "Have the number checked in HighLevel under Settings, Phone Numbers, Trust Center; texts from your other numbers can go on.");

constexpr std::array table{
    Row{21211, About::Number, QT_TRANSLATE_NOOP("Failures", "The number does not exist."), QT_TRANSLATE_NOOP("Failures", "Nothing can reach it."), QT_TRANSLATE_NOOP("Failures", "Correct the number in the contact.")},
    Row{21408, About::Sender, QT_TRANSLATE_NOOP("Failures", "Texts to this country are switched off."), QT_TRANSLATE_NOOP("Failures", "No text to numbers there will leave."),
        QT_TRANSLATE_NOOP("Failures", "Have the country allowed for your phone account in HighLevel.")},
    Row{21610, About::OptedOut, QT_TRANSLATE_NOOP("Failures", "The lead has texted STOP to this number."), QT_TRANSLATE_NOOP("Failures", "The carrier blocks all texts to them from it."),
        QT_TRANSLATE_NOOP("Failures", "Only their text START lifts that. Call or write an e-mail if they agreed to that.")},
    Row{21612, About::Sender, QT_TRANSLATE_NOOP("Failures", "Your number cannot text this number."), QT_TRANSLATE_NOOP("Failures", "The route between the two does not exist."),
        QT_TRANSLATE_NOOP("Failures", "Send from another of your numbers.")},
    Row{21614, About::Landline, QT_TRANSLATE_NOOP("Failures", "This is not a mobile number."), QT_TRANSLATE_NOOP("Failures", "It cannot get texts."), mobileWanted},
    Row{21617, About::Content, QT_TRANSLATE_NOOP("Failures", "The text is too long."), QT_TRANSLATE_NOOP("Failures", "The carrier takes at most 1,600 characters."), QT_TRANSLATE_NOOP("Failures", "Shorten it or send two.")},
    Row{21635, About::Landline, QT_TRANSLATE_NOOP("Failures", "This is a landline."), QT_TRANSLATE_NOOP("Failures", "It cannot get texts."), mobileWanted},
    Row{30001, About::Passing, QT_TRANSLATE_NOOP("Failures", "Too many texts were waiting to leave."), QT_TRANSLATE_NOOP("Failures", "This one was dropped, not sent."), waitAndTry},
    Row{30002, About::Sender, QT_TRANSLATE_NOOP("Failures", "Your phone account is suspended."), QT_TRANSLATE_NOOP("Failures", "No text leaves until it is restored."),
        QT_TRANSLATE_NOOP("Failures", "Have billing and phone settings checked in HighLevel.")},
    Row{30003, About::Number, QT_TRANSLATE_NOOP("Failures", "The phone could not be reached."), QT_TRANSLATE_NOOP("Failures", "It is switched off, out of reach, or its contract has ended."),
        QT_TRANSLATE_NOOP("Failures", "Try again later, or call.")},
    Row{30004, About::OptedOut, QT_TRANSLATE_NOOP("Failures", "The text was blocked."), QT_TRANSLATE_NOOP("Failures", "The carrier or the lead does not accept texts from you."),
        QT_TRANSLATE_NOOP("Failures", "Do not repeat it. Call or write an e-mail if they agreed to that.")},
    Row{30005, About::Number, QT_TRANSLATE_NOOP("Failures", "The carrier does not know this number."), QT_TRANSLATE_NOOP("Failures", "It is probably out of service or mistyped."),
        QT_TRANSLATE_NOOP("Failures", "Check the number with the lead.")},
    Row{30006, About::Landline, QT_TRANSLATE_NOOP("Failures", "This is a landline, or its carrier cannot be reached."), QT_TRANSLATE_NOOP("Failures", "It cannot get texts."), mobileWanted},
    Row{30007, About::Content, QT_TRANSLATE_NOOP("Failures", "The carrier filtered the text as unwanted."), QT_TRANSLATE_NOOP("Failures", "It was billed and not delivered."),
        QT_TRANSLATE_NOOP("Failures", "Write it in other words, without shortened links, and say who you are.")},
    Row{30008, About::Passing, QT_TRANSLATE_NOOP("Failures", "The carrier gave no reason."), QT_TRANSLATE_NOOP("Failures", "It was not delivered."), waitAndTry},
    Row{30010, About::Sender, QT_TRANSLATE_NOOP("Failures", "The text costs more than your phone account allows."), QT_TRANSLATE_NOOP("Failures", "It was not sent."),
        QT_TRANSLATE_NOOP("Failures", "Have the price limit of your phone account raised, or shorten the text.")},
    Row{30011, About::Content, QT_TRANSLATE_NOOP("Failures", "Pictures cannot be sent to this number."), QT_TRANSLATE_NOOP("Failures", "The text with its picture was not delivered."),
        QT_TRANSLATE_NOOP("Failures", "Send the text without the picture.")},
    Row{30019, About::Content, QT_TRANSLATE_NOOP("Failures", "The picture is too large for the carrier."), QT_TRANSLATE_NOOP("Failures", "The text with its picture was not delivered."),
        QT_TRANSLATE_NOOP("Failures", "Send a smaller picture.")},
    Row{30022, About::Passing, QT_TRANSLATE_NOOP("Failures", "Your number has sent too fast."), QT_TRANSLATE_NOOP("Failures", "The carrier refused this text."), waitAndTry},
    Row{30023, About::Sender, QT_TRANSLATE_NOOP("Failures", "Your number has reached its daily limit."), QT_TRANSLATE_NOOP("Failures", "No more texts leave from it today."),
        QT_TRANSLATE_NOOP("Failures", "Go on tomorrow, or send from another of your numbers.")},
    Row{30032, About::Sender, QT_TRANSLATE_NOOP("Failures", "Your toll-free number is not verified."), QT_TRANSLATE_NOOP("Failures", "Carriers refuse texts from it."), senderSettings},
    Row{30034, About::Sender, QT_TRANSLATE_NOOP("Failures", "Your number is not registered for texting (A2P 10DLC)."), QT_TRANSLATE_NOOP("Failures", "Carriers refuse texts from it."), senderSettings},
    Row{30410, About::Passing, QT_TRANSLATE_NOOP("Failures", "The carrier did not answer in time."), QT_TRANSLATE_NOOP("Failures", "It was not delivered."), waitAndTry},
};

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Failures)
};

} // namespace

QString Failure::sentence() const
{
    QStringList parts{what, meaning, fix};
    parts.removeAll(QString());
    const QString all = parts.join(u' ');
    return code > 0 ? QCoreApplication::translate("Failures", "%1 (Code %2)").arg(all).arg(code) : all;
}

int failureCode(const QString &error)
{
    static const QRegularExpression digits(QStringLiteral("(?<![0-9])([23][0-9]{4})(?![0-9])"));
    for (auto it = digits.globalMatch(error.left(2000)); it.hasNext();) {
        const int code = it.next().captured(1).toInt();
        for (const Row &row : table) {
            if (row.code == code)
                return code;
        }
    }
    return 0;
}

Failure diagnose(const QString &error)
{
    Failure failure;
    failure.code = failureCode(error);
    for (const Row &row : table) {
        if (row.code != failure.code)
            continue;
        failure.about = row.about;
        failure.what = Words::tr(row.what);
        failure.meaning = Words::tr(row.meaning);
        failure.fix = Words::tr(row.fix);
        return failure;
    }
    failure.what = error.trimmed();
    if (failure.what.isEmpty()) {
        failure.what = Words::tr("It was not delivered, and HighLevel gave no reason.");
        failure.fix = Words::tr("Look at it in HighLevel, call, or try again.");
    }
    return failure;
}

} // namespace outrigger
