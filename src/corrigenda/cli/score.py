"""`corrigenda score`: how good an OCR text is, whether a correction of it helped, and how sure that is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from corrigenda.cli import planning, tables
from corrigenda.cli.options import NAME, PATH, Talk, TruthPattern, talking
from corrigenda.cli.output import echo_json
from corrigenda.cli.scoring import FOLDER, How, Scored, scored
from corrigenda.errors import PartialFailureError
from corrigenda.files.inputs import STDIN, TRUTH_PATTERN, is_result_or_truth
from corrigenda.files.outputs import refuse_foreign, write_folder
from corrigenda.report.folder import MOST_PAGES, folder_files
from corrigenda.report.scores import paired_record, score_record
from corrigenda.score.corpus import NotScored
from corrigenda.score.corrections import correction_scores
from corrigenda.score.paired import paired
from corrigenda.text import Profile

__all__ = ["score"]

_MOST_NAMED = 10


@click.command()
@click.argument("ocr", type=NAME, metavar="[OCR]", required=False)
@click.argument("truth", type=NAME, metavar="[TRUTH]", required=False)
@click.option(
    "--corrected",
    type=NAME,
    metavar="FILE|DIR",
    help="A correction of the same texts, by corrigenda or by anything else.",
)
@click.option(
    "--reading",
    type=NAME,
    metavar="FILE|DIR",
    help="Another engine's texts: where they agree with the OCR, the truth is disputed.",
)
@click.option(
    "--compare",
    nargs=2,
    type=NAME,
    metavar="A B",
    help="Two systems over the same documents; give TRUTH alone, or JSONL.",
)
@click.option("-o", "--output", type=PATH, metavar="DIR", help="Write a report folder.")
@click.option(
    "--profile",
    type=click.Choice([p.value for p in Profile]),
    default=Profile.FOLDED.value,
    show_default=True,
    help="What is told first: how far texts are brought together before they are compared.",
)
@click.option(
    "--group",
    metavar="FIELD",
    help=f"What is resampled together: a field of JSONL; for files '{FOLDER}', or a regex with a group for names.",
)
@click.option("--whole", is_flag=True, help="Compare all of a file, not only body, headings and closings.")
@click.option("--trust-pairing", is_flag=True, help="Score also texts that look as though they were of another page.")
@click.option("--ocr-pattern", type=TruthPattern(), metavar="PATTERN", help="Which files of a folder are scored.")
@click.option(
    "--truth-pattern",
    type=TruthPattern(),
    default=TRUTH_PATTERN,
    show_default=True,
    help="The truth beside {stem}.txt.",
)
@click.option("--plan", type=float, metavar="POINTS", help="How many documents give an interval of ± POINTS per cent?")
@click.option(
    "--collection", type=NAME, metavar="DIR", help="With --plan: draw the documents to be transcribed from this folder."
)
@click.option(
    "--pages", type=click.IntRange(0), default=MOST_PAGES, show_default=True, help="Texts side by side, at most."
)
@click.option("--force", is_flag=True, help="Replace a folder that is in the way.")
@talking
def score(ocr: str | None, truth: str | None, *, talk: Talk, **chosen: Any) -> None:
    """Measure the accuracy of OCR texts against human transcriptions.

    OCR and TRUTH are files (raw text, ALTO, PAGE, hOCR) or parallel folders. TRUTH may be left out where x.gt.txt
    lies beside x.txt, or the transcription follows TRANSCRIBED PAGES FOLLOW in the file. OCR may be JSONL with id,
    ocr, gt and, where there is one, corrected and group; or with the records of HIPE-OCRepair.

    \b
    Examples:
        corrigenda score letter.txt letter.gt.txt
        corrigenda score box12/ --corrected cleaned -o report
        corrigenda score pairs.jsonl --group volume --profile hipe --json
        corrigenda score truth/ --compare tesseract/ rapidocr/
        corrigenda score --compare before.jsonl after.jsonl
        corrigenda score pilot/ --plan 0.5 --collection box12/
    """  # fmt: skip
    how = How(
        ocr_pattern=chosen["ocr_pattern"],
        truth_pattern=chosen["truth_pattern"],
        group=chosen["group"],
        whole=chosen["whole"],
        trusted=chosen["trust_pairing"],
        headline=Profile(chosen["profile"]),
        talk=talk,
    )
    _refuse_misfits(ocr, truth, chosen)
    if ocr and truth and is_result_or_truth(Path(ocr), how.truth_pattern):
        talk.note(f"{ocr} has the name of a transcription; the OCR goes first: corrigenda score OCR TRUTH")
    if chosen["output"] and not chosen["force"]:
        refuse_foreign(chosen["output"])
    if chosen["compare"]:
        _compare(chosen["compare"], ocr, how)
        return
    found = scored(str(ocr), truth, how, corrected=chosen["corrected"], reading=chosen["reading"])
    extra = {}
    if chosen["plan"]:
        extra["plan.json"] = planning.tell(found, chosen["plan"], chosen["collection"], how)
    else:
        _tell(found, talk)
    if chosen["output"]:
        files = folder_files(found.corpus, found.texts, pages=chosen["pages"])
        write_folder(chosen["output"], {**files, **extra}, force=chosen["force"])
        talk.note(f"Report in {chosen['output'] / 'index.html'}")
    _end(found.corpus.not_scored, talk)


def _refuse_misfits(ocr: str | None, truth: str | None, chosen: dict[str, Any]) -> None:
    """Raise for options that do not go together."""
    if chosen["compare"]:
        if truth is not None:
            raise click.UsageError("with --compare give one thing at most besides A and B: the truth of both")
        for name in ("corrected", "reading", "plan", "output"):
            if chosen[name] is not None:
                raise click.UsageError(f"--{name} does not go with --compare")
    elif ocr is None:
        raise click.UsageError("give the OCR text to be scored: a file, a folder or JSONL")
    if [ocr, truth, chosen["corrected"], chosen["reading"]].count(STDIN) > 1:
        raise click.UsageError("standard input, -, can be one thing only")
    if ocr and chosen["corrected"] and os.path.realpath(ocr) == os.path.realpath(chosen["corrected"]):
        raise click.UsageError("--corrected is the OCR itself; give the corrected texts, or leave it out")
    _refuse_plan(chosen["plan"], chosen)


def _refuse_plan(points: float | None, chosen: dict[str, Any]) -> None:
    if points is None:
        if chosen["collection"] is not None:
            raise click.UsageError("--collection says what to draw from, and needs --plan")
        return
    if chosen["group"] is not None:
        raise click.UsageError(
            "--plan counts documents, each for itself: leave --group out, or score one of each group"
        )
    if not 0 < points < 100:
        raise click.UsageError("--plan takes the half-width that is wanted in per cent, above 0 and below 100, as 0.5")


def _compare(systems: tuple[str, str], truth: str | None, how: How) -> None:
    if len({os.path.realpath(name) for name in systems}) < 2:
        raise click.UsageError("--compare takes two different systems")
    # What repeats in one system may differ in the other, so repeats are told of both together.
    found = {name: scored(name, truth, how, keep_repeats=True) for name in systems}
    told = paired(
        {name: one.corpus for name, one in found.items()},
        {name: one.compared for name, one in found.items()},
    )
    if how.talk.as_json:
        echo_json(paired_record(told), indent=1)
    elif not how.talk.quiet:
        tables.show(tables.paired(told))
    _end(told.not_scored, how.talk)


def _tell(found: Scored, talk: Talk) -> None:
    if talk.as_json:
        corpus = found.corpus
        corrections = correction_scores(corpus.documents) if corpus.after else None
        echo_json(score_record(corpus, corrections), indent=1 if len(corpus.documents) == 1 else None)
    elif not talk.quiet:
        tables.show(tables.corpus(found.corpus))


def _end(not_scored: NotScored, talk: Talk) -> None:
    """Name what is in no figure, and raise where documents failed."""
    for what, names in (("without a partner", not_scored.lone), ("failed", not_scored.failed)):
        for name in names[:_MOST_NAMED]:
            talk.note(f"{what}: {name}")
        if len(names) > _MOST_NAMED:
            talk.note(f"{what}: {len(names) - _MOST_NAMED} more, which --json and the report name")
    if not_scored.failed:
        raise PartialFailureError(
            where=f"{len(not_scored.failed)} documents",
            what="could not be scored, for the reasons above, and are in no figure",
            remedy="Mend or leave out those files and run again",
        )
