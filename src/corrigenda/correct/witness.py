"""What an edition's reading does to the page: adopted, noted as a variant, or flagged; and the apparatus of it all.

The edition is a witness, not an order. Its editors normalise what the typist wrote, so a difference in punctuation,
case, spelling or form is theirs and the page stands. Of the rest `testimony` tells how likely it is that the machine
misread what the edition prints; another reading of the page, where there is one, has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from corrigenda.correct.apparatus import DifferenceClass, Entry
from corrigenda.correct.dirt import at_a_margin, is_dirt, without
from corrigenda.correct.engine import Engine
from corrigenda.correct.fluent import fluent_probability, is_fluent, is_renamed
from corrigenda.correct.form import as_typed, joined, same_letters
from corrigenda.correct.grounds import grounds
from corrigenda.correct.known import all_known
from corrigenda.correct.readings import OtherText
from corrigenda.correct.testimony import LEARNED, Testimony
from corrigenda.correct.variants import editorial, entangled, has_own_stop
from corrigenda.correct.vote import same_word
from corrigenda.correct.witnesses import heard
from corrigenda.edition.collate import Collation, Covered, Difference
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import TITLES, key, shown
from corrigenda.values import (
    EDITION,
    Correction,
    CorrectionKind,
    Document,
    Evidence,
    Flag,
    FlagKind,
    Reading,
    SegmentKind,
    Span,
    Suggestion,
)

__all__ = ["Said", "apparatus"]

# docs/decisions/021-collation.md has the reasons for these.
_MOST_WORDS = 4
_MOST_RESTORED = 3
_CONFIRMED = 0.99
_MARGINAL = 0.96
_ENDS = ".?!"
Said = tuple[tuple[str, str], ...]
"""What other readings of the page have at a place, with their sigla."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """A difference, with all that is asked about it; `probability` that the page has what the edition prints."""

    document: Document
    difference: Difference
    words: WordIndex
    others: Said
    probability: float
    cited: str

    @property
    def page(self) -> str:
        """What stands on the page, with its line breaks."""
        return self.difference.span.of(self.document.text)

    def entry(
        self,
        class_: DifferenceClass,
        why: str,
        finding: Correction | Flag | None = None,
        *,
        probability: float | None = None,
    ) -> Entry:
        """The place as an entry of the apparatus."""
        return Entry(
            span=self.difference.span,
            page=self.page,
            edition=self.difference.edition,
            class_=class_,
            why=why,
            probability=probability,
            citation=self.cited,
            others=self.others,
            finding=finding,
        )

    def noted(self, why: str) -> Entry:
        """The place as a variant of the edition, which a reader is told of."""
        says = f"{why}: the edition prints {self.difference.edition!r}"
        flag = Flag(span=self.difference.span, kind=FlagKind.EDITION_VARIANT, why=says, citation=self.cited)
        return self.entry(DifferenceClass.VARIANT, why, flag if self.page else None)

    def disputed(self, why: str, reading: str) -> Entry:
        """The place as one that a reader should look at."""
        suggestion = Suggestion(text=reading, probability=round(self.probability, 3))
        flag = Flag(
            span=self.difference.span,
            kind=FlagKind.DOUBTFUL,
            why=why,
            suggestions=(suggestion,),
            citation=self.cited,
        )
        return self.entry(DifferenceClass.DISPUTED, why, flag if self.page else None, probability=self.probability)


def apparatus(
    document: Document,
    collation: Collation,
    engine: Engine,
    *,
    max_harm: float,
    restore: bool = True,
    readings: Sequence[OtherText] = (),
    testimony: Testimony = LEARNED,
) -> tuple[Entry, ...]:
    """Every place where the page differs from the edition it was collated with, in the order of the page.

    A reading of the edition is put in where its probability reaches what `max_harm` per cent ask for. `restore` allows
    up to three words that the page lacks to be put back between neighbours that agree. Where one of `readings`, which
    are other texts of the same page or record, has the page's words as well, the page stands; where it has the
    edition's, they are put in.
    """
    entries = [_covered(one, collation.citation) for one in collation.covered]
    entries += [e for r in collation.agreed if (e := same_letters(document, r, collation.citation, engine.words))]
    places = _places(document, collation, engine, readings, testimony)
    asked = testimony.least(max_harm)
    entries += [_judged(place, asked, restore=restore) for place in places]
    return tuple(sorted(entries, key=lambda e: (e.span.start, e.span.end)))


def _places(
    document: Document,
    collation: Collation,
    engine: Engine,
    readings: Sequence[OtherText],
    testimony: Testimony,
) -> Iterator[_Place]:
    differences = collation.differences
    chances = testimony.probabilities(grounds(collation, engine.words, engine.language, engine.costs))
    fluent = is_fluent(collation, engine.words)
    said = heard(document, [d.span for d in differences], readings)
    for difference, learned, others in zip(differences, chances, said, strict=True):
        chance = learned
        if fluent or is_renamed(difference, engine.words):
            chance = max(learned, fluent_probability(difference))
        yield _Place(
            document=document,
            difference=difference,
            words=engine.words,
            others=others,
            probability=round(chance, 3),
            cited=f"{collation.citation}, paragraph {difference.paragraph}",
        )


def _covered(one: Covered, citation: str) -> Entry:
    return Entry(
        span=one.span,
        page=one.page,
        edition=one.edition,
        class_=DifferenceClass.WITHHELD if one.withheld else DifferenceClass.REDACTED,
        why="a mark of the edition stands here" if one.withheld else "a mark of the page stands here",
        probability=None,
        citation=f"{citation}, paragraph {one.paragraph}" if one.paragraph else citation,
    )


def _judged(place: _Place, asked: float, *, restore: bool) -> Entry:
    if not place.difference.edition:
        return _page_alone(place, asked)
    page, edition = place.page, place.difference.edition
    with_page = [siglum for siglum, text in place.others if same_word(text, page)]
    if with_page:
        return place.noted(f"{', '.join(with_page)} reads as the page does")
    confirmed = any(same_word(text, edition) for _, text in place.others)
    if confirmed:
        place = replace(place, probability=max(place.probability, _CONFIRMED))
    if _is_cut(place):
        return _mended(place)
    explained = editorial(place.difference, place.document.text, place.words)
    if explained and not confirmed:
        return place.noted(explained)
    if not page:
        return _restoration(place, 0.0 if confirmed else asked, restore=restore)
    return _substitution(place, 0.0 if confirmed else asked)


def _is_cut(place: _Place) -> bool:
    """Whether one word of the edition stands on the page in two, with a line's end between them and no hyphen."""
    difference, page = place.difference, place.page
    whole = difference.edition.replace("-", "")
    cut = difference.words == (2, 1) and "\n" in page.replace("\r", "\n") and not difference.barred
    return cut and whole.isalpha() and key(page.replace(" ", "")) == key(whole)


def _mended(place: _Place) -> Entry:
    reading = Reading(span=place.difference.span, text=place.difference.edition, siglum=EDITION)
    found = joined(place.document, reading, place.cited)
    why = "broken at a line's end"
    return place.entry(DifferenceClass.OCR_ERROR, why, found, probability=found.probability)


def _page_alone(place: _Place, asked: float) -> Entry:
    """What the edition lacks: the page stands, whosever it is, unless it is dirt."""
    difference, words = place.difference, place.words
    home = next((s.kind for s in place.document.segments if s.span.covers(difference.span)), None)
    if not difference.firm or home is not SegmentKind.BODY:
        return place.entry(DifferenceClass.PAGE_ONLY, "the edition has nothing here")
    if not is_dirt(difference, place.document.text, words):
        return place.entry(DifferenceClass.OMISSION, "the edition goes on without these words")
    silent = bool(place.others) and not any(text for _, text in place.others)
    heard = any(same_word(text, place.page) for _, text in place.others)
    marginal = at_a_margin(difference, place.document.text) and not heard
    place = replace(place, probability=_CONFIRMED if silent else _MARGINAL if marginal else 0.0)
    if place.probability < asked:
        return place.entry(DifferenceClass.DISPUTED, "the edition has nothing here, and this may be no word")
    return _deletion(place)


def _deletion(place: _Place) -> Entry:
    span = without(place.document.text, place.difference.span)
    evidence = Evidence(
        rule="edition",
        says=f"the edition has nothing between two words of the page; {_around(place.difference)} agree",
        figure=place.difference.agreement,
        citation=place.cited,
    )
    found = Correction(
        span=span,
        before=span.of(place.document.text),
        after="",
        kind=CorrectionKind.DELETION,
        probability=place.probability,
        evidence=(evidence, *_others(place)),
    )
    return place.entry(DifferenceClass.OCR_ERROR, "dirt was read as letters", found, probability=place.probability)


def _substitution(place: _Place, asked: float) -> Entry:
    document, difference, page, span = place.document, place.difference, place.page, place.difference.span
    reading = as_typed(difference.edition, document, span)
    if document.text.startswith(".", difference.span.end):
        if page.split()[-1].lower() in TITLES and not _is_abbreviation(reading):
            # The full stop after "Mr" is the title's, so it could not stay where the edition has another word.
            return place.disputed("the edition has another word in the place of a title", reading)
        if has_own_stop(difference, document.text):
            if len(page) < len(reading) - 1:
                return place.disputed("the edition has a longer word, and none of the page's full stop", reading)
            span = Span(start=span.start, end=span.end + 1)  # a speck, or another mark misread
        reading = reading.removesuffix(".")  # the page's own full stop stays where it is
    doubt = _doubt(place, asked)
    if doubt:
        return place.disputed(doubt, reading)
    found = Correction(
        span=span,
        before=span.of(document.text),
        after=reading,
        kind=_kind(page, difference.edition, place.words),
        probability=place.probability,
        evidence=_evidence(place, page, difference.edition),
    )
    return place.entry(DifferenceClass.OCR_ERROR, "the page was misread", found, probability=place.probability)


def _is_abbreviation(reading: str) -> bool:
    return reading.endswith(".") or reading.rsplit(maxsplit=1)[-1].lower() in TITLES


def _restoration(place: _Place, asked: float, *, restore: bool) -> Entry:
    difference = place.difference
    why = _not_restored(place, asked)
    if why:
        return place.entry(DifferenceClass.DISPUTED, why, probability=place.probability)
    # The end of a sentence was lost with its last word; a comma may be the editors'.
    marks = "".join(takewhile(_ENDS.__contains__, difference.closing))
    words = as_typed(difference.edition + marks, place.document, difference.span)
    evidence = Evidence(
        rule="edition",
        says=f"the edition has {shown(words)} between two words of the page; {_around(difference)} agree",
        figure=difference.agreement,
        citation=place.cited,
    )
    found = Correction(
        span=difference.span,
        before="",
        after=f"{words} ",
        kind=CorrectionKind.RESTORATION,
        probability=place.probability,
        evidence=(evidence, *_others(place)),
    )
    return place.entry(
        DifferenceClass.OCR_ERROR, "the page has lost it", found if restore else None, probability=place.probability
    )


def _not_restored(place: _Place, asked: float) -> str | None:
    """Why what the page lacks is not put back, or None."""
    difference = place.difference
    if not difference.firm or difference.words[1] > _MOST_RESTORED:
        return "the edition has more"
    if entangled(difference, place.words) or any(
        not w.isalpha() or (len(w) == 1 and w not in "aAI") for w in map(_bare, difference.edition.split())
    ):
        return "the edition has more, but a label or a figure is never made up"
    before = place.document.text[: difference.span.start].rstrip()[-1:]
    if before in _ENDS and difference.closing.startswith(before) and not "".join(difference.before).endswith(before):
        return "the edition has more, and the page a full stop before it"
    if place.probability < asked:
        return "the edition has more, which may be its own"
    return None


def _bare(word: str) -> str:
    return re.sub(r"[\W_]+", "", word)


def _doubt(place: _Place, asked: float) -> str | None:
    """Why the edition's reading is not put in here, or None."""
    difference = place.difference
    longest, tangle = max(*difference.words, difference.stretch), entangled(difference, place.words)
    new_figure = difference.words[1] > 1 and _has_figure(difference.edition) and not _has_figure(place.page)
    doubts = {
        f"the edition reads otherwise, but over {longest} words": longest > _MOST_WORDS,
        tangle or "": tangle is not None,
        "the edition reads otherwise, but it cannot be told what of it stands here": difference.barred,
        "the edition has a figure that the page lacks": new_figure,
        "the edition reads otherwise, but both may be right": place.probability < asked,
    }
    return next((why for why, holds in doubts.items() if holds), None)


def _has_figure(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _kind(page: str, edition: str, words: WordIndex) -> CorrectionKind:
    if _has_figure(page + edition):
        return CorrectionKind.NUMBER
    if key(page) == key(edition):
        return CorrectionKind.SPACING
    entry = words.entry(edition)
    if edition[:1].isupper() and page[:1].isupper() and (entry is None or entry.is_name):
        return CorrectionKind.NAME
    return CorrectionKind.REAL_WORD if all_known(page, words) else CorrectionKind.CHARACTER


def _evidence(place: _Place, page: str, edition: str) -> tuple[Evidence, ...]:
    counted = [w for w in (page, edition) if " " not in w and "\n" not in w]
    return (
        Evidence(
            rule="edition",
            says=f"the edition reads {shown(edition)}, and {_around(place.difference)} agree",
            figure=place.difference.agreement,
            citation=place.cited,
        ),
        *_others(place),
        *(
            Evidence(
                rule="lexicon",
                says=f"{shown(w)} is counted {place.words.count(w)} times",
                figure=float(place.words.count(w)),
            )
            for w in counted
        ),
    )


def _others(place: _Place) -> Iterator[Evidence]:
    for siglum, text in place.others:
        rule = "reading" if same_word(text, place.difference.edition) else "other reading"
        yield Evidence(rule=rule, says=f"{siglum} has {shown(text) if text else 'nothing'}", citation=siglum)


def _around(difference: Difference) -> str:
    return f"{round(8 * difference.agreement)} of the 8 words around"
