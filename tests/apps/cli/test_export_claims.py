"""Statements as claims: where they appeared first, and what became of them."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from kutip.apps.cli.main import main
from kutip.store import Record
from tests.web.test_stories import make


def test_a_claim_has_its_appearances_and_its_renditions(tmp_path: Path) -> None:
    rdflib = pytest.importorskip("rdflib")
    from rdflib.namespace import PROV, SDO

    record, out = tmp_path / "record.db", tmp_path / "out.jsonld"
    make(record, "Tari Lembayung")
    asked = [
        "export",
        "--format",
        "jsonld",
        str(out),
        "--record",
        str(record),
        "--base",
        "https://arsip.example/",
    ]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 0, result.output
    graph = rdflib.Graph().parse(out, format="json-ld")
    claim = rdflib.URIRef("https://arsip.example/s1statement")
    with Record.open(str(record)) as opened:
        told = opened.view().statement("s1statement").renditions
    assert str(graph.value(claim, SDO.firstAppearance)) == f"https://arsip.example/{told[0].article}"
    appearances = {str(found) for found in graph.objects(claim, SDO.appearance)}
    assert appearances == {f"https://arsip.example/{one.article}" for one in told}
    renditions = {str(found) for found in graph.subjects(PROV.specializationOf, claim)}
    assert renditions == {f"https://arsip.example/{one.attribution}" for one in told if one.attribution}
    vocabulary = "urn:kutip:vocabulary:"
    changed = rdflib.URIRef(f"https://arsip.example/{told[1].attribution}")
    change = graph.value(changed, rdflib.URIRef(vocabulary + "change"))
    assert str(graph.value(change, rdflib.URIRef(vocabulary + "after"))) == "tiga"
