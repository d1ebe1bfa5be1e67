import zipfile
from io import BytesIO

import pytest

from styrkedja.core.archives import MAX_ENTRIES, Archive, open_archive


def packed(**entries: bytes) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("_", "."), data)
    return written.getvalue()


def test_a_zip_within_the_limits_is_opened() -> None:
    found = open_archive(packed(a_xml=b"<a/>", b_png=b"123"), max_unpacked=100)
    assert isinstance(found, Archive)
    assert (list(found.names), found.unpacked, found.has("a.xml"), found.has("c")) == (["a.xml", "b.png"], 7, True, False)


@pytest.mark.parametrize(
    "content",
    [packed(a_png=b"0" * 101), packed(a_xml=b"0" * 21), packed(**{f"a{number}": b"" for number in range(MAX_ENTRIES + 1)})],
)
def test_what_would_be_too_much_is_refused_by_its_directory(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def unpack(*_anything: object) -> bytes:
        raise AssertionError("something was unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "read", unpack)
    assert open_archive(content, max_unpacked=100) == "too_large"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", packed(a_xml=b"<a/>")[:-10], b"no zip"])
def test_a_damaged_zip_is_told(content: bytes) -> None:
    assert open_archive(content, max_unpacked=100) == "damaged"


def test_a_zip_that_lies_about_its_sizes_is_damaged_and_not_unpacked_further() -> None:
    content = packed(a_xml=b"0" * 50)
    lying = content.replace((50).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert open_archive(lying, max_unpacked=100) == "damaged"


@pytest.mark.parametrize("xml", ["<!DOCTYPE a>", "<!doctype a>", "<a/><!ENTITY b 'c'>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_are_told(xml: str, encoding: str) -> None:
    assert open_archive(packed(a_xml=xml.encode(encoding)), max_unpacked=1_000) == "entities"


def test_a_zip_with_a_password_is_told() -> None:
    content = bytearray(packed(a_xml=b"<a/>"))
    content[content.find(b"PK\x01\x02") + 8] |= 1
    assert open_archive(bytes(content), max_unpacked=100) == "encrypted"
