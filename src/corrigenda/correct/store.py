"""Models on disk: a folder with `channels.json`, `gate.json` and `manifest.json`, checked when it is opened.

A model that has learned of two readings of a page has `vote.json` too, a gate of the same form, one that has
learned what an engine's confidences and alternatives are worth `confidence.json`, three figures for each engine, and
one that has learned what a neural language model's word is worth `neural.json`, a gate again.

All is plain JSON, so that two models can be compared with the tools that compare texts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from corrigenda.correct.channel import Channel
from corrigenda.correct.confidence import Trust
from corrigenda.correct.features import FEATURES
from corrigenda.correct.gate import Bar, Gate, HarmPoint
from corrigenda.correct.model import BASE, Model, ModelSource
from corrigenda.correct.neural import NEURAL_FEATURES
from corrigenda.correct.trees import Trees
from corrigenda.correct.vote import VOTE_FEATURES
from corrigenda.errors import LexiconError
from corrigenda.lexicon.folder import MANIFEST, FolderKind, shipped_folder

__all__ = ["DEFAULT", "as_stored", "content_hash", "find_model", "load_model", "refuse_foreign", "save_model"]

DEFAULT = "typescripts"
"""The model taken where none is named."""

_KIND = FolderKind(name="a model", format="corrigenda model", version=2, mend="Learn the model again")
_CHANNELS, _GATE, _VOTE, _CONFIDENCE = "channels.json", "gate.json", "vote.json", "confidence.json"
_NEURAL = "neural.json"
_PARTS = (_CHANNELS, _GATE, _VOTE, _CONFIDENCE, _NEURAL)
_OPTIONAL = (_VOTE, _CONFIDENCE, _NEURAL)
_FIGURES = ("weight", "bias", "alternative")
_FILES = frozenset({MANIFEST, *_PARTS})


def find_model(name_or_path: str = DEFAULT) -> Path:
    """The folder of a model that came with this installation, or the folder that a path names.

    A shipped name wins over a folder of the same name in the current one; `./NAME` takes the folder.
    """
    if not name_or_path:
        raise LexiconError(
            where="model",
            what="an empty name is given",
            remedy=f"Name a shipped model ({DEFAULT}) or the folder of one; the current folder is .",
        )
    shipped = shipped_folder() / name_or_path
    try:
        if name_or_path == Path(name_or_path).name and (shipped / _GATE).is_file():
            return shipped
        if Path(name_or_path).is_dir():
            return Path(name_or_path)
    except OSError as error:
        raise LexiconError(
            where=name_or_path,
            what=f"cannot be looked into ({error.strerror})",
            remedy="Name a shipped model, or a folder that you may read",
        ) from error
    raise LexiconError(
        where=name_or_path,
        what="is neither a folder nor the name of a shipped model",
        remedy=f"Shipped with this installation: {DEFAULT}. Learn one with 'corrigenda train'",
    )


def refuse_foreign(folder: Path) -> None:
    """Raise `OutputError` where something stands at `folder` that is no model."""
    _KIND.refuse_foreign(folder, lambda path: path.name in _FILES)


def save_model(model: Model, folder: Path) -> None:
    """Write `model` as `folder`, whole or not at all; only an earlier model there is replaced."""
    refuse_foreign(folder)
    _KIND.write(folder, partial(_fill, model))


def _fill(model: Model, folder: Path) -> dict[str, Any]:
    """Write the files, and tell the manifest."""
    files = _files(
        model.channels,
        model.gate,
        model.vote,
        model.confidence,
        (model.neural, model.neural_model) if model.neural else None,
    )
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return {
        "name": model.name,
        "corrigenda": model.version,
        "created": model.created,
        "lexicon": model.lexicon,
        "judged_on_right_words": model.gate.harm[0].words if model.gate.harm else 0,
        "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
        "sources": [
            {"file": s.file, "sha256": s.sha256, "passages": s.passages, "words": s.words} for s in model.sources
        ],
    }


def load_model(folder: Path) -> Model:
    """Open the model in `folder`; its format and its hashes are checked, and that the gate knows our features."""
    manifest = _KIND.manifest(folder)
    hashes = manifest.get("sha256")
    stated = hashes if isinstance(hashes, dict) else {}
    asked_for = (name for name in _PARTS if name in stated or name not in _OPTIONAL)
    data = {name: _KIND.held(folder / name, stated.get(name)) for name in asked_for}
    try:
        gate = _gate(_object(folder / _GATE, data[_GATE]))
        vote = _gate(_object(folder / _VOTE, data[_VOTE])) if _VOTE in data else None
        told = _object(folder / _NEURAL, data[_NEURAL]) if _NEURAL in data else {}
        neural = _gate(told) if told else None
        channels = _object(folder / _CHANNELS, data[_CHANNELS])
        confidence = _object(folder / _CONFIDENCE, data[_CONFIDENCE]) if _CONFIDENCE in data else {}
        model = Model(
            name=manifest["name"],
            version=manifest["corrigenda"],
            created=manifest["created"],
            lexicon=manifest["lexicon"],
            sources=tuple(ModelSource(**source) for source in manifest["sources"]),
            channels={name: _channel(name, fields) for name, fields in channels.items()},
            gate=gate,
            sha256=_whole_hash(data),
            vote=vote,
            confidence={name: _trust(fields) for name, fields in confidence.items()},
            neural=neural,
            neural_model=told["model"] if told else "",
        )
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise _KIND.damaged(folder, f"does not hold what a model holds ({error})") from error
    known = ((_GATE, gate, FEATURES), (_VOTE, vote, (*FEATURES, *VOTE_FEATURES)), (_NEURAL, neural, NEURAL_FEATURES))
    for name, one, features in known:
        if one and one.features != features:
            raise _KIND.damaged(folder / name, "asks for other features than this corrigenda has")
    if BASE not in model.channels:
        raise _KIND.damaged(folder / _CHANNELS, f"has no channel {BASE!r}")
    return model


def _object(path: Path, data: bytes) -> dict[str, Any]:
    value = _KIND.parsed(path, data)
    if not isinstance(value, dict):
        raise _KIND.damaged(path, "is not a JSON object")
    return value


def as_stored(channels: Mapping[str, Channel], gate: Gate) -> tuple[dict[str, Channel], Gate]:
    """Channels and a gate as they come back once they are stored: costs, thresholds and leaves are rounded."""
    files = _files(channels, gate, None, {}, None)
    found = json.loads(files[_CHANNELS])
    return {name: _channel(name, fields) for name, fields in found.items()}, _gate(json.loads(files[_GATE]))


def content_hash(
    channels: Mapping[str, Channel],
    gate: Gate,
    vote: Gate | None = None,
    confidence: Mapping[str, Trust] | None = None,
    neural: tuple[Gate, str] | None = None,
) -> str:
    """The hash that a model of these parts has once it is stored; `neural` has a gate and the name of its model."""
    return _whole_hash(_files(channels, gate, vote, confidence or {}, neural))


def _whole_hash(files: dict[str, bytes]) -> str:
    return hashlib.sha256(b"".join(files[name] for name in _PARTS if name in files)).hexdigest()


def _files(
    channels: Mapping[str, Channel],
    gate: Gate,
    vote: Gate | None,
    confidence: Mapping[str, Trust],
    neural: tuple[Gate, str] | None,
) -> dict[str, bytes]:
    files = {_CHANNELS: _channels_text(channels), _GATE: _gate_text(gate)}
    if vote:
        files[_VOTE] = _gate_text(vote)
    if confidence:
        files[_CONFIDENCE] = _confidence_text(confidence)
    if neural:
        told, model = neural
        files[_NEURAL] = _dump({"model": model, **_gate_fields(told)})
    return files


def _confidence_text(confidence: Mapping[str, Trust]) -> bytes:
    return _dump(
        {
            name: {figure: round(getattr(one, figure), 4) for figure in _FIGURES}
            for name, one in sorted(confidence.items())
        }
    )


def _trust(fields: dict[str, Any]) -> Trust:
    # Models that were learned before alternatives were have two figures.
    known = {"alternative": 0.0, **fields}
    return Trust(**{figure: float(known[figure]) for figure in _FIGURES})


def _channels_text(channels: Mapping[str, Channel]) -> bytes:
    return _dump(
        {
            name: {
                "other": round(c.other, 4),
                "stay": round(c.stay, 5),
                "stays": {letter: round(cost, 5) for letter, cost in sorted(c.stays.items())},
                "edits": [[meant, read, round(cost, 3)] for (meant, read), cost in sorted(c.edits.items())],
            }
            for name, c in sorted(channels.items())
        }
    )


def _gate_text(gate: Gate) -> bytes:
    return _dump(_gate_fields(gate))


def _gate_fields(gate: Gate) -> dict[str, Any]:
    return {
        "features": list(gate.features),
        "bias": round(gate.trees.bias, 6),
        "trees": [
            {"asks": asks, "above": [float(f"{t:.9g}") for t in above], "leaves": [round(v, 5) for v in leaves]}
            for asks, above, leaves in zip(
                gate.trees.features.tolist(),
                gate.trees.thresholds.tolist(),
                gate.trees.leaves.tolist(),
                strict=True,
            )
        ],
        "scores": list(gate.scores),
        "chances": list(gate.chances),
        "harm": [[p.bar.threshold, p.bar.ease, p.broken, p.words] for p in gate.harm],
    }


def _gate(fields: dict[str, Any]) -> Gate:
    trees = fields["trees"]
    return Gate(
        features=tuple(fields["features"]),
        trees=Trees(
            features=np.array([t["asks"] for t in trees], dtype=np.int16),
            thresholds=np.array([t["above"] for t in trees], dtype=np.float32),
            leaves=np.array([t["leaves"] for t in trees], dtype=np.float32),
            bias=float(fields["bias"]),
        ),
        scores=tuple(map(float, fields["scores"])),
        chances=tuple(map(float, fields["chances"])),
        harm=tuple(HarmPoint(bar=Bar(threshold=t, ease=e), broken=b, words=w) for t, e, b, w in fields["harm"]),
    )


def _channel(name: str, fields: dict[str, Any]) -> Channel:
    return Channel(
        name=name,
        edits={(meant, read): float(cost) for meant, read, cost in fields["edits"]},
        stays={letter: float(cost) for letter, cost in fields["stays"].items()},
        other=float(fields["other"]),
        stay=float(fields["stay"]),
    )


def _dump(value: Any) -> bytes:  # noqa: ANN401
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
