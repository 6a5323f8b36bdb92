"""What page and edition have letter for letter, in another form: broken at a line's end, odd capitals, stray marks."""

from __future__ import annotations

from corrigenda.correct.apparatus import DifferenceClass, Entry
from corrigenda.correct.lines import rejoined
from corrigenda.correct.variants import is_torn, odd_capitals
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import page_style, shown, tokens, unify
from corrigenda.values import Correction, CorrectionKind, Document, Evidence, Flag, FlagKind, Reading, Span

__all__ = ["as_typed", "joined", "same_letters"]

_SAME_LETTERS = 0.97
# Telegrams are typed in capitals; one line around a word tells, with room for a few misread letters.
_AROUND, _MOSTLY = 60, 0.8


def same_letters(document: Document, reading: Reading, citation: str, words: WordIndex) -> Entry | None:
    """Where the letters agree: a word broken at a line's end, capitals that no typist sets ("OUr"), or a variant."""
    page = reading.span.of(document.text)
    found: Correction | Flag
    if len(page.split()) > 1:
        found = joined(document, reading, citation)
        return _entry(reading, page, DifferenceClass.OCR_ERROR, "broken at a line's end", found, citation)
    ours, theirs = unify(page), unify(reading.text)
    if ours == theirs:
        return None
    if is_torn(page, reading.text, words):
        return _cleaned(document, reading, citation)
    what = "punctuation" if ours.lower() != theirs.lower() else "case"
    if what == "case" and odd_capitals(ours) and not odd_capitals(theirs):
        after = as_typed(reading.text, document, reading.span)
        found = _confirmed(reading.span, page, after, CorrectionKind.CASE, reading, citation)
        return _entry(reading, page, DifferenceClass.OCR_ERROR, what, found, citation)
    says = f"{what}: the edition prints {reading.text!r}"
    found = Flag(span=reading.span, kind=FlagKind.EDITION_VARIANT, why=says, citation=citation)
    return _entry(reading, page, DifferenceClass.VARIANT, what, found, citation)


def _entry(
    reading: Reading, page: str, class_: DifferenceClass, why: str, finding: Correction | Flag, citation: str
) -> Entry:
    return Entry(
        span=reading.span,
        page=page,
        edition=reading.text,
        class_=class_,
        why=why,
        probability=finding.probability if isinstance(finding, Correction) else None,
        citation=citation,
        finding=finding,
    )


def joined(document: Document, reading: Reading, citation: str) -> Correction:
    """The two halves at `reading` in one, as the edition prints the word, with the line break behind it."""
    halves = list(tokens(document.text, reading.span))
    broken = Span(start=halves[0].core_span.start, end=halves[-1].core_span.end)
    last = any(s.span.end == reading.span.end for s in document.segments)
    whole = as_typed(next(tokens(reading.text)).core, document, reading.span)
    span, after = rejoined(document.text, broken, whole, last=last)
    return _confirmed(span, span.of(document.text), after, CorrectionKind.HYPHEN, reading, citation)


def _cleaned(document: Document, reading: Reading, citation: str) -> Entry:
    """A word with marks in it that were read into it."""
    (token,) = tokens(document.text, reading.span)
    whole = as_typed(next(tokens(reading.text)).core, document, token.core_span)
    if token.core.isupper():
        whole = whole.upper()
    found = _confirmed(token.core_span, token.core, whole, CorrectionKind.CHARACTER, reading, citation)
    return _entry(reading, token.text, DifferenceClass.OCR_ERROR, "marks read into a word", found, citation)


def _confirmed(
    span: Span, before: str, after: str, kind: CorrectionKind, reading: Reading, citation: str
) -> Correction:
    """A change of form alone, in a word that page and edition share letter for letter."""
    evidence = Evidence(rule="edition", says=f"the edition prints {shown(reading.text)}", citation=citation)
    return Correction(span=span, before=before, after=after, kind=kind, probability=_SAME_LETTERS, evidence=(evidence,))


def as_typed(reading: str, document: Document, span: Span) -> str:
    """`reading` with the page's own quotes and hyphens, and in capitals where the page is typed in capitals."""
    text = document.text
    reading = page_style(reading, text)
    around = text[max(0, span.start - _AROUND) : span.start] + text[span.end : span.end + _AROUND]
    letters = [c for c in around if c.isalpha()]
    shouted = len(letters) > _AROUND / 2 and sum(c.isupper() for c in letters) > _MOSTLY * len(letters)
    return reading.upper() if shouted else reading
