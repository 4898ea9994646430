# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by the commands in this folder: where things are, what they need, how it gets here. Sourced, never run.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "$*" >&2; }
die() { say "$(basename "$0"): $*"; exit 1; }

build_packages=(
    g++ cmake ninja-build ccache lld
    qt6-base-dev libqt6opengl6-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools libgl1-mesa-dev
    qt6-svg-dev qt6-multimedia-dev libfontconfig-dev qtkeychain-qt6-dev libphonenumber-dev libhunspell-dev libxml2-dev libssl-dev libical-dev libcsv-dev libexpected-dev libsqlite3-dev
)
# What no linker sees: the SQL driver, the SVG reader, the sound and the library that reaches the Secret Service.
run_packages=(libqt6sql6-sqlite libqt6svg6 libqt6multimedia6 libsecret-1-0 xdg-utils hunspell-en-us fonts-inter fonts-noto-color-emoji)
# A private desktop for the tour and the window tests.
desktop_packages=(
    xvfb xauth x11-utils xdotool imagemagick openbox dbus-daemon gnome-keyring gcr at-spi2-core
    fonts-droid-fallback
)
test_packages=(pulseaudio dunst tint2 desktop-file-utils python3 python3-jsonschema python3-dbus python3-gi gir1.2-atspi-2.0 python3-pyatspi file iproute2)

# libFuzzer is clang's alone; the fuzzers are the only thing here that gcc does not build.
fuzz_packages=(clang-14 libclang-rt-14-dev)

# need PACKAGE...: installs what is missing, from the distribution, and says so.
need() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    command -v apt-get >/dev/null || die "needs these packages, and knows only apt-get to install them: ${missing[*]}"
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die "needs root or sudo to install: ${missing[*]}"
        as_root=(sudo)
    fi
    say "Installing from your distribution: ${missing[*]}"
    local log; log=$(mktemp)
    if ! { "${as_root[@]}" apt-get update && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        die "could not install the packages; the reason is above"
    fi
    rm -f "$log"
}

# build PRESET [TARGET...]: configures once, then builds what changed.
build() {
    local preset=$1; shift
    export CCACHE_SLOPPINESS=pch_defines,time_macros
    local log; log=$(mktemp)
    say "Building ($preset)"
    if ! (cd "$top" && cmake --preset "$preset" && cmake --build --preset "$preset" ${1:+--target "$@"}) >"$log" 2>&1; then
        grep -E '(error|Error|FAILED|CMake Error)' "$log" | head -n 40 >&2 || true
        tail -n 15 "$log" >&2
        rm -f "$log"
        die "the build failed; the reason is above"
    fi
    rm -f "$log"
}
