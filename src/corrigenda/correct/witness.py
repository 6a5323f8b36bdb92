"""What an edition's reading does to the page: adopted, noted as a variant, or flagged.

The edition is a witness, not an order. Its editors normalise what the typist wrote, so a difference in punctuation,
case, spelling or form is theirs and the page stands; two known words of one stem (statement, restatement) may each be
right, so a reader is asked; the rest, where the words on both sides agree, is the machine's misreading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corrigenda.correct.source import WordSource
from corrigenda.edition.collate import Collation, Difference
from corrigenda.text import key, page_style, unify
from corrigenda.values import (
    Correction,
    CorrectionKind,
    Document,
    Evidence,
    Flag,
    FlagKind,
    Reading,
    Suggestion,
)

__all__ = ["decide"]

# docs/decisions/002-witness.md has the reasons for these.
_MOST_WORDS = 4
_MOST_RESTORED = 3
_LEAST_AGREEMENT = 0.5
_FEWEST_SEEN = 3
_FIRM_CASE = 0.97

_LABEL = re.compile(r"\(?(?:\d{1,2}|[A-Za-z]|[ivxIVX]{1,5})[.)]?")
_PREFIXES = (
    "re",
    "un",
    "in",
    "im",
    "dis",
    "pre",
    "non",
    "over",
    "under",
    "counter",
    "mis",
    "inter",
    "sub",
    "de",
    "co",
)
_SUFFIXES = (
    "",
    "s",
    "es",
    "'s",
    "s'",
    "d",
    "ed",
    "ing",
    "ly",
    "er",
    "ers",
    "or",
    "ion",
    "ions",
    "al",
    "ment",
    "ments",
    "y",
    "ies",
    "e",
    "ation",
)


def decide(
    document: Document, collation: Collation, words: WordSource, *, restore: bool
) -> Iterator[Correction | Flag]:
    """A correction or a flag for each place where page and edition differ and something is to be said of it.

    `restore` allows up to three words that the page lacks to be put back between neighbours that agree. Where the
    page has words that the edition lacks there is nothing to say: the page stands.
    """
    for reading in collation.readings:
        found = _same_words(document, reading, collation.citation)
        if found:
            yield found
    for difference in collation.differences:
        decided = _difference(document, difference, collation.citation, words, restore=restore)
        if decided:
            yield decided


def _same_words(document: Document, reading: Reading, citation: str) -> Correction | Flag | None:
    """Where the letters agree: a variant of case or punctuation, or capitals that no typist sets ("OUr")."""
    page = reading.span.of(document.text)
    ours, theirs = unify(page), unify(reading.text)
    if not page or ours == theirs or key(page) != key(reading.text) or "\n" in page:
        return None
    what = "punctuation" if ours.lower() != theirs.lower() else "case"
    if what == "case" and _odd_capitals(ours) and not _odd_capitals(theirs):
        return Correction(
            span=reading.span,
            before=page,
            after=page_style(reading.text, document.text),
            kind=CorrectionKind.CASE,
            probability=_FIRM_CASE,
            evidence=(Evidence(rule="edition", says=f"the edition prints {reading.text!r}", citation=citation),),
        )
    return Flag(
        span=reading.span,
        kind=FlagKind.EDITION_VARIANT,
        why=f"{what}: the edition prints {reading.text!r}",
        citation=citation,
    )


def _difference(
    document: Document, difference: Difference, citation: str, words: WordSource, *, restore: bool
) -> Correction | Flag | None:
    page, edition = difference.span.of(document.text), difference.edition
    cited = f"{citation}, paragraph {difference.paragraph}"
    if not edition:
        return None
    if not page:
        return _restoration(document, difference, cited) if restore else None
    variant = _variant(page, edition, words)
    if variant:
        return Flag(
            span=difference.span,
            kind=FlagKind.EDITION_VARIANT,
            why=f"{variant}: the edition prints {edition!r}",
            citation=cited,
        )
    doubt = _doubt(page, difference, words)
    probability = _probability(difference)
    reading = _in_case_of(page, page_style(edition, document.text))
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


def _restoration(document: Document, difference: Difference, cited: str) -> Correction | None:
    if not difference.firm or difference.words[1] > _MOST_RESTORED or difference.agreement < _LEAST_AGREEMENT:
        return None
    words = page_style(difference.edition, document.text)
    return Correction(
        span=difference.span,
        before="",
        after=f"{words} ",
        kind=CorrectionKind.RESTORATION,
        probability=round(_probability(difference) - 0.04, 3),
        evidence=(
            Evidence(
                rule="edition",
                says=f"the edition has {words!r} between two words that the page has too",
                figure=difference.agreement,
                citation=cited,
            ),
        ),
    )


def _doubt(page: str, difference: Difference, words: WordSource) -> str | None:
    """Why the edition's reading is not adopted here, or None."""
    ours, theirs = difference.words
    if ours > _MOST_WORDS or theirs > _MOST_WORDS:
        return f"the edition reads otherwise, but over {max(ours, theirs)} words"
    if not difference.firm or difference.agreement < _LEAST_AGREEMENT:
        return "the edition reads otherwise, but the words around do not agree well enough"
    if _known(page, words) and _known(difference.edition, words) and _one_stem(page, difference.edition):
        return "the edition has another known word of the same stem; both may be right"
    return None


def _variant(page: str, edition: str, words: WordSource) -> str | None:
    """The name of the editors' habit that explains the difference, or None."""
    ours, theirs = page.split(), edition.split()
    joined = unify("".join(ours)).lower(), unify("".join(theirs)).lower()
    if joined[0].replace("-", "") == joined[1].replace("-", "") and all(_known(w, words) for w in ours):
        return "compound"
    if _LABEL.fullmatch(page) and _LABEL.fullmatch(edition):
        return "list label"
    if (
        page.isdigit() != edition.isdigit()
        and page.isalnum()
        and edition.isalnum()
        and page.isdigit() + edition.isdigit() == 1
    ):
        return "form of a number" if _known(page if edition.isdigit() else edition, words) else None
    if _initials(ours, theirs) or _initials(theirs, ours) or _abbreviated(page, edition) or _abbreviated(edition, page):
        return "abbreviation"
    if len(ours) == len(theirs) == 1 and _undoubled(joined[0]) == _undoubled(joined[1]):
        return "spelling"
    return None


def _odd_capitals(word: str) -> bool:
    """Whether a part of `word` is neither lower case nor capitalised nor all capitals."""
    return any(
        part != part.lower() and part[1:] != part[1:].lower() and part != part.upper()
        for part in re.findall(r"[^\W\d_]+", word)
    )


def _initials(short: list[str], full: list[str]) -> bool:
    return len(full) > 1 and len(short) == 1 and key(short[0]) == "".join(w[:1].lower() for w in full)


def _abbreviated(short: str, full: str) -> bool:
    """Whether `short` is `full` cut off or contracted: Dept, Department; Amb, Ambassador; govt, government."""
    s, f = key(short), key(full)
    if not 2 <= len(s) <= len(f) - 3 or s[0] != f[0] or " " in short:
        return False
    rest = iter(f)
    return all(c in rest for c in s) and (f.startswith(s) or s[-1] == f[-1])


def _undoubled(word: str) -> str:
    """`word` with doubled letters single and -ise, -our in American form: Carribean, committment, labour."""
    single = "".join(c for i, c in enumerate(word) if i == 0 or c != word[i - 1])
    return re.sub(r"is(e|ed|es|ing|ation)\b", r"iz\1", single).replace("our", "or")


def _one_stem(a: str, b: str) -> bool:
    short, long = sorted((unify(a).lower(), unify(b).lower()), key=len)
    if any(long == prefix + short for prefix in _PREFIXES):
        return True
    common = 0
    while common < len(short) and short[common] == long[common]:
        common += 1
    return any(short[n:] in _SUFFIXES and long[n:] in _SUFFIXES for n in range(max(3, common - 2), common + 1))


def _known(text: str, words: WordSource) -> bool:
    return all(words.count(w.strip(".,;:()\"'")) >= _FEWEST_SEEN for w in text.split())


def _in_case_of(page: str, reading: str) -> str:
    """`reading` in capitals where the page is typed in capitals, as telegrams are."""
    shouted = page.isupper() and sum(c.isalpha() for c in page) > 3
    return reading.upper() if shouted else reading


def _probability(difference: Difference) -> float:
    # Not calibrated: there is one document with a human transcription and an edition. See the decision note.
    return round(0.9 + 0.09 * difference.agreement if difference.firm else 0.5 * difference.agreement, 3)


def _kind(page: str, edition: str, words: WordSource) -> CorrectionKind:
    if any(c.isdigit() for c in page + edition):
        return CorrectionKind.NUMBER
    if key(page) == key(edition):
        return CorrectionKind.SPACING
    entry = words.entry(edition)
    if edition[:1].isupper() and page[:1].isupper() and (entry is None or entry.lower * 10 < entry.total):
        return CorrectionKind.NAME
    return CorrectionKind.REAL_WORD if _known(page, words) else CorrectionKind.CHARACTER


def _evidence(difference: Difference, cited: str, words: WordSource, page: str, edition: str) -> tuple[Evidence, ...]:
    return (
        Evidence(
            rule="edition",
            says=f"the edition reads {edition!r}, and the words on both sides agree",
            figure=difference.agreement,
            citation=cited,
        ),
        Evidence(
            rule="lexicon",
            says=f"{page!r} is counted {words.count(page)} times",
            figure=float(words.count(page)),
        ),
        Evidence(
            rule="lexicon",
            says=f"{edition!r} is counted {words.count(edition)} times",
            figure=float(words.count(edition)),
        ),
    )
