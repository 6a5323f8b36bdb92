"""Corrigenda: corrects the OCR of archival government records, and accounts for every word it changed."""
