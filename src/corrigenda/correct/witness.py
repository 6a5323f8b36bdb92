"""What an edition's reading does to the page: adopted, noted as a variant, or flagged.

The edition is a witness, not an order. Its editors normalise what the typist wrote, so a difference in punctuation,
case, spelling or form is theirs and the page stands; two known words of one stem (statement, restatement) may each be
right, so a reader is asked; the rest, where the words on both sides agree, is the machine's misreading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corrigenda.correct.known import all_known
from corrigenda.correct.lines import rejoined
from corrigenda.correct.variants import habit, is_label, odd_capitals, one_stem
from corrigenda.edition.collate import Collation, Difference
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import TITLES, key, page_style, shown, tokens, unify
from corrigenda.values import Correction, CorrectionKind, Document, Evidence, Flag, FlagKind, Reading, Span, Suggestion

__all__ = ["decide"]

# docs/decisions/002-witness.md has the reasons for these.
_MOST_WORDS = 4
_MOST_RESTORED = 3
_LEAST_AGREEMENT = 0.5
_SAME_LETTERS = 0.97
# Telegrams are typed in capitals; one line around a word tells, with room for a few misread letters.
_AROUND, _MOSTLY = 60, 0.8

# A figure of the edition to which a footnote or a heading has stuck ("1961Document") is no reading of it.
_CLEAN_FIGURE = re.compile(
    r"\W*(?:[^\W\d_]{1,5}[-./]?)?\d[\d.,:/-]*(?:st|nd|rd|th|[ap]\.?m|'?s|-?[a-z])?\W*", re.IGNORECASE
)


_STUCK = re.compile(r"\w[.,;:)][A-Z][a-z]")


def decide(document: Document, collation: Collation, words: WordIndex, *, restore: bool) -> Iterator[Correction | Flag]:
    """A correction or a flag for each place where page and edition differ and something is to be said of it.

    `restore` allows up to three words that the page lacks to be put back between neighbours that agree. Where the
    page has words that the edition lacks there is nothing to say: the page stands.
    """
    for reading in collation.agreed:
        found = _same_words(document, reading, collation.citation)
        if found:
            yield found
    for difference in collation.differences:
        decided = _difference(document, difference, collation.citation, words, restore=restore)
        if decided:
            yield decided


def _same_words(document: Document, reading: Reading, citation: str) -> Correction | Flag | None:
    """Where the letters agree: a word broken at a line's end, capitals that no typist sets ("OUr"), or a variant."""
    page = reading.span.of(document.text)
    if len(page.split()) > 1:
        return _joined(document, reading, citation)
    ours, theirs = unify(page), unify(reading.text)
    if ours == theirs:
        return None
    what = "punctuation" if ours.lower() != theirs.lower() else "case"
    if what == "case" and odd_capitals(ours) and not odd_capitals(theirs):
        after = _as_typed(reading.text, document, reading.span)
        return _confirmed(reading.span, page, after, CorrectionKind.CASE, reading, citation)
    return Flag(
        span=reading.span,
        kind=FlagKind.EDITION_VARIANT,
        why=f"{what}: the edition prints {reading.text!r}",
        citation=citation,
    )


def _joined(document: Document, reading: Reading, citation: str) -> Correction:
    halves = list(tokens(document.text, reading.span))
    broken = Span(start=halves[0].core_span.start, end=halves[-1].core_span.end)
    last = any(s.span.end == reading.span.end for s in document.segments)
    whole = _as_typed(next(tokens(reading.text)).core, document, reading.span)
    span, after = rejoined(document.text, broken, whole, last=last)
    return _confirmed(span, span.of(document.text), after, CorrectionKind.HYPHEN, reading, citation)


def _confirmed(
    span: Span, before: str, after: str, kind: CorrectionKind, reading: Reading, citation: str
) -> Correction:
    """A change of form alone, in a word that page and edition share letter for letter."""
    evidence = Evidence(rule="edition", says=f"the edition prints {shown(reading.text)}", citation=citation)
    return Correction(span=span, before=before, after=after, kind=kind, probability=_SAME_LETTERS, evidence=(evidence,))


def _difference(
    document: Document, difference: Difference, citation: str, words: WordIndex, *, restore: bool
) -> Correction | Flag | None:
    page, edition = difference.span.of(document.text), difference.edition
    cited = f"{citation}, paragraph {difference.paragraph}"
    if not edition:
        return None
    if not page:
        return _restoration(document, difference, cited) if restore else None
    explained = habit(page, edition, words, at_label=_at_label(document.text, difference.span))
    if explained:
        return Flag(
            span=difference.span,
            kind=FlagKind.EDITION_VARIANT,
            why=f"{explained}: the edition prints {edition!r}",
            citation=cited,
        )
    probability = _probability(difference)
    reading = _as_typed(edition, document, difference.span)
    if document.text.startswith(".", difference.span.end):
        if page.split()[-1].lower() in TITLES and not _is_abbreviation(reading):
            return _flag_of_stop(difference, reading, cited)
        reading = reading.removesuffix(".")  # the page's own full stop stays where it is
    doubt = _doubt(page, difference, words)
    if doubt:
        suggestion = Suggestion(text=reading, probability=round(probability / 2, 3))
        return Flag(span=difference.span, kind=FlagKind.DOUBTFUL, why=doubt, suggestions=(suggestion,), citation=cited)
    return Correction(
        span=difference.span,
        before=page,
        after=reading,
        kind=_kind(page, edition, words),
        probability=probability,
        evidence=_evidence(difference, cited, words, page, edition),
    )


def _is_abbreviation(reading: str) -> bool:
    return reading.endswith(".") or reading.rsplit(maxsplit=1)[-1].lower() in TITLES


def _flag_of_stop(difference: Difference, reading: str, cited: str) -> Flag:
    """The full stop after "Mr" is the title's, so it could not stay where the edition has another word."""
    return Flag(
        span=difference.span,
        kind=FlagKind.DOUBTFUL,
        why="the edition has another word in the place of a title",
        suggestions=(Suggestion(text=reading, probability=round(_probability(difference) / 2, 3)),),
        citation=cited,
    )


def _at_label(text: str, span: Span) -> bool:
    return text[span.end : span.end + 1] in {".", ")"} and text[: span.start].rstrip("( \t")[-1:] in {
        "",
        "\n",
        ".",
        ":",
        ";",
    }


def _restoration(document: Document, difference: Difference, cited: str) -> Correction | None:
    if not difference.firm or difference.words[1] > _MOST_RESTORED or difference.agreement < _LEAST_AGREEMENT:
        return None
    if any(not w.isalpha() or (len(w) == 1 and w not in "aAI") for w in map(_bare, difference.edition.split())):
        return None  # punctuation and list labels are the editors', and a figure is never made up
    words = _as_typed(difference.edition, document, difference.span)
    return Correction(
        span=difference.span,
        before="",
        after=f"{words} ",
        kind=CorrectionKind.RESTORATION,
        probability=round(_probability(difference) - 0.04, 3),
        evidence=(
            Evidence(
                rule="edition",
                says=f"the edition has {shown(words)} between two words of the page; {_around(difference)} agree",
                figure=difference.agreement,
                citation=cited,
            ),
        ),
    )


def _bare(word: str) -> str:
    return re.sub(r"[\W_]+", "", word)


def _doubt(page: str, difference: Difference, words: WordIndex) -> str | None:
    """Why the edition's reading is not adopted here, or None."""
    edition, longest = difference.edition, max(difference.words)
    unsure = not difference.firm or difference.agreement < _LEAST_AGREEMENT
    labels = any(is_label(w) for w in (*page.split(), *edition.split()))
    stuck = _STUCK.search(edition) is not None or not all(map(_is_clean, edition.split()))
    new_figure = difference.words[1] > 1 and _has_figure(edition) and not _has_figure(page)
    related = all_known(page, words) and all_known(edition, words) and one_stem(page, edition)
    doubts = {
        f"the edition reads otherwise, but over {longest} words": longest > _MOST_WORDS,
        "the edition reads otherwise, but the words around do not agree well enough": unsure,
        "the edition numbers the list otherwise": labels,
        "the edition's word has a note or a figure stuck to it": stuck,
        "the edition has a figure that the page lacks": new_figure,
        "the edition has another known word of the same stem; both may be right": related,
    }
    return next((why for why, holds in doubts.items() if holds), None)


def _has_figure(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _is_clean(word: str) -> bool:
    return not _has_figure(word) or _CLEAN_FIGURE.fullmatch(unify(word)) is not None


def _as_typed(reading: str, document: Document, span: Span) -> str:
    """`reading` with the page's own quotes and hyphens, and in capitals where the page is typed in capitals."""
    text = document.text
    reading = page_style(reading, text)
    around = text[max(0, span.start - _AROUND) : span.start] + text[span.end : span.end + _AROUND]
    letters = [c for c in around if c.isalpha()]
    shouted = len(letters) > _AROUND / 2 and sum(c.isupper() for c in letters) > _MOSTLY * len(letters)
    return reading.upper() if shouted else reading


def _probability(difference: Difference) -> float:
    # Not calibrated: there is one document with a human transcription and an edition. See the decision note.
    return round(0.9 + 0.09 * difference.agreement if difference.firm else 0.5 * difference.agreement, 3)


def _kind(page: str, edition: str, words: WordIndex) -> CorrectionKind:
    if _has_figure(page + edition):
        return CorrectionKind.NUMBER
    if key(page) == key(edition):
        return CorrectionKind.SPACING
    entry = words.entry(edition)
    if edition[:1].isupper() and page[:1].isupper() and (entry is None or entry.is_name):
        return CorrectionKind.NAME
    return CorrectionKind.REAL_WORD if all_known(page, words) else CorrectionKind.CHARACTER


def _evidence(difference: Difference, cited: str, words: WordIndex, page: str, edition: str) -> tuple[Evidence, ...]:
    counted = [w for w in (page, edition) if " " not in w and "\n" not in w]
    return (
        Evidence(
            rule="edition",
            says=f"the edition reads {shown(edition)}, and {_around(difference)} agree",
            figure=difference.agreement,
            citation=cited,
        ),
        *(
            Evidence(rule="lexicon", says=f"{shown(w)} is counted {words.count(w)} times", figure=float(words.count(w)))
            for w in counted
        ),
    )


def _around(difference: Difference) -> str:
    return f"{round(8 * difference.agreement)} of the 8 words around"
