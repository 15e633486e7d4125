"""What may be asked: every trap of a URL or an address, and what passes all the same."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import FetchError, SettingsError
from streams.web.addresses import refusal
from streams.web.guard import Guard

GUARD = Guard()

ADDRESSES = [
    "http://127.0.0.1/",
    "http://127.255.255.254/",
    "http://127.0.0.1:8080/feed",
    "http://0.0.0.0/",
    "http://0.1.2.3/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://169.254.170.2/v2/credentials",
    "http://100.64.0.1/",
    "http://100.100.100.200/latest/meta-data/",
    "http://100.127.255.255/",
    "http://168.63.129.16/",
    "http://192.0.0.192/opc/v2/",
    "http://192.0.2.1/",
    "http://192.88.99.1/",
    "http://198.18.0.1/",
    "http://198.19.255.255/",
    "http://198.51.100.1/",
    "http://203.0.113.9/",
    "http://224.0.0.1/",
    "http://239.255.255.250/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[::]/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]:8080/",
    "http://[::ffff:10.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::127.0.0.1]/",
    "http://[::8.8.8.8]/",
    "http://[::ffff:0:10.0.0.1]/",
    "http://[64:ff9b::10.0.0.1]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::1]/",
    "http://[2002:a00:1::]/",
    "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    "http://[2001:db8::1]/",
    "http://[2001:2::1]/",
    "http://[3fff::1]/",
    "http://[2a00:1450::5efe:10.0.0.1]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[100::1]/",
    "http://[5f00::1]/",
    # one address, written so that not everybody reads it
    "http://2130706433/",
    "http://017700000001/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0/",
    "http://0x/",
    "http://10.0.0.01/",
    "http://1.2.3.4.5/",
    "http://256.256.256.256/",
    "http://example.com.0x7f/",
    "http://１２７.0.0.1/",
    "http://①②⑦.0.0.1/",
    # names of one's own network
    "http://localhost/",
    "http://LOCALHOST:8080/",
    "http://foo.localhost/",
    "http://printer.local/",
    "http://metadata.google.internal/computeMetadata/v1/",
    "http://router.home.arpa/",
    "http://intranet/",
    "http://kafka:9092/",
]

URLS = [
    "",
    "feed.xml",
    "//example.com/",
    "http:",
    "http:///feed",
    "http:example.com",
    "file:///etc/passwd",
    "gopher://example.com:70/_GET",
    "ftp://example.com/feed",
    "dict://example.com:11211/stat",
    "data:text/xml,<rss/>",
    "jar:http://example.com!/",
    "javascript:alert(1)",
    "ws://example.com/",
    "feed://example.com/rss",
    "http://user:secret@example.com/",
    "http://example.com@10.0.0.1/",
    "http://@example.com/",
    "http://example.com:80@10.0.0.1:80/",
    "http://10.0.0.1\\@example.com/",
    "http://example.com\\.evil.example/",
    "http://exa mple.com/",
    "http://example.com/\r\nHost: evil",
    "http://example.com/\tfeed",
    " http://example.com/",
    "http://example.com\x00.evil.example/",
    "http://127。0。0。1/",
    "http://example。com/",
    "http://example.com./",
    "http://localhost./",
    "http://example..com/",
    "http://.example.com/",
    "http://0.´/",
    "http://example.com´/",
    "http://%31%32%37.0.0.1/",
    "http://example%2ecom/",
    "http://[fe80::1%25eth0]/",
    "http://[::1/",
    "http://[::g]/",
    "http://example.com:0/",
    "http://example.com:22/",
    "http://example.com:25/",
    "http://example.com:6667/",
    "http://example.com:70000/",
    "http://example.com:-1/",
    "http://example.com:8o/",
    "https://example.com/" + "a" * 2048,
]

GOOD = {
    "http://example.com": "http://example.com",
    "http://example.com?a@b": "http://example.com/?a@b",
    "HTTPS://Example.COM:443/Feed?a=1&b=%20#top": "https://example.com/Feed?a=1&b=%20",
    "https://example.com:8443/rss": "https://example.com:8443/rss",
    "http://8.8.8.8/": "http://8.8.8.8/",
    "http://[2606:4700::1111]/": "http://[2606:4700::1111]/",
    "http://[64:ff9b::8.8.8.8]/": "http://[64:ff9b::808:808]/",
    "https://müller.example/straße": "https://xn--mller-kva.example/stra%C3%9Fe",
    "https://123.example.com/a@b": "https://123.example.com/a@b",
    "https://news.local.example.com/": "https://news.local.example.com/",
}


@pytest.mark.parametrize("url", ADDRESSES)
def test_addresses_and_names_that_are_not_of_the_public_internet(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        GUARD.url(url)
    assert caught.value.trouble == "address"


@pytest.mark.parametrize("url", URLS)
def test_urls_that_are_not_asked(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        GUARD.url(url)
    assert caught.value.trouble in {"url", "address"}
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(("url", "asked"), GOOD.items())
def test_urls_that_are(url: str, asked: str) -> None:
    assert str(GUARD.url(url)) == asked


@pytest.mark.parametrize(
    ("entry", "url"),
    [
        ("10.0.0.0/8", "http://10.1.2.3/"),
        ("10.0.0.0/8", "http://10.1.2.3:8080/"),
        ("10.1.2.3", "http://10.1.2.3/"),
        ("10.1.2.3:81", "http://10.1.2.3:81/"),
        ("[fd00::1]:8080", "http://[fd00::1]:8080/"),
        ("fd00::/8", "http://[fd00::1]/"),
        ("localhost:8080", "http://localhost:8080/"),
        ("feeds.corp.local", "https://feeds.corp.local/rss"),
        ("Feeds.corp.local", "https://feeds.CORP.local/rss"),
        ("example.com:81", "http://example.com:81/"),
    ],
)
def test_the_allow_list_opens_what_it_names(entry: str, url: str) -> None:
    with pytest.raises(FetchError):
        GUARD.url(url)
    assert Guard([entry]).url(url)


@pytest.mark.parametrize(
    ("entry", "url"),
    [
        ("10.0.0.0/8", "http://192.168.0.1/"),
        ("10.0.0.0/8", "http://10.0.0.1:22/"),
        ("10.0.0.0/8", "http://[::ffff:10.0.0.1]/"),
        ("10.1.2.3:81", "http://10.1.2.3:82/"),
        ("10.1.2.3:8080", "http://10.1.2.3/"),
        ("localhost:8080", "http://localhost:8081/"),
        ("localhost", "http://127.0.0.1/"),
        ("corp.local", "http://feeds.corp.local/"),
        ("127.0.0.1", "http://127.1/"),
        ("127.0.0.1", "file://127.0.0.1/etc/passwd"),
        ("example.com", "http://example.com:25/"),
    ],
)
def test_and_nothing_beside_it(entry: str, url: str) -> None:
    with pytest.raises(FetchError):
        Guard([entry]).url(url)


@pytest.mark.parametrize(
    "entry", ["", "10.0.0.0/8:80", "http://example.com/", "a@b", "host:port", "[::1", "10.0.0.1/8"]
)
def test_an_entry_of_the_list_that_is_none_is_said_to_be_none(entry: str) -> None:
    with pytest.raises(SettingsError, match="neither a network nor a host"):
        Guard([entry])


@given(st.integers(0, 2**32 - 1).map(ipaddress.IPv4Address))
def test_what_python_knows_to_be_no_public_address_is_refused(address: ipaddress.IPv4Address) -> None:
    if not address.is_global or address.is_multicast or address.is_reserved:
        assert refusal(address)
        for carrier in (f"::ffff:{address}", f"64:ff9b::{address}", f"::{address}", f"::ffff:0:{address}"):
            assert refusal(ipaddress.IPv6Address(carrier))
        assert refusal(ipaddress.IPv6Address((0x2002 << 112) | (int(address) << 80)))


@given(st.integers(0, 2**128 - 1).map(ipaddress.IPv6Address) | st.ip_addresses(v=6))
def test_so_is_what_it_knows_to_be_none_of_the_longer_ones(address: ipaddress.IPv6Address) -> None:
    inside = address.ipv4_mapped or address in ipaddress.IPv6Network("64:ff9b::/96")
    if (not address.is_global or address.is_multicast) and not inside:
        assert refusal(address)


@given(st.text(max_size=40).map(lambda text: f"http://{text}") | st.text(max_size=60))
def test_no_text_breaks_the_guard(text: str) -> None:
    try:
        url = GUARD.url(text)
    except FetchError:
        return
    assert url.scheme in {"http", "https"}
    assert url.raw_host
    assert GUARD.url(str(url)) == url
