"""Names to addresses, and which of them may be asked.

A name is resolved once, its addresses are checked, and the connection goes to an address that was checked: a name
that answers differently a moment later gains nothing.
"""

import ipaddress
import socket

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class Refused(OSError):
    """The address is not one of the public network."""


def is_public(address: Address) -> bool:
    """Whether ``address`` belongs to the public network, itself and any address inside it."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if not all(is_public(one) for one in inner if one is not None):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def connect(host: str, port: int, timeout: float, private: bool = False) -> socket.socket:
    """A connection to ``host``. private: addresses that are not public too, for tests.

    Raises Refused where any of its addresses is not public, OSError where there is no connection.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(where[0]).partition("%")[0] for *_, where in found]
    if not private:
        for address in addresses:
            if not is_public(ipaddress.ip_address(address)):
                raise Refused(f"{host} is {address}, an address that is not of the public network")
    error: OSError | None = None
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout)
        except OSError as failed:
            error = failed
    raise error or OSError(f"{host} has no address")
