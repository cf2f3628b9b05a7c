"""Takes a brief apart that newsum did not write: a person's, another system's, or what a model answered.

parsing.py finds the lines, the tags and the credits of any text; outlet_tags.py knows the outlets' names in it;
answers.py takes out of a model's answer what is not news: greetings, refusals, repeats.
"""
