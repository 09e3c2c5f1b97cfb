"""Layers are read as a container sees them, hostile archives included, and nothing is written to disk."""

from __future__ import annotations

import gzip
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dockgen.errors import EngineError
from dockgen.verify.docker_archive import read_archive
from dockgen.verify.filesystem import overlay, read_all
from dockgen.verify.layout import DirectoryLayout, TarLayout
from dockgen.verify.needles import Canary, Haystack
from dockgen.verify.oci import read_image
from unit.verify.archives import OCI, Archive, folder, link, member, tar_of

SECRET = "the-secret-value-0123456789"
HAYSTACK = Haystack((Canary("the secret x", SECRET),), "no-marker")


@pytest.fixture
def image_of(tmp_path: Path) -> Callable[..., Any]:
    def make(*layers: bytes, **options: Any) -> Any:
        archive = Archive()
        return read_image(
            TarLayout(archive.write(tmp_path / "image.tar", archive.image(list(layers), **options)))
        )

    return make


def paths(image: Any) -> set[str]:
    return set(overlay(read_all(image, HAYSTACK)).entries)


def test_whiteouts_hide_files_and_folders(image_of: Callable[..., Any]) -> None:
    first = tar_of(folder("a"), member("a/x", b"1"), member("a/y", b"2"), folder("b"), member("b/z", b"3"))
    second = tar_of(member("a/.wh.x"), member(".wh.b"))
    assert paths(image_of(first, second)) == {"/a", "/a/y"}


def test_an_opaque_folder_hides_what_was_below_and_keeps_what_comes_with_it(
    image_of: Callable[..., Any],
) -> None:
    first = tar_of(folder("a"), member("a/x", b"1"))
    second = tar_of(folder("a"), member("a/.wh..wh..opq"), member("a/new", b"2"))
    assert paths(image_of(first, second)) == {"/a", "/a/new"}


def test_a_deleted_secret_is_found_with_its_path(image_of: Callable[..., Any]) -> None:
    first = tar_of(member("other", b"0"), member("home/key", SECRET.encode()))
    second = tar_of(member("home/.wh.key"))
    contents = read_all(image_of(first, second), HAYSTACK)
    assert [content.found for content in contents] == [["the secret x (plain) in /home/key"], []]


@pytest.mark.parametrize(
    "odd",
    [
        member(SECRET, b""),
        link("l", f"/somewhere/{SECRET}"),
        member("x", b"", uname=SECRET),
        member("x", b"", pax_headers={"SCHILY.xattr.user.note": SECRET}),
        member(".wh." + SECRET),
    ],
    ids=["name", "link", "owner", "attribute", "whiteout"],
)
def test_a_secret_outside_of_file_contents_is_found(
    odd: tuple[tarfile.TarInfo, bytes], image_of: Callable[..., Any]
) -> None:
    (content,) = read_all(image_of(tar_of(odd)), HAYSTACK)
    assert content.found


def test_a_secret_behind_the_end_of_the_archive_is_found(image_of: Callable[..., Any]) -> None:
    (content,) = read_all(image_of(tar_of(member("x", b"1")) + SECRET.encode()), HAYSTACK)
    assert content.found


def test_a_gzipped_file_is_opened(image_of: Callable[..., Any]) -> None:
    (content,) = read_all(image_of(tar_of(member("log.gz", gzip.compress(SECRET.encode())))), HAYSTACK)
    assert content.found == ["the secret x (packed, plain) in /log.gz"]


def test_what_is_too_large_to_be_unpacked_is_told(
    image_of: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dockgen.verify.stream.PACKED_LIMIT", 1000)
    bomb, small = gzip.compress(b"\0" * 2000), gzip.compress(b"x")
    (content,) = read_all(image_of(tar_of(member("a", bomb), member("b", small))), HAYSTACK)
    assert content.unopened == ["/a"]
    monkeypatch.setattr("dockgen.verify.filesystem.PACKED_LIMIT", 10)
    (content,) = read_all(image_of(tar_of(member("a", b"x" * 20), member("b", small))), HAYSTACK)
    assert content.unopened == ["/b"]


def test_names_that_climb_out_stay_inside(image_of: Callable[..., Any]) -> None:
    assert paths(image_of(tar_of(member("../../etc/passwd", b"x")))) == {"/etc/passwd"}


def test_links_are_followed_and_circles_end(image_of: Callable[..., Any]) -> None:
    layer = tar_of(folder("usr"), folder("usr/bin"), member("usr/bin/dash", b"x"), link("bin", "usr/bin"))
    layer2 = tar_of(link("usr/bin/sh", "dash"), link("a", "b"), link("b", "a"))
    files = overlay(read_all(image_of(layer, layer2), HAYSTACK))
    found = files.resolve("/bin/sh")
    assert found is not None
    assert found.path == "/usr/bin/dash"
    assert files.resolve("/a") is None


def test_an_uncompressed_layer_is_read(image_of: Callable[..., Any]) -> None:
    assert paths(image_of(tar_of(member("x", b"1")), kind="tar")) == {"/x"}


@pytest.mark.parametrize("kind", ["tar", "tar+gzip"])
def test_a_layer_that_is_no_archive_is_an_error_with_a_sentence(
    kind: str, image_of: Callable[..., Any]
) -> None:
    with pytest.raises(EngineError, match="cannot be read"):
        read_all(image_of(b"\xff" * 2048, kind=kind), HAYSTACK)


def test_zstd_says_what_to_do(image_of: Callable[..., Any]) -> None:
    with pytest.raises(EngineError, match="zstd"):
        read_all(image_of(b"", kind="tar+zstd"), HAYSTACK)


@pytest.mark.parametrize("digest", ["sha256:../../../etc/passwd", "md5:aa", "", "sha256:" + "A" * 64])
def test_an_invalid_digest_opens_nothing(digest: str, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="invalid digest"):
        DirectoryLayout(tmp_path).open(digest)


def test_a_link_in_the_cache_folder_is_refused(tmp_path: Path) -> None:
    name = "a" * 64
    (tmp_path / "blobs" / "sha256").mkdir(parents=True)
    (tmp_path / "blobs" / "sha256" / name).symlink_to("/etc/hostname")
    with pytest.raises(EngineError, match="link"):
        DirectoryLayout(tmp_path).open("sha256:" + name)


@pytest.mark.parametrize("index", [b"", b"[]", b"{", b'{"manifests": 7}', b"[" * 100_000], ids=range(5))
def test_a_broken_index_is_an_error_with_a_sentence(index: bytes, tmp_path: Path) -> None:
    path = tmp_path / "image.tar"
    path.write_bytes(tar_of(member("index.json", index)))
    with pytest.raises(EngineError):
        read_image(TarLayout(path))


def test_an_index_that_holds_itself_ends(tmp_path: Path) -> None:
    archive = Archive()
    digest = "sha256:" + "b" * 64
    row = {"mediaType": f"{OCI}.index.v1+json", "digest": digest}
    archive.blobs[digest] = json.dumps({"manifests": [row]}).encode()
    with pytest.raises(EngineError, match="no image"):
        read_image(TarLayout(archive.write(tmp_path / "i.tar", row)))


def saved(path: Path, *rows: tuple[tarfile.TarInfo, bytes]) -> Path:
    path.write_bytes(tar_of(*rows))
    return path


def test_an_archive_of_docker_save_is_read_with_its_healthcheck(tmp_path: Path) -> None:
    layer = tar_of(member("app/key", SECRET.encode()))
    config = {"config": {"Healthcheck": {"Test": ["CMD", "true"]}}, "rootfs": {"diff_ids": ["sha256:aa"]}}
    manifest = [{"Config": "c.json", "Layers": ["l.tar"]}]
    path = saved(
        tmp_path / "saved.tar",
        member("manifest.json", json.dumps(manifest).encode()),
        member("c.json", json.dumps(config).encode()),
        member("l.tar", layer),
    )
    image = read_archive(path)
    assert image.settings["Healthcheck"] == {"Test": ["CMD", "true"]}
    (content,) = read_all(image, HAYSTACK)
    assert content.found == ["the secret x (plain) in /app/key"]
    assert (image.layers[0].size, content.unpacked) == (len(layer), len(layer))


@pytest.mark.parametrize(
    "manifest",
    [[], [{"Config": "c.json", "Layers": ["a", "b"]}], [{"Config": "../../etc/passwd"}], {"a": 1}, [7]],
    ids=range(5),
)
def test_a_wrong_archive_of_docker_save_is_an_error_with_a_sentence(manifest: object, tmp_path: Path) -> None:
    rows = [member("manifest.json", json.dumps(manifest).encode()), member("c.json", b"{}")]
    with pytest.raises(EngineError, match="archive"):
        read_archive(saved(tmp_path / "saved.tar", *rows))
