"""Confirmation tokens: the button of exactly one proposal.

A token is derived from what was shown, so it need not be stored, and whoever has the key can show the button again; the
conversation keeps only its hash. Another amount, target or customer is another token.
"""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode

from shared.contracts import Proposal

_PURPOSE = b"frontdesk/confirmation/1\0"  # the session key signs other things too


def confirmation_token(key: bytes, proposal: Proposal) -> str:
    """HMAC-SHA256 over action, tool, parameters, amount and customer, in base64url: 43 characters that fit in a path."""
    bound = {
        "action": proposal.action,
        "tool": proposal.tool,
        "kind": proposal.kind,
        "arguments": proposal.arguments,
        "amount": proposal.amount.model_dump() if proposal.amount else None,
        "customer": proposal.customer.id,
    }
    canonical = json.dumps(bound, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
    return urlsafe_b64encode(hmac.digest(key, _PURPOSE + canonical, "sha256")).rstrip(b"=").decode()


def token_hash(token: str) -> str:
    """What the conversation remembers of a token: SHA-256, hex."""
    return hashlib.sha256(token.encode()).hexdigest()
