"""A small linear model beside the rules, for kinds of attack that no pattern names. Trained by `training/moderation`."""
