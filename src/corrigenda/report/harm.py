"""What a limit of harm stands for with a gate: in words, and as a record."""

from __future__ import annotations

import math
from typing import Any

from corrigenda.correct.gate import CONFIDENCE, NOTHING, Gate, most_harm

__all__ = ["LIMITS", "harm_in_words", "harm_record", "lowest_limit"]

LIMITS = (0.05, 0.1, 0.2, 0.5, 1.0)
"""The limits of harm, in per cent of right words, that are told of."""
_FIGURES = 3


def harm_in_words(gate: Gate, limit: float) -> str:
    """From which probability up corrections are made at `--max-harm limit`, and what they broke where it was tried."""
    harm = harm_record(gate, limit)
    right = f"{harm['right_words']:,} right words"
    if harm["threshold"] is not None:
        eased = f", guards eased by {harm['ease']:.0%}" if harm["ease"] else ""
        made = f"corrections from {harm['threshold']:g} up are made{eased}"
        return f"at --max-harm {limit:g} {made}; of {right} that they were tried on {harm['broken']} were broken"
    needed = math.ceil(-math.log(1 - CONFIDENCE) * 100 / limit)
    why = f"to vouch for it takes {needed:,}" if harm["right_words"] < needed else "even the surest broke more of them"
    return f"at --max-harm {limit:g} nothing is corrected; the pairs have {right}, and {why}"


def harm_record(gate: Gate, limit: float) -> dict[str, Any]:
    """The same for programs; `threshold` is None where nothing is corrected."""
    bar = gate.bar(limit)
    tried = (p for p in gate.harm if p.bar.threshold <= bar.threshold < NOTHING and p.bar.ease == bar.ease)
    point = next(tried, None)
    return {
        "max_harm": limit,
        "threshold": None if bar.threshold >= NOTHING else bar.threshold,
        "ease": bar.ease,
        "broken": point.broken if point else 0,
        "right_words": point.words if point else gate.harm[0].words if gate.harm else 0,
    }


def lowest_limit(gate: Gate) -> float | None:
    """The lowest limit of harm at which the gate lets anything be put in, in per cent, rounded up to three figures.

    None where it was never tried, so that it can vouch for nothing.
    """
    if not gate.harm or not gate.harm[0].words:
        return None
    # Thresholds are tried from the highest down, so that a limit which the first one breaks is not kept by any.
    exact = most_harm(gate.harm[0].broken, gate.harm[0].words) * 100
    decimals = _FIGURES - 1 - math.floor(math.log10(exact))
    return min(100.0, round(math.ceil(exact * 10.0**decimals) / 10.0**decimals, decimals))
