"""A summary -> the brief as plain text, Markdown or HTML, for a reader.

In: a `Summary`, and for HTML its articles. Out: a string: the title; each line with the outlets that it rests on;
where outlets differ; the faults of a given text; notices; the sources, numbered; and who is credited. Titles, outlets,
quotes and addresses come from articles that anybody may have written: in every form they stay text, none can pass for
a tag of ours, and only http and https addresses become links.

    plain.py    untrusted text, safe to print        report.py   a summary -> what the HTML page shows
    names.py    outlets, none mistaken for another   passages.py an article, cut where its evidence stands
    wording.py  the words that all forms share       verdict.py  the faults of a given text, the worst first
    text.py, markdown.py, html.py: the forms         index.py    a batch's index
    tables.py   other values, as tables              notebook.py what a notebook shows
    frames.py   a summary as a pandas DataFrame
"""

from typing import TYPE_CHECKING

from newsum.system.lazily import offered

if TYPE_CHECKING:
    from newsum.rendering.frames import to_frame
    from newsum.rendering.html import to_html
    from newsum.rendering.markdown import to_markdown
    from newsum.rendering.notebook import to_fragment, to_note
    from newsum.rendering.text import to_text

__all__ = ["to_fragment", "to_frame", "to_html", "to_markdown", "to_note", "to_text"]

# Each form is loaded when first asked for: a page's takes 20 ms, which a brief printed as text need not wait for
_HOME_OF = {
    "to_fragment": "notebook",
    "to_frame": "frames",
    "to_html": "html",
    "to_markdown": "markdown",
    "to_note": "notebook",
    "to_text": "text",
}
__getattr__, __dir__ = offered(__name__, _HOME_OF)
