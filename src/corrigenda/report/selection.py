"""Choosing corrections of a ledger by what is known of them: id, kind, rule or probability."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corrigenda.values import Correction, CorrectionKind

__all__ = ["Choice", "selected"]

_KEYS = ("id", "kind", "rule", "probability")


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One condition, as `kind=name`; `probability=0.95` means at least that much."""

    key: str
    value: str

    @classmethod
    def parse(cls, text: str) -> Choice:
        """Read `KEY=VALUE`. Raises ValueError that says which keys and values there are."""
        key, _, value = text.partition("=")
        if key not in _KEYS or not value:
            msg = f"{text!r} is not KEY=VALUE with one of the keys {', '.join(_KEYS)}"
            raise ValueError(msg)
        if key == "kind" and value not in set(CorrectionKind):
            msg = f"there is no kind {value!r}; kinds are {', '.join(k.value for k in CorrectionKind)}"
            raise ValueError(msg)
        if (key == "id" and not value.isdecimal()) or (key == "probability" and not _is_probability(value)):
            msg = f"{value!r} is no {key}"
            raise ValueError(msg)
        return cls(key=key, value=value)

    def fits(self, number: int, correction: Correction) -> bool:
        """Whether the correction with this id (its place in the ledger, from 1) meets the condition."""
        match self.key:
            case "id":
                return number == int(self.value)
            case "kind":
                return correction.kind == self.value
            case "rule":
                return any(e.rule == self.value for e in correction.evidence)
            case _:
                return correction.probability >= float(self.value)


def selected(
    corrections: Sequence[Correction], *, only: Iterable[Choice] = (), without: Iterable[Choice] = ()
) -> tuple[int, ...]:
    """The indices of the corrections that meet every key of `only` in one of its values, and nothing of `without`."""
    by_key: dict[str, list[Choice]] = {}
    for choice in only:
        by_key.setdefault(choice.key, []).append(choice)
    barred = list(without)
    return tuple(
        i
        for i, c in enumerate(corrections)
        if all(any(choice.fits(i + 1, c) for choice in choices) for choices in by_key.values())
        and not any(choice.fits(i + 1, c) for choice in barred)
    )


def _is_probability(value: str) -> bool:
    try:
        return 0 <= float(value) <= 1
    except ValueError:
        return False
