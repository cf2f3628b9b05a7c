"""Figures that are one in two ways of writing are one with the judge too, and others are not.

Of the first 28 lines 23 were right before the judge was given one writing (newsum/checking/one_writing.py), of the 13
after them, which were written when it stood, 10 without it and 13 with it.
"""

import pytest

import newsum
from newsum import Article
from newsum.checking.one_writing import in_one_writing

OTHER = Article(
    "Harlow Wire", "The council met on Tuesday to discuss its budget for the coming year. Nothing was decided."
)

TRUE = [
    (
        "The flood left between 3 and 4 million people without clean water, the ministry said.",
        "The flood left between 3 million and 4 million people without clean water.",
    ),
    (
        "The rebuilding will cost €6-7 billion, the treasury said.",
        "The rebuilding will cost €6 billion to €7 billion, the treasury said.",
    ),
    ("Some 50 to 60 thousand sheep died in the snow, farmers said.", "Some 50,000 to 60,000 sheep died in the snow."),
    ("Two hundred and forty houses burned in Tarn on Monday.", "In Tarn, 240 houses burned on Monday."),
    ("The court fined the mill $1.25m for the spill.", "The court fined the mill $1,250,000 for the spill."),
    (
        "The bank was founded in nineteen eighty-four and failed last week.",
        "The bank was founded in 1984 and failed last week.",
    ),
    ("Holm came twenty-first in the race to Karrow.", "Holm came 21st in the race to Karrow."),
    ("About 1.500.000 voters live in the province, the board said.", "About 1.5 million voters live in the province."),
    ("Prices rose by 4 to 5 percent in March, the statistics office said.", "Prices rose by 4% to 5% in March."),
    pytest.param(
        "Three quarters of the town's wells are dry, the council said.",
        "75 percent of the town's wells are dry.",
        marks=pytest.mark.xfail(strict=True, reason="a share in words is no percentage yet"),
    ),
    ("The tunnel is 12 to 14 km long, engineers said.", "The tunnel is between 12 km and 14 km long, engineers said."),
    ("A dozen workers were pulled from the mine on Friday.", "Twelve workers were pulled from the mine on Friday."),
    ("The dam holds 2½ million cubic metres of water.", "The dam holds 2.5 million cubic metres of water."),
    (
        "The port will hire between 200 and 250 people, its owner said.",
        "The port's owner said that it would hire 200 to 250 people.",
    ),
    (
        "Ten to fifteen thousand people marched in Vellano, police said.",
        "Between 10,000 and 15,000 people marched in Vellano, police said.",
    ),
    (
        "The scheme will cost between £1.2 and 1.5 billion, ministers said.",
        "The scheme will cost £1.2 billion to £1.5 billion.",
    ),
    ("Police expect 15-20 thousand marchers in Vellano.", "Police expect 15,000 to 20,000 marchers in Vellano."),
    ("Between 5 and 10 percent of the crop was lost, growers said.", "5% to 10% of the crop was lost, growers said."),
    ("The ship was carrying three hundred and twelve people.", "The ship was carrying 312 people."),
    ("The quake killed 1 204 people, the ministry said.", "The quake killed 1,204 people, the ministry said."),
    ("Ferries carried one and a half million passengers in 2025.", "Ferries carried 1.5 million passengers in 2025."),
    (
        "The work will take eighteen to twenty-four months, the council said.",
        "The work will take 18 to 24 months, the council said.",
    ),
    ("The fine came to 2.500.000 euros.", "The fine came to €2.5 million."),
]
FALSE = [
    (
        "The flood left between 3 and 4 million people without clean water, the ministry said.",
        "The flood left 3 people without clean water.",
    ),
    ("The rebuilding will cost €6-7 billion, the treasury said.", "The rebuilding will cost €6 million to €7 million."),
    ("Some 50 to 60 thousand sheep died in the snow, farmers said.", "Some 5,000 to 6,000 sheep died in the snow."),
    ("Two hundred and forty houses burned in Tarn on Monday.", "In Tarn, 204 houses burned on Monday."),
    ("The court fined the mill $1.25m for the spill.", "The court fined the mill $125m for the spill."),
    (
        "The bank was founded in nineteen eighty-four and failed last week.",
        "The bank was founded in 1948 and failed last week.",
    ),
    ("Holm came twenty-first in the race to Karrow.", "Holm came 31st in the race to Karrow."),
    ("About 1.500.000 voters live in the province, the board said.", "About 1,500 voters live in the province."),
    ("Prices rose by 4 to 5 percent in March, the statistics office said.", "Prices rose by 45% in March."),
    (
        "Ten to fifteen thousand people marched in Vellano, police said.",
        "Between 10 and 15 people marched in Vellano, police said.",
    ),
    ("The tunnel is 12 to 14 km long, engineers said.", "The tunnel is between 12 and 14 miles long, engineers said."),
    ("Three quarters of the town's wells are dry, the council said.", "25 percent of the town's wells are dry."),
    (
        "The scheme will cost between £1.2 and 1.5 billion, ministers said.",
        "The scheme will cost between £1.2 million and £1.5 million.",
    ),
    ("Police expect 15-20 thousand marchers in Vellano.", "Police expect 1,500 to 2,000 marchers in Vellano."),
    ("The ship was carrying three hundred and twelve people.", "The ship was carrying 321 people."),
    (
        "The work will take eighteen to twenty-four months, the council said.",
        "The work will take 18 to 24 weeks, the council said.",
    ),
]


def _checked(source: str, line: str) -> newsum.Summary:
    return newsum.attribute(f"{line} (Port Lambe Gazette)", [Article("Port Lambe Gazette", source), OTHER])


@pytest.mark.parametrize(("source", "line"), TRUE)
def test_a_figure_in_another_writing_is_supported(source: str, line: str) -> None:
    summary = _checked(source, line)
    assert (summary.lines[0].support.label, [f for f in summary.faults if f.severity == "error"]) == ("supported", [])


@pytest.mark.parametrize(("source", "line"), FALSE)
def test_another_figure_is_contradicted(source: str, line: str) -> None:
    assert _checked(source, line).lines[0].support.label == "contradicted"


@pytest.mark.parametrize(
    ("premise", "line", "expected"),
    [
        ("It cost $4-5 billion.", "It cost $4 billion to $5 billion.", "It cost $4 billion to $5 billion."),
        ("Between 2 and 3 million fled.", "From 2 to 3 million fled.", "Between 2 and 3 million fled."),
        (
            "It rose from 2 to 3 million.",
            "It rose from 2 million to 3 million.",
            "It rose from 2 million to 3 million.",
        ),
        ("Two and three men fell.", "Between 2 and 3 men fell.", "2 and 3 men fell."),
        ("It is 12 to 14 km long.", "It is between 12 km and 14 km long.", "It is between 12 km and 14 km long."),
        ("It cost $5 million.", "It cost 5 million.", "It cost $5 million."),
        ("It fell.", "Two fell.", "It fell."),
        ("Two fell.", "It fell.", "Two fell."),
    ],
)
def test_only_figures_that_are_one_are_written_alike(premise: str, line: str, expected: str) -> None:
    assert in_one_writing(premise, line) == expected


def test_a_measure_is_no_share() -> None:
    source = "Between 5 and 10 percent of the crop was lost, growers said."
    summary = _checked(source, source.replace("percent", "tonnes"))
    told = [fault.message for fault in summary.faults if fault.severity == "error"]
    assert summary.lines[0].support.label == "unsupported"
    assert all(any(figure in message for message in told) for figure in ("“5”", "“10”"))
