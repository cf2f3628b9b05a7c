"""Makes the judge: pairs from news, training, export, figures. `python -m recipes.judge --help` lists the steps."""
