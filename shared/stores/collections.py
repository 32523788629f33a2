"""The collections there are. A store creates what it lacks of them when it is opened; a new Document adds its name here."""

COLLECTIONS: tuple[str, ...] = (
    "conversations",
    "turns",
    "effects",
    "customers",
    "memories",
    "feedback",
    "vault",
    "unfinished",
    "keys",
    "erasures",
)

KEY_COLLECTIONS: tuple[str, ...] = ("keys", "erasures")
"""Those of the key store, which no backup of the records includes."""
