"""Abuse, harm and attacks in what customers write. A new rule is one entry of a file in `rules/`, a new category one file."""

from shared.guardrails.moderation.judge import discovered, judge
from shared.guardrails.moderation.rule import Action, Category, Judgement, Rule, RuleFile, Verdict

__all__ = ["Action", "Category", "Judgement", "Rule", "RuleFile", "Verdict", "discovered", "judge"]
