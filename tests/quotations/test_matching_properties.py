"""What holds for every text: nothing raises, offsets cut what they claim, planted words are found."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cryptonewshub.quotations.matching import match_quotation
from cryptonewshub.quotations.vocabulary import SourceText, Verdict

WORDS = st.lists(
    st.sampled_from(
        [
            "harbour",
            "winter",
            "pilot",
            "bread",
            "council",
            "ferry",
            "tide",
            "storm",
            "anchor",
            "quay",
            "market",
            "signal",
            "lantern",
        ]
    ),
    min_size=5,
    max_size=14,
)
MESSY = st.text(alphabet=st.sampled_from("ab I|1. …\"“”'’[]()-—\n\u00ad\u0301ﬁé½\u200d!?,0"), max_size=80)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.one_of(st.text(max_size=60), MESSY), source=st.one_of(st.text(max_size=120), MESSY))
def test_no_input_raises_and_every_passage_cuts_its_source(text: str, source: str) -> None:
    match = match_quotation(text, [SourceText("a", source)], speaker="Ada Holm")
    if match.passage is not None:
        assert source[match.passage.start : match.passage.end] == match.passage.exact
        assert len(match.passage.prefix) <= 80
        assert len(match.passage.suffix) <= 80


@settings(max_examples=100, deadline=None)
@given(before=MESSY, words=WORDS, after=MESSY)
def test_words_planted_in_noise_are_found(before: str, words: list[str], after: str) -> None:
    planted = " ".join(words)
    source = f"{before}\n\n{planted}\n\n{after}"
    match = match_quotation(planted, [SourceText("a", source)])
    assert match.verdict in (Verdict.EXACT, Verdict.OUT_OF_CONTEXT)
    assert match.passage is not None
    assert match.passage.exact == planted
