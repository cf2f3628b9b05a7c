"""Relative dates: written out where they are sure, left alone in doubt, never wrong and never ungrammatical."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsum.text.analysis import analyse
from newsum.text.dates import DateResolver, long_date, resolvable
from newsum.text.dates import published_day as day_of

WEDNESDAY = "2026-03-11"


def resolve(line, published=WEDNESDAY):
    return DateResolver().resolve(line, published)


@pytest.mark.parametrize(
    ("line", "resolved"),
    [
        ("He resigned on Monday.", "He resigned on Monday (9 March)."),
        ("Trump said Monday that it ended.", "Trump said Monday (9 March) that it ended."),
        ("On Monday, the court ruled so.", "On Monday (9 March), the court ruled so."),
        ("On Monday the court ruled so.", "On Monday (9 March) the court ruled so."),
        ("Ms. Day on Monday formally signed it.", "Ms. Day on Monday (9 March) formally signed it."),
        ("He signed it Monday morning in Paris.", "He signed it Monday morning (9 March) in Paris."),
        ("Polls closed late Tuesday.", "Polls closed late Tuesday (10 March)."),
        ("He told the Financial Times on Sunday that.", "He told the Financial Times on Sunday (8 March) that."),
        ("He travelled to Paris on Monday.", "He travelled to Paris on Monday (9 March)."),
        ("It has been shut since Monday.", "It has been shut since Monday (9 March)."),
        ("The committee met on Wednesday.", "The committee met on Wednesday (11 March)."),
        ("Shares fell after Tuesday’s vote.", "Shares fell after Tuesday’s (10 March) vote."),
        ("The Senate will vote on Friday.", "The Senate will vote on Friday (13 March)."),
        ("It will be held on Saturday.", "It will be held on Saturday (14 March)."),
        ("She said he’ll go on Friday.", "She said he’ll go on Friday (13 March)."),
        ("It is expected to vote by Friday.", "It is expected to vote by Friday (13 March)."),
        (
            "He said on Monday that it met on Sunday and will meet on Friday.",
            "He said on Monday (9 March) that it met on Sunday (8 March) and will meet on Friday (13 March).",
        ),
        ("They met yesterday.", "They met on 10 March."),
        ("Yesterday, they met.", "On 10 March, they met."),
        ("It has rained since yesterday.", "It has rained since 10 March."),
        ("In yesterday's vote it failed.", "In the 10 March vote it failed."),
        ("Yesterday’s vote failed.", "The 10 March vote failed."),
        ("It rained yesterday evening.", "It rained on the evening of 10 March."),
        ("They will vote tomorrow.", "They will vote on 12 March."),
        ("The fire started last night.", "The fire started on the night of 10 March."),
        ("This morning, it rained.", "On the morning of 11 March, it rained."),
        ("He said today that it ended.", "He said on 11 March that it ended."),
    ],
)
def test_a_sure_date_is_written_out(line, resolved):
    assert resolve(line) == resolved


@pytest.mark.parametrize(
    "line",
    [
        # names
        *("It fell on Black Friday.", "He won on Super Tuesday.", "Bloody Sunday was remembered on Good Friday."),
        *("The Sunday Times said so.", "He watched “Monday” and Sunday Night Football."),
        # another noun's, or no one day
        *("A Tuesday vote failed.", "The Monday meeting failed.", "He led his Tuesday rally.", "He met on a Monday."),
        *(
            "He spoke on Sunday talk shows.",
            "The shop opened on Tuesdays.",
            "It met every Monday.",
            "One Monday he left.",
        ),
        # spans
        *("It was open Monday through Friday.", "It killed four on Saturday and Sunday.", "It shut Friday-Sunday."),
        *(
            "It opened between Monday and Friday.",
            "It met on Monday or Tuesday.",
            "It rained late Thursday into Friday.",
        ),
        # dated already
        *("He died on Friday the 13th.", "He died on Monday, 9 March.", "He died on Monday, March 9, at home."),
        *("He died Monday (9 March).", "He died on March 2, a Monday.", "He died on Tuesday, Nov. 6."),
        # which week?
        *("They will meet next Tuesday.", "He said last Monday that it ended.", "They will vote this Friday."),
        *("The committee will meet on Wednesday.", "It will end on Tuesday.", "It has been shut since Wednesday."),
        *("He resigned on Thursday.", "In 2019, he resigned on Monday.", "Two weeks ago he resigned on Monday."),
        # ahead or back?
        *("They must reply by Friday.", "The trial begins Monday.", "It was to be held on Tuesday."),
        *(
            "The vote is scheduled for Tuesday.",
            "She said he would resign on Friday.",
            "It agreed a truce effective Monday.",
        ),
        *(
            "He announced a strike on Monday.",
            "The trip to Paris on Friday was cancelled.",
            "Ahead of Friday’s vote, he left.",
        ),
        # figures of speech, and what is no date
        *(
            "The day before yesterday, it rained.",
            "It could end tomorrow.",
            "Today, people eat less.",
            "It ended on monday.",
        ),
        *("Yesterday’s the day.", "He wants a better tomorrow.", "He sang Yesterday and Tomorrow Never Knows."),
        # inside quotation marks, closed or not
        *(
            "“We met on Monday,” he said.",
            '"We met on Monday," he said.',
            "He said: “We met yesterday",
            "we met yesterday.”",
        ),
        *("‘We’ll have met on Monday,’ he said.", "He died there (on Monday, some said)."),
    ],
)
def test_in_doubt_the_words_stay_as_they_are(line):
    assert resolve(line) == line


def test_a_quotation_stays_while_what_is_around_it_is_resolved():
    line = "He said “we met on Monday” on Tuesday."
    assert resolve(line) == "He said “we met on Monday” on Tuesday (10 March)."
    assert resolve("\uffff He said “\uffff” on Tuesday.") == "\uffff He said “\uffff” on Tuesday (10 March)."


def test_each_date_is_written_in_full_once_in_a_brief_and_again_for_another_week():
    dates = DateResolver()
    assert dates.resolve("He resigned on Monday.", WEDNESDAY) == "He resigned on Monday (9 March)."
    assert dates.resolve("She resigned on Monday.", WEDNESDAY) == "She resigned on Monday."
    assert dates.resolve("It resigned on Monday.", "2026-03-18") == "It resigned on Monday (16 March)."
    assert dates.resolve("They resigned on Monday.", WEDNESDAY) == "They resigned on Monday (9 March)."


@pytest.mark.parametrize(
    "published", ["2026-03-11", "2026-03-11T23:59:00-08:00", "2026-03-11T00:10:00+09:00", "20260311"]
)
def test_the_day_is_the_one_where_it_was_published(published):
    assert resolve("He resigned on Monday.", published) == "He resigned on Monday (9 March)."


def test_months_and_years_may_turn():
    assert resolve("He resigned on Wednesday.", "2027-01-01") == "He resigned on Wednesday (30 December)."
    assert resolve("It will end on Sunday.", "2028-02-27") == "It will end on Sunday."
    assert resolve("It will end on Tuesday.", "2028-02-27") == "It will end on Tuesday (29 February)."


@pytest.mark.parametrize("published", [None, "", "sometime", "2026-02-30", "11 March 2026", "0001-01-01", "9999-12-31"])
def test_without_a_day_of_publication_on_monday_is_left_out(published):
    assert resolve("He said on Monday that it ended.", published) == "He said that it ended."
    assert resolve("They met yesterday.", published) == "They met yesterday."
    assert resolvable(published) == ""


@pytest.mark.parametrize(
    ("line", "shorter"),
    [
        ("On Monday, the court ruled so.", "The court ruled so."),
        ("On Monday Trump said so.", "Trump said so."),
        ("It ended on Monday.", "It ended on Monday."),
        ("He resigned on Monday.", "He resigned."),
        ("He said Monday that it ended.", "He said that it ended."),
        ("He said Monday.", "He said Monday."),
        ("But on Friday, the two agreed.", "But the two agreed."),
        ("He lost the race on Tuesday night, but his party won.", "He lost the race, but his party won."),
        ("Jo Day, his aide, on Tuesday asked why.", "Jo Day, his aide, asked why."),
        ("He resigned, on Monday.", "He resigned."),
        ("The vote is on Monday.", "The vote is on Monday."),
        ("It has been shut since Monday.", "It has been shut since Monday."),
        ("It fell on Black Friday.", "It fell on Black Friday."),
        ("He spoke on Sunday talk shows.", "He spoke on Sunday talk shows."),
        ("He died on Monday, 9 March.", "He died on Monday, 9 March."),
        ("He spoke on Monday’s show.", "He spoke on Monday’s show."),
        ("It killed four on Saturday and Sunday.", "It killed four on Saturday and Sunday."),
        ("“We met on Monday,” he said on Tuesday.", "“We met on Monday,” he said."),
    ],
)
def test_what_is_left_without_the_day_is_a_sentence(line, shorter):
    assert resolve(line, None) == shorter


WORDS = st.sampled_from(
    "On on Monday Friday yesterday tomorrow tonight , . the said will vote “ ” \" and by since (9 March) 's".split(" ")
)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=12).map(" ".join) | st.text(st.characters()), st.dates() | st.none())
def test_any_line_on_any_day_keeps_its_quotations_and_gains_only_resolvable_dates(line, day):
    published = day and day.isoformat()
    result = resolve(line, published)
    added = set(re.findall(r"\d+ [A-Z]\w+", result)) - set(re.findall(r"\d+ [A-Z]\w+", line))
    assert added <= set(resolvable(published).split(", "))
    quoted = re.match(r"[^“”\"‘’']*(“[^”]*”)", line)
    assert quoted is None or quoted[1] in result


def test_dates_are_written_in_full_words():
    assert long_date(day_of("2026-03-09")) == "9 March"
    assert long_date(day_of("2026-03-09"), year=True) == "9 March 2026"
    assert resolvable("2026-03-08").split(", ")[::7] == ["1 March", "8 March", "15 March"]


MONTHS_OR_NOT = {
    "It opens in May.": ["May"],
    "It opened on 3 May 2026.": ["May"],
    "By March, the work was done.": ["March"],
    "The August sales figures fell.": ["August"],
    "It ran from June to August.": ["June", "August"],
    "The vote is set for late October.": ["October"],
    "April's figures are out.": ["April"],
    "In April Harlow lost its ferry.": ["April"],
    "March 3 was wet.": ["March"],
    "The March 3 vote was close.": ["March"],
    "They met on Jan. 6 in Rome.": ["Jan"],
    "It closed in Sept. last year.": ["Sept"],
    "A May election is likely.": ["May"],
    "May was the driest month.": ["May"],
    "June and July were wet.": ["June", "July"],
    "Sales rose in the year to March.": ["March"],
    "May the best team win.": [],
    "May I come in, he asked.": [],
    "Mrs May left on foot.": [],
    "Theresa May said so.": [],
    "Prime Minister May resigned.": [],
    "The Women's March drew thousands.": [],
    "The March on Washington began at dawn.": [],
    "She joined the March for Clean Air.": [],
    "April Jones said so.": [],
    "Police arrested August Wilke at his home.": [],
    "She met June Carver there.": [],
    "Jan Holm said so.": [],
    "He went to Del Mar.": [],
    "The club at Mar-a-Lago closed.": [],
    "Judge April Dane ruled so.": [],
    "Little March lies on the river.": [],
    "Ms. June spoke first.": [],
}


@pytest.mark.parametrize("text", MONTHS_OR_NOT)
def test_a_word_that_may_be_a_month_is_one_only_where_it_is_used_so(text):
    assert [word.form.removesuffix("'s") for word in analyse(text).words if word.kind == "month"] == MONTHS_OR_NOT[text]


def test_a_person_with_a_months_name_has_it_as_part_of_the_name():
    assert [name.keys for name in analyse("April Jones met Jan Holm and Mrs May.").names] == [
        ("april", "jone"),
        ("jan", "holm"),
        ("may",),
    ]
