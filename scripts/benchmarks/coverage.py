#!/usr/bin/env python3
"""Measure by simulation how often the intervals of `corrigenda score` hold the true rate, and whether plans come true.

    scripts/benchmarks/coverage.py
    scripts/benchmarks/coverage.py --figures DOCUMENTS.csv

Pages are drawn from populations whose true rate is known: error rates that differ between pages (gamma), errors that
fall at random in a page (Poisson), lengths that differ (log-normal). `--figures` adds a population of real pages: a
file with a line `errors,length` for each of them, from which pages are drawn. 2,000 simulations tell a coverage
to about a point.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corrigenda.score.plan import PilotDocument, plan
from corrigenda.score.resample import SEED, compare, intervals

Matrix = npt.NDArray[np.float64]
Draw = Callable[[np.random.Generator, tuple[int, ...]], tuple[Matrix, Matrix]]

GROUPS = (10, 20, 40, 100, 400)
# So many simulations go through `intervals` at once, as its measures, which bounds the memory.
AT_ONCE = 500
# Errors and characters of 25 typewritten pages of the 1930s and 1940s as Tesseract 5.3 reads them: one page is lost.
TYPESCRIPTS = np.array([
    (59, 2055), (19, 2371), (83, 2498), (77, 1812), (420, 622), (40, 1480), (18, 1462), (14, 1553), (37, 1522),
    (15, 1580), (30, 1605), (18, 1507), (25, 1528), (72, 732), (84, 1643), (41, 2561), (40, 2221), (28, 2413),
    (52, 2506), (179, 2244), (24, 2322), (171, 2044), (143, 2417), (140, 3034), (158, 2570),
], dtype=float)  # fmt: skip


def gamma_poisson(rate: float, shape: float, length: float, sigma: float) -> Draw:
    """Pages of a length about `length` whose rates vary about `rate` (the smaller `shape`, the more skewed)."""

    def draw(generator: np.random.Generator, size: tuple[int, ...]) -> tuple[Matrix, Matrix]:
        lengths = np.ceil(length * np.exp(generator.normal(0, sigma, size)))
        return generator.poisson(lengths * generator.gamma(shape, rate / shape, size)).astype(float), lengths

    return draw


def with_terrible(share: float) -> Draw:
    """Pages with 3% of errors, and that `share` of pages of which about 40% is lost."""
    good = gamma_poisson(0.03, 1.5, 1500, 0.7)

    def draw(generator: np.random.Generator, size: tuple[int, ...]) -> tuple[Matrix, Matrix]:
        errors, lengths = good(generator, size)
        lost = generator.poisson(lengths * generator.beta(4, 6, size))
        return np.where(generator.random(size) < share, lost, errors), lengths

    return draw


def drawn_from(figures: Matrix) -> Draw:
    """Pages of a list of (errors, length), each as likely as any other."""

    def draw(generator: np.random.Generator, size: tuple[int, ...]) -> tuple[Matrix, Matrix]:
        chosen = figures[generator.integers(0, len(figures), size)]
        return chosen[..., 0], chosen[..., 1]

    return draw


def populations(figures: Path | None) -> dict[str, tuple[Draw, float]]:
    """Each population with its true rate."""
    found = {
        "even": (gamma_poisson(0.05, 2, 1500, 0.5), 0.05),
        "skewed": (gamma_poisson(0.05, 0.7, 1500, 0.8), 0.05),
        "5% terrible": (with_terrible(0.05), 0.95 * 0.03 + 0.05 * 0.4),
        "harm 0.1%": (gamma_poisson(0.001, 0.5, 300, 0.5), 0.001),
        "harm 0.02%": (gamma_poisson(0.0002, 0.5, 300, 0.5), 0.0002),
        "typescripts": (drawn_from(TYPESCRIPTS), TYPESCRIPTS[:, 0].sum() / TYPESCRIPTS[:, 1].sum()),
    }
    if figures:
        real = np.loadtxt(figures, delimiter=",", ndmin=2)
        found[figures.stem] = (drawn_from(real), real[:, 0].sum() / real[:, 1].sum())
    return found


def percentile(errors: Matrix, bases: Matrix) -> Matrix:
    """The plain percentile interval, to compare with: (simulations, 2)."""
    generator = np.random.default_rng(SEED)
    groups, rates = len(errors), []
    for _ in range(20):
        weights = generator.multinomial(groups, np.full(groups, 1 / groups), size=100).astype(float)
        rates.append((weights @ errors) / (weights @ bases))
    low, high = np.quantile(np.concatenate(rates), (0.025, 0.975), axis=0)
    return np.stack([low, high], axis=1)


def shipped(errors: Matrix, bases: Matrix) -> Matrix:
    """The interval of the package, each simulation a measure: (simulations, 2)."""
    return np.array([(i.low, i.high) for i in intervals(errors, bases) if i])


def rates(simulations: int, figures: Path | None) -> None:
    """A row for each population and number of groups: how often the interval holds the true rate."""
    print(f"Intervals of a rate, {simulations} simulations a row; in per cent; width is half of it by the true rate\n")
    print(
        f"{'population':14s}{'groups':>7s}{'percentile':>12s}{'shipped':>9s}{'too low':>9s}{'too high':>9s}"
        f"{'width':>7s}"
    )
    for name, (draw, true) in populations(figures).items():
        for groups in GROUPS:
            generator = np.random.default_rng([SEED, groups])
            plain, ours = [], []
            for _ in range(0, simulations, AT_ONCE):
                errors, bases = draw(generator, (groups, AT_ONCE))
                plain.append(percentile(errors, bases))
                ours.append(shipped(errors, bases))
            old, new = np.concatenate(plain), np.concatenate(ours)
            print(
                f"{name:14s}{groups:7d}{covered(old, true):12.1f}{covered(new, true):9.1f}"
                f"{100 * np.mean(new[:, 1] < true):9.1f}{100 * np.mean(new[:, 0] > true):9.1f}"
                f"{np.median(new[:, 1] - new[:, 0]) / 2 / true:7.2f}",
                flush=True,
            )


def covered(limits: Matrix, true: float) -> float:
    """The share of intervals that hold the true rate, in per cent."""
    return float(100 * np.mean((limits[:, 0] <= true) & (true <= limits[:, 1])))


def differences(simulations: int) -> None:
    """A row for each pair of systems and number of groups: coverage, and how often p is below 0.05."""
    print(f"\nDifferences of two systems, {simulations} simulations a row, in per cent\n")
    print(f"{'systems':26s}{'groups':>7s}{'coverage':>10s}{'p < .05':>9s}")
    for name, (own_a, own_b) in {"of equal quality": (0.2, 0.2), "b mends a tenth": (0.2, 0.1)}.items():
        for groups in (8, *GROUPS):
            generator = np.random.default_rng([SEED, groups])
            hits, small, truth = 0, 0, 0.05 * (own_b - own_a)
            for _ in range(0, simulations, AT_ONCE):
                errors, bases, other = two_systems(generator, (groups, AT_ONCE), own_a, own_b)
                found = compare(errors, bases, other, bases)
                hits += sum(c.interval.low <= truth <= c.interval.high for c in found if c.interval)
                small += sum(c.p < 0.05 for c in found)
            of = -(-simulations // AT_ONCE) * AT_ONCE
            print(f"{name:26s}{groups:7d}{100 * hits / of:10.1f}{100 * small / of:9.1f}", flush=True)


def two_systems(
    generator: np.random.Generator, size: tuple[int, ...], own_a: float, own_b: float
) -> tuple[Matrix, Matrix, Matrix]:
    """Errors of a, lengths, errors of b: most are common, the shares `own_a` and `own_b` are not."""
    lengths = np.ceil(1500 * np.exp(generator.normal(0, 0.7, size)))
    common = generator.poisson(lengths * 0.05 * (1 - max(own_a, own_b)) * generator.gamma(1, 1, size))
    only_a = generator.poisson(lengths * 0.05 * own_a * generator.gamma(1, 1, size))
    only_b = generator.poisson(lengths * 0.05 * own_b * generator.gamma(1, 1, size))
    return (common + only_a).astype(float), lengths, (common + only_b).astype(float)


def plans(simulations: int, figures: Path | None) -> None:
    """A row for each population and pilot: the documents planned, and the half-width that they then give."""
    print(f"\nPlans for a half-width of a sixth of the true rate, {simulations} simulations a row\n")
    print(
        f"{'population':14s}{'pilot':>6s}{'true need':>10s}{'planned: 10%, median, 90%':>27s}{'range holds need':>18s}"
        f"{'median high':>13s}"
        f"{'half-width/wanted: 10%, median, 90%':>37s}{'coverage':>10s}"
    )
    for name, (draw, true) in populations(figures).items():
        if name.startswith("harm"):
            continue
        for size in (20, 40, 100):
            generator = np.random.default_rng([SEED, size])
            wanted = true / 6
            everything = pilot(*draw(generator, (50_000,)))
            need = plan(everything, wanted=wanted).needed
            made = [plan(pilot(*draw(generator, (size,))), wanted=wanted) for _ in range(simulations)]
            needed = np.quantile([p.needed for p in made], (0.1, 0.5, 0.9))
            holds = np.mean([p.needed_low <= need <= (p.needed_high or need) for p in made])
            most = np.median([p.needed_high or np.inf for p in made])
            limits = np.array([realised(draw, generator, p.needed) for p in made])
            widths = np.quantile((limits[:, 1] - limits[:, 0]) / 2 / wanted, (0.1, 0.5, 0.9))
            print(
                f"{name:14s}{size:6d}{need:10d}{needed[0]:11.0f}{needed[1]:8.0f}{needed[2]:8.0f}"
                f"{100 * holds:18.1f}{most:13.0f}"
                f"{widths[0]:21.2f}{widths[1]:8.2f}{widths[2]:8.2f}{covered(limits, true):10.1f}",
                flush=True,
            )


def pilot(errors: Matrix, bases: Matrix) -> list[PilotDocument]:
    """Documents of a pilot from their counts."""
    return [PilotDocument(errors=float(e), base=float(b)) for e, b in zip(errors, bases, strict=True)]


def realised(draw: Draw, generator: np.random.Generator, documents: int) -> tuple[float, float]:
    """The interval that so many documents give. Fewer resamples will do for a width, which is averaged over plans."""
    errors, bases = draw(generator, (documents, 1))
    (interval,) = intervals(errors, bases, resamples=2000)
    return (interval.low, interval.high) if interval else (0.0, 0.0)


def main() -> int:
    """Print the three tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--simulations", type=int, default=2000, help="of a rate and of a difference, a row (%(default)s)"
    )
    parser.add_argument("--plans", type=int, default=200, help="plans made, a row (%(default)s)")
    parser.add_argument("--figures", type=Path, help="a population of real pages, a line `errors,length` for each")
    options = parser.parse_args()
    start = time.monotonic()
    rates(options.simulations, options.figures)
    differences(options.simulations)
    plans(options.plans, options.figures)
    print(f"\n{time.monotonic() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
