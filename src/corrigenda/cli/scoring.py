"""What `corrigenda score` does before it tells anything: find the pairs, read them, evaluate each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import PurePosixPath

from corrigenda.cli.jobs import watched
from corrigenda.cli.options import Talk
from corrigenda.errors import BadInputError, CorrigendaError
from corrigenda.files import cases
from corrigenda.files.cases import Case
from corrigenda.files.inputs import STDIN
from corrigenda.files.pairing import Pair, pair_up
from corrigenda.pipeline import scoring_signature
from corrigenda.score.corpus import Corpus, NotScored, corpus
from corrigenda.score.evaluate import evaluate
from corrigenda.score.values import Evaluation
from corrigenda.text import Profile
from corrigenda.values import Corrected, Intake, Transcript

__all__ = ["FOLDER", "How", "Scored", "scored"]

FOLDER = "folder"
"""The name of the grouping of files by the folder that they lie in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class How:
    """How texts are found, cut and told."""

    ocr_pattern: str | None
    truth_pattern: str
    group: str | None
    whole: bool
    trusted: bool
    headline: Profile
    talk: Talk


@dataclass(frozen=True, kw_only=True, slots=True)
class Scored:
    """All documents that could be scored, and their texts in the same order."""

    corpus: Corpus
    texts: tuple[tuple[Intake, Corrected], ...]

    @property
    def compared(self) -> dict[str, tuple[str, str]]:
        """The text and the transcription of each document by its id."""
        return {i.document.id: (c.text, i.transcript.text) for i, c in self.texts if i.transcript}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Promise:
    """A document that is read when its turn comes."""

    id: str
    read: Callable[[], Case]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Job:
    """What is to be read, the files that have no partner, and whether texts are taken whole."""

    promises: tuple[_Promise, ...]
    lone: tuple[str, ...]
    whole: bool


def scored(
    ocr: str,
    truth: str | None,
    how: How,
    *,
    corrected: str | None = None,
    reading: str | None = None,
    keep_repeats: bool = False,
) -> Scored:
    """Read and evaluate all that is to be scored; a document that fails does not stop the others.

    `keep_repeats` counts exact repeats as often as they come. Raises what the only document raised, and BadInputError
    where none of several could be scored.
    """
    job = _job(ocr, truth, corrected, reading, how)
    lone = [*job.lone]
    done: dict[bytes, Evaluation] = {}
    texts: list[tuple[Intake, Corrected]] = []
    corrected_given = False
    failed: list[str] = []
    repeats = 0
    for promise in watched(job.promises, how.talk):
        try:
            case = promise.read()
            transcript = case.intake.transcript
            if transcript is None:
                lone.append(case.intake.document.source.path)
                continue
            fingerprint = _fingerprint(case, transcript, case.intake.document.id if keep_repeats else "")
            if fingerprint in done:
                repeats += 1
                continue
            done[fingerprint] = evaluate(
                case.intake.document,
                case.corrected,
                transcript,
                case.readings,
                group=case.group,
                headline=how.headline,
                trusted=how.trusted,
            )
            texts.append((case.intake, case.corrected))
            corrected_given |= case.corrected_given
        except CorrigendaError as error:
            if len(job.promises) == 1:
                raise
            failed.append(str(error))
    if not done:
        raise _nothing(ocr, lone, failed)
    whole = corpus(
        list(done.values()),
        corrected=corrected_given,
        signature=scoring_signature(how.headline, whole=job.whole, data=sha256(b"".join(sorted(done))).hexdigest()),
        not_scored=NotScored(repeats=repeats, lone=tuple(lone), failed=tuple(failed)),
    )
    return Scored(corpus=whole, texts=tuple(texts))


def _job(ocr: str, truth: str | None, corrected: str | None, reading: str | None, how: How) -> _Job:
    piped = cases.piped() if ocr == STDIN else None
    if cases.is_records(ocr, piped):
        for other in (truth, corrected, reading):
            if other is not None:
                raise BadInputError(
                    where=other,
                    what=f"is one file too many: {ocr} is JSONL, and has truth and correction in each record",
                    remedy="Put them in as gt and corrected, or give folders",
                )
        return _records(ocr, how, piped)
    pairing = pair_up(
        ocr,
        truth,
        corrected=corrected,
        reading=reading,
        ocr_pattern=how.ocr_pattern,
        truth_pattern=how.truth_pattern,
    )
    group_of = _grouping(how.group, ocr)
    read = partial(cases.from_pair, whole=how.whole, trusted=how.trusted, piped=piped)
    promises = (_Promise(id=pair.id, read=partial(read, pair, group=group_of(pair))) for pair in pairing.pairs)
    return _Job(promises=tuple(promises), lone=pairing.lone, whole=how.whole)


def _records(path: str, how: How, piped: bytes | None) -> _Job:
    """The records of JSONL; where some have a corrected text, those that have none are lone."""
    found = cases.records(path, how.group, piped)
    corrected = [record for record in found if record.corrected is not None]
    chosen = corrected or found
    missing = (record for record in found if corrected and record.corrected is None)
    promises = (_Promise(id=record.id, read=partial(cases.from_record, record, path)) for record in chosen)
    return _Job(
        promises=tuple(promises),
        lone=tuple(f"{path}, line {record.line}: no corrected text" for record in missing),
        whole=True,
    )


def _grouping(group: str | None, ocr: str) -> Callable[[Pair], str | None]:
    """What a file is resampled with: itself, its folder, or what a regular expression finds in its id."""
    if group is None:
        return lambda _: None
    if group == FOLDER:
        return lambda pair: str(PurePosixPath(pair.id).parent)
    try:
        pattern = re.compile(group)
    except re.error as error:
        pattern, why = None, f": {error}"
    else:
        why = ""
    if pattern is None or pattern.groups != 1:
        raise BadInputError(
            where=ocr,
            what=f"is no JSONL with a field {group!r}, and that is no regular expression with one group{why}",
            remedy=f"Group files by --group {FOLDER}, or by a part of their names: --group '(.*)_page'",
        )
    return lambda pair: found[1] if (found := pattern.search(pair.id)) else None


def _fingerprint(case: Case, truth: Transcript, name: str) -> bytes:
    """A hash of all that is compared, so that an exact repeat is known for one; with a name none is."""
    texts = (name, case.intake.document.text, truth.text, case.corrected.text)
    return sha256(repr(texts).encode()).digest()


def _nothing(ocr: str, lone: Sequence[str], failed: Sequence[str]) -> BadInputError:
    if failed:
        return BadInputError(where=ocr, what=f"no document could be scored; the first: {failed[0]}", remedy="Mend it")
    return BadInputError(
        where=lone[0] if lone else ocr,
        what="has no transcription to be scored against",
        remedy="Name it: corrigenda score OCR TRUTH; or put x.gt.txt beside x.txt (--truth-pattern for other habits)",
    )
