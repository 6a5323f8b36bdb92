"""Headless Chromium by its DevTools protocol over a pipe: real clicks and keys on the page as it is, and what it logs.

The protocol (https://chromedevtools.github.io/devtools-protocol/) is JSON between NUL bytes on descriptors 3 and 4.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from pathlib import Path
from typing import Self

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_PATIENCE = 30.0
_KEYS = {"Enter": 13, "Escape": 27, " ": 32, "Tab": 9}


class Browser:
    """One running browser with a new, empty profile; use it as a context."""

    def __init__(self, profile: Path) -> None:
        """Start it, with its settings in the empty folder `profile`."""
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        self._out, self._in = ours_out, ours_in

        def wire() -> None:
            # Above 4 first, since the pipes themselves may have these numbers.
            above = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (theirs_in, theirs_out)]
            os.dup2(above[0], 3)
            os.dup2(above[1], 4)

        self._process = subprocess.Popen(
            [
                *(PROGRAM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
                *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
                *(f"--user-data-dir={profile}", "--remote-debugging-pipe", "about:blank"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(3, 4),
            preexec_fn=wire,  # noqa: PLW1509 - there are no threads
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._buffer = b""
        self._last = 0
        self.events: list[dict] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(timeout=_PATIENCE)
        os.close(self._out)
        os.close(self._in)

    def call(self, method: str, session: str | None = None, **params: object) -> dict:
        """Ask the browser for something, and wait for its answer; what it tells meanwhile goes to `events`."""
        self._last += 1
        asked = {"id": self._last, "method": method, "params": params}
        os.write(self._out, json.dumps(asked | ({"sessionId": session} if session else {})).encode() + b"\0")
        while True:
            told = self._read()
            if told.get("id") == self._last:
                assert "error" not in told, f"{method}: {told['error']}"
                return told["result"]
            self.events.append(told)

    def wait_for(self, session: str, method: str, since: int) -> None:
        """Wait until the page has told of `method` after the first `since` events."""
        while not any(e.get("sessionId") == session and e["method"] == method for e in self.events[since:]):
            self.events.append(self._read())

    def open(self, path: Path, *, width: int = 1280, height: int = 900) -> Page:
        """A new page with the file at `path`, in a window of this size."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session)
        for domain in ("Page", "Runtime", "Log", "Network"):
            page.call(f"{domain}.enable")
        page.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        page.arriving(lambda: page.call("Page.navigate", url=path.as_uri()))
        return page

    def _read(self) -> dict:
        end = time.monotonic() + _PATIENCE
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._in], [], [], max(0.0, end - time.monotonic()))
            assert ready, "the browser does not answer"
            found = os.read(self._in, 1 << 16)
            assert found, "the browser has ended"
            self._buffer += found
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)


class Page:
    """One page of a browser."""

    def __init__(self, browser: Browser, session: str) -> None:
        """The page that `browser` knows by `session`."""
        self._browser, self._session = browser, session

    def call(self, method: str, **params: object) -> dict:
        """Ask something of this page."""
        return self._browser.call(method, self._session, **params)

    def arriving(self, leave) -> None:
        """Do what leads to another page, and wait until that is loaded."""
        since = len(self._browser.events)
        leave()
        self._browser.wait_for(self._session, "Page.loadEventFired", since)

    def get(self, script: str) -> object:
        """The value of an expression on the page."""
        found = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def press(self, key: str) -> None:
        """A key, as from the keyboard."""
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        code = _KEYS.get(key, ord(key.upper()) if len(key) == 1 else 0)
        for kind in ("keyDown", "keyUp"):
            said = {"text": text} if text and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **said)

    def point(self, selector: str, *, click: bool = False) -> None:
        """Bring the mouse to the middle of an element, and click if asked to."""
        x, y = self.get(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            " e.scrollIntoView({block: 'center'}); const b = e.getClientRects()[0];"
            " return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        for kind in ("mousePressed", "mouseReleased") if click else ():
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    @property
    def complaints(self) -> list[dict]:
        """What the page wrote to its console, and what the browser logged of it: refused scripts and styles too."""
        kinds = {"Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"}
        return [e for e in self._browser.events if e.get("sessionId") == self._session and e["method"] in kinds]

    @property
    def requests(self) -> list[str]:
        """The addresses that were asked for."""
        sent = "Network.requestWillBeSent"
        told = [e for e in self._browser.events if e.get("sessionId") == self._session and e["method"] == sent]
        return [e["params"]["request"]["url"] for e in told]
