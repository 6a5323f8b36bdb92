"""Models on disk: a folder with `channels.json`, `gate.json` and `manifest.json`, checked when it is opened.

All is plain JSON, so that two models can be compared with the tools that compare texts.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from corrigenda.correct.channel import Channel
from corrigenda.correct.features import FEATURES
from corrigenda.correct.gate import Gate, HarmPoint
from corrigenda.correct.model import BASE, Model, ModelSource
from corrigenda.correct.trees import Trees
from corrigenda.errors import LexiconError, OutputError

__all__ = ["DEFAULT", "content_hash", "find_model", "load_model", "refuse_foreign", "save_model"]

DEFAULT = "typescripts"
"""The model taken where none is named."""

_FORMAT = "corrigenda model"
_FORMAT_VERSION = 1
_MANIFEST, _CHANNELS, _GATE = "manifest.json", "channels.json", "gate.json"
_FILES = frozenset({_MANIFEST, _CHANNELS, _GATE})


def find_model(name_or_path: str = DEFAULT) -> Path:
    """The folder of a model that came with this installation, or the folder that a path names.

    A shipped name wins over a folder of the same name in the current one; `./NAME` takes the folder.
    """
    package = Path(str(resources.files("corrigenda")))
    inside = package / "_lexicons"
    shipped = (inside if inside.is_dir() else package.parents[1] / "lexicons") / name_or_path
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
    if folder.exists() and not (folder.is_dir() and {path.name for path in folder.iterdir()} <= _FILES):
        raise OutputError(
            where=str(folder),
            what="is in the way and is not a model",
            remedy="Name another folder, or move this one away",
        )


def save_model(model: Model, folder: Path) -> None:
    """Write `model` as `folder`, whole or not at all; only an earlier model there is replaced."""
    refuse_foreign(folder)
    files = _files(model)
    manifest = {
        "format": _FORMAT,
        "format_version": _FORMAT_VERSION,
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
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as temporary:
            fresh = Path(temporary) / "new"
            fresh.mkdir()
            for name, data in files.items():
                (fresh / name).write_bytes(data)
            (fresh / _MANIFEST).write_bytes(_dump(manifest, indent=1))
            if folder.exists():
                folder.rename(Path(temporary) / "old")
            fresh.rename(folder)
    except OSError as error:
        raise OutputError(
            where=str(folder),
            what=f"cannot be written ({error.strerror})",
            remedy="Name a folder in a place that you may write to",
        ) from error


def load_model(folder: Path) -> Model:
    """Open the model in `folder`; its format and its hashes are checked, and that the gate knows our features."""
    manifest = _parsed(folder / _MANIFEST, _read(folder / _MANIFEST))
    if manifest.get("format") != _FORMAT or manifest.get("format_version") != _FORMAT_VERSION:
        raise _damaged(folder / _MANIFEST, f"is not the manifest of a model of format {_FORMAT_VERSION}")
    data = {name: _read(folder / name) for name in (_CHANNELS, _GATE)}
    hashes = manifest.get("sha256")
    for name, content in data.items():
        if not isinstance(hashes, dict) or hashlib.sha256(content).hexdigest() != hashes.get(name):
            raise _damaged(folder / name, "is not the file that the manifest was written for")
    try:
        gate = _gate(_parsed(folder / _GATE, data[_GATE]))
        channels = _parsed(folder / _CHANNELS, data[_CHANNELS])
        model = Model(
            name=manifest["name"],
            version=manifest["corrigenda"],
            created=manifest["created"],
            lexicon=manifest["lexicon"],
            sources=tuple(ModelSource(**source) for source in manifest["sources"]),
            channels={name: _channel(name, fields) for name, fields in channels.items()},
            gate=gate,
            sha256=_whole_hash(data),
        )
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise _damaged(folder, f"does not hold what a model holds ({error})") from error
    if gate.features != FEATURES:
        raise _damaged(folder / _GATE, "asks for other features than this corrigenda has")
    if BASE not in model.channels:
        raise _damaged(folder / _CHANNELS, f"has no channel {BASE!r}")
    return model


def content_hash(model_channels: dict[str, Channel], gate: Gate) -> str:
    """The hash that a model of these parts has once it is stored."""
    return _whole_hash({_CHANNELS: _channels_text(model_channels), _GATE: _gate_text(gate)})


def _whole_hash(files: dict[str, bytes]) -> str:
    return hashlib.sha256(b"".join(files[name] for name in (_CHANNELS, _GATE))).hexdigest()


def _files(model: Model) -> dict[str, bytes]:
    return {_CHANNELS: _channels_text(dict(model.channels)), _GATE: _gate_text(model.gate)}


def _channels_text(channels: dict[str, Channel]) -> bytes:
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
    return _dump(
        {
            "features": list(gate.features),
            "bias": round(gate.trees.bias, 6),
            "trees": [
                {"asks": asks, "above": [float(f"{t:.7g}") for t in above], "leaves": [round(v, 5) for v in leaves]}
                for asks, above, leaves in zip(
                    gate.trees.features.tolist(),
                    gate.trees.thresholds.tolist(),
                    gate.trees.leaves.tolist(),
                    strict=True,
                )
            ],
            "scores": list(gate.scores),
            "chances": list(gate.chances),
            "harm": [[p.threshold, p.broken, p.words] for p in gate.harm],
        }
    )


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
        harm=tuple(HarmPoint(threshold=t, broken=b, words=w) for t, b, w in fields["harm"]),
    )


def _channel(name: str, fields: dict[str, Any]) -> Channel:
    return Channel(
        name=name,
        edits={(meant, read): float(cost) for meant, read, cost in fields["edits"]},
        stays={letter: float(cost) for letter, cost in fields["stays"].items()},
        other=float(fields["other"]),
        stay=float(fields["stay"]),
    )


def _dump(value: Any, indent: int | None = None) -> bytes:  # noqa: ANN401
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=None if indent else (",", ":"))
    return (text + "\n").encode()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _damaged(path, f"cannot be read ({error.strerror})") from error


def _parsed(path: Path, data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except ValueError as error:
        raise _damaged(path, f"is not JSON ({error})") from error
    if not isinstance(value, dict):
        raise _damaged(path, "is not a JSON object")
    return value


def _damaged(path: Path, what: str) -> LexiconError:
    return LexiconError(
        where=str(path), what=what, remedy="Learn the model again, or install corrigenda again if it came with it"
    )
