"""Where a webhook may go: every way to write a way inside that we know of."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.actions.webhooks.addresses import Forbidden, check_url, choose, public

REFUSED_URLS = [
    "http://hooks.example.com/",
    "ftp://hooks.example.com/",
    "file:///etc/passwd",
    "gopher://hooks.example.com:443/",
    "javascript:alert(1)",
    "//hooks.example.com/",
    "hooks.example.com",
    "",
    "https://",
    "https:///path",
    "https://hooks.example.com:80/",
    "https://hooks.example.com:8443/",
    "https://hooks.example.com:0/",
    "https://hooks.example.com:99999/",
    "https://hooks.example.com:x/",
    "https://user@hooks.example.com/",
    "https://user:pass@hooks.example.com/",
    "https://hooks.example.com@127.0.0.1/",
    "https://127.0.0.1#@hooks.example.com/",
    "https://hooks.example.com/#fragment",
    "https://hooks.example.com\\@127.0.0.1/",
    "https://127.0.0.1\\.hooks.example.com/",
    "https://hooks.example.com/\r\nHost: inside",
    "https://hooks.example.com/\tpath",
    " https://hooks.example.com/",
    "https://hooks.example.com/ path",
    "https://hooks.exa\x00mple.com/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://0/",
    "https://0.0.0.0/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",
    "https://017700000001/",
    "https://127.0.0.1./",
    "https://10.0.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://192.168.0.1/",
    "https://172.16.0.1/",
    "https://100.64.0.1/",
    "https://8.8.8.8/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[fe80::1%25eth0]/",
    "https://[fd00::1]/",
    "https://[2606:4700:4700::1111]/",
    "https://[not-an-address]/",
    "https://localhost/",
    "https://LOCALHOST/",
    "https://metadata/",
    "https://nats/",
    "https://kubernetes.default.svc:443@x/",
    "https://hooks..example.com/",
    "https://.example.com/",
    "https://-hooks.example.com/",
    "https://hooks_.example.com/",
    "https://hooks.example.com./",
    "https://hooks.example.1/",
    "https://ex%61mple.com/",
    "https://①②⑦.⓪.⓪.①/",
    "https://hooks。example.com/",
    "https://hööks.example.com/",
    "https://" + "a." * 130 + "com/",
    "https://" + "a" * 64 + ".example.com/",
]

REFUSED_ADDRESSES = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.1.2.3",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.127.255.255",
    "192.0.0.8",
    "192.0.0.9",
    "192.0.2.1",
    "192.88.99.1",
    "2001:1::1",
    "2001:20::1",
    "3fff::1",
    "5f00::1",
    "100::1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:808:808::",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:db8::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "ff0e::1",
]


@pytest.mark.parametrize("url", REFUSED_URLS)
def test_urls_that_are_no_plain_https_name_are_refused(url: str) -> None:
    with pytest.raises(Forbidden):
        check_url(url)


def test_enough_forms_are_tried() -> None:
    assert len(set(REFUSED_URLS)) >= 60
    assert len(set(REFUSED_ADDRESSES)) >= 35


@pytest.mark.parametrize("address", REFUSED_ADDRESSES)
def test_addresses_that_are_not_public_forbid_the_name_even_beside_public_ones(address: str) -> None:
    target = check_url("https://hooks.example.com/")
    for resolved in ([address], ["93.184.215.14", address], [address, "93.184.215.14"]):
        with pytest.raises(Forbidden, match="not public"):
            choose(target, resolved)


@pytest.mark.parametrize("address", ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "::ffff:5db8:d70e"])
def test_public_addresses_pass(address: str) -> None:
    assert choose(check_url("https://hooks.example.com/a?b=c"), [address]) == address


def test_a_plain_name_passes_whole() -> None:
    target = check_url("https://Hooks.Example.com/a/b?c=d&e=%20")
    assert (target.host, target.port, target.path, target.authority) == (
        "hooks.example.com",
        443,
        "/a/b?c=d&e=%20",
        "hooks.example.com",
    )
    assert check_url("https://hooks.example.com:443").path == "/"


def test_loopback_is_allowed_only_where_it_is_declared_and_then_nothing_else_is() -> None:
    target = check_url("http://127.0.0.1:8099/receiver", loopback=True)
    assert (target.scheme, target.port, target.authority) == ("http", 8099, "127.0.0.1:8099")
    assert check_url("http://[::1]:80/", loopback=True).authority == "[::1]"
    assert choose(target, ["127.0.0.1"]) == "127.0.0.1"
    for url in (
        "https://hooks.example.com/",
        "http://127.0.0.2/",
        "http://localhost/",
        "http://u@127.0.0.1/",
        "ftp://127.0.0.1/",
    ):
        with pytest.raises(Forbidden):
            check_url(url, loopback=True)
    with pytest.raises(Forbidden):
        choose(target, ["93.184.215.14"])


def test_a_name_without_addresses_is_refused() -> None:
    target = check_url("https://hooks.example.com/")
    for resolved in ([], ["nonsense"]):
        with pytest.raises(Forbidden):
            choose(target, resolved)


@given(st.ip_addresses())
def test_what_is_public_is_global_and_reaches_nothing_by_another_name(address: object) -> None:
    checked = ip_address(str(address))
    if public(checked):
        assert not checked.is_loopback
        assert not checked.is_link_local
        assert not checked.is_multicast
        assert (getattr(checked, "ipv4_mapped", None) or checked).is_global


@given(st.text(max_size=40))
def test_no_text_raises_anything_else(text: str) -> None:
    for url in (text, f"https://{text}", f"https://{text}.example.com/{text}"):
        try:
            target = check_url(url)
        except Forbidden:
            continue
        assert (target.scheme, target.port) == ("https", 443)
