"""Which texts languages are told by."""

from evals.language import Set, parts


def test_words_and_neighbours_of_sentences_are_sets_of_their_own():
    sentences = Set("sentences", 0.9, (("en", "The green Garden gates, the green garden"), ("cs", "Vzduch, 12 stanice")))
    pairs, words = parts(sentences)
    assert pairs.rows == (("en", "green garden"), ("en", "garden gates"), ("cs", "vzduch stanice"))
    assert words.rows == (("en", "green"), ("en", "garden"), ("en", "gates"), ("cs", "vzduch"), ("cs", "stanice"))
    assert pairs.bar is None
    assert words.bar is None
