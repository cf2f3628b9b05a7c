"""What is quoted, feared, planned or alleged is not supported where a line tells it as a fact; told likewise it is.

With the judge that comes with newsum. Of the first 36 pairs 23 were right before newsum/checking/told_as_facts.py was
written, of the 20 after them, which were written when it stood, 12 without it and 19 at the first try.
"""

import pytest

import newsum
from newsum import Article

OTHER = Article(
    "Harlow Wire", "The council met on Tuesday to discuss its budget for the coming year. Nothing was decided."
)

TOLD_AS_FACTS = [
    (
        "quote",
        "“The mill has been dumping its waste at night,” said Ada Holm, who lives beside the river.",
        "The mill has been dumping its waste at night.",
    ),
    (
        "quote",
        '"This contract was bought," Sam Oru, the opposition\'s leader, told the assembly.',
        "This contract was bought.",
    ),
    (
        "quote",
        "‘The minister knew of the cracks for a year,’ Mara Vell wrote in a letter to the paper.",
        "The minister knew of the cracks for a year.",
    ),
    (
        "quote",
        "Jo Day told reporters: “The police beat my brother in the van.”",
        "The police beat Jo Day's brother in the van.",
    ),
    (
        "quote",
        "“They are starving us,” said Ada Holm, a prisoner, “and nobody is counting the dead.”",
        "They are starving prisoners and nobody is counting the dead.",
    ),
    (
        "quote",
        "“The bank is finished,” said one trader. “It will not open on Monday.”",
        "The bank will not open on Monday.",
    ),
    (
        "possible",
        "Doctors fear that the fever has reached the camp at Tarn.",
        "The fever has reached the camp at Tarn.",
    ),
    (
        "possible",
        "The council did not exclude that the school would be shut.",
        "The school will be shut, the council said.",
    ),
    (
        "possible",
        "The dam might burst if the rain goes on, the water board warned.",
        "The dam will burst, the water board warned.",
    ),
    (
        "possible",
        "Investigators are looking into whether the driver was asleep.",
        "The driver was asleep, investigators said.",
    ),
    (
        "possible",
        "It is possible that the ferry struck a rock, the coastguard said.",
        "The ferry struck a rock, the coastguard said.",
    ),
    (
        "possible",
        "The pilot could not say if the engine had caught fire.",
        "The pilot said that the engine had caught fire.",
    ),
    ("possible", "Analysts see a risk that the bank will fail by June.", "The bank will fail by June, analysts said."),
    ("plan", "Lambe Ferries plans to sell its three oldest ships.", "Lambe Ferries has sold its three oldest ships."),
    ("plan", "The government is considering a tax on sugar.", "The government has introduced a tax on sugar."),
    ("plan", "A bill before the assembly would ban fishing in the bay.", "Fishing in the bay has been banned."),
    ("charge", "Sam Oru was charged with taking bribes from the builder.", "Sam Oru took bribes from the builder."),
    (
        "charge",
        "Sam Oru went on trial for the murder of his brother.",
        "Sam Oru was convicted of the murder of his brother.",
    ),
    ("charge", "Police questioned Ada Holm over the theft of the bell.", "Ada Holm stole the bell."),
    ("charge", "Jo Day was indicted for fraud on Friday.", "Jo Day was found guilty of fraud on Friday."),
    ("allegation", "Ada Holm accused the mayor of hiding the report.", "The mayor hid the report."),
    ("allegation", "The union said that it suspected the owner of burning the books.", "The owner burned the books."),
    (
        "allegation",
        "According to the indictment, Mara Vell sold the maps to a foreign power.",
        "Mara Vell sold the maps to a foreign power.",
    ),
    ("allegation", "Sam Oru is alleged to have forged the signatures.", "Sam Oru forged the signatures."),
    (
        "quote",
        "“Half of these buses are not safe to drive,” said Ina Marsh, a mechanic at the depot.",
        "Half of these buses are not safe to drive.",
    ),
    (
        "quote",
        'Asked about the strike, the owner replied: "The men were paid to stay at home."',
        "The men were paid to stay at home.",
    ),
    (
        "quote",
        "“Our water made the children ill,” one mother said at the meeting in Tarn.",
        "Water made children in Tarn ill.",
    ),
    (
        "possible",
        "Rescuers were worried that the tunnel had filled with gas.",
        "The tunnel had filled with gas, rescuers said.",
    ),
    (
        "possible",
        "There is a danger that the roof will give way, a surveyor wrote.",
        "The roof will give way, a surveyor wrote.",
    ),
    ("possible", "It was not known whether the pilot had survived.", "The pilot had survived."),
    ("plan", "Norvia's navy intends to buy six patrol boats.", "Norvia's navy bought six patrol boats."),
    ("plan", "The mayor has proposed a ban on cars in the old town.", "The mayor banned cars in the old town."),
    ("charge", "Ina Marsh is on trial for selling poisoned fish.", "Ina Marsh sold poisoned fish."),
    ("charge", "Two clerks were detained on suspicion of leaking the list.", "Two clerks leaked the list."),
    ("charge", "Ben Carrow was charged with fraud after the bank closed.", "Ben Carrow was sentenced for fraud."),
    (
        "allegation",
        "The guard stole the painting, the museum's director claimed in a letter.",
        "The guard stole the painting.",
    ),
    (
        "allegation",
        "According to a lawsuit, the firm hid the leak from the city for two years.",
        "The firm hid the leak from the city for two years.",
    ),
    ("allegation", "The report accuses the ministry of losing the files.", "The ministry lost the files."),
    (
        "allegation as fact",
        "Prosecutors allege that Jo Day set fire to the pier. Day denies the charge.",
        "Jo Day set fire to the pier.",
    ),
    (
        "allegation as fact",
        "The lawsuit claims that Lambe Ferries dumped oil in the bay for nine years.",
        "Lambe Ferries dumped oil in the bay for nine years.",
    ),
    (
        "quote as fact",
        "“They have poisoned the bay and they know it,” said Sam Oru of the campaign group Clean Bay.",
        "They have poisoned the bay and they know it.",
    ),
    (
        "legal state raised",
        "Jo Day was arrested on suspicion of setting fire to the pier.",
        "Jo Day was jailed for setting fire to the pier.",
    ),
    (
        "legal state raised",
        "Prosecutors will appeal against the acquittal of Jo Day.",
        "Prosecutors will appeal against the conviction of Jo Day.",
    ),
    (
        "possible as certain",
        "Engineers could not rule out that the pier will collapse.",
        "The pier will collapse, engineers said.",
    ),
    (
        "speech act turned",
        "Ada Holm refused to say whether the pier was safe.",
        "Ada Holm said that the pier was safe.",
    ),
    (
        "speech act turned",
        "“The minister took money from the builder,” said Ada Holm, who chairs the harbour authority.",
        "A court found that the minister took money from the builder.",
    ),
]
TOLD_LIKEWISE = [
    (
        "quote",
        "“The mill has been dumping its waste at night,” said Ada Holm, who lives beside the river.",
        "Ada Holm, who lives beside the river, said that the mill had been dumping its waste at night.",
    ),
    (
        "quote",
        "“The bridge is closed,” said Ada Holm. The bridge at Karrow is closed to all traffic.",
        "The bridge at Karrow is closed to all traffic.",
    ),
    (
        "quote",
        "Holm called the plan “a gift to the rich” on Friday.",
        "Holm called the plan a gift to the rich on Friday.",
    ),
    ("quote", "“We will appeal,” said Sam Oru's lawyer.", "Sam Oru's lawyer said that they would appeal."),
    (
        "possible",
        "Engineers could not rule out that the pier will collapse.",
        "Engineers said that the pier might collapse.",
    ),
    (
        "possible",
        "The dam might burst if the rain goes on, the water board warned.",
        "The dam could burst if the rain goes on, the water board warned.",
    ),
    (
        "possible",
        "Doctors fear that the fever has reached the camp at Tarn.",
        "The fever may have reached the camp at Tarn, doctors fear.",
    ),
    (
        "plan",
        "Lambe Ferries plans to sell its three oldest ships.",
        "Lambe Ferries intends to sell its three oldest ships.",
    ),
    (
        "charge",
        "Sam Oru was charged with taking bribes from the builder.",
        "Sam Oru has been charged with taking bribes from the builder.",
    ),
    ("charge", "Jo Day was found guilty of fraud on Friday.", "Jo Day was convicted of fraud on Friday."),
    (
        "allegation",
        "Ada Holm accused the mayor of hiding the report.",
        "The mayor is accused by Ada Holm of hiding the report.",
    ),
    ("allegation", "Sam Oru is alleged to have forged the signatures.", "Sam Oru allegedly forged the signatures."),
    (
        "quote",
        "“Half of these buses are not safe to drive,” said Ina Marsh, a mechanic at the depot.",
        "A mechanic at the depot, Ina Marsh, says half of the buses are not safe to drive.",
    ),
    ("possible", "It was not known whether the pilot had survived.", "It is unclear whether the pilot survived."),
    (
        "plan",
        "The mayor has proposed a ban on cars in the old town.",
        "Cars would be banned in the old town under a proposal of the mayor.",
    ),
    (
        "charge",
        "Ina Marsh is on trial for selling poisoned fish.",
        "Ina Marsh has gone on trial, accused of selling poisoned fish.",
    ),
    (
        "allegation",
        "The report accuses the ministry of losing the files.",
        "The ministry lost files, according to the report.",
    ),
    (
        "plain",
        "The ministry lost the files in a flood, it admitted on Friday. The report had accuses it of losing the files.",
        "The ministry lost the files in a flood.",
    ),
]


def _checked(source: str, line: str) -> newsum.Summary:
    return newsum.attribute(f"{line} (Port Lambe Gazette)", [Article("Port Lambe Gazette", source), OTHER])


@pytest.mark.parametrize(("kind", "source", "line"), TOLD_AS_FACTS)
def test_what_the_source_does_not_tell_as_a_fact_is_an_error_as_one(kind: str, source: str, line: str) -> None:
    summary = _checked(source, line)
    assert summary.lines[0].support.label != "supported"
    assert any(fault.severity == "error" for fault in summary.faults)


@pytest.mark.parametrize(("kind", "source", "line"), TOLD_LIKEWISE)
def test_what_is_told_as_the_source_tells_it_is_supported(kind: str, source: str, line: str) -> None:
    summary = _checked(source, line)
    assert (summary.lines[0].support.label, [f for f in summary.faults if f.severity == "error"]) == ("supported", [])


@pytest.mark.parametrize(
    ("source", "line", "way"),
    [
        ("“This contract was bought,” Sam Oru said.", "This contract was bought.", "a quotation"),
        ("It is unclear whether the captain was on the bridge.", "The captain was on the bridge.", "a possibility"),
        ("The lawsuit claims that Lambe Ferries dumped oil.", "Lambe Ferries dumped oil.", "an allegation"),
        ("Sam Oru was charged with taking bribes.", "Sam Oru took bribes.", "a charge"),
        ("The ministry plans to sell its stake in the port.", "The ministry sold its stake in the port.", "a plan"),
        ("Jo Day was acquitted of fraud.", "Jo Day was convicted of fraud.", "no conviction"),
    ],
)
def test_the_message_says_how_the_source_tells_it_without_a_judge_too(source: str, line: str, way: str) -> None:
    summary = newsum.attribute([line], [Article("Port Lambe Gazette", source), OTHER], judge=None)
    assert [f.message for f in summary.faults if f.kind == "untraceable"] == [
        f"It is told as a fact; Port Lambe Gazette has {way}: “{source.removesuffix('.')}”."
    ]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        # another sentence, or another outlet, tells it plainly
        (
            "Prosecutors allege that Jo Day burned the pier. Jo Day burned the pier, the court found.",
            "Jo Day burned the pier.",
        ),
        ("“The pier is closed,” Holm said. Police have closed the pier.", "The pier is closed."),
        # what a bill that was thrown out would have done is not what the line tells
        (
            "Lawmakers threw out a bill that would let shops open on Sundays.",
            "Lawmakers threw out a bill on Sunday opening.",
        ),
        # the murder is a fact, whoever stands trial for it
        ("Sam Oru went on trial for the murder of the harbour master.", "The harbour master was murdered."),
        # the line has the request itself
        ("Shopkeepers asked for their rents to be halved.", "Shopkeepers asked for their rents to be halved."),
        ("Sam Oru was held on suspicion of arson.", "Police held Sam Oru on suspicion of arson."),
        # a manner of speaking
        ("Holm called the plan “a gift to the rich”.", "Holm called the plan a gift to the rich."),
    ],
)
def test_what_may_be_told_is_no_claim(source: str, line: str) -> None:
    summary = newsum.attribute([line], [Article("Port Lambe Gazette", source), OTHER], judge=None)
    assert not [fault.message for fault in summary.faults if "told as a fact" in fault.message]
