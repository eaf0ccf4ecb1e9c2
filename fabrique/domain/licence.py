"""Under which terms a text of the library may be taken up: a code, a name, a plain sentence."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from fabrique.domain.text import Text


class Licence(Struct, frozen=True):
    """Terms; `code` is that of SPDX where there is one."""

    code: str
    name: str | Text
    means: Text
    address: str = ""  # of its text, without a language

    def link(self, language: str) -> str:
        """Give the address of its text for a reader of `language`."""
        return f"{self.address}deed.{language}" if self.address else ""


BY = Text("You may share and change it, even for money, if you name the authors.")
BY_SA = Text(
    "You may share and change it, even for money, if you name the authors and share what you make"
    " of it in the same way."
)
BY_ND = Text("You may share it as it is, even for money, if you name the authors.")
BY_NC = Text("You may share and change it if you name the authors, but not for money.")
BY_NC_SA = Text(
    "You may share and change it if you name the authors and share what you make of it in the same"
    " way, but not for money."
)
BY_NC_ND = Text("You may share it as it is if you name the authors, but not for money.")
FREE = Text("You may do what you like with it, without asking or naming anybody.")
RESERVED = Text("You may read it here; ask its authors before you share or change it.")
_CC = "https://creativecommons.org/licenses/"
_ALL = (
    Licence("", Text("All rights reserved"), RESERVED),
    Licence("CC0-1.0", "CC0 1.0", FREE, "https://creativecommons.org/publicdomain/zero/1.0/"),
    Licence("CC-BY-4.0", "CC BY 4.0", BY, f"{_CC}by/4.0/"),
    Licence("CC-BY-SA-4.0", "CC BY-SA 4.0", BY_SA, f"{_CC}by-sa/4.0/"),
    Licence("CC-BY-ND-4.0", "CC BY-ND 4.0", BY_ND, f"{_CC}by-nd/4.0/"),
    Licence("CC-BY-NC-4.0", "CC BY-NC 4.0", BY_NC, f"{_CC}by-nc/4.0/"),
    Licence("CC-BY-NC-SA-4.0", "CC BY-NC-SA 4.0", BY_NC_SA, f"{_CC}by-nc-sa/4.0/"),
    Licence("CC-BY-NC-ND-4.0", "CC BY-NC-ND 4.0", BY_NC_ND, f"{_CC}by-nc-nd/4.0/"),
)
LICENCES: Mapping[str, Licence] = {one.code: one for one in _ALL}
