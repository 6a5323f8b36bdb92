"""Other fields than the models learned from, and clean text, in which nothing is to be changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from correcting.data import Passage, bln600, clean, ehri_body, ehri_pages, halves, lessons
from correcting.judge import Judged, Sums
from correcting.learned import School, note
from correcting.simple import Rewrite, rewrites
from correcting.systems import SHIPPED_LIMIT, by_limit, ours, rewritten
from correcting.tables import comparison, named, percent, section, table
from corrigenda.correct.corrector import Options
from corrigenda.correct.engine import Engine
from corrigenda.ingest.frus_text import Edition, EditionDocument
from corrigenda.lexicon.build import build
from corrigenda.lexicon.counting import count
from corrigenda.lexicon.store import combine
from corrigenda.lexicon.values import Lexicon
from corrigenda.lexicon.words import WordIndex
from corrigenda.pipeline import Setup, run
from corrigenda.text import shown, tokens
from corrigenda.values import Correction, Intake

__all__ = ["clean_text", "fields"]

_BESIDE = ("raw", "symspellpy naive, FRUS lexicon", "symspellpy cautious, FRUS lexicon")
_CLEAN_WORDS = 200_000
_TRAINED_LIMIT = 0.3
_SHOWN = 40
_AROUND = 30


def fields(data: Path, engine: Engine, school: School) -> Iterator[str]:
    """Despatches and newspapers by models that know neither, and newspapers by models that learned from some."""
    beside = rewrites(engine.words.lexicon)
    pages = ehri_pages(data)
    for title, passages in (
        ("EHRI despatches and letters read by Tesseract: body lines", ehri_body(pages)),
        ("EHRI: whole pages, words at line ends as they stand", pages),
        ("BLN600 newspapers, by document", bln600(data)),
    ):
        yield _section(title, _systems(passages, engine, beside))
    yield _section("BLN600: models trained on one half, measured on the other", _trained(bln600(data), engine, school))


def _section(title: str, systems: dict[str, list[Judged]]) -> str:
    sums = Sums(systems["raw"])
    return section(
        title,
        f"{len(sums.judged)} passages in {sums.groups} groups, {sums.words:,} words; profile hipe.",
        comparison(systems),
    )


def _systems(passages: Sequence[Passage], engine: Engine, beside: dict[str, Rewrite]) -> dict[str, list[Judged]]:
    found: dict[str, list[Judged]] = {}
    for name in _BESIDE:
        note(f"{passages[0].id}...: {name}")
        found[name] = rewritten(passages, beside[name], name)
    return {**found, **{named(limit): judged for limit, judged in by_limit(passages, engine).items()}}


def _trained(passages: Sequence[Passage], engine: Engine, school: School) -> dict[str, list[Judged]]:
    """One half is learned from; the other is measured on."""
    seen, held = halves(passages)
    found = {"raw": rewritten(held, str, "raw")}
    found[f"FRUS models, --max-harm {_TRAINED_LIMIT:g}"] = ours(held, engine, _TRAINED_LIMIT)
    frus = replace(school, words=engine.words, language=engine.language)
    taught = frus.engine(lessons(seen), "newspapers")
    found[f"trained, FRUS lexicon, --max-harm {_TRAINED_LIMIT:g}"] = ours(held, taught, _TRAINED_LIMIT)
    # The gate must learn on words of which the lexicon knows no more than it will of new pages: half of the texts go
    # into the lexicon that it learns with, it learns on the others, and then has the words of all.
    counted, studied = halves(seen)
    some = replace(frus, words=_with(engine.words.lexicon, counted))
    model = some.engine(lessons(studied), "newspapers, with a lexicon").model
    whole = Engine(words=_with(engine.words.lexicon, seen), language=engine.language, model=model)
    for limit in (SHIPPED_LIMIT, _TRAINED_LIMIT):
        note(f"newspapers, trained, --max-harm {limit:g}")
        found[f"trained with a lexicon, --max-harm {limit:g}"] = ours(held, whole, limit)
    return found


def _with(lexicon: Lexicon, passages: Sequence[Passage]) -> WordIndex:
    """A lexicon with the words of the truths of passages added."""
    text = "\n".join(p.truth for p in passages)
    edition = Edition(
        name="newspapers", sha256=sha256(text.encode()).hexdigest(), documents=tuple(map(_clipping, passages))
    )
    own = build(count([edition]), name="newspapers", version=lexicon.version, created=lexicon.created, sources=())
    return WordIndex(combine([lexicon, own]))


def _clipping(passage: Passage) -> EditionDocument:
    return EditionDocument(
        number=None,
        title="",
        paragraphs=tuple(passage.truth.split("\n")),
        source_note=None,
        footnotes=(),
        citation=passage.id,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Change:
    """A change of clean text with what stands around it."""

    passage: str
    correction: Correction
    before: str
    after: str


def clean_text(data: Path, engine: Engine, *, show: bool) -> Iterator[str]:
    """How many words of clean text are changed, which all is harm; with `show` the likeliest of the changes."""
    rows: list[list[str]] = []
    changes: list[_Change] = []
    total, touched = 0, 0
    for source, passages in clean(data, _CLEAN_WORDS).items():
        note(f"clean text: {source}")
        words = sum(len(p.ocr.split()) for p in passages)
        changed, found = _changed(passages, engine)
        changes += found
        total, touched = total + words, touched + changed
        rows.append(_clean_row(source, len(passages), words, len(found), changed))
    rows.append(_clean_row("all", sum(int(row[1].replace(",", "")) for row in rows), total, len(changes), touched))
    head = ("source", "documents", "words", "corrections", "words changed", "of 100 words")
    yield section(
        f"Clean text that no model saw (--max-harm {SHIPPED_LIMIT:g})",
        "Transcriptions and edition as they stand, taken whole. At most 0.03 words in 100 may change.",
        table(head, rows),
        *([_shown(changes)] if show else []),
    )


def _clean_row(source: str, documents: int, words: int, corrections: int, changed: int) -> list[str]:
    share = percent(changed / max(1, words), 3)
    return [source, f"{documents:,}", f"{words:,}", f"{corrections:,}", f"{changed:,}", share]


def _changed(passages: Sequence[Passage], engine: Engine) -> tuple[int, list[_Change]]:
    setup = Setup(engine=engine, options=Options(max_harm=SHIPPED_LIMIT))
    words, found = 0, []
    for passage in passages:
        document = passage.document
        made = run(Intake(document=document, transcript=None, aside=""), setup).corrected.corrections
        for correction in made:
            start, end = correction.span.start, correction.span.end
            words += max(1, sum(1 for _ in tokens(document.text, correction.span)))
            before, after = document.text[max(0, start - _AROUND) : start], document.text[end : end + _AROUND]
            found.append(_Change(passage=passage.id, correction=correction, before=before, after=after))
    return words, found


def _shown(changes: Sequence[_Change]) -> str:
    likeliest = sorted(changes, key=lambda c: (-c.correction.probability, c.passage, c.correction.span.start))[:_SHOWN]
    rows = [
        [
            f"{shown(c.correction.before)} -> {shown(c.correction.after)}",
            f"{c.correction.probability:.3f}",
            c.correction.kind.value,
            c.passage,
            shown(c.before + "<" + c.correction.before + ">" + c.after).replace("|", "\\|"),
        ]
        for c in likeliest
    ]
    return table(("change", "probability", "kind", "document", "where"), rows)
