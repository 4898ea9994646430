// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/zonetables.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <array>

namespace outrigger::zones {

namespace {

struct CodesOfZone {
    const char *zone;
    const char *codes; ///< three digits each, separated by a blank
};

constexpr std::array areaCodes{
    CodesOfZone{"America/New_York",
                "201 202 203 207 212 215 216 220 223 227 229 234 239 240 248 252 259 267 269 272 276 301 302 304 305 313 315 321 "
                "324 326 329 330 332 336 339 340 343 347 351 352 363 380 386 401 404 407 410 412 413 419 423 434 440 443 445 448 "
                "463 464 470 472 475 478 484 508 513 516 517 518 540 551 561 564 567 570 571 572 582 585 586 607 609 610 614 616 "
                "617 624 631 640 645 646 656 659 667 678 680 681 686 689 703 704 706 708 716 717 718 724 727 728 729 732 734 738 "
                "740 743 754 757 762 764 765 770 771 772 774 781 786 802 803 804 810 813 814 821 826 828 835 838 839 840 843 845 "
                "848 854 856 857 859 860 861 862 863 864 865 878 904 906 908 910 912 914 917 919 929 930 934 937 941 943 947 948 "
                "954 959 973 978 980 983 984 989"},
    CodesOfZone{"America/Indiana/Indianapolis", "260 317 574 812"},
    CodesOfZone{"America/Kentucky/Louisville", "502 606"},
    CodesOfZone{"America/Detroit", "231 947 679"},
    CodesOfZone{"America/Chicago",
                "205 210 214 217 218 219 224 225 228 251 254 256 262 270 274 281 308 309 312 314 316 318 319 320 325 327 331 334 "
                "337 346 353 361 364 402 405 409 414 417 430 432 447 457 469 479 501 504 507 512 515 531 534 539 557 563 573 580 "
                "601 605 608 612 615 618 620 629 630 636 641 651 660 662 682 701 708 712 713 715 726 730 731 737 763 769 773 779 "
                "785 806 815 816 817 830 832 847 850 870 872 901 903 913 915 918 920 931 936 938 940 945 952 956 972 975 979 985"},
    CodesOfZone{"America/Denver", "303 307 385 406 435 505 575 719 720 801 970 986 208"},
    CodesOfZone{"America/Phoenix", "480 520 602 623 928"},
    CodesOfZone{"America/Los_Angeles",
                "206 209 213 253 279 310 323 341 350 360 408 415 424 425 442 458 503 509 510 530 541 559 562 619 626 628 650 657 "
                "661 669 702 707 714 725 747 760 775 805 818 820 831 840 858 909 916 925 935 949 951 971"},
    CodesOfZone{"America/Anchorage", "907"},
    CodesOfZone{"Pacific/Honolulu", "808"},
    CodesOfZone{"America/Puerto_Rico", "787 939"},
    CodesOfZone{"America/Toronto",
                "226 249 289 343 365 367 382 416 418 437 438 450 468 514 519 548 579 581 613 647 683 705 742 753 807 819 873 905"},
    CodesOfZone{"America/Winnipeg", "204 431 584"},
    CodesOfZone{"America/Regina", "306 474 639"},
    CodesOfZone{"America/Edmonton", "368 403 587 780 825"},
    CodesOfZone{"America/Vancouver", "236 250 257 604 672 778"},
    CodesOfZone{"America/Halifax", "506 782 902"},
    CodesOfZone{"America/St_Johns", "709 879"},
    CodesOfZone{"America/Whitehorse", "867"},
};

struct ZoneOfState {
    const char *code;
    const char *name;
    const char *zone;
};

constexpr const char *eastern = "America/New_York";
constexpr const char *central = "America/Chicago";
constexpr const char *mountain = "America/Denver";
constexpr const char *pacific = "America/Los_Angeles";

constexpr std::array usStates{
    ZoneOfState{"AL", "alabama", central},        ZoneOfState{"AK", "alaska", "America/Anchorage"},
    ZoneOfState{"AZ", "arizona", "America/Phoenix"}, ZoneOfState{"AR", "arkansas", central},
    ZoneOfState{"CA", "california", pacific},     ZoneOfState{"CO", "colorado", mountain},
    ZoneOfState{"CT", "connecticut", eastern},    ZoneOfState{"DE", "delaware", eastern},
    ZoneOfState{"DC", "district of columbia", eastern}, ZoneOfState{"FL", "florida", eastern},
    ZoneOfState{"GA", "georgia", eastern},        ZoneOfState{"HI", "hawaii", "Pacific/Honolulu"},
    ZoneOfState{"ID", "idaho", "America/Boise"},  ZoneOfState{"IL", "illinois", central},
    ZoneOfState{"IN", "indiana", "America/Indiana/Indianapolis"}, ZoneOfState{"IA", "iowa", central},
    ZoneOfState{"KS", "kansas", central},         ZoneOfState{"KY", "kentucky", eastern},
    ZoneOfState{"LA", "louisiana", central},      ZoneOfState{"ME", "maine", eastern},
    ZoneOfState{"MD", "maryland", eastern},       ZoneOfState{"MA", "massachusetts", eastern},
    ZoneOfState{"MI", "michigan", "America/Detroit"}, ZoneOfState{"MN", "minnesota", central},
    ZoneOfState{"MS", "mississippi", central},    ZoneOfState{"MO", "missouri", central},
    ZoneOfState{"MT", "montana", mountain},       ZoneOfState{"NE", "nebraska", central},
    ZoneOfState{"NV", "nevada", pacific},         ZoneOfState{"NH", "new hampshire", eastern},
    ZoneOfState{"NJ", "new jersey", eastern},     ZoneOfState{"NM", "new mexico", mountain},
    ZoneOfState{"NY", "new york", eastern},       ZoneOfState{"NC", "north carolina", eastern},
    ZoneOfState{"ND", "north dakota", central},   ZoneOfState{"OH", "ohio", eastern},
    ZoneOfState{"OK", "oklahoma", central},       ZoneOfState{"OR", "oregon", pacific},
    ZoneOfState{"PA", "pennsylvania", eastern},   ZoneOfState{"PR", "puerto rico", "America/Puerto_Rico"},
    ZoneOfState{"RI", "rhode island", eastern},   ZoneOfState{"SC", "south carolina", eastern},
    ZoneOfState{"SD", "south dakota", central},   ZoneOfState{"TN", "tennessee", central},
    ZoneOfState{"TX", "texas", central},          ZoneOfState{"UT", "utah", mountain},
    ZoneOfState{"VT", "vermont", eastern},        ZoneOfState{"VA", "virginia", eastern},
    ZoneOfState{"WA", "washington", pacific},     ZoneOfState{"WV", "west virginia", eastern},
    ZoneOfState{"WI", "wisconsin", central},      ZoneOfState{"WY", "wyoming", mountain},
};
constexpr std::array canadianProvinces{
    ZoneOfState{"AB", "alberta", "America/Edmonton"},      ZoneOfState{"BC", "british columbia", "America/Vancouver"},
    ZoneOfState{"MB", "manitoba", "America/Winnipeg"},     ZoneOfState{"NB", "new brunswick", "America/Moncton"},
    ZoneOfState{"NL", "newfoundland and labrador", "America/St_Johns"}, ZoneOfState{"NS", "nova scotia", "America/Halifax"},
    ZoneOfState{"ON", "ontario", "America/Toronto"},       ZoneOfState{"PE", "prince edward island", "America/Halifax"},
    ZoneOfState{"QC", "quebec", "America/Toronto"},        ZoneOfState{"SK", "saskatchewan", "America/Regina"},
    ZoneOfState{"YT", "yukon", "America/Whitehorse"},
};

template <class Table>
QByteArray find(const Table &table, const QString &state)
{
    for (const auto &entry : table) {
        if (state.compare(QLatin1String(entry.code), Qt::CaseInsensitive) == 0
            || state.compare(QLatin1String(entry.name), Qt::CaseInsensitive) == 0)
            return entry.zone;
    }
    return {};
}

} // namespace

QByteArray ofAreaCode(int areaCode)
{
    if (areaCode < 200 || areaCode > 999)
        return {};
    const QByteArray code = QByteArray::number(areaCode);
    for (const auto &entry : areaCodes) {
        if (QByteArrayView(entry.codes).contains(code))
            return entry.zone;
    }
    return {};
}

QByteArray ofState(const QString &state, const QString &country)
{
    const QString wanted = state.trimmed();
    if (wanted.isEmpty())
        return {};
    if (country.compare(QLatin1String("CA"), Qt::CaseInsensitive) == 0)
        return find(canadianProvinces, wanted);
    if (country.isEmpty() || country.compare(QLatin1String("US"), Qt::CaseInsensitive) == 0)
        return find(usStates, wanted);
    return {};
}

QByteArray ofCountry(const QString &country)
{
    const auto territory = QLocale::codeToTerritory(country);
    if (territory == QLocale::AnyTerritory)
        return {};
    const auto ids = QTimeZone::availableTimeZoneIds(territory);
    if (ids.isEmpty())
        return {};
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const int offset = QTimeZone(ids.first()).offsetFromUtc(now);
    const bool same = std::all_of(ids.begin(), ids.end(),
                                  [&](const QByteArray &id) { return QTimeZone(id).offsetFromUtc(now) == offset; });
    return same ? ids.first() : QByteArray();
}

} // namespace outrigger::zones
