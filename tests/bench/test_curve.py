from xml.etree import ElementTree

from bench.curve import drawn, points

PAGE = """# A page

| name | n |
|---|---|
| a | 1 |

| articles | ms | articles per CPU s | KiB |
|---:|---:|---:|---:|
| 1,000 | 3.00 | 250 | 5 |
| 1,000,000 | 6.00 | 1,155 | 5 |

| articles | articles per CPU s |
|---|---|
| 5 | 5 |
"""


def test_the_first_table_with_rates_is_drawn() -> None:
    assert points(PAGE) == [(1_000, 250.0), (1_000_000, 1155.0)]
    picture = ElementTree.fromstring(drawn(points(PAGE)))
    assert len(picture.findall("{*}circle")) == 2
    assert "1,000,000" in [text.text for text in picture.iter("{http://www.w3.org/2000/svg}text")]
