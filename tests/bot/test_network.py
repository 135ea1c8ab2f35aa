from ipaddress import ip_network

import pytest

from bot import network

PROXY = [ip_network("127.0.0.1"), ip_network("10.0.0.0/8"), ip_network("fd00::/8")]


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "is_from"),
    [
        ("192.0.2.7", "", [], "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", [], "192.0.2.7"),  # whoever sends that header himself
        ("192.0.2.7", "198.51.100.1", PROXY, "192.0.2.7"),  # likewise, past the proxy
        ("127.0.0.1", "198.51.100.1", PROXY, "198.51.100.1"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.1", PROXY, "198.51.100.1"),  # what the proxy was sent
        ("127.0.0.1", "203.0.113.9, 198.51.100.1, 10.1.2.3", PROXY, "198.51.100.1"),
        ("127.0.0.1", "nonsense", PROXY, "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9, nonsense, 10.1.2.3", PROXY, "10.1.2.3"),
        ("127.0.0.1", "", PROXY, "127.0.0.1"),
        ("", "198.51.100.1", PROXY, "198.51.100.1"),  # a Unix socket
        ("", "", [], ""),
        ("2001:db8:1:2:aaaa::1", "", [], "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2", "", [], "2001:db8:1:2::/64"),
        ("fd00::1", "2001:db8:1:2:bbbb::2", PROXY, "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "", [], "192.0.2.7"),
        ("fe80::1%eth0", "", [], "fe80::/64"),
    ],
)
def test_a_request_comes_from_the_last_host_that_is_no_proxy_of_ours(peer, forwarded, trusted, is_from):
    assert network.of(peer, forwarded, trusted) == is_from


def test_a_long_header_is_looked_at_from_its_end_and_not_for_ever():
    assert network.of("127.0.0.1", ",".join(["198.51.100.1"] + ["10.0.0.1"] * 100_000), PROXY) == "10.0.0.1"
