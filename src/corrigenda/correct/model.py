"""What was learned of OCR engines from readings beside their truth: channels, and the gate that judges corrections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from corrigenda.correct.channel import Channel
from corrigenda.correct.confidence import Trust
from corrigenda.correct.gate import Gate

__all__ = ["BASE", "Model", "ModelSource"]

BASE = "base"
"""The channel of all engines together, taken where none is named and none shows itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelSource:
    """A file of readings beside their truth that was learned from: its hash, its passages and their words."""

    file: str
    sha256: str
    passages: int
    words: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Model:
    """Channels by the name of their engine, `BASE` among them, and a gate.

    `vote` is the gate for places of which another reading of the page has something; None where none was learned.
    `confidence` has by the name of an engine what its confidences and alternatives are worth, where that was learned.
    `neural` is the gate for places that a neural language model was asked of as well, None where none was learned, and
    `neural_model` the package and version of that.

    `lexicon` names the lexicon that the gate learned with, by name and hash. `sha256` is of the content as stored.
    """

    name: str
    version: str
    created: str
    lexicon: str
    sources: tuple[ModelSource, ...]
    channels: Mapping[str, Channel]
    gate: Gate
    sha256: str
    vote: Gate | None = None
    confidence: Mapping[str, Trust] = field(default_factory=dict)
    neural: Gate | None = None
    neural_model: str = ""
