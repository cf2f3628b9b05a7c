import random
import re
from pathlib import Path

import pytest
from extras import need

pytest.importorskip("recipes.judge", reason="recipes are not in an installed newsum")
need("torch")

from benchmarks.judging.turning import INVENTED
from recipes.judge.pairs import claims, degrees, invented, roles, truths
from recipes.judge.pairs.across import as_it_is_and_turned
from recipes.judge.pairs.doers import Act, acts_of
from recipes.judge.pairs.made import Site
from recipes.judge.pairs.marked import marked
from recipes.judge.pairs.names import Names
from recipes.judge.pairs.passages import KINDS, passages
from recipes.judge.pairs.who_did import who_did
from recipes.judge.rows import Row, public_rows, read_rows, write_json, write_rows


def site(sentence: str, *, before: tuple[str, ...] = (), people: tuple[str, ...] = ()) -> Site:
    return Site(sentence, before, (), people, ("Harlow", "Skerry"), ("Brightwater",), ())


def turned(sentence: str) -> dict[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    for turn in degrees.turns(site(sentence), random.Random(1)):
        found.setdefault(turn.family, []).append((turn.text, turn.forward, turn.backward))
    return found


def test_some_does_not_entail_all_and_all_entails_some() -> None:
    assert ("All ships have left port.", "neutral", "entailed") in turned("Some ships have left port.")["amount"]


def test_beneath_a_negation_amounts_are_left_alone() -> None:
    assert "amount" not in turned("It is not true that some ships have left port.")


def test_a_figure_in_words_is_the_same_figure() -> None:
    assert ("The blast hurt eleven people.", "entailed", "entailed") in turned("The blast hurt 11 people.")[
        "figure in words"
    ]


def test_a_charge_does_not_entail_a_conviction() -> None:
    found = turned("Jo Day was charged with arson on Friday.")["standing in law"]
    assert ("Jo Day was convicted of arson on Friday.", "neutral", "neutral") in found


def test_a_claim_does_not_entail_what_it_claims_and_entails_itself_in_other_words() -> None:
    bare = "The harbour authority closed the pier in March."
    labels: dict[str, set[str]] = {}
    for seed in range(60):
        for made in claims.claims(site(bare), random.Random(seed)):
            labels.setdefault(made.family, set()).add(made.label)
    assert labels["claim kept"] == {"entailed"}
    assert labels["fact confirmed"] == {"entailed"}
    assert labels["claim disproved"] == {"contradicted"}
    assert "entailed" not in labels["possible as certain"] | labels["wrong mouth"]


def test_an_invention_is_also_told_by_a_premise_in_other_words() -> None:
    made = [
        pair
        for seed in range(40)
        for pair in invented.invented(
            site("Roth spoke to Ferris.", people=("Ines Roth", "Tom Ferris")), random.Random(seed)
        )
    ]
    assert {(pair.family, pair.label) for pair in made} == {("invented", "neutral"), ("invented told", "entailed")}
    assert all(pair.hypothesis not in pair.premise for pair in made)


def test_he_is_who_was_told_of_before() -> None:
    made = list(
        roles.acts(
            site("He left before the vote.", before=("Sam Oru spoke on Monday.",), people=("Sam Oru", "Jo Day")),
            random.Random(2),
        )
    )
    labels = {pair.hypothesis.split(" left")[0].split()[-1]: pair.label for pair in made}
    assert labels == {"Oru": "entailed", "Day": "unsupported"}


def test_active_and_passive_say_the_same_and_exchanged_they_do_not() -> None:
    made = {
        pair.hypothesis: pair.label
        for pair in roles.passives(site("Brightwater sued the council in May."), random.Random(1))
    }
    assert made["The council was sued by Brightwater."] == "entailed"
    assert made["Brightwater was sued by the council."] == "contradicted"


def test_a_clause_of_a_longer_sentence_is_entailed() -> None:
    text = "Ada Holm, the head of the authority, said that the pier was shut, and the ferries were moved to the quay."
    made = {pair.hypothesis for pair in truths.clauses(site(text), random.Random(1)) if pair.label == "entailed"}
    assert "The ferries were moved to the quay." in made


def test_of_what_two_outlets_say_either_side_is_turned() -> None:
    premise = "The Skerry Post: The council sold 40 ships on Monday."
    line = "On Monday 40 ships were sold by the council, an official told Ada Holm."
    names = Names(("Ada Holm",), (), ())
    made = [row for seed in range(20) for row in as_it_is_and_turned(premise, line, names, random.Random(seed))]
    assert Row(premise, line, "entailed", "across") in made
    turned_lines = {row.hypothesis for row in made if row.family == "across: turned"}
    assert any("Monday" not in text for text in turned_lines)
    turned_premises = {row.premise for row in made if row.family == "across: premise turned"}
    assert any("Monday" not in text for text in turned_premises)
    assert all(row.label != "entailed" for row in made if row.family != "across")


def test_a_premise_turned_in_what_a_line_does_not_tell_still_entails_it() -> None:
    premise, line = "Council sold the ships and hired 40 people on Monday.", "The town let its fleet go."
    made = as_it_is_and_turned(premise, line, Names((), (), ()), random.Random(1))
    assert "across: premise turned" not in {row.family for row in made}


def test_no_template_that_measures_is_one_that_trained() -> None:
    trained = {re.sub(r"\{\w\}", "X", form) for row in invented._ROWS for form in row}
    assert len(INVENTED) == len(set(INVENTED)) == 60
    assert not trained & {re.sub(r"\{\w\}", "X", form) for form in INVENTED}


def test_rows_whose_licence_does_not_allow_it_are_kept_out(tmp_path: Path) -> None:
    import gzip
    import json

    licences = [
        "MIT",
        "OANC and others, free",
        "CC-BY-SA",
        "CC-BY-NC-SA",
        "research",
        "LDC news text, research",
        "none stated",
        "see DNC",
    ]
    with gzip.open(tmp_path / "rows.jsonl.gz", "wt") as out:
        for licence in licences:
            row = {"premise": "a", "hypothesis": licence, "label": "neutral", "set": "s", "licence": licence}
            out.write(json.dumps(row) + "\n")
    kept = [row.hypothesis for row in public_rows(tmp_path / "rows.jsonl.gz")]
    assert kept == ["MIT", "OANC and others, free", "CC-BY-SA"]


def test_rows_are_read_as_they_were_written_and_written_the_same(tmp_path: Path) -> None:
    rows = [Row("Café “x”", "y", "neutral", "f"), Row("a", "b", "entailed", "g")]
    write_rows(tmp_path / "one.gz", rows)
    write_rows(tmp_path / "two.gz", rows)
    assert read_rows(tmp_path / "one.gz") == rows
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()


def test_a_label_that_leaves_two_open_is_content_with_either() -> None:
    torch = pytest.importorskip("torch")
    from newsum.tuning.judge.model import loss_of

    logits = torch.tensor([[-9.0, 9.0, 0.0], [-9.0, 0.0, 9.0]])
    assert loss_of(logits, torch.tensor([3, 3]), torch.ones(2)).item() < 1e-3
    assert loss_of(-logits, torch.tensor([3, 3]), torch.ones(2)).item() > 5


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A data folder of one article and one story."""
    texts = [
        "On Friday, Ada Holm resigned from the council. Holm said little. Later, Jo Daley praised it. Daley left.",
        "At noon, Sam Orupe left for Estmark. Orupe waved. By then, Ines Roth had gone. Roth was seen in the harbour.",
    ]
    articles = [{"outlet": "Harlow Wire", "title": "", "text": text} for text in texts]
    (tmp_path / "text").mkdir()
    (tmp_path / "stories").mkdir()
    write_json(tmp_path / "text/news_articles.jsonl.gz", articles[:1])
    for name in ("allsides_train", "allsides_excerpts_train", "roundups_2021_train"):
        held = [{"story_id": f"{name}-{n}", "articles": articles} for n in range(5)]
        write_json(tmp_path / f"stories/{name}.jsonl.gz", held)
    return tmp_path


def _acts_in(text: str) -> set[Act]:
    acts = {act for kind in ("person", "body") for act in acts_of(kind)}
    told = text.lower()

    def has(act: Act) -> bool:
        turned = act.turned.lower().split("{}")
        return any(w.rest.lower() in told for w in act.wordings) or (
            len(turned) == 2 and all(p in told for p in turned)
        )

    return {act for act in acts if has(act)}


def test_of_two_doers_each_act_is_the_doers_alone_in_either_wording(news: Path) -> None:
    rows = list(who_did(news, 200))
    assert {row.label for row in rows} == {"entailed", "neutral", "contradicted", "unsupported"}
    whose = [row for row in rows if row.family == "whose act: kept"]
    assert whose
    assert all(_acts_in(row.hypothesis) & _acts_in(row.premise) for row in whose)
    assert sum(row.hypothesis.rstrip(".").lower() in row.premise.lower() for row in whose) < len(whose) / 2


def test_what_is_only_charged_planned_or_tried_is_not_entailed_and_what_was_done_is(news: Path) -> None:
    rows = [row for row in who_did(news, 400) if row.family == "unsure act"]
    labels = {
        start: {row.label for row in rows if f" {start} " in row.premise and "also" not in row.premise}
        for start in ("plans to", "is accused of", "was acquitted of")
    }
    assert all(found and "entailed" not in found for found in labels.values()), labels
    assert any(row.label == "entailed" and "was convicted of" in row.premise for row in rows)


def test_the_passages_have_as_many_true_claims_as_untrue_ones_and_their_outlets_are_told_apart() -> None:
    rows = list(passages(times=1))
    assert {row.family for row in rows} == {f"passage: {kind}" for kind in KINDS}
    assert sum(row.label == "entailed" for row in rows) * 2 == len(rows)
    assert not any("||" in row.premise for row in rows)
    assert len({row.premise for row in rows}) == len(rows) / 8


def test_a_marked_pair_is_found_again_by_its_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = {
        "story_id": "allsides-train-1",
        "reference": "A pier fell. Two were hurt.",
        "articles": [
            {"outlet": "Harlow Wire", "text": "The pier fell on Monday.\nIt was old.", "published": "2026-03-09"},
            {"outlet": "Estmark Courier", "text": "Two men were hurt. Holm wept."},
        ],
    }
    (tmp_path / "stories").mkdir()
    write_json(tmp_path / "stories/allsides_train.jsonl.gz", [record])
    table = (
        ("allsides-train-1", "r1", "+0:0-24 -1:0-18", "E"),
        ("allsides-train-1", "1:1", "r:0-2", "P"),
        ("allsides-train-1", "0:0", "-0:25-36", "C"),
    )
    monkeypatch.setattr("recipes.judge.pairs.marked.read_table", lambda _: table)
    assert list(marked(tmp_path)) == [
        Row(
            "Harlow Wire, Monday 9 March 2026: The pier fell on Monday. Two men were hurt.",
            "Two were hurt.",
            "entailed",
            "marked: E",
        ),
        Row("A pier fell. Two were hurt.", "Holm wept.", "neutral", "marked: P"),
        Row("It was old.", "The pier fell on Monday.", "contradicted", "marked: C"),
    ]
