"""The forms in which AI assistants cite are read as credits; a number that leads nowhere, or astray, is a fault."""

import pytest

from newsum import Article, SettingsError, attribute

ARTICLES = [
    Article(
        "Port Lambe Gazette",
        "The harbour authority will close the lighthouse pier for eleven months, it said on Tuesday.",
        "Pier to close",
        url="https://www.portlambegazette.example/pier",
    ),
    Article(
        "Harlow Wire",
        "The work on the pier will cost 14 million euros. Two thirds will come from a national fund for small ports.",
        "Pier bill put at 14m",
        url="https://www.harlowwire.example/pier-bill",
    ),
    Article(
        "Bay Post",
        "Shopkeepers on the pier road asked for their rents to be halved while the work lasts.",
        "Shops ask for lower rents",
        url="https://news.baypost.example/2026/rents?id=7",
    ),
]
A = "The lighthouse pier will be closed for eleven months"
B = "The work will cost 14 million euros"
C = "Shopkeepers on the pier road asked for their rents to be halved"
NUMBERED = f"{A} [1]. {B} [2]. {C} [3]."
OUTLETS = [("Port Lambe Gazette",), ("Harlow Wire",), ("Bay Post",)]

LISTS = {
    "names": "Sources:\n[1] Port Lambe Gazette\n[2] Harlow Wire\n[3] Bay Post",
    "names and titles": "References\n1. Port Lambe Gazette, “Pier to close”, 10 March 2026\n"
    "2. Harlow Wire: Pier bill put at 14m\n"
    "3. Bay Post - Shops ask for lower rents",
    "titles alone": "Citations:\n\n1. Pier to close\n2. Pier bill put at 14m\n3. Shops ask for lower rents",
    "title first": "Sources\n1. “Pier to close” (Port Lambe Gazette)\n"
    "2. Pier bill put at 14m — Harlow Wire\n3. Shops ask for lower "
    "rents | Bay Post",
    "addresses": "## References\n\n1. https://www.portlambegazette.example/pier\n2. https://harlowwire.example/pier-bill/\n"
    "3. https://news.baypost.example/2026/rents?id=7&utm_source=chatgpt.com",
    "links": "**Sources**\n\n1. [Pier to close](https://www.portlambegazette.example/pier)\n2. [The bill]"
    "(https://www.harlowwire.example/pier-bill)\n3. [Rents](https://news.baypost.example/2026/rents?id=7)",
    "definitions": "[1]: https://www.portlambegazette.example/pier\n[2]: https://www.harlowwire.example/pier-bill\n"
    "[3]: https://news.baypost.example/2026/rents?id=7",
    "no heading": "[1] https://www.portlambegazette.example/pier\n[2] https://www.harlowwire.example/pier-bill\n"
    "[3] Bay Post, https://news.baypost.example/2026/rents?id=7",
    "one row": "Sources: [1] Port Lambe Gazette; [2] Harlow Wire; [3] Bay Post",
    "one row of numbers": "Sources: 1. Port Lambe Gazette 2. Harlow Wire 3. Bay Post",
    "hosts": "Sources:\n1. portlambegazette.example\n2. www.harlowwire.example\n3. baypost.example",
    "bullets": "Sources:\n- [1] Port Lambe Gazette\n- [2] Harlow Wire\n- [3] Bay Post",
    "works cited": "Works cited\n1) Port Lambe Gazette\n2) Harlow Wire\n3) Bay Post",
}

MARKS = {
    "after the stop": f"{A}.[1] {B}.[2] {C}.[3]",
    "fullwidth": f"{A}【1】. {B}【2†source】. {C}【3†L4-L9】.",
    "footnotes": f"{A}[^1]. {B}[^2]. {C}[^3].",
    "raised": f"{A}.¹ {B}.² {C}.³",
    "html": f"{A}<sup>1</sup>. {B}<sup>[2]</sup>. {C}<sup>3</sup>.",
    "with a word": f"{A} [source 1]. {B} [ref. 2]. {C} [cite: 3].",
    "round": f"{A} (1). {B} (2). {C} (source: 3).",
    "bold": f"{A} **[1]**. {B} **[2]**. {C} **[3]**.",
    "bullets": f"- {A} [1]\n- {B} [2]\n- {C} [3]",
}

ALONE = {
    "linked numbers": f"{A} [[1]](https://www.portlambegazette.example/pier). {B} "
    f"[[2]](https://www.harlowwire.example/pier-bill). {C} [[3]](https://news.baypost.example/2026/rents?id=7).",
    "numbers that are links": f"{A} [1](https://www.portlambegazette.example/pier). {B} "
    f"[2](https://www.harlowwire.example/pier-bill). {C} [3](https://news.baypost.example/2026/rents?id=7).",
    "hosts": f"{A} (portlambegazette.example). {B} (www.harlowwire.example). {C} (baypost.example).",
    "addresses": f"{A} (https://www.portlambegazette.example/pier). "
    f"{B} (https://harlowwire.example/pier-bill?utm_source=x). "
    f"{C} (https://news.baypost.example/2026/rents?id=7).",
    "linked names": f"{A} ([Port Lambe Gazette](https://www.portlambegazette.example/pier)). {B} "
    f"([harlowwire.example](https://www.harlowwire.example/pier-bill)). {C} "
    f"([Bay Post](https://news.baypost.example/2026/rents?id=7)).",
    "linked words": "The lighthouse pier [will be closed](https://www.portlambegazette.example/pier) "
    "for eleven months. "
    "The work will [cost 14 million euros](https://www.harlowwire.example/pier-bill). Shopkeepers on the pier road "
    "[asked for their rents](https://news.baypost.example/2026/rents?id=7) to be halved.",
    "linked source": f"{A} ([source](https://www.portlambegazette.example/pier)). {B} "
    f"([source](https://www.harlowwire.example/pier-bill)). {C} ([link](https://news.baypost.example/2026/rents?id=7)).",
    "names and dates": f"{A} (Port Lambe Gazette, 10 March 2026). {B} (Harlow Wire, 2026). {C} (Bay Post, March 2026).",
    "mixed": f"{A} [[1]](https://www.portlambegazette.example/pier). {B} (Harlow Wire). {C} (baypost.example).",
}


def checked(text):
    summary = attribute(text, ARTICLES, judge=None)
    return [line.claimed for line in summary.lines], [fault.message for fault in summary.faults]


@pytest.mark.parametrize("form", LISTS)
def test_numbers_lead_to_the_list_at_the_end_in_whatever_form_it_is(form):
    assert checked(f"{NUMBERED}\n\n{LISTS[form]}\n") == (OUTLETS, [])


@pytest.mark.parametrize("form", MARKS)
def test_marks_of_every_form_are_credits_and_no_figures(form):
    assert checked(f"{MARKS[form]}\n\nSources:\n1. Port Lambe Gazette\n2. Harlow Wire\n3. Bay Post\n") == (OUTLETS, [])


@pytest.mark.parametrize("form", ALONE)
def test_addresses_hosts_and_links_are_credits_without_a_list(form):
    assert checked(ALONE[form]) == (OUTLETS, [])


@pytest.mark.parametrize(
    "mark", ["[1-2]", "[1–2]", "[1, 2]", "[1; 2]", "[1][2]", "[1] [2]", "【1】【2】", "[1]-[2]", "[1 and 2]"]
)
def test_several_numbers_are_several_credits(mark):
    text = f"{A} and the work will cost 14 million euros {mark}. {C} [3].\n\n{LISTS['names']}"
    assert checked(text) == ([("Port Lambe Gazette", "Harlow Wire"), ("Bay Post",)], [])


def test_a_number_that_is_not_in_the_list_leads_nowhere():
    summary = attribute(f"{A} [1]. {B} [7]. {C} [3].\n\n{LISTS['names']}", ARTICLES, judge=None)
    (fault,) = [f for f in summary.faults if f.line == 1]
    assert (fault.kind, fault.severity) == ("groundless credit", "error")
    assert "[7]" in fault.message
    assert "Harlow Wire" in fault.message
    assert [line.text for line in summary.lines] == [f"{A}.", f"{B}.", f"{C}."]


def test_numbers_without_any_list_are_one_fault():
    summary = attribute(NUMBERED, ARTICLES, judge=None)
    (fault,) = [f for f in summary.faults if f.severity == "error"]
    assert (fault.kind, fault.line) == ("groundless credit", None)
    assert all(mark in fault.message for mark in ("[1]", "[2]", "[3]"))
    assert [line.text for line in summary.lines] == [f"{A}.", f"{B}.", f"{C}."]


@pytest.mark.parametrize(
    "text",
    [
        f"{A} [2]. {B} [1]. {C} [3].\n\n{LISTS['names']}",
        f"{A} [[1]](https://www.harlowwire.example/pier-bill). "
        f"{B} [[2]](https://www.portlambegazette.example/pier). {C} (Bay Post).",
        f"{A}【2】. {B}【1】. {C}【3】.\n\n{LISTS['addresses']}",
    ],
)
def test_a_number_that_leads_to_a_source_which_does_not_say_it_is_a_fault(text):
    faults = [(f.kind, f.line) for f in attribute(text, ARTICLES, judge=None).faults]
    assert faults == [("groundless credit", 0), ("groundless credit", 1)]


def test_an_address_of_another_article_is_credited_to_nobody_at_hand():
    (fault,) = attribute(f"{A} (https://www.elsewhere.example/pier).", ARTICLES, judge=None).faults
    assert (fault.kind, "elsewhere.example" in fault.message) == ("groundless credit", True)


def test_a_figure_in_brackets_and_a_year_are_text():
    lines = attribute(f"{A} (in 2026). {B} (14m).", ARTICLES, judge=None).lines
    assert [line.text for line in lines] == [f"{A} (in 2026).", f"{B} (14m)."]


def test_the_name_of_an_existing_file_is_not_taken_for_a_brief(tmp_path, monkeypatch):
    (tmp_path / "brief.txt").write_text(A, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("brief.txt", str(tmp_path / "brief.txt")):
        with pytest.raises(SettingsError, match="is the name of a file"):
            attribute(name, ARTICLES)


def test_the_worst_fault_of_a_line_goes_first():
    text = f"{A} and Paolo Gallo wept (Bay Post). {B} and 340 lamps will be lit (Port Lambe Gazette)."
    faults = attribute(text, ARTICLES, judge=None).faults
    order = {"error": 0, "warning": 1, "note": 2}
    keys = [(f.line if f.line is not None else -1, order[f.severity]) for f in faults]
    assert keys == sorted(keys)
