"""One JSON row to the fields of an article: our keys and those of the news collectors in use."""

from typing import Any

import msgspec

from kutip.flow.page_to_article.draft import Draft, Refusal
from kutip.text.normalise import canonical

# Field -> keys that carry it, the first that is present wins. Ours; news-please (maintext, date_publish,
# source_domain, language); Fundus (plaintext, publishing_date, authors); Event Registry (body, dateTime,
# source).
KEYS: dict[str, tuple[str, ...]] = {
    "id": ("id", "uri", "_id"),
    "text": ("text", "maintext", "plaintext", "body", "content"),
    "headline": ("headline", "title"),
    "outlet": ("outlet", "source_domain", "source", "publisher"),
    "byline": ("byline", "authors", "author"),
    "published": ("published", "date_publish", "publishing_date", "dateTime", "dateTimePub", "date"),
    "lang": ("lang", "language"),
    "url": ("url", "link"),
}


def read_row(draft: Draft, raw: str) -> tuple[Draft, str | None]:
    """The draft with what the row declares, and its published value as written. Raises Refusal."""
    try:
        row = msgspec.json.decode(raw.encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError) as error:  # the latter: nested too deeply
        raise Refusal("bad-json", f"not a JSON object: {error}; each line must hold one object") from error
    if not isinstance(row, dict):
        raise Refusal("bad-json", f"a JSON {type(row).__name__} where an object with a text was expected")
    fields = {field: (key, value) for field in KEYS for key, value in [_first(row, KEYS[field])] if value}
    if "text" not in fields:
        raise Refusal("empty", f"the row has no text; its text is looked for under {', '.join(KEYS['text'])}")
    values = {field: value for field, (_, value) in fields.items()}
    headline = canonical(values.get("headline", "")).strip() or None
    read = msgspec.structs.replace(
        draft,
        key=values.get("url") or values.get("id") or draft.page.name,
        text=with_headline(headline, canonical(values["text"])),
        lang=values.get("lang"),
        url=values.get("url") or draft.page.url,
        headline=headline,
        outlet=values.get("outlet"),
        byline=values.get("byline"),
        found_in={field: f"row:{key}" for field, (key, _) in fields.items() if field not in ("id", "text")},
    )
    return read, values.get("published")


def with_headline(headline: str | None, text: str) -> str:
    """The canonical text of an article whose headline came apart from it: headline, blank line, text."""
    if not headline or text.lstrip().startswith(headline):
        return text
    return f"{headline}\n\n{text}"


def _first(row: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, str]:
    for key in keys:
        words = _words(row.get(key))
        if words:
            return key, words
    return "", ""


def _words(value: Any) -> str:
    """A string, or the name inside a list or an object ({"title": …, "uri": …}), as one string."""
    if isinstance(value, str):
        return value if value.strip() else ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value)))
    if isinstance(value, dict):
        return next((w for key in ("title", "name", "uri") for w in [_words(value.get(key))] if w), "")
    return ""
