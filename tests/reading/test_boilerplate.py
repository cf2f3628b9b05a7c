"""What a site puts between an article's paragraphs is taken out, and nothing else is. All texts are invented."""

import json
from pathlib import Path

import pytest
from fixture_stories import NAMES, story
from hypothesis import given
from hypothesis import strategies as st

from newsum.reading import read
from newsum.reading.boilerplate import without_boilerplate

FIRST = "The two countries signed a treaty on Tuesday after nine months of talks in the port of Skerrow."
SECOND = "Fishermen in the harbour said that nobody had asked them and that they would vote on Friday."

SITES = [
    "Advertisement",
    "Advertisement Advertisement",
    "Advertisement - Continue Reading Below",
    "SHARE THIS ARTICLE Share Tweet Post Email",
    "Next Image 1 of 2",
    "Associated Press",
    "Jo Pell/Getty Images",
    "Boats in the port A post shared by Jo Pell (@jopell) on Oct 1, 2026 at 10:56pm PDT",
    "Gas prices in charts Tue, January 16, 2026 The price since 2020 Play slideshow Getty Images 1 of 10",
    "Skip in Skip x Embed x Share CLOSE The treaty explained | 2:30 " + "A treaty, and what it says. | 1:10 " * 40,
    "Photos: The signing in pictures Ada Holm waves to boats. Hide Caption 1 of 40 "
    + "The port. Hide Caption 2 of 40" * 60,
    "What a day for Skerrow! — Ada Holm (@adaholm) 28 December 2026",
    "Opinion contributor",
    "Contributing: The Harbour Press",
    "Send letters to letters@theledger.example.",
    "Full Coverage: The Gas Treaty",
    "( PHOTOS: 20 quotes on gas)",
    "CLICK TO GET THE LEDGER APP",
    "CLOSE Ada Holm gave us all a look at the treaty that is to be signed. Jo Pell has the story",
    "Re-enter zip code or sign up for digital access.",
    "Look back at the history of Skerrow each day. Click to read today's story.",
    "For tides and more, subscribe to the Ledger's newsletters",
    "Story Continued Below",
    "Photo",
    "Slideshow (4 Images)",
    "Scroll down for video",
    "Loading tide data ...",
    "6 hours ago",
    "___",
    "(via The Harbour Cat)",
    "Read more",
    "READ MORE: Ten harbours you must see",
    "Related: Who is Ada Holm?",
    "(Also on THE LEDGER: Holm's last stand)",
    "[What is the Skerrow treaty?]",
    "The gas price explained Read more",
    "Ministers need to talk, the chamber of commerce told reporters at a dinner. Full Article",
    "Sign up for Tide Tables, our free newsletter.",
    "Get the Ledger's morning briefing delivered to your inbox. By signing up, you agree to our terms.",
    "The Ebb newsletter What matters before noon, in your inbox. Email Sign Up",
    "Like us on Facebook",
    "Follow The Ledger for breaking news, or ask for our letter.",
    "Want more of this? You can sign up for our morning letter.",
    "Photo: Jo Pell / Harbour Press",
    "Follow Jo Pell on Twitter @jopell",
    "CLICK HERE TO GET THE LEDGER APP",
    "We use cookies to show you what you like. Accept all cookies or manage them.",
    "This website uses cookies, and by staying here you agree that it may.",
    "By continuing to use this site you agree to our cookie policy.",
    "Copyright 2026 The Ledger. All rights reserved. It may not be published or rewritten.",
    "Image copyright Harbour Press Image caption The treaty was signed here",
    "Enlarge this image toggle caption Jo Pell/Harbour Press Jo Pell/Harbour Press",
    "FILE - In this Monday, March 2, 2026, file photo, ships wait off Skerrow. (AP Photo/Jo Pell, File)",
    "Ada Holm waves to fishermen in Skerrow. (Jo Pell/Reuters)",
    "Ada Holm waves to fishermen in Skerrow (EPA)",
    "The port of Skerrow at dawn. Photograph: Jo Pell/Harbour Press",
    "The port of Skerrow at dawn REUTERS/Jo Pell",
    "The port of Skerrow ©Jo Pell (AFP)",
    "Image Ada Holm asked for “no delay.” Credit... Jo Pell, via Harbour Press",
    "Reuters The harbour was full of boats on the day of the signing",
    "(Reporting by Jo Pell; Editing by Ann Dea)",
    "— With assistance by Ann Dea",
    "The Associated Press contributed to this report.",
    "By Jo Pell and Ann Dea",
    "Contact the writers at desk@theledger.example",
    "Do you have a story for The Ledger? Call us at 555 0100",
    "Were you there? Please share your pictures and stories with us.",
    "This article originally appeared on Harbour Today.",
    "Ships today, gone tomorrow — Ada Holm (@adaholm) March 10, 2026",
]

ARTICLES = [
    "Read the treaty, she said, and you will find no price in it.",
    "More: that was all he asked for.",
    "Photographs show a crowd of hundreds on the quay.",
    "Related industries lost 4,000 jobs.",
    "“Sign up for the vote,” she told them, “and follow us to the harbour.”",
    "Copyright law was not discussed in the talks.",
    "Cookies and coffee were served while ministers waited.",
    "The reporter was told to follow the boats on Tuesday.",
    "Image Harbour, a company that makes maps of ports, owes money to Credit Skerrow, its bank.",
    "Watch the latest video at this port, she asked him, “and tell me what you see.”",
    "Reuters first reported the talks in February.",
    "Twelve ships were lost in 1912 (the last of them the Ebba).",
    "The price is fixed until 2031. (AP)",
    "By Tuesday night the boats were back.",
    "COULD THE TREATY FAIL?",
    "9/11 changed how ports are guarded.",
    "9/11 Commission members had asked for the same.",
    "Associated Press reporters saw the boats leave.",
    "Send word to the boats, she told him.",
    "Close to a hundred boats lay in the harbour.",
    "Most New Skerrow voters had not heard of it.",
    "Her brother contributed to this report on fishing, which the council rejected in May.",
]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("row", SITES)
def test_what_a_site_adds_is_taken_out(row: str, gap: str) -> None:
    assert without_boilerplate(gap.join((FIRST, row, SECOND))) == gap.join((FIRST, SECOND))


@pytest.mark.parametrize("row", ARTICLES)
def test_what_an_article_says_stays(row: str) -> None:
    text = "\n\n".join((FIRST, row, SECOND))
    assert without_boilerplate(text) == text


def test_headlines_under_read_more_go_and_the_next_paragraph_stays() -> None:
    rows = (FIRST, "Read more:", "Treaty talks near their end", "Who is Ada Holm?", SECOND, "Trending On The Ledger")
    assert without_boilerplate("\n".join((*rows, "Harbours", "Banking"))) == f"{FIRST}\n{SECOND}"


def test_the_numbered_captions_of_a_series_of_pictures_go() -> None:
    pictures = [f"{n}/3 The port of Skerrow This picture was taken by Jo Pell." for n in (1, 2, 3)]
    assert without_boilerplate("\n".join((FIRST, *pictures, SECOND))) == f"{FIRST}\n{SECOND}"
    assert without_boilerplate("\n".join((FIRST, *pictures[:2], SECOND))).count("\n") == 3


@pytest.mark.parametrize("hours", [("17.00", "16.06", "15.25"), ("9:15 p.m. ET:", "8:29 p.m.:", "7:30 p.m. –")])
def test_the_hours_of_a_live_blog_go_and_its_talk_about_itself(hours: tuple[str, ...]) -> None:
    first, second, third = hours
    talk = ("More photos are coming in from the search.", "Here's the latest from our video team on the signing.")
    rows = (f"{first} {FIRST}", "“It is done,” she said.", *talk, f"{second} {SECOND}", f"{third} Boats left at 8.20.")
    assert without_boilerplate("\n\n".join(rows)) == "\n\n".join(
        (FIRST, "“It is done,” she said.", SECOND, "Boats left at 8.20.")
    )


def test_an_hour_stays_where_an_article_is_no_live_blog() -> None:
    programme = f"{FIRST}\n\n18:00 The ministers meet.\n\n18:30 They dine.\n\nMore photos are coming in from there."
    assert without_boilerplate(programme) == programme
    figures = "1.25 million boats lay there.\n\n1.50 million left.\n\n2.05 million stayed.\n\n1.65 million sank."
    assert without_boilerplate(figures) == figures


def test_a_tweet_goes_with_its_author_for_it_is_not_the_outlets_word() -> None:
    rows = (FIRST, "What a day in #Skerrow pic.twitter.com/1xYz", "— Ada Holm (@adaholm) March 10, 2026", SECOND)
    assert without_boilerplate("\n\n".join(rows)) == f"{FIRST}\n\n{SECOND}"
    assert without_boilerplate("\n".join(rows)) == f"{FIRST}\n{SECOND}"


def test_the_reporters_named_behind_the_last_sentence_go_without_it() -> None:
    credit = " (Reporting by Jo Pell and Ann Dea in Skerrow (Osterland); Editing by Per Quist)"
    assert without_boilerplate(f"{FIRST}\n\n{SECOND}{credit}") == f"{FIRST}\n\n{SECOND}"
    aside = f"{FIRST}\n\nIt was signed (reporting by the press was not allowed)"
    assert without_boilerplate(aside) == aside


def test_headlines_set_into_a_sentence_behind_a_name_are_taken_out() -> None:
    tagged = (
        "Senator Ada Holm Ada (Addie) Marie HolmSenate leans toward gas deal Ledger report: Holm's rivals say 'no' "
        "MORE (Ind.) met Prime Minister Per Quist Per Johan QuistMORE on Monday."
    )
    assert without_boilerplate(tagged) == "Senator Ada Holm (Ind.) met Prime Minister Per Quist on Monday."
    plain = "Ada Holm said MORE than once that Ada Holm would not sign."
    assert without_boilerplate(plain) == plain


def test_the_headline_and_the_place_are_not_said_twice() -> None:
    text = f"A treaty is signed\n\nSKERROW\n\nSKERROW (AP) - {FIRST}\n\nA treaty is signed"
    assert without_boilerplate(text, "A treaty is signed") == f"SKERROW (AP) - {FIRST}\n\nA treaty is signed"
    pictured = f"A treaty is signed Image Ada Holm waves. Credit Jo Pell/Harbour Press\n\n{FIRST}"
    assert without_boilerplate(pictured, "A treaty is signed") == FIRST
    told = f"A treaty is signed in Skerrow, after nine months.\n\n{FIRST}"
    assert without_boilerplate(told, "A treaty is signed") == told
    text = f"SKERROW, Osterland/LAMBE\n\nSKERROW, Osterland/LAMBE (Reuters) - {FIRST}"
    assert without_boilerplate(text) == f"SKERROW, Osterland/LAMBE (Reuters) - {FIRST}"


def test_rows_cut_to_a_width_are_no_paragraphs() -> None:
    wrapped = (
        "It was agreed that boats may\nshare the harbour, said\na witness named by\nReuters The next day ships\nleft."
    )
    assert without_boilerplate(wrapped) == wrapped
    assert without_boilerplate(f"{wrapped}\n\nAdvertisement\n\n{wrapped}") == f"{wrapped}\n\n{wrapped}"


def test_a_text_of_nothing_else_stays_as_it_is() -> None:
    assert without_boilerplate("Advertisement\n\nRead more") == "Advertisement\n\nRead more"


@given(st.lists(st.sampled_from([*SITES, *ARTICLES, FIRST, SECOND, "", "SKERROW", "Holm Ada HolmMORE"]), max_size=9))
def test_a_text_freed_once_stays_the_same(rows: list[str]) -> None:
    freed = without_boilerplate("\n".join(rows).strip())
    assert without_boilerplate(freed) == freed


@pytest.mark.parametrize(
    "row",
    [
        "Holm Ada Holm" * 40_000,
        "Holm Ada HolmMORE" * 40_000,
        "A" * 500_000,
        "(" * 200_000,
        "Read more: " * 30_000,
        "A\n" * 100_000,
    ],
)
def test_hostile_text_is_freed_in_good_time(row: str) -> None:
    assert len(without_boilerplate(f"{FIRST}\n{row}")) > 100_000


def test_every_format_is_freed_of_it(tmp_path: Path) -> None:
    text = f"{FIRST}\n\nAdvertisement\n\n{SECOND}"
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "b.md").write_text(text)
    (tmp_path / "c.json").write_text(json.dumps({"text": text}))
    paragraphs = "".join(f"<p>{row}</p>" for row in text.split("\n\n"))
    (tmp_path / "d.html").write_text(f"<html><body><article>{paragraphs}</article></body></html>")
    assert [article.text for article in read(tmp_path)] == [f"{FIRST}\n\n{SECOND}"] * 4


@pytest.mark.parametrize("name", NAMES)
def test_the_fixture_stories_keep_nothing_of_their_sites(name: str) -> None:
    calls = ("newsletter", "Sign up", "Read more", "READ MORE", "Reporting by", "Related:", "Photo:")
    for article in story(name).articles:
        assert [call for call in calls if call in article.text] == []
        assert len(article.text) > 1_000
