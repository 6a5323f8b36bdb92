#!/usr/bin/env python3
"""Fetch volumes of *Foreign Relations of the United States* in TEI, for `corrigenda edition index`.

    scripts/fetch_frus.py NAME... -o FOLDER [--base URL]

NAME is a volume as its Office of the Historian names it: frus1961-63v06. Each comes as FOLDER/NAME.xml with
NAME.xml.sha256 beside it, in the form that `sha256sum -c` reads. A volume that is there is not fetched again: it is
checked against that sum. What a broken connection left is gone on with, if the server still has the same file.

Exit codes: 0 done, 2 usage, 3 a volume could not be fetched or is damaged (the others are there).
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import re
import sys
import urllib.error
import urllib.request
from pathlib import Path

BASE = "https://raw.githubusercontent.com/HistoryAtState/frus/HEAD/volumes/"
"""Where the series is published: the repository of the Office of the Historian, its newest state."""
TRIES = 3
TIMEOUT = 60
CHUNK = 1 << 16
PARTIAL, NOTHING_LEFT = 206, 416
NAME = re.compile(r"frus[\w-]+")


class FetchError(Exception):
    """A volume that could not be fetched, with the reason and the remedy."""


def main() -> int:
    """Fetch what was asked for, and tell what became of each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="+", metavar="NAME", type=_name)
    parser.add_argument("-o", "--output", type=Path, default=Path(), metavar="FOLDER")
    parser.add_argument("--base", default=BASE, metavar="URL", help="where volumes lie (default: %(default)s)")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    failed = 0
    for name in options.names:
        try:
            print(volume(name, options.output, options.base))
        except FetchError as error:
            failed += 1
            print(f"{name}: {error}", file=sys.stderr)
    return 3 if failed else 0


def _name(given: str) -> str:
    if not NAME.fullmatch(given):
        raise argparse.ArgumentTypeError(f"'{given}' is no name of a volume such as frus1961-63v06")
    return given


def volume(name: str, folder: Path, base: str) -> str:
    """Have the volume `name` in `folder`; returns what was done, in a sentence."""
    target = folder / f"{name}.xml"
    recorded = folder / f"{name}.xml.sha256"
    if target.exists():
        _check(target, recorded)
        return f"{target}: there already, and whole"
    part = folder / f"{name}.xml.part"
    for left in reversed(range(TRIES)):
        try:
            got(f"{base.rstrip('/')}/{name}.xml", part)
            break
        except urllib.error.HTTPError as error:
            if error.code == NOTHING_LEFT and part.exists():
                part.unlink()
                if left:
                    continue
                raise FetchError("the server has nothing behind what had come. Try again: it begins anew") from error
            raise FetchError(f"the server says {error.code} {error.reason}. Check the name, or --base") from error
        except (OSError, http.client.HTTPException) as error:
            if not left:
                raise FetchError(f"cannot be fetched ({error}). Try again: what has come is kept") from error
    if b"</TEI>" not in part.read_bytes()[-1000:]:
        part.unlink()
        raise FetchError("what came is no TEI, or cut off. Check --base")
    digest = sha256_of(part)
    recorded.write_text(f"{digest}  {target.name}\n", encoding="ascii")
    part.replace(target)
    _tag(part).unlink(missing_ok=True)
    return f"{target}: {target.stat().st_size:,} bytes, sha256 {digest}"


def _check(target: Path, recorded: Path) -> None:
    """Raise FetchError where a volume that is there is not the one that was fetched, or nobody can tell."""
    if not recorded.exists():
        raise FetchError(f"{target} was not fetched by this script. Move it away to fetch it")
    told = recorded.read_text(encoding="ascii", errors="replace").split()
    if not told:
        raise FetchError(f"{recorded} is empty. Remove it and {target.name}, and fetch it again")
    if told[0] != sha256_of(target):
        raise FetchError(f"{target} is not the file that was fetched. Remove it and fetch it again")


def got(url: str, part: Path) -> None:
    """Bring `part` to its full length from `url`, going on where it ends if the server still has the same file.

    Raises OSError or HTTPException where the connection breaks; what has come by then stays.
    """
    request = urllib.request.Request(url)  # noqa: S310 (the scheme is that of --base, which the user gives)
    tag = _tag(part)
    if part.exists() and tag.exists():
        # Without the tag the rest of another version could be put behind the beginning of this one.
        request.add_header("Range", f"bytes={part.stat().st_size}-")
        request.add_header("If-Range", tag.read_text(encoding="utf-8"))
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
        goes_on = answer.status == PARTIAL
        if version := answer.headers.get("ETag"):
            tag.write_text(version, encoding="utf-8")
        else:
            tag.unlink(missing_ok=True)
        length = int(answer.headers.get("Content-Length", -1))
        begins = part.stat().st_size if goes_on else 0
        with part.open("ab" if goes_on else "wb") as file:
            while chunk := answer.read(CHUNK):
                file.write(chunk)
    come = part.stat().st_size - begins
    if length not in {-1, come}:
        raise OSError(f"{come} of {length} bytes came")


def sha256_of(path: Path) -> str:
    """The hash of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _tag(part: Path) -> Path:
    """Where the server's mark of the version that `part` is of is kept."""
    return part.with_name(f"{part.name}.etag")


if __name__ == "__main__":
    sys.exit(main())
