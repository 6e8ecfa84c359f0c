# Sourced by `serve` and `test`: makes .venv and installs this checkout into it when anything it depends on changed.
# Afterwards $VENV is its folder. Exits with one clear line when the machine lacks something.

VENV="$PWD/.venv"

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

find_python() {
  local candidate
  for candidate in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null &&
      "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s' "$candidate"
      return
    fi
  done
  fail "Python 3.11 or newer is needed (Debian: apt install python3 python3-venv)."
}

# install EXTRAS: the package in place, with pinned versions; a stamp keeps a second start fast.
install() {
  local extras="$1" stamp="$VENV/.installed" wanted python
  wanted="$(cat setup.cfg pyproject.toml constraints.txt | sha256sum | cut -d' ' -f1) $PWD"
  if [ -x "$VENV/bin/python" ] && grep -qxF "$wanted $extras" "$stamp" 2>/dev/null; then
    return
  fi
  python="$(find_python)" || exit 1
  "$python" -c 'import ensurepip, venv' 2>/dev/null ||
    fail "This Python cannot make virtual environments (Debian: apt install python3-venv)."
  [ -x "$VENV/bin/python" ] || "$python" -m venv "$VENV" || fail "Could not make $VENV."
  printf 'Installing into %s …\n' "$VENV" >&2
  "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check \
    --constraint constraints.txt --editable ".$extras" ||
    fail "Installing failed; pip's message stands above."
  # What an older set of dependencies left in the stamp no longer holds.
  grep -qF "$wanted " "$stamp" 2>/dev/null || : >"$stamp"
  printf '%s\n' "$wanted $extras" >>"$stamp"
}
