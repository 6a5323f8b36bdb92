"""`corrigenda ocr`: scans in; text, hOCR and PDFs that can be searched out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from corrigenda.cli.jobs import each
from corrigenda.cli.options import NAME, PATH, Talk, talking
from corrigenda.cli.output import echo_json
from corrigenda.cli.reading import Scans, reading, refuse_failed_pages
from corrigenda.errors import OutputError
from corrigenda.files.inputs import SCANS, Input, discover
from corrigenda.files.outputs import prepare_folder, write_bytes
from corrigenda.report.scans import scan_files, scan_record

__all__ = ["ocr"]


@click.command()
@click.argument("inputs", nargs=-1, required=True, type=NAME, metavar="SCAN...")
@click.option("-o", "--output", required=True, type=PATH, metavar="DIR", help="Where results go.")
@reading
@click.option("--force", is_flag=True, help="Replace files that are in the way.")
@talking
def ocr(inputs: tuple[str, ...], output: Path, *, talk: Talk, force: bool, **chosen: Any) -> None:
    """Read scans: their text, and every word with its place and confidence.

    SCAN is an image of a page or of several (.png, .jpg, .jp2, .tif, .pdf), or a folder of them. Of each, DIR gets
    x.txt, the text without stamps, handwriting and specks; x.hocr, all that was read, with boxes and confidences; and
    x.pdf, the pages with that under them, to be searched.

    \b
    Examples:
        corrigenda ocr letter.tif -o read
        corrigenda ocr box12/ -o read --prep none --lang eng+deu
        corrigenda ocr page.jpg -o read --show-prep looks
    """  # fmt: skip
    found = discover(inputs, endings=SCANS)
    _refuse_over_themselves(found, output)
    scans = Scans(found, **chosen)
    prepare_folder(output)

    def work(one: Input) -> None:
        scan = scans.take()
        base = output / one.id
        base.parent.mkdir(parents=True, exist_ok=True)
        for ending, data in scan_files(scan).items():
            write_bytes(str(base.with_name(base.name + ending)), data, force=force)
        if talk.as_json:
            echo_json(scan_record(scan))
        else:
            pages = "1 page" if len(scan.pages) == 1 else f"{len(scan.pages)} pages"
            talk.note(f"{one.path}: {len(scan.document.words):,} words on {pages}")
        refuse_failed_pages(scan)

    each(found, work, talk=talk)


def _refuse_over_themselves(found: Sequence[Input], output: Path) -> None:
    """Raise OutputError where the PDF made of a scan would stand in the place of the scan, with or without --force."""
    for one in found:
        made = output / f"{one.id}.pdf"
        if made.exists() and made.samefile(one.path):
            raise OutputError(
                where=one.path,
                what="is a scan, and the PDF made of it would have this name",
                remedy="Write to another folder with -o",
            )
