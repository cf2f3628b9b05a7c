"""Characters that nobody sees make no other text, in no format."""

import json
from pathlib import Path

import pytest

from newsum.reading import read_report

SEEN = "The minister of transport resigned on Friday, and no successor was named."

HIDDEN = {
    "soft hyphens": "The min\u00adis\u00adter of trans\u00adport re\u00adsigned on Friday, and no successor was named.",
    "zero-width spaces": "The min\u200bister of\u200b transport resigned on Friday, and no successor was named.\u200b",
    "joiners": "The mi\u200dnister of tra\u200cnsport resigned on Friday\u2060, and no successor was named.",
    "byte order marks": "The minister of \ufefftransport resigned\ufeff on Friday, and no successor was named.",
    "directions": "\u202aThe minister of transport\u202c resigned on \u2066Friday, and no successor was\u200f named.",
    "hard spaces": "The\u00a0minister of\u202ftransport resigned\u2009on\u3000Friday, and no successor was\u2003named.",
    "tags": "The minister of transport\U000e0041\U000e0042 resigned on Friday, and no successor was named.",
    "selectors": "The m\ufe00inister of tr\U000e0100ansport resigned on Friday, and no successor was named.",
    "fillers": "The min\u115fister of trans\u3164port re\u034fsigned on Friday, and no successor was named.",
    "mathematics": "The minister of transport\u2061 resi\u2063gned on Friday, and no successor was named.",
}


@pytest.mark.parametrize("kind", HIDDEN)
@pytest.mark.parametrize("suffix", [".txt", ".md", ".json", ".csv", ".html"])
def test_what_is_not_seen_is_not_read(tmp_path: Path, kind: str, suffix: str) -> None:
    text = HIDDEN[kind]
    content = {
        ".json": json.dumps({"text": text}),
        ".csv": f'outlet,text\nX,"{text}"\n',
        ".html": f"<html><body><article><p>{text}</p></article></body></html>",
    }.get(suffix, text)
    path = tmp_path / f"a{suffix}"
    path.write_text(content, encoding="utf-8")
    assert [article.text for article in read_report(path).articles] == [SEEN]


def test_a_title_and_an_outlet_are_cleaned_alike(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps({"text": SEEN, "outlet": "Har\u00adlow\u200b Wire", "title": "Min\u00adister\u00a0goes"})
    )
    [article] = read_report(path).articles
    assert (article.outlet, article.title) == ("Harlow Wire", "Minister goes")


@pytest.mark.parametrize(
    "kept",
    [
        "A family 👨\u200d👩\u200d👧 and a heart ❤\ufe0f were painted there.",
        "او می\u200cخواهد برود.",
        "क्\u200dष is written so.",
        "The flag 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f flew.",
        "Well-known words, co-operation — and a dash – stay.",
    ],
)
def test_what_shapes_letters_and_pictures_stays(tmp_path: Path, kept: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(kept, encoding="utf-8")
    assert [article.text for article in read_report(path).articles] == [kept]


def test_letters_written_in_two_parts_are_the_letters(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The cafe\u0301 in Z\u030curich closed.", encoding="utf-8")
    assert [article.text for article in read_report(path).articles] == ["The café in \u017durich closed."]
