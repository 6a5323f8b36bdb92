"""The parts of scripts/benchmarks/correction.py: what the corrector is measured on, beside what, and how it is told."""
