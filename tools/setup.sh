#!/bin/sh
# Makes the Python environment when it is absent, then hands over to tools/prepare.py.
set -eu
cd "$(dirname "$0")/.."

find_python() {
    for name in python3 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    echo "setup: Python 3.11 or newer is needed and was not found." >&2
    echo "       On Debian or Ubuntu: sudo apt-get install python3 python3-venv" >&2
    exit 1
}

# Debian leaves venv's parts out of its plain python3 package.
install_venv() {
    echo "setup: $1 cannot make environments; installing Debian's python3-venv"
    if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo -n"; fi
    command -v apt-get >/dev/null 2>&1 &&
        $as_root apt-get -q update >/dev/null 2>&1 &&
        DEBIAN_FRONTEND=noninteractive $as_root apt-get -qy install --no-install-recommends python3-venv \
            ca-certificates >/dev/null
}

# The environment's programs name its place: in a moved or copied checkout they would silently fall through to
# whatever else is on the path.
is_usable() {
    .venv/bin/python -c '' >/dev/null 2>&1 &&
        { [ ! -f .venv/trunnion-place ] || [ "$(cat .venv/trunnion-place)" = "$PWD" ]; }
}

if ! is_usable; then
    python=$(find_python)
    rm -rf .venv
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 && ! install_venv "$python"; then
        echo "setup: $python lacks the module 'venv' (or 'ensurepip')." >&2
        echo "       Install it and run make again: sudo apt-get install python3-venv" >&2
        exit 1
    fi
    "$python" -m venv .venv || { rm -rf .venv; exit 1; }
fi
[ -f .venv/trunnion-place ] || echo "$PWD" >.venv/trunnion-place

exec .venv/bin/python -m tools.prepare
