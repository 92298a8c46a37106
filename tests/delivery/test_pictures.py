"""The lighter forms of a picture: each in two formats, none larger than the picture itself."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

from cryptonewshub.delivery.pictures import missing_forms
from cryptonewshub.reader.pictures import focus_class, srcset, widths_of


def _picture(folder: Path, width: int, height: int) -> Path:
    file = folder / "0a1b.webp"
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(file)
    return file


def test_every_form_that_a_page_names_is_made(tmp_path: Path) -> None:
    made = dict(missing_forms(_picture(tmp_path, 1000, 500), tmp_path / "media"))
    named = {
        entry.split()[0].removeprefix("/media/")
        for kind in ("avif", "webp")
        for entry in srcset("0a1b.webp", 1000, kind).split(", ")
    }
    assert made.keys() == named
    for name, data in made.items():
        with Image.open(BytesIO(data)) as form:
            assert form.format == name.rsplit(".", 1)[1].upper()
            assert form.width == int(name.split("-")[1].split(".")[0])
            assert abs(form.width / form.height - 2) < 0.02


def test_what_is_there_is_not_made_again(tmp_path: Path) -> None:
    picture = _picture(tmp_path, 600, 400)
    for name, data in missing_forms(picture, tmp_path):
        (tmp_path / name).write_bytes(data)
    assert list(missing_forms(picture, tmp_path)) == []


def test_a_small_picture_is_never_made_larger(tmp_path: Path) -> None:
    assert widths_of(300) == (300,)
    assert {name for name, _ in missing_forms(_picture(tmp_path, 300, 200), tmp_path)} == {
        "0a1b-300.avif",
        "0a1b-300.webp",
    }


def test_a_file_that_is_no_picture_has_no_forms(tmp_path: Path) -> None:
    file = tmp_path / "broken.webp"
    file.write_bytes(b"RIFF....WEBP")
    assert list(missing_forms(file, tmp_path)) == []


def test_the_focal_point_is_named_in_tenths() -> None:
    assert focus_class((34, 100)) == "fx-3 fy-10"
    assert focus_class(None) == ""
