"""Two systems over the same documents: is b better than a, and how sure is that?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corrigenda.errors import PairingError
from corrigenda.score.corpus import Change, Corpus, NotScored, Side, change, side
from corrigenda.score.values import Evaluation

__all__ = ["Paired", "paired"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Paired:
    """The systems `a` and `b`, by name, over the documents that both have; each change is b against a."""

    a: str
    b: str
    documents: tuple[str, ...]
    groups: int
    headline: str
    side_a: Side
    side_b: Side
    changes: tuple[Change, ...]
    not_scored: NotScored
    signature: str


def paired(corpora: Mapping[str, Corpus], texts: Mapping[str, Mapping[str, tuple[str, str]]]) -> Paired:
    """Compare the two `corpora`, by the name of their system; `texts` has each system's text and truth by document.

    A document whose two texts and truth are those of another is an exact repeat, and counted once.
    What is compared of each is the corrected text where there is one, else the OCR. Documents that only one of them
    has are named as lone. Raises PairingError where a document has two different truths, or none is shared.
    """
    (a, first), (b, second) = corpora.items()
    theirs = {e.document_id: e for e in second.documents}
    both = [(e, theirs[e.document_id]) for e in first.documents if e.document_id in theirs]
    if not both:
        raise PairingError(
            where=f"{a} and {b}",
            what="have no document in common",
            remedy="Give two readings with the same ids or names",
        )
    for one, _ in both:
        name = one.document_id
        if texts[a][name][1] != texts[b][name][1]:
            raise PairingError(
                where=f"{name} in {a} and {b}",
                what="has two different truths",
                remedy="Score both against the same truth",
            )
    shared = {e.document_id for e, _ in both}
    once: dict[tuple[str, str, str], tuple[Evaluation, Evaluation]] = {}
    for one, other in both:
        once.setdefault((*texts[a][one.document_id], texts[b][one.document_id][0]), (one, other))
    repeats, both = len(both) - len(once), list(once.values())
    ours, others = [e.after for e, _ in both], [e.after for _, e in both]
    groups = [e.group for e, _ in both]
    lone = [e.document_id for corpus in (first, second) for e in corpus.documents if e.document_id not in shared]
    return Paired(
        a=a,
        b=b,
        documents=tuple(e.document_id for e, _ in both),
        groups=len(set(groups)),
        headline=first.headline,
        side_a=side(groups, ours),
        side_b=side(groups, others),
        changes=change(groups, ours, others),
        not_scored=NotScored(
            repeats=repeats,
            lone=(*first.not_scored.lone, *second.not_scored.lone, *lone),
            failed=(*first.not_scored.failed, *second.not_scored.failed),
        ),
        signature=f"{a}: {first.signature} || {b}: {second.signature}",
    )
