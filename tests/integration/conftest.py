"""The real command line in a real process: exit codes, pipes and signals are what these tests are about."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
TIMEOUT = 120

# Root reads and writes everything, so the process gives up the two capabilities that let it; for others this does
# nothing and needs nothing. What follows on the command line is then run by a fresh interpreter.
_GIVE_UP_RIGHTS = """
import ctypes, os, sys
if os.geteuid() == 0:
    libc = ctypes.CDLL(None)
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        libc.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""

_UNSET = {
    "COLUMNS",
    "FORCE_COLOR",
    "PYTHONIOENCODING",
    "PYTHONPATH",
    "PYTHONUNBUFFERED",
    "SOURCE_DATE_EPOCH",
    "TTY_COMPATIBLE",
}

# Plain typed prose with a few misreadings that the shipped lexicon is sure to mend; no record says this.
LETTER = """\
MEMORANDUM FOR THE FILES

The Counselor of the Embassy has rcceived the draft of the note and will ans-
wer it in due course. The Department hopes that the agrecment will be signed, and that
thc delegation must prepare a new paper before the conference opens in Geneva.

It was agreed that the question of the ferry would be left to later mectings.
"""


@dataclass(frozen=True)
class Outcome:
    """How a process ended, and what it wrote where."""

    returncode: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        """Standard output as text."""
        return self.stdout.decode()

    @property
    def said(self) -> str:
        """Standard error as text."""
        return self.stderr.decode()


def _environment(changes: dict[str, str] | None) -> dict[str, str]:
    # What a developer's shell sets must not decide a test.
    return {k: v for k, v in os.environ.items() if k not in _UNSET} | (changes or {})


def _run(command, *, input=b"", cwd=None, env=None):  # noqa: A002 (subprocess calls it so)
    data = input.encode() if isinstance(input, str) else input
    done = subprocess.run(
        command, input=data, cwd=cwd, env=_environment(env), capture_output=True, timeout=TIMEOUT, check=False
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session", autouse=True)
def _heed_interrupts() -> None:
    """A job that a shell started in the background ignores Ctrl-C and hands that on to the commands under test."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def corrigenda() -> Callable[..., Outcome]:
    """Run `corrigenda ARGS` to its end: `corrigenda("run", path, "-o", out, input=..., cwd=..., env=...)`."""

    def run(*args, **options) -> Outcome:
        return _run([sys.executable, "-m", "corrigenda", *args], **options)

    return run


@pytest.fixture(scope="session")
def shell() -> Callable[[str], Outcome]:
    """Run a line of bash in which `corrigenda` is the command line under test."""

    def run(line: str, **options) -> Outcome:
        function = f'corrigenda() {{ {shlex.quote(sys.executable)} -m corrigenda "$@"; }}'
        return _run(["bash", "-c", f"{function}; {line}"], **options)

    return run


@pytest.fixture(scope="session")
def start() -> Callable[..., object]:
    """Start `corrigenda ARGS`, as a context manager that gives the process and never leaves it behind."""

    @contextmanager
    def started(*args, env=None, **options) -> Iterator[subprocess.Popen[bytes]]:
        command = [sys.executable, "-m", "corrigenda", *args]
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        with subprocess.Popen(command, env=_environment(env), **{**pipes, **options}) as process:
            try:
                yield process
            finally:
                if process.poll() is None:
                    process.kill()

    return started


@pytest.fixture(scope="session")
def without_rights(tmp_path_factory) -> Callable[..., Outcome]:
    """Run `corrigenda ARGS` as somebody whom file modes bind, which root is not."""
    command = [sys.executable, "-c", _GIVE_UP_RIGHTS]
    sealed = tmp_path_factory.mktemp("sealed") / "sealed.txt"
    sealed.write_text("nobody may read this")
    sealed.chmod(0)
    probe = _run([*command, "-c", f"open({str(sealed)!r})"])
    if b"PermissionError" not in probe.stderr:
        pytest.skip(f"this machine lets every process read a file of mode 000: {probe}")

    def run(*args, **options) -> Outcome:
        return _run([*command, "-m", "corrigenda", *args], **options)

    return run


@pytest.fixture(scope="session")
def ocr() -> Path:
    """The seed: raw OCR of a scan, followed by its human transcription."""
    return REPOSITORY / "seeds" / "002_d2941e0c2a04d3b9.txt"


@pytest.fixture(scope="session")
def edition() -> Path:
    """The published text of the same letter."""
    return REPOSITORY / "seeds" / "000_d80e272d72bc0c77.txt"


@pytest.fixture(scope="session")
def small_lexicon(corrigenda, edition, tmp_path_factory) -> Path:
    """A lexicon of one document, which opens in no time; for tests in which nothing need be mended."""
    folder = tmp_path_factory.mktemp("lexicons") / "small"
    assert corrigenda("lexicon", "build", edition, "-o", folder, "-q").returncode == 0
    return folder


@pytest.fixture(scope="session")
def letter() -> str:
    """An invented memorandum with five misreadings that the shipped lexicon mends."""
    return LETTER


@pytest.fixture(scope="session")
def contents() -> Callable[[Path], dict[str, bytes]]:
    """All files below a folder, hidden ones too, by relative path."""

    def read(folder: Path) -> dict[str, bytes]:
        return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}

    return read
