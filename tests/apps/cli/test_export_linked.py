"""The linked formats: JSON-LD, Web Annotation and FollowTheMoney, held against their own vocabularies."""

import json
from pathlib import Path
from typing import Any

import pytest

from kutip.store import Record, SaidQuery
from tests.apps.cli.test_export import QUOTE, URL, Export, export, record  # noqa: F401
from tests.hostile import WORDS

# Terms of the Web Annotation Vocabulary that annotations may use, with what each holds.
ANNOTATION_CONTEXT = {
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "id": {"@type": "@id", "@id": "@id"},
    "type": {"@type": "@id", "@id": "@type"},
    **{
        term: f"oa:{term}"
        for term in (
            *("Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector", "TextPositionSelector"),
            *("exact", "prefix", "suffix", "start", "end"),
        )
    },
    "AnnotationPage": "as:OrderedCollectionPage",
    "Software": "as:Application",
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "describing": "oa:describing",
    "tagging": "oa:tagging",
    "format": "dc:format",
    "value": "rdf:value",
    "name": "foaf:name",
    "creator": {"@type": "@id", "@id": "dcterms:creator"},
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    "startIndex": "as:startIndex",
}


def texts(record: Path) -> dict[str, str]:  # noqa: F811
    with Record.open(str(record)) as opened:
        return {kept.article.sha256: kept.article.text for kept in opened.view().selected(SaidQuery())}


def test_jsonld_uses_terms_that_schema_org_and_prov_have(export: Export) -> None:  # noqa: F811
    rdflib = pytest.importorskip("rdflib")
    from rdflib.namespace import PROV, RDF, SDO

    graph = rdflib.Graph().parse(export("jsonld"), format="json-ld")
    used = {p for _, p, _ in graph} | {o for _, _, o in graph.triples((None, RDF.type, None))}
    ours = "urn:kutip:vocabulary:"
    assert {t for t in used if not str(t).startswith(ours)} - {RDF.type} == {
        t for t in used if t in SDO or t in PROV
    }
    claims, quotations = (set(graph.subjects(RDF.type, kind)) for kind in (SDO.Claim, SDO.Quotation))
    kind = rdflib.URIRef(ours + "kind")
    assert sum((found, kind, None) in graph for found in claims) == 2, "the others are of whole statements"
    assert len(quotations) == 1 + len(WORDS)
    (said,) = set(graph.subjects(SDO.text, rdflib.Literal(QUOTE))) & quotations
    article = graph.value(said, PROV.wasQuotedFrom)
    assert str(graph.value(article, SDO.url)) == URL
    assert str(graph.value(graph.value(said, SDO.spokenByCharacter), SDO.name)) == "Tari Lembayung"
    nearest, primary = graph.value(said, PROV.wasDerivedFrom), graph.value(said, PROV.hadPrimarySource)
    assert graph.value(nearest, PROV.wasDerivedFrom) == primary
    names = [str(graph.value(graph.value(r, SDO.publisher), SDO.name)) for r in (nearest, primary)]
    assert names == ["Kabar Tengah", "Warta Pagi"]


def test_jsonld_expands_by_the_reference_processor(export: Export) -> None:  # noqa: F811
    jsonld = pytest.importorskip("pyld").jsonld
    document = json.loads(export("jsonld", "--base", "https://arsip.example/").read_text(encoding="utf-8"))
    expanded = jsonld.expand(document)
    assert len(expanded) == len(document["@graph"])
    assert all(node["@id"].startswith("https://arsip.example/") for node in expanded)
    assert not [node for node in document["@graph"] if str(node.get("url", "")).startswith("javascript")]


def test_annotations_are_of_the_model(export: Export) -> None:  # noqa: F811
    """Every property is one of the vocabulary: what its context does not know would be dropped."""
    jsonld = pytest.importorskip("pyld").jsonld
    page = json.loads(export("webannotation").read_text(encoding="utf-8"))
    context, ours = page["@context"]
    assert context == "http://www.w3.org/ns/anno.jsonld"
    expanded = jsonld.compact(
        jsonld.expand({**page, "@context": [ANNOTATION_CONTEXT, ours]}), ANNOTATION_CONTEXT
    )
    assert len(expanded["items"]) == len(page["items"]) == 3 + len(WORDS)
    assert keys(expanded["items"]) - {"urn:kutip:vocabulary:sha256"} == keys(page["items"]) - {"sha256"}
    for one in page["items"]:
        assert (one["type"], one["motivation"]) == ("Annotation", "describing")
        assert one["id"]
        assert one["target"]


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()


def test_annotations_find_their_words(export: Export, record: Path) -> None:  # noqa: F811
    """As a tool for annotations does: by the words with what stands around them, and by their place."""
    known = texts(record)
    for one in json.loads(export("webannotation").read_text(encoding="utf-8"))["items"]:
        for target in one["target"]:
            quote, position = target["selector"]
            text = known[target["sha256"]]
            around = quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")
            assert text.count(around) == 1
            assert text.index(around) + len(quote.get("prefix", "")) == position["start"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert target["source"].startswith(("https://", "urn:kutip:"))


def test_entities_are_valid_for_followthemoney(export: Export) -> None:  # noqa: F811
    ftm = pytest.importorskip("followthemoney")
    raw = [json.loads(line) for line in export("ftm").read_text(encoding="utf-8").split("\n")[:-1]]
    proxies = [ftm.model.get_proxy(entity) for entity in raw]
    for proxy, entity in zip(proxies, raw, strict=True):
        proxy.schema.validate(entity)
        for name, values in entity["properties"].items():
            for value in values:
                assert proxy.schema.get(name).type.validate(value), (name, value)
    by_id = {proxy.id: proxy for proxy in proxies}
    said = next(p for p in proxies if p.get("description") == [QUOTE])
    assert said.schema.name == "Documentation"
    assert by_id[said.first("entity")].get("name") == ["Tari Lembayung"]
    assert by_id[said.first("document")].get("sourceUrl") == [URL]
    assert {p.schema.name for p in proxies} == {"Article", "Person", "Documentation", "Note"}
    for proxy in proxies:
        assert all(value in by_id for prop, value in proxy.itervalues() if prop.type.name == "entity")
