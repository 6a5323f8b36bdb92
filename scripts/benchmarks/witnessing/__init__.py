"""Parts of scripts/benchmarks/edition_use.py."""
