"""A summary -> the brief as plain text, Markdown or HTML, for a reader.

In: a `Summary`. Out: a string: the title; each line with the outlets that it rests on; where outlets differ; the
faults of a given text; notices; the sources, numbered; and who is credited. Titles, outlets, quotes and addresses come
from articles that anybody may have written: in every form they stay text, and only http and https addresses become
links.
"""

from newsum.rendering.html import to_html, to_html_page
from newsum.rendering.markdown import to_markdown
from newsum.rendering.text import to_text

__all__ = ["to_html", "to_html_page", "to_markdown", "to_text"]
