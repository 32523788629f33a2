"""How the weights of the moderation model are made: `python -m training.moderation` (see `__main__`)."""
