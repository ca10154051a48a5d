#!/bin/sh
# Sets formgen up on first use, then opens its page in the browser. README.md has more.

finish() {
    if [ "$1" -ne 0 ] && [ "$1" -ne 130 ]; then
        echo
        echo "That did not work. What is wrong stands above; nothing of yours was changed."
        printf 'Press Enter to close this window. '
        read -r _
        echo
    fi
    exit "$1"
}

fits() {
    # On a Mac without Apple's tools, this one only offers to install them.
    [ "$(uname)" = Darwin ] && [ "$(command -v "$1")" = /usr/bin/python3 ] && return 1
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

cd "$(dirname "$0")" || finish 1
# A file manager may start this where nobody sees what it says.
if ! [ -t 0 ] && [ -n "$DISPLAY$WAYLAND_DISPLAY" ] && command -v x-terminal-emulator >/dev/null; then
    exec x-terminal-emulator -e "$PWD/start-formgen.sh"
fi
if ! [ -f build.py ]; then
    echo "This file works only in formgen's folder. Unpack the whole zip, and start the one in it."
    finish 1
fi
for python in .venv/bin/python python3.14 python3.13 python3.12 python3.11 python3; do
    if fits "$python"; then
        "$python" build.py studio
        finish $?
    fi
done

uv=$(command -v uv || echo "$HOME/.local/bin/uv")
if ! [ -x "$uv" ]; then
    echo "formgen is written in Python, and this computer has none that is new enough."
    echo "The program uv can bring one. It comes from https://astral.sh, is free, needs no"
    echo "administrator, and is put into your own folder (about 100 MB with Python)."
    printf 'Shall I fetch it now? Type yes or no: '
    read -r answer
    case $answer in
    [Yy] | [Yy][Ee][Ss]) ;;
    *)
        echo "Nothing was fetched. You can get Python from https://www.python.org/downloads/"
        echo "yourself, and then start this again."
        finish 1
        ;;
    esac
    { curl -LsSf https://astral.sh/uv/install.sh || wget -qO- https://astral.sh/uv/install.sh; } |
        UV_NO_MODIFY_PATH=1 sh
    [ -x "$uv" ] || finish 1
fi
"$uv" run --no-project --python 3.13 python build.py studio
finish $?
