"""Which addresses may be asked, and how addresses of pages are written. No name is resolved over a network."""

import ipaddress
import socket
from typing import Any

import pytest

from kutip.sources.fetch import addresses
from kutip.sources.fetch.http import clean


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.0.0.1",
        "172.16.5.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2002:c0a8:101::1",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not addresses.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "8.8.8.8"])
def test_public_addresses(address: str) -> None:
    assert addresses.is_public(ipaddress.ip_address(address))


def test_one_private_address_among_public_ones_refuses_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolved(*_: Any, **__: Any) -> list[Any]:
        return [(0, 0, 0, "", ("93.184.215.14", 80)), (0, 0, 0, "", ("127.0.0.1", 80))]

    def connected(*_: Any, **__: Any) -> socket.socket:
        raise AssertionError("nothing may be asked")

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setattr(socket, "create_connection", connected)
    with pytest.raises(addresses.Refused, match=r"news\.example is 127\.0\.0\.1"):
        addresses.connect("news.example", 80, 1)


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def resolved(*_: Any, **__: Any) -> list[Any]:
        asked.append("name")
        return [(0, 0, 0, "", ("93.184.215.14", 80))]

    def connected(address: Any, timeout: float) -> socket.socket:
        asked.append(address)
        return socket.socket()

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setattr(socket, "create_connection", connected)
    addresses.connect("news.example", 80, 1).close()
    assert asked == ["name", ("93.184.215.14", 80)]


@pytest.mark.parametrize(
    ("url", "cleaned"),
    [
        ("http://Kabar.example", "http://kabar.example/"),
        ("https://kabar.example:443/a b?q=é#x", "https://kabar.example/a%20b?q=%C3%A9"),
        ("http://kabar.example:8080/%C3%A9", "http://kabar.example:8080/%C3%A9"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://[2606:2800::1]/", "http://[2606:2800::1]/"),
        ("http://a.example/\r\nHost: b", "http://a.example/Host:%20b"),
    ],
)
def test_addresses_are_written_as_they_are_sent(url: str, cleaned: str) -> None:
    assert clean(url) == cleaned


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://a.example/",
        "gopher://x/",
        "http://",
        "//a/b",
        "http://u:p@a/",
        "http://a:x/",
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # of several kinds
        clean(url)
