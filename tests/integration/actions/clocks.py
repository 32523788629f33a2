"""Shorter times for the ledger's claims, in the same proportions."""

from pathlib import Path

ROOT = Path(__file__).parents[3]
CLAIM_FOR = 1.5
CALL_WITHIN = 0.5
CALL_TIMEOUT = 0.5
