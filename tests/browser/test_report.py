"""The report in a real browser, where there is one: it loads, its script runs under its policy, and it fits a phone."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corrigenda.report.html import render

sys.path.append(str(Path(__file__).parents[1] / "unit" / "report"))
import report_letter as letter

_BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = pytest.mark.skipif(_BROWSER is None, reason="no Chromium on the PATH")


# Headless Chromium has no window under 500 pixels, so that a phone is a frame of its width.
_PROBE = """
  const frame = document.createElement("iframe");
  frame.style.cssText = `width:${width}px;height:800px;border:0`;
  const page = document.documentElement.outerHTML.replace(/<script>const width[^]*/, "");
  document.body.replaceChildren(frame);
  frame.srcdoc = "<!DOCTYPE html>" + page;
  frame.onload = () => {
    const inner = frame.contentDocument, root = inner.documentElement, beyond = [];
    inner.querySelectorAll("details").forEach((one) => (one.open = true));
    for (const mark of inner.querySelectorAll("a.m[id]")) {
      mark.focus();
      const box = mark.nextElementSibling.getBoundingClientRect();
      if (!box.width || box.left < 0 || box.right > root.clientWidth) beyond.push(mark.id);
    }
    document.title = `${root.scrollWidth - root.clientWidth} [${beyond}]`;
  };
"""


def _loaded(tmp_path, html, width):
    """The page's markup after it was loaded and its scripts were run in a window of `width` pixels."""
    path = tmp_path / "report.html"
    path.write_text(html, encoding="utf-8")
    done = subprocess.run(
        [
            *(_BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            *(f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={width},900"),
            *("--virtual-time-budget=2000", "--dump-dom", path.as_uri()),
        ],
        capture_output=True,
        timeout=120,
        check=True,
    )
    return done.stdout.decode()


def _probed(html, script):
    """The page with a script of this test's own, which the page's policy would refuse."""
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    return html.replace("</body>", f"<script>{script}</script></body>")


@pytest.fixture(scope="module")
def html():
    """The report on the letter of the unit tests, which has a mark of every kind."""
    return render(letter.INTAKE, letter.CORRECTED, letter.EVALUATION)


def test_the_policy_lets_the_pages_own_script_run(tmp_path, html):
    """The hint of the keys is shown by the script only, so it is shown if the hash in the policy is right."""
    assert '<p class="with-script" hidden>' in html
    assert '<p class="with-script">' in _loaded(tmp_path, html, 1280)


@pytest.mark.parametrize("width", [390, 800, 1280])
def test_nothing_reaches_beyond_the_window(tmp_path, html, width):
    """No sideways scrolling at any width, and each account, when its mark has the focus, lies inside the window."""
    dom = _loaded(tmp_path, _probed(html, f"const width = {width};" + _PROBE), 1400)
    assert re.search(r"<title>(.*?)</title>", dom)[1] == "0 []"


_KEYS = """
  const seen = [], press = (key) => {
    document.dispatchEvent(new KeyboardEvent("keydown", { key }));
    seen.push(document.activeElement.id || "none");
  };
  press("n"), press("n"), press("p"), press("Escape");
  const box = document.getElementById("show-fixed");
  box.click();
  press("n");
  seen.push(getComputedStyle(document.getElementById("n1")).display);
  const ocr = document.querySelector("td.ocr a.m");
  ocr.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
  seen.push(ocr.nextElementSibling.className);
  document.title = seen;
"""


def test_keys_walk_the_marks_and_filters_hide_them(tmp_path, html):
    """n and p go from mark to mark, Escape lets go, a box without its tick hides its marks from keys and list.

    And a mark of the OCR column borrows the account of its partner when the pointer comes.
    """
    dom = _loaded(tmp_path, _probed(html, _KEYS), 1280)
    assert re.search(r"<title>(.*?)</title>", dom)[1] == "m1,m2,m1,none,m2,none,tip"
