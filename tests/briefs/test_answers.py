"""What models answer, in the many ways in which they do: the lines that are news, and what is said of the rest."""

import pytest

from newsum.briefs.answers import read_answer
from newsum.briefs.outlet_tags import Outlets

OUTLETS = ("BBC", "Northgate Wire", "The Harbour Courier")
STRIKE = "Ferry crews began a three-day strike on Tuesday."
SAILINGS = "Only eight of 70 sailings will run, the company said."
UNION = "The union wants shorter night shifts."
BOTH = (STRIKE, SAILINGS)
ALL = (*BOTH, UNION)

PLAIN = {
    "as it should be": (f"{STRIKE} {SAILINGS}", BOTH),
    "a line a row": (f"{STRIKE}\n{SAILINGS}\n", BOTH),
    "paragraphs": (f"{STRIKE}\n\n{SAILINGS} {UNION}", ALL),
    "a speaker who says I": ("“I’m sorry,” the mayor said. “I cannot sign this,” he told the council.", 2),
    "news that begins like an answer": ("Okay Airlines cancelled 12 flights. Below is a river in full flood.", 2),
    "a sentence on a summary in the news": (f"{STRIKE} A summary of the report was leaked to ministers.", 2),
}
PREAMBLES = {
    "here is": (f"Here is a summary of the reports:\n\n{STRIKE} {SAILINGS}", BOTH),
    "here's, on the same row": (f"Here's the brief: {STRIKE} {SAILINGS}", BOTH),
    "sure": (f"Sure! Here is a neutral news brief in about 60 words:\n\n{STRIKE}\n{SAILINGS}", BOTH),
    "certainly, in the same sentence": (f"Certainly, here is the news brief you asked for.\n{STRIKE} {SAILINGS}", BOTH),
    "of course, with a dash": (f"Of course — below is a neutral summary:\n{STRIKE}\n{SAILINGS}", BOTH),
    "the following": (f"The following is a brief overview of the story.\n\n{STRIKE} {SAILINGS}", BOTH),
    "based on": (f"Based on the reports you provided, here is a brief:\n\n{STRIKE} {SAILINGS}", BOTH),
    "I have": (f"I have written a neutral brief of the three articles below.\n\n{STRIKE} {SAILINGS}", BOTH),
    "a label": (f"Summary: {STRIKE} {SAILINGS}", BOTH),
    "a label of two words": (f"NEWS BRIEF:\n{STRIKE} {SAILINGS}", BOTH),
    "a bold label": (f"**Brief:** {STRIKE} {SAILINGS}", BOTH),
    "a headline under its label": (f"Headline: Ferries stop as crews walk out\n\n{STRIKE} {SAILINGS}", BOTH),
    "a headline and a label": (f"**Title:** Ferries stop\n\n**Summary:** {STRIKE} {SAILINGS}", BOTH),
    "thoughts": (f"<think>The user wants a brief. I should be neutral.</think>\n\n{STRIKE} {SAILINGS}", BOTH),
    "thoughts whose opening is lost": (f"The user wants a brief.\n</think>\n{STRIKE} {SAILINGS}", BOTH),
}
CLOSINGS = {
    "I hope": (f"{STRIKE} {SAILINGS}\n\nI hope this helps!", BOTH),
    "let me know": (f"{STRIKE} {SAILINGS}\nLet me know if you would like a shorter version.", BOTH),
    "a note": (f"{STRIKE} {SAILINGS}\n\nNote: This summary is based on the three reports given.", BOTH),
    "a bracketed count": (f"{STRIKE} {SAILINGS}\n\n(Word count: 21)", BOTH),
    "a question": (f"{STRIKE} {SAILINGS}\n\nWould you like me to add more details?", BOTH),
    "an end mark": (f"{STRIKE} {SAILINGS}\n[End of brief]", BOTH),
    "two of them": (f"{STRIKE} {SAILINGS}\n\nPlease note that I used only the reports. Feel free to ask!", BOTH),
}
MARKDOWN = {
    "a heading": (f"# Ferry strike\n\n{STRIKE} {SAILINGS}", BOTH),
    "bold words": (f"**Ferry crews** began a *three-day* strike on Tuesday. {SAILINGS}", BOTH),
    "a list": (f"- {STRIKE}\n- {SAILINGS}\n- {UNION}", ALL),
    "stars": (f"* {STRIKE}\n* {SAILINGS}", BOTH),
    "a numbered list": (f"1. {STRIKE}\n2. {SAILINGS}\n3. {UNION}", ALL),
    "bullets after a label": (f"Key points:\n• {STRIKE}\n• {SAILINGS}", BOTH),
    "a fence": (f"```\n{STRIKE} {SAILINGS}\n```", BOTH),
    "a fence with a language": (f"```text\n{STRIKE}\n{SAILINGS}\n```\n", BOTH),
    "a rule and a heading within": (f"{STRIKE}\n\n---\n\n## What next\n\n{SAILINGS}", BOTH),
    "a quote": (f"> {STRIKE} {SAILINGS}", BOTH),
}
REPEATS = {
    "a sentence twice": (f"{STRIKE} {SAILINGS} {STRIKE}", BOTH),
    "a sentence five times": (" ".join([STRIKE] * 5), (STRIKE,)),
    "the whole again": (f"{STRIKE} {SAILINGS}\n\n{STRIKE} {SAILINGS}\n\n{STRIKE}", BOTH),
    "with other marks": (f"{STRIKE} {SAILINGS} “{STRIKE}”", BOTH),
    "the beginning of one": (f"{STRIKE} {SAILINGS} Ferry crews began a three-day strike", BOTH),
    "a loop in a line": (f"{STRIKE} The union said of the city of the city of the city of the city of the city.", 1),
    "cut off": (f"{STRIKE} {SAILINGS} The union said that the company had", BOTH),
}
WRAPPED = {
    "quotation marks around it all": (f'"{STRIKE} {SAILINGS}"', BOTH),
    "a quotation mark that never closes": (f'"{STRIKE} {SAILINGS}', BOTH),
    "what somebody said, at both ends": (f'"We stop," the union said. {STRIKE} Its head said: "We had to."', 3),
    "JSON": (f'{{"title": "Ferries stop today at noon", "brief": "{STRIKE} {SAILINGS}"}}', BOTH),
    "JSON in a fence, a list": (f'```json\n{{"lines": ["{STRIKE}", "{SAILINGS}"]}}\n```', BOTH),
    "JSON that is cut off": (f'{{"lines": ["{STRIKE}", "{SAILINGS}", "The union said that', BOTH),
    "tags of its own": (f"<brief>{STRIKE} {SAILINGS}</brief>", BOTH),
    "HTML": (f"<p>{STRIKE}</p><p><b>Only</b> eight of 70 sailings will run, the company said.</p>", BOTH),
    "the reports' own tags": (f"<report>\n{STRIKE} {SAILINGS}\n</report>", BOTH),
    "an end mark of its chat": (f"{STRIKE} {SAILINGS}</s>", BOTH),
    "another": (f"{STRIKE} {SAILINGS}<|im_end|>\n<|im_start|>", BOTH),
    "pictures": (f"\N{NEWSPAPER} {STRIKE} \N{FERRY}\N{VARIATION SELECTOR-16} {SAILINGS}", BOTH),
    "a speaker": (f"Assistant: {STRIKE} {SAILINGS}", BOTH),
    "versions": (f"Option 1: {STRIKE}\n\nOption 2: {SAILINGS}", BOTH),
    "too long": (f"TL;DR: {STRIKE} {SAILINGS}", BOTH),
    "headings that run in": (f"1. **Strike:** {STRIKE}\n2. **Sailings**: {SAILINGS}", BOTH),
}
REMARKS = {
    "what it is about": (f"The brief is about the ferry strike. {STRIKE}", (STRIKE,)),
    "its tone": (f"{STRIKE} {SAILINGS}\n\nThis brief is written in a neutral tone and does not judge.", BOTH),
    "who made it": (f"{STRIKE} {SAILINGS}\n\n---\n*This summary was generated by a computer.*", BOTH),
    "the reports' tone": (f"The report is written in a neutral tone, without instructions. {STRIKE}", (STRIKE,)),
    "a heading of its own": (f"150-word summary of the brief\n\n{STRIKE} {SAILINGS}", BOTH),
    "a question": (f"What happened? {STRIKE} {SAILINGS}", BOTH),
    "news of a brief": (f"The brief argues that the strike is unlawful. {STRIKE}", 2),
    "news of a report": (f"The report was written by a panel of judges. {STRIKE}", 2),
}
TAGGED = {
    "a table": (
        f"| Outlet | What |\n|---|---|\n| BBC | {STRIKE} |\n| Northgate Wire | {SAILINGS} |",
        BOTH,
        (("BBC",), ("Northgate Wire",)),
    ),
    "JSON": (
        f'{{"lines": [{{"text": "{STRIKE}", "source": "BBC"}}, {{"text": "{SAILINGS}"}}]}}',
        BOTH,
        (("BBC",), ()),
    ),
    "in bold before it": (f"**BBC:** {STRIKE}\n**Northgate Wire:** {SAILINGS}", BOTH, (("BBC",), ("Northgate Wire",))),
    "square": (f"{STRIKE} [BBC] {SAILINGS} [Northgate Wire]", BOTH, (("BBC",), ("Northgate Wire",))),
    "round": (f"{STRIKE} (BBC)\n{SAILINGS} (Northgate Wire; BBC)", BOTH, (("BBC",), ("Northgate Wire", "BBC"))),
    "sources": (f"{STRIKE} {SAILINGS}\n\nSources: BBC, Northgate Wire", BOTH, ((), ())),
    "a list of sources": (f"{STRIKE} {SAILINGS}\n\nSources:\n1. BBC\n2. Northgate Wire", BOTH, ((), ())),
    "footnotes": (
        f"{STRIKE} [1] {SAILINGS} [2]\n\nSources:\n1. BBC\n2. The Harbour Courier",
        BOTH,
        (("BBC",), ("The Harbour Courier",)),
    ),
    "who is not among them": (f"{STRIKE} [Reuters] {SAILINGS}", BOTH, (("Reuters",), ())),
}
REFUSED = (
    "Unfortunately, the provided reports do not contain enough information to write a brief.",
    "I'm sorry, but I can't help with that request.",
    "I cannot write a brief of these reports because they contain sensitive content.",
    "Sorry, I am unable to summarise this.",
    "As an AI language model, I do not have access to news.",
    "I’m not able to provide a summary of this article.",
    "Unfortunately I can't assist with that. Please let me know if you have another question.",
)
NOTHING = (
    "",
    "The brief",
    "No instruction: no instruction to write a brief",
    "  \n\n",
    "...",
    "```\n```",
    "<think>Hmm.",
    "Sure!",
    "Here is the summary:",
    "Sources: BBC",
)


def cases(*tables):
    return [pytest.param(*case, id=name) for table in tables for name, case in table.items()]


def lines_of(text):
    return tuple(line.text for line in read_answer(text, Outlets(OUTLETS)).lines)


@pytest.mark.parametrize(("text", "expected"), cases(PLAIN, PREAMBLES, CLOSINGS, MARKDOWN, REPEATS, WRAPPED, REMARKS))
def test_only_the_news_is_left_of_an_answer(text, expected):
    found = lines_of(text)
    assert len(found) == expected if isinstance(expected, int) else found == expected


def test_what_the_model_was_told_is_no_line():
    told = "Write a neutral news brief of these reports in about 60 words.\n\nNow write the brief."
    found = read_answer(f"Write a neutral news brief of these reports. {STRIKE}", Outlets(OUTLETS), told=told)
    assert tuple(line.text for line in found.lines) == (STRIKE,)


@pytest.mark.parametrize(("text", "expected", "claimed"), cases(TAGGED))
def test_the_tags_of_an_answer_are_claims(text, expected, claimed):
    found = read_answer(text, Outlets(OUTLETS))
    assert tuple(line.text for line in found.lines) == expected
    assert tuple(line.claimed for line in found.lines) == claimed


def test_credits_for_the_whole_are_kept_apart():
    found = read_answer(f"{STRIKE}\n\nSources: BBC, Reuters", Outlets(OUTLETS))
    assert [credit.outlets for credit in found.credits] == [("BBC", "Reuters")]


@pytest.mark.parametrize("text", REFUSED)
def test_a_refusal_is_no_line_and_is_said(text):
    found = read_answer(text, Outlets(OUTLETS))
    assert found.lines == ()
    assert len(found.notices) == 1
    assert found.notices[0].startswith("The model declined to write: “")


@pytest.mark.parametrize("text", NOTHING)
def test_an_answer_of_nothing_is_said(text):
    found = read_answer(text, Outlets(OUTLETS))
    assert found.lines == ()
    assert found.notices == ("The model wrote nothing that could be a line.",)


def test_an_answer_with_lines_needs_no_notice():
    assert read_answer(f"Sure! {STRIKE}", Outlets(OUTLETS)).notices == ()


def test_a_long_answer_is_read_in_time_that_grows_with_its_length():
    found = read_answer(
        " ".join(f"Line {n} of the report was signed on day {n}." for n in range(2000)), Outlets(OUTLETS)
    )
    assert len(found.lines) == 2000
