"""Addresses in feeds (RSS, RDF, Atom), sitemaps (also of news, also indexes) and lists of feeds (OPML)."""

import re
from urllib.parse import urljoin

from lxml import etree

MOST = 50_000  # addresses of one document, as many as a sitemap may have
_XML = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml|<!--|<rss|<feed|<rdf|<urlset|<sitemapindex|<opml)", re.I
)


class Links:
    """What a document lists. pages: articles; further: documents that list more, such as the parts of an index."""

    def __init__(self) -> None:
        self.pages: dict[str, None] = {}
        self.further: dict[str, None] = {}


def read_links(content: bytes, base: str) -> Links | None:
    """Addresses in a document; None where it is no feed, sitemap or list of feeds.

    base: the document's own address, which relative ones go by. Damaged XML is read as far as it goes. Nothing
    outside of the document is loaded, and no entity is replaced.
    """
    if not _XML.match(content[:1000]):
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None
    kind = _name(root)
    if kind not in ("rss", "rdf", "feed", "urlset", "sitemapindex", "opml"):
        return None
    links = Links()
    for element in root.iter():
        found = _link(element, kind)
        if found and len(links.pages) + len(links.further) < MOST:
            into = links.further if kind in ("sitemapindex", "opml") else links.pages
            into[urljoin(base, found)] = None
    return links


def _link(element: etree._Element, kind: str) -> str:
    """The address that an element gives where a document of this kind is read for it, else ""."""
    parent = element.getparent()
    name, above = _name(element), _name(parent) if parent is not None else ""
    found: str | None = None
    if kind == "opml":
        found = element.get("xmlUrl") if name == "outline" else None
    elif kind in ("urlset", "sitemapindex"):
        found = element.text if name == "loc" and above in ("url", "sitemap") else None
    elif name == "link" and above == "entry" and element.get("rel", "alternate") == "alternate":
        found = element.get("href")
    elif name == "link" and above == "item":
        found = element.text or element.get("href")
    elif name == "guid" and above == "item" and element.get("isPermaLink", "true") == "true":
        has_link = parent is not None and any(_name(e) == "link" for e in parent)
        found = None if has_link else element.text
    return (found or "").strip()


def _name(element: etree._Element) -> str:
    """The name of an element without its namespace, in lower case; "" for comments and the like."""
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""
