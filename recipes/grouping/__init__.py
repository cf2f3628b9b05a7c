"""Stories of a few outlets -> how likely two articles tell of one event: newsum/grouping/pairs.json.

    python -m recipes.grouping allsides_train.jsonl.gz allsides_excerpts_train.jsonl.gz roundups_2021_train.jsonl.gz \\
        --out newsum/grouping/pairs.json

Two articles of one story are on one event. Those of two stories are not, least so where the stories are alike; and
since a training set has few quakes and no two of one week, others are made (elsewhere.py): a story again with other
names and figures, and another story of the first one's names. Held-out stories stay out, and
heaps made of them say at the end what the fit is worth.
"""
