"""The wheel, installed alone in a folder elsewhere: what was built is what runs, with its lexicon and templates."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("hatchling") is None,
    reason="hatchling, which builds the wheel, is not installed; scripts/test installs it",
)


def pip(*arguments):
    """Run pip without a network, or fail with all that it said."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "-w", folder, REPOSITORY)
    (path,) = folder.glob("corrigenda-*.whl")
    return path


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory):
    """Run Python in an empty folder with the installed wheel and its dependencies, and without the checkout."""
    installed = tmp_path_factory.mktemp("installed")
    pip("install", "--quiet", "--no-deps", "--no-index", "--no-compile", "--target", installed, wheel)
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    # -S leaves out site and with it the .pth file that leads to the checkout; packages are then found by their folder.
    packages = dict.fromkeys([str(installed), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")])
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "SYSTEMROOT") if name in os.environ}
    environment = {**kept, "PYTHONPATH": os.pathsep.join(packages), "PYTHONDONTWRITEBYTECODE": "1"}

    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-S", "-P", *arguments],
            cwd=elsewhere,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    run.installed, run.elsewhere = installed, elsewhere
    return run


def test_wheel_holds_what_runs_need(wheel):
    """The lexicon, the models, the report's templates and the licence are in it; tests, seeds and scripts are not."""
    names = zipfile.ZipFile(wheel).namelist()
    for name in (
        "corrigenda/_lexicons/frus-1945-68/manifest.json",
        "corrigenda/_lexicons/frus-1945-68/words.tsv",
        "corrigenda/_lexicons/frus-1945-68/language/manifest.json",
        "corrigenda/_lexicons/frus-1945-68/language/trigram_code.npy",
        "corrigenda/_lexicons/typescripts/manifest.json",
        "corrigenda/_lexicons/typescripts/channels.json",
        "corrigenda/_lexicons/typescripts/gate.json",
        "corrigenda/report/templates/report.html.jinja",
        "corrigenda/py.typed",
        "corrigenda/__main__.py",
    ):
        assert name in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"corrigenda"}


def test_lexicon_is_found_in_the_installed_folder(python):
    """What runs is the installed package, and the lexicon that it takes by default lies inside it."""
    code = "import corrigenda, sys; from corrigenda.lexicon import store; print(corrigenda.__file__, store.find())"
    done = python("-c", code + "; print(*sys.path)")
    assert (done.returncode, done.stderr) == (0, "")
    package, lexicon, *path = done.stdout.split()
    assert Path(package).is_relative_to(python.installed)
    assert Path(lexicon) == python.installed / "corrigenda" / "_lexicons" / "frus-1945-68"
    assert not [entry for entry in path if Path(entry).is_relative_to(REPOSITORY / "src")]


@pytest.mark.parametrize("way", ["lexicon", "witness"])
def test_installed_wheel_gives_the_same_results(way, python, corrigenda, contents, ocr, edition, tmp_path):
    """The seed comes out of the installed wheel as it comes out of the checkout, all files to the byte.

    Beside an edition there is one file more, with what it prints under the redactions.
    """
    options = ["-q", *(["--witness", edition] if way == "witness" else [])]
    assert corrigenda("run", ocr, "-o", tmp_path / "checkout", *options).returncode == 0
    done = python("-m", "corrigenda", "run", ocr, "-o", tmp_path / "wheel", *options)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    results = contents(tmp_path / "wheel")
    assert len(results) == (6 if way == "witness" else 5)
    assert results == contents(tmp_path / "checkout")
    assert list(python.elsewhere.iterdir()) == []


def test_installed_wheel_knows_its_version_and_words(python):
    """Version and lexicon answer without the checkout."""
    version = python("-m", "corrigenda", "--version")
    assert (version.returncode, version.stderr) == (0, "")
    assert version.stdout.rstrip().endswith("version 0.1.0")
    shown = python("-m", "corrigenda", "lexicon", "show", "quarantine")
    assert shown.returncode == 0
    assert shown.stdout.startswith("quarantine: ")
