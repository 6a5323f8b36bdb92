"""Data on standard output, whatever the encoding of the terminal."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

__all__ = ["echo_json", "forgive_streams"]


def echo_json(record: dict[str, Any], *, indent: int | None = None) -> None:
    """Print `record` as JSON in UTF-8, which JSON always is."""
    click.echo(json.dumps(record, ensure_ascii=False, indent=indent).encode())


def forgive_streams() -> None:
    """Let a letter that the terminal cannot show come out as a question mark rather than end the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
