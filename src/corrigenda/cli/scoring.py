"""What `corrigenda score` does before it tells anything: find the pairs, read them, evaluate each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
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
from corrigenda.values import Corrected, Intake

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
    done = _Done(lone=[*job.lone])
    for promise in watched(job.promises, how.talk):
        try:
            _score(promise.read(), how, done, keep_repeats=keep_repeats)
        except CorrigendaError as error:
            if len(job.promises) == 1:
                raise
            done.failed.append(str(error))
    if not done.documents:
        raise _nothing(ocr, done)
    judged = [judged for judged, _ in done.documents.values()]
    # Sorted, so that the signature does not hang on the order of files.
    data = sorted(f"{texts.hex()} {one.group}" for texts, (one, _) in done.documents.items())
    whole = corpus(
        judged,
        corrected=any(case.corrected_given for _, case in done.documents.values()),
        signature=scoring_signature(
            how.headline,
            whole=job.whole,
            trusted=how.trusted,
            groups=len({one.group for one in judged}),
            data=sha256("\n".join(data).encode()).hexdigest(),
        ),
        not_scored=NotScored(repeats=done.repeats, lone=tuple(done.lone), failed=tuple(done.failed)),
    )
    return Scored(corpus=whole, texts=tuple((case.intake, case.corrected) for _, case in done.documents.values()))


@dataclass(kw_only=True, slots=True)
class _Done:
    """What has become of the documents so far: those that were scored by a hash of their texts, and the others."""

    lone: list[str]
    failed: list[str] = field(default_factory=list)
    repeats: int = 0
    documents: dict[bytes, tuple[Evaluation, Case]] = field(default_factory=dict)


def _score(case: Case, how: How, done: _Done, *, keep_repeats: bool) -> None:
    document, transcript = case.intake.document, case.intake.transcript
    for source in (document.source, *((transcript.source,) if transcript else ())):
        if source.encoding != "utf-8":
            how.talk.note(f"{source.path}: not UTF-8; read as Windows-1252")
    if transcript is None:
        done.lone.append(document.source.path)
        return
    texts = (document.id if keep_repeats else "", document.text, transcript.text, case.corrected.text)
    fingerprint = sha256(repr(texts).encode()).digest()
    if fingerprint in done.documents:
        done.repeats += 1
        return
    judged = evaluate(
        document,
        case.corrected,
        transcript,
        case.readings,
        group=case.group,
        headline=how.headline,
        trusted=how.trusted,
    )
    done.documents[fingerprint] = judged, case


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
    shared = sum(re.search(r"#\d+\Z", record.id) is not None for record in found)
    if shared:
        how.talk.note(f"{path}: {shared} records share the id of another; they are told apart as ID#2 and so on")
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


def _nothing(ocr: str, done: _Done) -> BadInputError:
    if done.failed:
        return BadInputError(
            where=ocr, what=f"no document could be scored; the first: {done.failed[0]}", remedy="Mend it"
        )
    return BadInputError(
        where=done.lone[0] if done.lone else ocr,
        what="has no transcription to be scored against",
        remedy="Name it: corrigenda score OCR TRUTH; or put x.gt.txt beside x.txt (--truth-pattern for other habits)",
    )
