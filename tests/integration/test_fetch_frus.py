"""Fetching volumes from a server: a small one of the test's own, on this machine."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "fetch_frus.py"
VOLUME = ("<TEI><text>" + "The harbour was closed. " * 20_000 + "</text></TEI>").encode()


class Server:
    """Serves one volume and keeps which ranges it was `asked` for.

    It breaks off once after each number of bytes in `cuts`. Without If-Range it gives any range of what it has, as
    servers do.
    """

    def __init__(self) -> None:
        """Serve from now on."""
        self.data, self.tag = VOLUME, '"one"'
        self.cuts: list[int] = []
        self.asked: list[str | None] = []
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.base = f"http://127.0.0.1:{self.http.server_port}/volumes"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path != "/volumes/frus1951v09.xml":
                    self.send_error(404)
                    return
                wanted = self.headers["Range"]
                server.asked.append(wanted)
                same = wanted and self.headers["If-Range"] in {None, server.tag}
                start = int(wanted.removeprefix("bytes=").removesuffix("-")) if same else 0
                body = server.data[start:]
                if same and not body:
                    self.send_error(416)
                    return
                self.send_response(206 if same else 200)
                cut = server.cuts.pop(0) if server.cuts else 0
                self.send_header("Content-Length", str(max(len(body), cut)))
                self.send_header("ETag", server.tag)
                self.end_headers()
                self.wfile.write(body[: cut or len(body)])

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler


@pytest.fixture
def server():
    """A server on this machine."""
    made = Server()
    yield made
    made.http.shutdown()
    made.http.server_close()


@pytest.fixture
def fetch(server, tmp_path):
    """Run the script against the server, into a folder."""

    def run(*names: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(SCRIPT), *names, "-o", str(tmp_path), "--base", server.base]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run


def test_a_volume_is_fetched_with_its_checksum(fetch, tmp_path):
    """The file is the server's, its sum lies beside it as sha256sum writes it, and nothing else is left."""
    done = fetch("frus1951v09")
    assert (done.returncode, done.stderr) == (0, "")
    digest = hashlib.sha256(VOLUME).hexdigest()
    assert (tmp_path / "frus1951v09.xml").read_bytes() == VOLUME
    assert (tmp_path / "frus1951v09.xml.sha256").read_text() == f"{digest}  frus1951v09.xml\n"
    assert {path.name for path in tmp_path.iterdir()} == {"frus1951v09.xml", "frus1951v09.xml.sha256"}


def test_what_is_there_is_checked_and_not_fetched_again(fetch, server, tmp_path):
    """The second time the server is not asked; a file that has changed since is exit 3 and stays."""
    fetch("frus1951v09")
    again = fetch("frus1951v09")
    assert (again.returncode, len(server.asked)) == (0, 1)
    assert "there already, and whole" in again.stdout
    (tmp_path / "frus1951v09.xml").write_bytes(VOLUME[:-1] + b" ")
    changed = fetch("frus1951v09")
    assert changed.returncode == 3
    assert "is not the file that was fetched. Remove it and fetch it again" in changed.stderr


def test_a_broken_connection_is_gone_on_with(fetch, server, tmp_path):
    """What came before the break is not asked for again."""
    server.cuts = [100_000]
    assert fetch("frus1951v09").returncode == 0
    assert server.asked == [None, "bytes=100000-"]
    assert (tmp_path / "frus1951v09.xml").read_bytes() == VOLUME


def test_a_part_that_is_whole_is_no_obstacle(fetch, tmp_path):
    """Stopped between the last byte and the renaming, it begins anew, since the server has no more to give."""
    (tmp_path / "frus1951v09.xml.part").write_bytes(VOLUME)
    (tmp_path / "frus1951v09.xml.part.etag").write_text('"one"')
    assert fetch("frus1951v09").returncode == 0
    assert (tmp_path / "frus1951v09.xml").read_bytes() == VOLUME


def test_a_part_that_the_server_has_no_more_for_is_not_kept(fetch, server, tmp_path):
    """Broken off twice, the second time behind the last byte, it is exit 3 with the remedy, and then begins anew."""
    server.cuts = [100_000, len(VOLUME)]
    done = fetch("frus1951v09")
    assert server.asked == [None, "bytes=100000-", f"bytes={len(VOLUME)}-"]
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "the server has nothing behind what had come. Try again: it begins anew" in done.stderr
    assert fetch("frus1951v09").returncode == 0
    assert (tmp_path / "frus1951v09.xml").read_bytes() == VOLUME


@pytest.mark.parametrize("recorded", [None, "", " \n"])
def test_a_file_of_another_origin_is_not_written_over(fetch, server, tmp_path, recorded):
    """Without its sum nobody knows what it is: it stays, and is exit 3 with what to do."""
    (tmp_path / "frus1951v09.xml").write_text("my own")
    if recorded is not None:
        (tmp_path / "frus1951v09.xml.sha256").write_text(recorded)
    done = fetch("frus1951v09")
    assert (done.returncode, server.asked) == (3, [])
    assert ("Move it away to fetch it" if recorded is None else "is empty. Remove it") in done.stderr
    assert (tmp_path / "frus1951v09.xml").read_text() == "my own"


def test_another_version_is_fetched_from_its_beginning(fetch, server, tmp_path):
    """The rest of a new version is never put behind the beginning of an old one."""
    (tmp_path / "frus1951v09.xml.part").write_bytes(b"<TEI>of another day")
    (tmp_path / "frus1951v09.xml.part.etag").write_text('"none of yours"')
    assert fetch("frus1951v09").returncode == 0
    assert server.asked == ["bytes=19-"]
    assert (tmp_path / "frus1951v09.xml").read_bytes() == VOLUME


def test_what_fails_is_named_and_the_others_come(fetch, server, tmp_path):
    """A volume that the server lacks is exit 3 with its name; so is what is no TEI; a name that is none is exit 2."""
    done = fetch("frus1900v01", "frus1951v09")
    assert done.returncode == 3
    assert done.stderr.startswith("frus1900v01: the server says 404")
    assert (tmp_path / "frus1951v09.xml").exists()
    (tmp_path / "frus1951v09.xml").unlink()
    server.data = b"<html>Not today</html>"
    assert "no TEI" in fetch("frus1951v09").stderr
    assert not list(tmp_path.glob("*.xml"))
    assert fetch("../secret").returncode == 2
