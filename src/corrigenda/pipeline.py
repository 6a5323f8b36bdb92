"""The run, on one page: what was taken in is collated, corrected and, where a transcription exists, scored.

There is no reading or writing of files here; `cli` and `scripts` do that through `files` and `report`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import metadata

from corrigenda.correct.corrector import Options, correct
from corrigenda.correct.engine import Engine
from corrigenda.correct.readings import OtherText
from corrigenda.edition.collate import Collation, collate
from corrigenda.edition.index import EditionIndex
from corrigenda.edition.match import Match, best_match, matches, of_match
from corrigenda.edition.redaction import Redaction, redactions
from corrigenda.errors import PairingError
from corrigenda.ingest.frus_text import Edition
from corrigenda.score.compare import readings_of
from corrigenda.score.evaluate import evaluate
from corrigenda.score.resample import METHOD
from corrigenda.score.values import Evaluation
from corrigenda.text import Profile
from corrigenda.values import Corrected, Document, Intake

__all__ = ["Beside", "Result", "Setup", "beside_edition", "run", "scoring_signature"]

# How likely a match must be to correct by: see docs/decisions/020-edition-index.md.
_SURE = 0.95


@dataclass(frozen=True, kw_only=True, slots=True)
class Setup:
    """What is the same for every document of a job: the engine, the options, and the edition if there is one.

    `edition` is that of this very document, `index` is where each document's own is looked for; there is one or none.
    """

    engine: Engine
    edition: Edition | None = None
    index: EditionIndex | None = None
    options: Options = field(default_factory=Options)

    @property
    def signature(self) -> str:
        """Everything but the document that a result depends on, on one line: two equal ones give equal results."""
        engine, options = self.engine, self.options
        lexicon, language, model = engine.words.lexicon, engine.language, engine.model
        return " | ".join(
            (
                f"corrigenda {metadata.version('corrigenda')}",
                f"lexicon {lexicon.name}@{lexicon.sha256[:12]}",
                f"general English of symspellpy {metadata.version('symspellpy')}",
                f"language model {language.about.name}@{language.sha256[:12]}",
                f"model {model.name}@{model.sha256[:12]}",
                *((f"neural model {engine.neural.name}",) if engine.neural else ()),
                self._witness,
                f"max harm {options.max_harm:g}%",
                *((f"engine {options.engine}",) if options.engine else ()),
                *((f"year {options.year}",) if options.year else ()),
                f"restore {'yes' if options.restore else 'no'}",
                *(("redactions filled",) if options.fill_redactions else ()),
            )
        )

    @property
    def _witness(self) -> str:
        if self.edition:
            return f"witness {self.edition.name}@{self.edition.sha256[:12]}"
        return f"edition {self.index.name}@{self.index.sha256[:12]}" if self.index else "no witness"


def scoring_signature(headline: Profile, *, whole: bool, trusted: bool, groups: int, data: str) -> str:
    """All that the figures of a scoring depend on, on one line.

    `data` is a SHA-256 of the texts that were compared and of the groups that they were put in.
    """
    return " | ".join(
        (
            f"corrigenda {metadata.version('corrigenda')}",
            f"headline {headline.value}",
            "whole texts" if whole else "body, headings and closings",
            *(("pairing trusted",) if trusted else ()),
            METHOD,
            f"{groups} groups",
            f"data {data[:12]}",
        )
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """A document beside its edition: `collation` is None where there is none, or none that it can be corrected by.

    `found` are the copies that were surely found on it in an index, the longest first, by which it was collated.
    """

    collation: Collation | None
    found: tuple[Match, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What a run made of one document; `evaluation` is None where no transcription exists.

    `redactions` are those of the page that its edition was asked about, and what it prints there.
    `collation` and `found` are those of `Beside`; `readings` are the sigla of the other texts that were listened to.
    """

    intake: Intake
    corrected: Corrected
    evaluation: Evaluation | None
    collation: Collation | None = None
    found: tuple[Match, ...] = ()
    readings: tuple[str, ...] = ()
    redactions: tuple[Redaction, ...] = ()


def run(intake: Intake, setup: Setup, readings: Sequence[OtherText] = ()) -> Result:
    """Correct the document of `intake` and judge the result against its transcription, which nothing else sees.

    `readings` are other texts of the same page, or of the record that it belongs to. Raises PairingError where one of
    them, the witness or the transcription is plainly of another page.
    """
    document = intake.document
    beside = beside_edition(document, setup)
    collation = beside.collation
    hidden = redactions(document, collation) if collation else ()
    signature = [setup.signature]
    if document.source.engine:
        signature.append(f"read by {document.source.engine}")
    signature += [f"reading {one.siglum}@{one.sha256[:12]}" for one in readings]
    corrected = correct(
        document,
        setup.engine,
        collation=collation,
        hidden=hidden,
        readings=readings,
        options=setup.options,
        signature=" | ".join(signature),
    )
    evaluation = None
    if intake.transcript:
        witnesses = list(collation.readings) if collation else []
        for one in readings:
            witnesses += readings_of(document, one.text, siglum=one.siglum)
        evaluation = evaluate(document, corrected, intake.transcript, witnesses)
    return Result(
        intake=intake,
        corrected=corrected,
        evaluation=evaluation,
        collation=collation,
        found=beside.found,
        readings=tuple(one.siglum for one in readings),
        redactions=hidden,
    )


def beside_edition(document: Document, setup: Setup) -> Beside:
    """The document beside its edition: the one that is given, or the one that is found, if there is one.

    Raises PairingError where the edition that is given is plainly of another page.
    """
    if setup.edition:
        return Beside(collation=collate(document, best_match(document, setup.edition)))
    if setup.index is None:
        return Beside(collation=None)
    sure = (match for match in matches(document.text, setup.index) if match.probability >= _SURE)
    found = tuple(sorted(sure, key=lambda match: -match.words))
    try:
        collation = collate(of_match(document, found[0]), found[0].edition) if found else None
    except PairingError:
        collation = None  # too short a stretch, or too badly read, for what is adopted from an edition
    return Beside(collation=collation, found=found)
