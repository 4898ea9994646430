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

#define SAY(text) QT_TRANSLATE_NOOP("Failures", text)
constexpr const char *mobileWanted = SAY("Ask for a mobile number, call, or write an e-mail.");
constexpr const char *waitAndTry = SAY("Wait a little, then try again.");
constexpr const char *senderSettings = SAY("Have the number checked in HighLevel under Settings, Phone Numbers, Trust Center; texts from your other numbers can go on.");

constexpr std::array table{
    Row{21211, About::Number, SAY("The number does not exist."), SAY("Nothing can reach it."), SAY("Correct the number in the contact.")},
    Row{21408, About::Sender, SAY("Texts to this country are switched off."), SAY("No text to numbers there will leave."),
        SAY("Have the country allowed for your phone account in HighLevel.")},
    Row{21610, About::OptedOut, SAY("The lead has texted STOP to this number."), SAY("The carrier blocks all texts to them from it."),
        SAY("Only their text START lifts that. Call or write an e-mail if they agreed to that.")},
    Row{21612, About::Sender, SAY("Your number cannot text this number."), SAY("The route between the two does not exist."),
        SAY("Send from another of your numbers.")},
    Row{21614, About::Landline, SAY("This is not a mobile number."), SAY("It cannot get texts."), mobileWanted},
    Row{21617, About::Content, SAY("The text is too long."), SAY("The carrier takes at most 1,600 characters."), SAY("Shorten it or send two.")},
    Row{21635, About::Landline, SAY("This is a landline."), SAY("It cannot get texts."), mobileWanted},
    Row{30001, About::Passing, SAY("Too many texts were waiting to leave."), SAY("This one was dropped, not sent."), waitAndTry},
    Row{30002, About::Sender, SAY("Your phone account is suspended."), SAY("No text leaves until it is restored."),
        SAY("Have billing and phone settings checked in HighLevel.")},
    Row{30003, About::Number, SAY("The phone could not be reached."), SAY("It is switched off, out of reach, or its contract has ended."),
        SAY("Try again later, or call.")},
    Row{30004, About::OptedOut, SAY("The text was blocked."), SAY("The carrier or the lead does not accept texts from you."),
        SAY("Do not repeat it. Call or write an e-mail if they agreed to that.")},
    Row{30005, About::Number, SAY("The carrier does not know this number."), SAY("It is probably out of service or mistyped."),
        SAY("Check the number with the lead.")},
    Row{30006, About::Landline, SAY("This is a landline, or its carrier cannot be reached."), SAY("It cannot get texts."), mobileWanted},
    Row{30007, About::Content, SAY("The carrier filtered the text as unwanted."), SAY("It was billed and not delivered."),
        SAY("Write it in other words, without shortened links, and say who you are.")},
    Row{30008, About::Passing, SAY("The carrier gave no reason."), SAY("It was not delivered."), waitAndTry},
    Row{30010, About::Sender, SAY("The text costs more than your phone account allows."), SAY("It was not sent."),
        SAY("Have the price limit of your phone account raised, or shorten the text.")},
    Row{30011, About::Content, SAY("Pictures cannot be sent to this number."), SAY("The text with its picture was not delivered."),
        SAY("Send the text without the picture.")},
    Row{30019, About::Content, SAY("The picture is too large for the carrier."), SAY("The text with its picture was not delivered."),
        SAY("Send a smaller picture.")},
    Row{30022, About::Passing, SAY("Your number has sent too fast."), SAY("The carrier refused this text."), waitAndTry},
    Row{30023, About::Sender, SAY("Your number has reached its daily limit."), SAY("No more texts leave from it today."),
        SAY("Go on tomorrow, or send from another of your numbers.")},
    Row{30032, About::Sender, SAY("Your toll-free number is not verified."), SAY("Carriers refuse texts from it."), senderSettings},
    Row{30034, About::Sender, SAY("Your number is not registered for texting (A2P 10DLC)."), SAY("Carriers refuse texts from it."), senderSettings},
    Row{30410, About::Passing, SAY("The carrier did not answer in time."), SAY("It was not delivered."), waitAndTry},
};
#undef SAY

QString tr(const char *text) { return QCoreApplication::translate("Failures", text); }

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
        failure.what = tr(row.what);
        failure.meaning = tr(row.meaning);
        failure.fix = tr(row.fix);
        return failure;
    }
    failure.what = error.trimmed();
    if (failure.what.isEmpty()) {
        failure.what = tr(QT_TRANSLATE_NOOP("Failures", "It was not delivered, and HighLevel gave no reason."));
        failure.fix = tr(QT_TRANSLATE_NOOP("Failures", "Look at it in HighLevel, call, or try again."));
    }
    return failure;
}

} // namespace outrigger
