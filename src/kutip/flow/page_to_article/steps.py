"""The steps from a page to an article, one function each; their order stands in flow/pipeline.py."""

import msgspec

from kutip.flow.page_to_article import blocks as roles
from kutip.flow.page_to_article.credits import author_of, names_author, outlet_of, without_outlet
from kutip.flow.page_to_article.decode import media_type, to_text
from kutip.flow.page_to_article.draft import Draft, Refusal
from kutip.flow.page_to_article.html import read_html
from kutip.flow.page_to_article.learned import outlet_key
from kutip.flow.page_to_article.published import as_dated, date_of_line, is_after, read_declared
from kutip.flow.page_to_article.row import read_row
from kutip.languages import available, load
from kutip.languages.identify import identify, pack_code
from kutip.model import Article, Dated, Rejection, Role, content_id, sha256_hex
from kutip.text.normalise import canonical

_TELLING = frozenset({Role.HEADLINE, Role.BYLINE, Role.EDITOR_LINE, Role.DATELINE, Role.LEGAL})  # of names


def take_apart(draft: Draft) -> Draft:
    """Bytes to canonical text and what the page declares about itself. Raises Refusal."""
    page = draft.page
    kind = media_type(page.content, page.media_type)
    raw = to_text(page.content)
    draft = msgspec.structs.replace(draft, key=page.url or page.name, url=page.url)
    published: str | None = None
    if kind == "application/json":
        draft, published = read_row(draft, raw)
    elif kind == "text/html":
        draft, published = read_html(draft, raw)
    else:
        draft = msgspec.structs.replace(draft, text=canonical(raw))
    if not draft.text.strip():
        raise Refusal("empty", "there is no text in it")
    origin = "given" if kind == "application/json" else "declared"
    return msgspec.structs.replace(draft, written=published or "", origin=origin)


def name_language(draft: Draft) -> Draft:
    """The language (given with a row, else identified, else as the page declares it) and its pack."""
    lang = pack_code(draft.lang) or identify(draft.text) or pack_code(draft.page_lang)
    if lang in available():
        return msgspec.structs.replace(draft, lang=lang, pack=load(lang))
    what = f"the language {lang!r} has no pack" if lang else "its language was not recognised"
    why = f"{what}, so no attributions were looked for; packs: {', '.join(available())}"
    return msgspec.structs.replace(
        draft, lang=lang, rejections=(*draft.rejections, Rejection(draft.page.name, "no-language-pack", why))
    )


def find_blocks(draft: Draft) -> Draft:
    """Paragraphs and their roles."""
    return msgspec.structs.replace(
        draft, blocks=roles.split_blocks(draft.text, draft.pack, draft.headline, draft.outlet)
    )


def find_names(draft: Draft) -> Draft:
    """Headline, byline and outlet that were not declared, from the blocks that carry them."""
    telling = (block for block in draft.blocks if block.role in _TELLING)
    lines = [(block, " ".join(draft.text[block.start : block.end].split())) for block in telling]
    headline = next((words for block, words in lines if block.role is Role.HEADLINE), None)
    bylines = [words for block, words in lines if block.role is Role.BYLINE]
    bylines += [w for block, w in lines if block.role is Role.EDITOR_LINE and names_author(w, draft.pack)]
    byline, beside = author_of(bylines[0], draft.pack) if bylines else (None, None)
    outlet = draft.outlet or outlet_of(lines, byline, beside)
    if byline:
        byline = without_outlet(byline, outlet)
    found = {"headline": headline, "byline": byline, "outlet": outlet}
    new = {field: words for field, words in found.items() if words and getattr(draft, field) is None}
    found_in = {**draft.found_in, **dict.fromkeys(new, "text")}
    return msgspec.structs.replace(
        draft,
        headline=draft.headline or new.get("headline"),
        byline=draft.byline or new.get("byline"),
        outlet=draft.outlet or new.get("outlet"),
        found_in=found_in,
    )


def mark_learned(draft: Draft) -> Draft:
    """What is known of the outlet's own furniture, now that the outlet is known."""
    learned = draft.reading.furniture.get(outlet_key(draft.outlet or ""))
    if not learned:
        return draft
    blocks = roles.split_blocks(draft.text, draft.pack, draft.headline, draft.outlet, frozenset(learned))
    return msgspec.structs.replace(draft, blocks=blocks)


def find_published(draft: Draft) -> Draft:
    """The publication date: declared, else from the line that carries it, else guessed; or unknown.

    A declared date that is none, and any date after the page was fetched, is suspect: it is told, and the next
    best one taken.
    """
    declared = read_declared(draft.written, draft.origin, draft.pack) if draft.written else None
    suspect: list[str] = []
    if declared is None and any(map(str.isdigit, draft.written)):
        suspect.append(f"the page declares {draft.written!r}, which is no date that can be")
    dated: Dated | None = None
    for one in (declared, _date_in_text(draft), _date_shown(draft), draft.inferred):
        if one and is_after(one, draft.page.fetched_at):
            suspect.append(
                f"the page says {one.evidence!r}, later than it was fetched ({draft.page.fetched_at})"
            )
        elif one:
            dated = one
            break
    found_in = {field: where for field, where in draft.found_in.items() if dated or field != "published"}
    if dated and dated is not declared:
        found_in["published"] = dated.origin
    told = tuple(Rejection(draft.page.name, "suspect-date", why) for why in dict.fromkeys(suspect))
    return msgspec.structs.replace(
        draft, published=dated, found_in=found_in, rejections=(*draft.rejections, *told)
    )


def _date_shown(draft: Draft) -> Dated | None:
    """The first line of the page that is a date and hardly anything else.

    One without a time of day may be today's date in the head of the site: it must stand between headline and
    text, or agree with the guess.
    """
    if draft.pack is None:
        return None
    guess = draft.inferred.value if draft.inferred else None
    for line in (*draft.above, *draft.shown):
        mention = date_of_line(line, 0, len(line), draft.pack)
        if mention and (mention.time or mention.value == guess or line in draft.above):
            return as_dated(mention, line)
    return None


def _date_in_text(draft: Draft) -> Dated | None:
    for block in draft.blocks:
        if block.role is Role.PUBLISHED and draft.pack:
            mention = date_of_line(draft.text, block.start, block.end, draft.pack)
            if mention:
                return as_dated(mention, draft.text[block.start : block.end])
    return None


def put_together(draft: Draft) -> Draft:
    """The finished article."""
    digest = sha256_hex(draft.text.encode())
    article = Article(
        id=content_id("article", draft.key, digest),
        text=draft.text,
        sha256=digest,
        blocks=draft.blocks,
        lang=draft.lang,
        url=draft.url,
        headline=draft.headline,
        outlet=draft.outlet,
        byline=draft.byline,
        published=draft.published,
        found_in=draft.found_in,
    )
    return msgspec.structs.replace(draft, article=article)
