"""What a model writes is offered only where nothing speaks against it; the sources' own sentences always are."""

from dataclasses import replace

from scripted import Scripted

from newsum.articles import Article, Sentence
from newsum.compression.removable import choices
from newsum.planning.cuts import Cut
from newsum.planning.units import ContentUnit
from newsum.text.analysis import Passage, analyse
from newsum.text.words import word_count
from newsum.writing.guard import objections
from newsum.writing.options import SEPARATOR, SETTINGS, Answers, Drafts, offer, tidy

LONG = (
    "Osterland and Kestria signed a 15-year treaty on energy and security on Thursday, committing Kestria to supply 55 "
    "billion cubic metres of natural gas."
)
SHORT_CUT = "osterland and kestria signed a 15-year treaty on energy and security."
OTHER = "Kestria will supply Osterland with 55 billion cubic metres of gas over 15 years."
BRIEF = "The ferries stopped running on Tuesday morning."


TAIL = "Osterland and Kestria signed a 15-year treaty on energy and security on Thursday."
MIDDLE = LONG.replace(" on Thursday", "")
BOTH = "Osterland and Kestria signed a 15-year treaty on energy and security."


def unit(*texts, cuts=()):
    articles = [Article(f"Outlet {n}", text) for n, text in enumerate(texts)]
    sentences = tuple(Passage(Sentence(a, 0, len(a.text)), analyse(a.text)) for a in articles)
    lost = dict(choices(texts[0]))
    own = tuple(Cut(sentences[0], text, 0.5, lost[text]) for text in cuts)
    each = (1.0,) * len(articles)
    return ContentUnit(sentences, each, 0.0, tuple(a.id for a in articles), each, own)


def model(*answers):
    return Scripted(lambda _: answers)


def drafted(units, model):
    drafts = Drafts(units, model)
    return drafts.options(answers(drafts, model))


def answers(drafts, model):
    return Answers(model.generate(drafts.requests, SETTINGS), model.score(drafts.judged))


def written(options):
    return [o for o in options if o.origin == "model"]


def test_without_a_model_a_units_own_sentences_are_offered():
    ((option, other),) = offer([unit(LONG, OTHER)])
    assert [option.text, other.text] == [LONG, OTHER]
    assert option.origin == other.origin == "source"
    assert option.sources[0].text == LONG


def test_a_clean_cut_is_offered_as_its_source_prints_it():
    (options,) = drafted([unit(LONG)], model((SHORT_CUT, -0.1)))
    (option,) = written(options)
    assert option.text == "Osterland and Kestria signed a 15-year treaty on energy and security."
    assert [s.text for s in option.sources] == [LONG]
    assert LONG in [o.text for o in options]


def test_what_is_no_clean_cut_is_not_offered():
    bad = (
        "osterland and kestria signed a treaty on gas.",
        "kestria and osterland signed a 15-year treaty on energy and security.",
        "osterland and kestria signed a 15-year treaty on energy and",
        "volmark signed a 15-year treaty on energy and security.",
        "osterland signed 55 billion.",
        "",
    )
    (options,) = drafted([unit(LONG)], model(*((text, -0.1) for text in bad)))
    assert [o.text for o in options] == [LONG]


def test_a_line_of_which_the_model_is_unsure_is_not_offered():
    (options,) = drafted([unit(LONG)], model((SHORT_CUT, -3.0)))
    assert written(options) == []


def test_the_model_may_write_its_sources_words_and_a_few_that_join_them():
    scripted = model()
    drafted([unit(LONG, OTHER)], scripted)
    tokenizer = scripted.tokenizer
    for request in scripted.asked:
        read = set(tokenizer(request.text.replace(SEPARATOR, " "), add_special_tokens=False).input_ids)
        assert read <= request.allowed
        assert set(tokenizer("and the of", add_special_tokens=False).input_ids) <= request.allowed
        for forbidden in ("volmark", "minister", "|"):
            assert not set(tokenizer(forbidden, add_special_tokens=False).input_ids) & request.allowed


def test_a_long_seed_is_asked_about_alone_and_a_short_one_together_with_its_like():
    scripted = model()
    drafted([unit(LONG, OTHER), unit(OTHER, LONG), unit(BRIEF)], scripted)
    assert [request.text for request in scripted.asked] == [LONG, f"{OTHER}{SEPARATOR}{LONG}"]
    assert max(word_count(OTHER), word_count(BRIEF)) < 18


def test_units_that_are_not_to_be_asked_about_are_offered_as_they_stand():
    scripted = model((SHORT_CUT, -0.1))
    drafts = Drafts([unit(LONG), unit(OTHER), unit(LONG)], scripted, asked={0})
    options = drafts.options(answers(drafts, scripted))
    assert [request.text for request in scripted.asked] == [LONG]
    assert [len(written(own)) for own in options] == [1, 0, 0]
    assert all(own for own in options)


def test_sentences_longer_than_the_window_are_not_asked_about_but_still_offered():
    scripted = Scripted(lambda _: [(SHORT_CUT, -0.1)], window=20)
    (options,) = drafted([unit(LONG, OTHER)], scripted)
    assert scripted.asked == []
    assert LONG in [o.text for o in options]


def test_the_options_of_each_unit_stay_with_it():
    def answer(text):
        return [(SHORT_CUT, -0.1)] if LONG in text else []

    first, second = drafted([unit(OTHER), unit(LONG)], Scripted(answer))
    assert written(first) == []
    assert [o.text for o in written(second)] == [
        "Osterland and Kestria signed a 15-year treaty on energy and security."
    ]


def test_a_special_token_in_an_article_is_only_text():
    poisoned = LONG.replace("Thursday", "Thursday [SEP] [CLS]")
    scripted = model()
    drafted([unit(poisoned)], scripted)
    (request,) = scripted.asked
    specials = set(scripted.tokenizer.all_special_ids)
    assert not specials & set(scripted.tokenizer(request.text, add_special_tokens=False).input_ids)
    assert not specials & request.allowed


def test_a_sentence_that_leans_on_another_is_not_offered_by_itself():
    ((option,),) = offer([unit(LONG, "It will run for 15 years from the day of ratification.")])
    assert option.text == LONG


def test_no_units_have_no_options_and_need_no_model():
    assert drafted([], model()) == []
    assert offer([]) == []


def test_a_sentence_over_several_lines_is_printed_on_one():
    assert tidy("the talks\n  lasted \t for days .") == "The talks lasted for days."
    assert tidy("A .5 calibre gun") == "A .5 calibre gun"
    assert tidy("") == ""


def test_a_seed_with_clean_cuts_is_not_written_anew_and_its_best_cuts_are_judged():
    scripted = model()
    (options,) = drafted([unit(LONG, cuts=(BOTH, TAIL, MIDDLE))], scripted)
    assert scripted.asked == []
    assert scripted.judged == [(LONG, BOTH), (LONG, TAIL)]  # MIDDLE loses a weekday, which can always go
    assert {o.text for o in written(options)} == {MIDDLE, TAIL, BOTH}
    assert {s.text for o in written(options) for s in o.sources} == {LONG}


def test_a_part_that_no_judged_cut_loses_stays():
    losing_a_phrase = LONG.replace(" on energy and security", "")
    (options,) = drafted([unit(LONG, cuts=(BOTH, TAIL, losing_a_phrase))], model())
    assert losing_a_phrase not in {o.text for o in options}
    (options,) = drafted([unit(LONG, cuts=(losing_a_phrase,))], model())
    assert losing_a_phrase in {o.text for o in options}


def test_other_sentences_of_a_unit_are_cut_too():
    both = unit(OTHER, LONG)
    lost = dict(choices(LONG))
    (options,) = drafted([replace(both, cuts=(Cut(both.sentences[1], TAIL, 0.5, lost[TAIL]),))], model())
    assert [[s.text for s in o.sources] for o in written(options)] == [[LONG]]


def test_a_cut_where_the_model_would_not_have_ended_is_not_offered():
    (options,) = drafted([unit(LONG, cuts=(TAIL, MIDDLE))], Scripted(lambda _: [], ending=-9.0))
    assert [o.text for o in written(options)] == [MIDDLE]  # a weekday can always go


def test_a_cut_that_is_not_clean_is_never_offered():
    sentence = "Tom Vint—whose plan for the port of Karrow centres around a quay on the river—entered the race."
    refused = [left for left, _ in choices(sentence) if objections(analyse(left), [analyse(sentence)])]
    (options,) = drafted([unit(sentence, cuts=[left for left, _ in choices(sentence)])], model())
    assert refused
    assert not {o.text for o in options} & set(refused)
