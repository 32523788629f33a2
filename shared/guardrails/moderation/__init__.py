"""Abuse, harm and attacks in what customers write. A new rule is one entry of a file in `rules/`, a new category one file."""

from shared.guardrails.moderation.judge import DEFAULT, discovered, judge
from shared.guardrails.moderation.rule import Action, Category, Judgement, Rule, RuleFile, Thresholds, Verdict

__all__ = ["DEFAULT", "Action", "Category", "Judgement", "Rule", "RuleFile", "Thresholds", "Verdict", "discovered", "judge"]
