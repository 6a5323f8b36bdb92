"""What happens where the extra `scan` is not installed."""

import subprocess
import sys

import pytest


def without(package: str, module: str) -> str:
    """What importing a module says where a package is missing."""
    code = f"import sys; sys.modules[{package!r}] = None; import {module}"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stderr


@pytest.mark.parametrize(("package", "name"), [("PIL", "Pillow"), ("pypdfium2", "pypdfium2"), ("pikepdf", "pikepdf")])
def test_scans_need_the_extra_and_nothing_else_does(package: str, name: str):
    """The error names the package that is missing and how to get it; the command line works without it."""
    assert f'scans: not installed: {name}. Run pip install "corrigenda[scan]"' in without(
        package, "corrigenda.scan.pages"
    )
    assert without(package, "corrigenda.cli") == ""
