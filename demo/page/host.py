"""What the host company does for its signed-in customers: it vouches for them by a token of its own. Pure."""

import jwt

from demo.page.settings import PageSettings

CUSTOMER = "cus_demo"
LIFETIME = 300.0
"""Seconds. The token is exchanged for a session at once, so it may die young."""


def customer_token(settings: PageSettings, now: float) -> str:
    """A JWT (RFC 7519, HS256) for the demo customer, good for `LIFETIME` seconds from `now`."""
    claims: dict[str, object] = {"sub": CUSTOMER, "iat": int(now), "exp": int(now + LIFETIME)}
    if settings.customer_jwt_issuer:
        claims["iss"] = settings.customer_jwt_issuer
    if settings.customer_jwt_audience:
        claims["aud"] = settings.customer_jwt_audience
    return jwt.encode(claims, settings.customer_jwt_key.get_secret_value(), algorithm="HS256")
