"""Third-party files are what the list says; the chart library is the one our figures are made for."""

import tomllib

import pytest
from django.core.management import CommandError, call_command
from plotly.offline import get_plotlyjs_version

from kiwoomweb.ui import vendored
from kiwoomweb.ui.vendored import complaints, folder, served_form


def entry(package: str):
    return next(part for part in vendored.vendored() if part.package == package)


def test_every_file_is_what_the_list_says(capsys):
    call_command("vendor")

    assert list(complaints()) == []
    assert "files are what vendor.toml says" in capsys.readouterr().out


def test_the_browser_draws_with_the_version_the_server_writes_for():
    assert entry("plotly.js-cartesian-dist-min").version == get_plotlyjs_version()


def test_each_entry_names_an_exact_version_and_a_licence():
    for part in tomllib.loads((folder() / "vendor.toml").read_text())["file"]:
        assert part["version"].replace(".", "").isdigit()
        assert part["licence"] in {"MIT", "Apache-2.0", "OFL-1.1"}


def test_no_file_asks_for_a_source_map_that_is_not_there():
    for script in folder().rglob("*.js"):
        assert b"sourceMappingURL" not in script.read_bytes()[-200:]
    assert served_form(b"let a\n//# sourceMappingURL=a.js.map\n") == b"let a\n"


def test_a_changed_file_is_noticed(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    place = tmp_path / "static" / "vendor"
    (place / "x").mkdir(parents=True)
    (place / "x" / "x.js").write_text("changed")
    (place / "x" / "stray.js").write_text("stray")
    (place / "vendor.toml").write_text(
        '[[file]]\npackage = "x"\nversion = "1.0"\nsource = "x.js"\nfile = "x/x.js"\nsha256 = "00"\n'
        'licence = "MIT"\nlicence_file = "x/LICENSE"\n'
    )

    with pytest.raises(CommandError) as told:
        call_command("vendor")

    for complaint in ("x/x.js is not what", "no licence text", "x/stray.js is not in"):
        assert complaint in str(told.value)
