"""What the verbs that read scans share: their options, and reading the scans among the inputs of a job."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from corrigenda.cli.options import PATH
from corrigenda.errors import CorrigendaError, PartialFailureError
from corrigenda.files.inputs import Input
from corrigenda.files.outputs import prepare_folder

if TYPE_CHECKING:
    from corrigenda.scan.read import Scan

__all__ = ["READING", "Scans", "reading", "refuse_failed_pages"]

F = TypeVar("F", bound=Callable[..., Any])
READING = ("lang", "psm", "prep", "show_prep", "second_reading", "jobs")
"""The names of what `reading` hands to a verb, and `Scans` takes."""
_NOTHING = "none"


def reading(function: F) -> F:
    """The options of a verb that reads scans."""
    for option in reversed((
        click.option(
            "--lang", default="eng", show_default=True, metavar="LANG",
            help="Tesseract's languages: eng, or several, eng+deu.",
        ),
        click.option(
            "--psm", type=click.IntRange(1, 13), metavar="N",
            help="Tesseract's page segmentation mode.  [default: 3, and 4 where a page reads badly]",
        ),
        click.option(
            "--prep", metavar="STEP,...|none",
            help="The steps that may prepare a page, in any order.  [default: all]",
        ),
        click.option(
            "--show-prep", type=PATH, metavar="DIR",
            help="Save every page after every step that changed it.",
        ),
        click.option(
            "--second-reading", is_flag=True,
            help="Have RapidOCR read every page as well, for what Tesseract misreads (extra `witness`).",
        ),
        click.option(
            "-j", "--jobs", type=click.IntRange(1), metavar="N",
            help="How many pages are read at once.  [default: one a core]",
        ),
    )):  # fmt: skip
        function = option(function)
    return function


class Scans:
    """The scans of a job, read ahead of being asked for, in the order in which they are given."""

    def __init__(
        self,
        inputs: Iterable[Input],
        *,
        lang: str,
        psm: int | None,
        prep: str | None,
        show_prep: Path | None,
        second_reading: bool,
        jobs: int | None,
    ) -> None:
        """Choose how scans are read.

        Raises click.BadParameter for a step that there is none of, OutputError where `show_prep` takes no files.
        """
        scans = list(inputs)
        self.are_read_twice = second_reading and bool(scans)
        self._read: Iterator[Scan | CorrigendaError] = iter(())
        if scans:
            # Only here, so that texts can be corrected where the extra `scan` is not installed.
            read, files = import_module("corrigenda.scan.read"), import_module("corrigenda.files.scans")
            if show_prep:
                prepare_folder(show_prep)
            settings = read.Settings(language=lang, psm=psm, steps=_steps(prep), second=second_reading)
            self._read = files.read_scans(scans, settings, jobs=jobs or os.cpu_count() or 1, show=show_prep)

    def take(self, knows: Callable[[str], bool] | None = None) -> Scan:
        """The next scan. Raises the error of one of which no page could be read.

        Pages that were read twice are put together of both, line by line, if it is given what `knows` the words of the
        language.
        """
        found = next(self._read)
        if isinstance(found, CorrigendaError):
            raise found
        if not (knows and self.are_read_twice):
            return found
        better: Scan = import_module("corrigenda.scan.better").from_better(found, knows)
        return better


def refuse_failed_pages(scan: Scan) -> None:
    """Name the pages that could not be read on standard error, and raise PartialFailureError if there are any."""
    for failure in scan.failures:
        click.echo(f"failed: {failure.error}", err=True)
    if scan.failures:
        raise PartialFailureError(
            where=scan.document.source.path,
            what=f"{len(scan.failures)} of {len(scan.pages)} pages failed, for the reasons above; the others are done",
            remedy="Mend or leave out those pages and run again",
        )


def _steps(chosen: str | None) -> tuple[str, ...]:
    """The steps that were asked for."""
    prepare = import_module("corrigenda.scan.prepare")
    if chosen is None:
        return tuple(prepare.DEFAULT)
    names = () if chosen == _NOTHING else tuple(name.strip() for name in chosen.split(","))
    if unknown := [name for name in names if name not in prepare.STEPS]:
        msg = f"there is no step {unknown[0]!r}; these are: {', '.join(prepare.STEPS)}, or {_NOTHING}"
        raise click.BadParameter(msg, param_hint="--prep")
    return names
