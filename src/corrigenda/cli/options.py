"""What several verbs share: options, setting a job up, and reading the files that it names."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from corrigenda.correct import store as models
from corrigenda.correct.corrector import Options
from corrigenda.correct.gate import NOTHING
from corrigenda.correct.testimony import LEARNED
from corrigenda.edition.index import open_index
from corrigenda.files.editions import read_witness
from corrigenda.files.engines import has_language, open_engine
from corrigenda.files.inputs import STDIN, TRUTH_PATTERN, Input, is_scan, passed_over, read_bytes, truth_path
from corrigenda.ingest import formats, rawtext
from corrigenda.lexicon import store
from corrigenda.pipeline import Setup
from corrigenda.report.harm import lowest_limit
from corrigenda.values import Document, Intake, Source

__all__ = [
    "NAME",
    "PATH",
    "Talk",
    "TruthPattern",
    "correcting",
    "read_intake",
    "say_encoding",
    "say_language",
    "say_passed_over",
    "setup",
    "talking",
]

F = TypeVar("F", bound=Callable[..., Any])


class _Percent(click.FloatRange):
    """A number of per cent; the sign behind it is what people write, and says nothing else."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        written: Any = value.strip().removesuffix("%") if isinstance(value, str) else value
        number = super().convert(written, param, ctx)
        if math.isnan(number):  # every comparison with it is false, so the range alone lets it pass
            self.fail(f"{value} is no percentage", param, ctx)
        return number


class _Named(click.Path):
    """The name of a file or a folder. An empty one is what a script has left out: to the system it is this folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("an empty name is given; the current folder is .", param, ctx)
        return super().convert(value, param, ctx)


# Who opens a file says why it cannot be read; Click would be sooner and know less.
NAME = _Named(readable=False)
"""The name of a file, a folder, or of standard input or output where the verb takes `-`."""
PATH = _Named(path_type=Path, readable=False)
"""The path of a file or a folder."""


class TruthPattern(click.ParamType[str]):
    """A file name with `{stem}` in it once, perhaps below another folder."""

    name = "PATTERN"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The pattern, once it is one."""
        pattern = str(value)
        if pattern.count("{stem}") != 1 or {"{", "}"} & set(pattern.replace("{stem}", "")):
            self.fail(f"{pattern!r} must hold {{stem}}, once, and no other braces: {TRUTH_PATTERN}", param, ctx)
        return pattern


def correcting(function: F) -> F:
    """The options of a verb that corrects."""
    for option in reversed((
        click.option(
            "--lexicon", "lexicons", metavar="NAME|DIR|FILE,...", default=store.DEFAULT, show_default=True,
            help="Lexicons to use, by the name of a shipped one or by folder; several are added up. A word list of "
            "your own (one word a line) alone adds to the shipped one.",
        ),
        click.option(
            "--model", metavar="NAME|DIR", default=models.DEFAULT, show_default=True,
            help="What was learned of OCR engines: the name of a shipped model, or a folder made by train.",
        ),
        click.option(
            "--engine", metavar="NAME",
            help="Who read the text: a channel of the model (tesseract, apple-vision, ...).  [default: the text tells]",
        ),
        click.option(
            "--neural", is_flag=True,
            help="Ask a small neural language model of doubtful words, too: more is mended, in many times the time. It "
            "runs on this machine (extra neural).",
        ),
        click.option(
            "--year", type=click.IntRange(1000, 2999), metavar="YEAR",
            help="When the text was written, by which names are judged.  [default: its own dates tell]",
        ),
        click.option("--witness", type=NAME, metavar="FILE", help="The clean published edition of this very document."),
        click.option(
            "--edition", "index", type=PATH, metavar="INDEX",
            help="Look for the published edition of each document in an index made by `edition index`.",
        ),
        click.option(
            "--reading", "readings", type=NAME, metavar="FILE|DIR", multiple=True,
            help="Another engine's text of the same page or record, or a folder of such with the names of the inputs; "
            "repeatable. Parts may be missing on either side.",
        ),
        click.option(
            "--restore/--no-restore", default=True, show_default=True,
            help="Put back up to three words that the OCR lost, where the edition has them.",
        ),
        click.option(
            "--fill-redactions", is_flag=True,
            help="Set what the edition prints in the place of redactions, in brackets and with its citation.",
        ),
        click.option(
            "--max-harm", type=_Percent(0, 100), default=Options().max_harm, show_default=True, metavar="PERCENT",
            help="How many right words in a hundred may be broken; what is less sure is flagged.",
        ),
        click.option("--force", is_flag=True, help="Replace files that are in the way."),
    )):  # fmt: skip
        function = option(function)
    return function


@dataclass(frozen=True, kw_only=True, slots=True)
class Talk:
    """How much a verb says."""

    as_json: bool
    quiet: bool
    no_progress: bool

    def note(self, message: str) -> None:
        """Tell the user something on standard error, unless told to be quiet."""
        if not self.quiet:
            click.echo(message, err=True)


def talking(function: F) -> F:
    """The options of a verb that can be told how much to say, handed to it as one `talk`."""

    @functools.wraps(function)
    def told(*args: Any, as_json: bool, quiet: bool, no_progress: bool, **chosen: Any) -> Any:
        return function(*args, talk=Talk(as_json=as_json, quiet=quiet, no_progress=no_progress), **chosen)

    for option in reversed(
        (
            click.option(
                "--json", "as_json", is_flag=True, help="JSON on standard output: a line a document, or all of a score."
            ),
            click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors."),
            click.option("--no-progress", is_flag=True, help="No progress bar."),
        )
    ):
        told = option(told)
    return cast("F", told)


def say_encoding(source: Source, talk: Talk) -> None:
    """Tell the user on standard error where a file was not UTF-8, since that reading is a recognition, not a fact."""
    if source.encoding != "utf-8":
        talk.note(f"{source.path}: not UTF-8; read, and written, as Windows-1252")


def say_passed_over(
    given: Iterable[str], found: Sequence[Input], talk: Talk, *, truth_pattern: str = TRUTH_PATTERN
) -> None:
    """Tell the user which files of the folders `given` the job does not take, and what to do if it should."""
    left = passed_over(given, found, truth_pattern)
    scans = [path for path in left if is_scan(path)]
    others = [path for path in left if not is_scan(path)]
    if scans:
        talk.note(
            f"{_such(scans, 'scan')}: `corrigenda run` reads and corrects scans, `corrigenda ocr` writes their text"
        )
    if others:
        talk.note(
            f"{_such(others, 'layout file')}: those of a folder are taken where it holds no raw text; name them to "
            "have them read"
        )


def _such(paths: Sequence[str], kind: str) -> str:
    return f"{len(paths)} {kind}{'s' * (len(paths) > 1)} passed over, such as {paths[0]}"


def setup(
    talk: Talk,
    *,
    lexicons: str,
    model: str,
    witness: str | None,
    index: Path | None,
    neural: bool = False,
    other_readings: bool = False,
    **options: Any,
) -> Setup:
    """Open lexicons, models and edition once for a whole job, and say what of it a user may not expect.

    `other_readings` tells whether there are any; `options` are the fields of `Options`.
    """
    if witness and index:
        raise click.UsageError("--witness gives the edition and --edition looks for it; name one of them")
    job = Setup(
        engine=open_engine(lexicons, model, neural=neural),
        edition=read_witness(Path(witness)) if witness else None,
        index=open_index(index) if index else None,
        options=Options(**options),
    )
    say_language(lexicons, talk.note)
    _say_limit(job, talk)
    _say_year(job, talk)
    if job.options.fill_redactions and not (job.edition or job.index):
        talk.note("--fill-redactions: nothing is filled, since no edition is given that could print the words")
    if other_readings and job.engine.model.vote is None:
        talk.note(
            f"another reading: the model {job.engine.model.name} has not learned to weigh two readings; where they "
            "differ is only flagged"
        )
    return job


def say_language(lexicons: str, say: Callable[[str], None]) -> None:
    """Tell the user where the language model is not that of the lexicons asked for, since they have none."""
    if not has_language(lexicons):
        say(f"{lexicons}: has no language model; that of {store.DEFAULT} is taken")


def _say_limit(job: Setup, talk: Talk) -> None:
    """Tell the user where the limit of harm is one that the model cannot vouch for, so that it corrects nothing."""
    model, limit = job.engine.model, job.options.max_harm
    if model.gate.bar(limit).threshold < NOTHING:
        return
    lowest = lowest_limit(model.gate)
    vouched = "no limit" if lowest is None else f"{lowest:g} at the lowest"
    witnessed = (job.edition or job.index) and LEARNED.least(limit) < NOTHING
    made = "only the witness corrects" if witnessed else "nothing is corrected"
    talk.note(
        f"--max-harm {limit:g}: {made}, what is doubtful is flagged; the model {model.name} vouches for {vouched}"
    )


def _say_year(job: Setup, talk: Talk) -> None:
    """Tell the user where the year is one that the lexicon's sources do not reach, so that nothing is judged by it."""
    first, last = job.engine.words.years
    year = job.options.year
    if year and not first <= year <= last:
        known = f"knows words of {first} to {last}" if first else "does not know when its words were used"
        talk.note(f"--year {year}: says nothing, since the lexicon {job.engine.words.lexicon.name} {known}")


def read_intake(one: Input, data: bytes, truth_pattern: str = TRUTH_PATTERN, scanned: Document | None = None) -> Intake:
    """Read the `data` of one input, with the transcription beside it where none follows in the file itself.

    `scanned` is what was read on it where it is a scan.
    """
    if scanned:
        rawtext.refuse_without_body(scanned)
        intake = Intake(document=scanned, transcript=None, aside="")
    else:
        intake = formats.read(data, path=one.path, document_id=one.id)
    beside = truth_path(one.path, truth_pattern)
    if intake.transcript or one.path == STDIN or not _is_file(beside):
        return intake
    transcript = formats.read_transcript(read_bytes(beside), path=beside, document_id=one.id)
    return replace(intake, transcript=transcript)


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except OSError:
        return False  # a name that is too long, or a folder that may not be entered, holds no transcription for us
