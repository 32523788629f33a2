"""How the weights that the repository ships are made. Nothing here runs in production, and no wheel holds it."""
