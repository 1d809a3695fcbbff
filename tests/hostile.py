"""Articles that mean harm: what they say must be shown, kept and exported as words, and do nothing."""

from typing import Any

from kutip.flow.pipeline import Processed
from kutip.model import Span, SpeakerKind
from tests.store.making import processed, quotation

# Each makes of the title of the page, when it runs, or of a cell, when it is computed, the word "disusupi".
WORDS = {
    "script": "</script><script>document.title='disusupi'</script>",
    "handler": "<img src=x onerror=\"document.title='disusupi'\">",
    "svg": "<svg onload=\"document.title='disusupi'\"><style>*{display:none}</style></svg>",
    "attribute": "\" autofocus onfocus=\"document.title='disusupi'\" x='",
    "template": "{{ 7*7 }} ${7*7} <%= 7*7 %> {% raw %}",
    "comment": "--> ]]> <!-- <![CDATA[ &amp; &#0; &nosuch;",
    "order": "abc \u202edrow\u202c \u2066x\u2069 \u200b\ufeff",
    "null": "a\0b \x01\x08\x0b\x0c\x1b[2J \x7f\x85 \u2028\u2029 \ufffe\uffff",
    "formula": '=HYPERLINK("http://x.example";"disusupi")',
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "query": '" OR 1=1 --; DROP TABLE articles; * NEAR( AND ) ^col:',
    "path": "../../../../etc/passwd\\..\\con:aux?x=1#y%2e%2e/",
    "wide": "𝔘𝔫𝔦 👩‍👩‍👧 e\u0301\u0301\u0301\u0301 漢字",
    "long": "nama" * 200,
}


def hostile(name: str, words: str, **fields: Any) -> Processed:
    """An article in which every place that takes words takes these: text, headline, names, roles, URL."""
    text = f"{words} satu\n\n“{words}” kata {words}\n\nPenutup {words}"
    quoted = text.index("“") + 1
    source = text.index("kata ") + 5
    said = quotation(
        text,
        words,
        content=(Span(quoted, quoted + len(words)),),
        cue=Span(source - 5, source - 1),
        source=Span(source, source + len(words)),
        speaker=words,
        speaker_kind=SpeakerKind.PERSON,
        via=(words, f"{words} 2"),
        to=words,
        venue=words,
        role=words,
        rule=words,
        said_on_evidence=words,
    )
    given = {"url": f"javascript:{words}", "headline": words, "outlet": words, "byline": words}
    return processed(text, said, **given | fields, name=f"{name}.txt")


def corpus() -> list[Processed]:
    """An article for each kind of harm."""
    return [hostile(name, words) for name, words in WORDS.items()]


def huge(size: int = 10_000_000) -> Processed:
    """An article of one line of ``size`` letters, with a quotation at its end."""
    line = "kata " * (size // 5)
    text = f"Judul\n\n{line}“Air turun dua meter”"
    return processed(text, quotation(text, source=None, cue=None), name="huge.txt", outlet="Warta Panjang")
