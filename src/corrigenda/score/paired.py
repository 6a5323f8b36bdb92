"""Two systems over the same documents: is b better than a, and how sure is that?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corrigenda.errors import PairingError
from corrigenda.score.corpus import Change, Corpus, NotScored, Side, change, side

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


def paired(corpora: Mapping[str, Corpus], truths: Mapping[str, Mapping[str, str]]) -> Paired:
    """Compare the two `corpora`, by the name of their system; `truths` has each system's transcriptions by document.

    What is compared of each is the corrected text where there is one, else the OCR. Documents that only one of them
    has are named as lone. Raises PairingError where a document has two different truths, or none is shared.
    """
    (a, first), (b, second) = corpora.items()
    theirs = {e.document_id: e for e in second.documents}
    both = [(e, theirs[e.document_id]) for e in first.documents if e.document_id in theirs]
    names = [e.document_id for e, _ in both]
    if not both:
        raise PairingError(
            where=f"{a} and {b}",
            what="have no document in common",
            remedy="Give two readings with the same ids or names",
        )
    for name in names:
        if truths[a][name] != truths[b][name]:
            raise PairingError(
                where=f"{name} in {a} and {b}",
                what="has two different truths",
                remedy="Score both against the same truth",
            )
    ours, others = [e.after for e, _ in both], [e.after for _, e in both]
    groups = [e.group for e, _ in both]
    lone = [e.document_id for corpus in (first, second) for e in corpus.documents if e.document_id not in names]
    return Paired(
        a=a,
        b=b,
        documents=tuple(names),
        groups=len(set(groups)),
        headline=first.headline,
        side_a=side(groups, ours),
        side_b=side(groups, others),
        changes=change(groups, ours, others),
        not_scored=NotScored(
            repeats=first.not_scored.repeats + second.not_scored.repeats,
            lone=(*first.not_scored.lone, *second.not_scored.lone, *lone),
            failed=(*first.not_scored.failed, *second.not_scored.failed),
        ),
        signature=f"{a}: {first.signature} || {b}: {second.signature}",
    )
