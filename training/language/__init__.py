"""How the weights are made by which the language of a message is told: `python -m training.language`."""
