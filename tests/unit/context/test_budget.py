"""What a context may cost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from services.context.budget import fit, fit_parts, fit_window, tokens
from shared.contracts import ContextPart, Said

texts = st.text(max_size=300)
budgets = st.integers(0, 60)


def part(text: str, missing: str = "") -> ContextPart:
    return ContextPart(kind="knowledge", text=text, missing=missing)


def test_a_token_is_about_four_letters_or_one_character_of_other_scripts():
    assert (tokens(""), tokens("four"), tokens("fives"), tokens("订单"), tokens("é" * 8)) == (0, 1, 2, 2, 2)


@settings(deadline=None)
@given(texts, texts)
def test_text_never_costs_less_for_being_longer(left: str, right: str):
    assert tokens(left) <= tokens(left + right) <= tokens(left) + tokens(right)


@settings(deadline=None)
@given(texts, budgets)
def test_what_fits_is_a_beginning_within_budget(text: str, budget: int):
    fitted = fit(text, budget)
    assert tokens(fitted) <= budget
    assert fitted == text or text.startswith(fitted.removesuffix(" …"))


def test_a_cut_is_made_between_words_and_shown():
    assert fit("one two three four five", 5) == "one two three …"


@settings(deadline=None)
@given(st.lists(st.builds(Said, role=st.sampled_from(["user", "assistant"]), text=texts), max_size=8), budgets)
def test_the_window_is_the_newest_end_within_budget(window: list[Said], budget: int):
    fitted = fit_window(window, budget)
    assert list(fitted) == window[len(window) - len(fitted) :]
    assert sum(tokens(said.text) for said in fitted) <= budget
    assert len(fitted) == len(window) or not fitted or fitted[0].role == "user"


@settings(deadline=None)
@given(st.lists(st.builds(part, texts, st.sampled_from(["", "", "down"])), max_size=6), budgets)
def test_parts_say_what_they_cost_and_stay_within_budget(parts: list[ContextPart], budget: int):
    fitted = fit_parts(parts, budget)
    assert sum(each.tokens for each in fitted) <= budget
    assert all(each.tokens == tokens(each.text) for each in fitted)
    assert all(each.text or each.missing for each in fitted)


def test_the_part_that_goes_over_is_cut_and_those_after_it_are_left_out():
    fitted = fit_parts([part("a" * 40), part("bb " * 40), part("c")], 15)
    assert [each.text[:4] for each in fitted] == ["aaaa", "bb b"]
    assert fitted[1].text.endswith(" …")
