"""Real saved pages, where the development data are at hand: outlet, title, day and text as their readers saw them."""

import os
from pathlib import Path

import pytest
from made_pages import only

from newsum.reading import read_report

PAGES = Path(os.environ.get("NEWSUM_DATA", "../shared/data")) / "html"

# file, outlet, title, day, characters of text (a tenth more or less), the text's first and last words
SAVED = [
    (
        "boingboing.net.millenials",
        "Boing Boing",
        "Hating Millennials - the prejudice you're allowed to boast about",
        "2013-07-19",
        276,
        "Cartoonist Matt Bors got",
        "for the whole thing.",
    ),
    (
        "cnn_article",
        "CNN",
        "After storm, forecasters see smooth sailing for Thanksgiving",
        "2013-11-27",
        6_820,
        "(CNN) -- The Pennsylvania official",
        'for what we paid!"',
    ),
    (
        "dw.com.colonial",
        "DW",
        "Berlin confronts Germany's colonial past with new initiative",
        "2020-01-19",
        5_170,
        "The German capital has",
        "intense imperialist activity.",
    ),
    (
        "dw.com.uncork",
        "DW",
        "Uncork the mystery of Germany's Frühburgunder",
        "2013-06-10",
        7_830,
        "One of Germany's smallest",
        "I most certainly have.",
    ),
    (
        "foxnews.com1",
        "Fox News",
        "How Oscar Isaac and Jessica Chastain went about bringing to life 'A Most Violent Year'",
        "2014-12-29",
        4_300,
        "Oscar Isaac has had",
        "“J.J. Abrams is amazing.”",
    ),
    (
        "foxnews.com2",
        "Fox News",
        "Teen desperate for a baby kills woman who was 8 months pregnant, cuts out baby",
        "2014-12-23",
        1_640,
        "In a page taken",
        "border from Hidalgo, Texas.",
    ),
    (
        "reuters.com1",
        "Reuters",
        "Sensex ends flat; weaker Asian markets offset reform hopes",
        "2014-12-30",
        1_030,
        "MUMBAI (Reuters) - The BSE",
        "ended down 1.5 percent.",
    ),
    (
        "reuters.com2",
        "Reuters",
        "Indonesia expands search for missing AirAsia jet, U.S. sends warship",
        "2014-12-30",
        5_460,
        "JAKARTA (Reuters) - Countries around",
        "fastest growing markets.",
    ),
    (
        "reuters.com3",
        "Reuters",
        "Bodies, debris from missing AirAsia plane pulled from sea off Indonesia",
        "2014-12-30",
        4_980,
        "SURABAYA, Indonesia/JAKARTA (Reuters) -",
        "operations began in 2002.",
    ),
    (
        "space.com2",
        "Space.com",
        "NASA Receives $18 Billion in Omnibus Spending Bill",
        "2014-12-12",
        4_190,
        "WASHINGTON — NASA will",
        "passes the omnibus bill.",
    ),
    (
        "telegraph.co.uk1",
        "The Telegraph",
        "AirAsia plane found in Java Sea: latest",
        "2014-12-31",
        15_600,
        "• Seven bodies from",
        "most devastating of ways.",
    ),
    (
        "tnr.com2",
        "The New Republic",
        "This Is What Our Hellish World Will Look Like After We Hit the Global Warming Tipping Point",
        "2014-12-21",
        5_590,
        "The de facto assumption",
        "right along with it.",
    ),
]


@pytest.mark.parametrize(("name", "outlet", "title", "day", "length", "first", "last"), SAVED)
def test_a_saved_page_is_read_as_its_readers_saw_it(
    name: str, outlet: str, title: str, day: str, length: int, first: str, last: str
) -> None:
    path = PAGES / f"{name}.html"
    if not path.is_file():
        pytest.skip(f"no saved pages in {PAGES}: set NEWSUM_DATA to the development data")
    reading = read_report(path)
    article = only(reading)
    assert (article.outlet, article.outlet_guessed, article.title) == (outlet, False, title)
    assert (article.published or "")[:10] == day
    assert reading.notices == ()
    assert article.text.startswith(first)
    assert article.text.endswith(last)
    assert abs(len(article.text) - length) < length / 10
