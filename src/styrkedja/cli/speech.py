"""Makes click speak Swedish, like everything that the commands print themselves."""

import gettext
import sys
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def speak_swedish() -> None:
    """Gives click's modules our translations in the place of Python's gettext, which looks for a catalogue of the machine's language.

    Where the catalogues have not been built, click goes on in English.
    """
    swedish = gettext.translation("click", LOCALE, ["sv"], fallback=True)
    for name, module in list(sys.modules.items()):
        if name.startswith("click.") and getattr(module, "_", None) is gettext.gettext:
            vars(module).update({"_": swedish.gettext, "ngettext": swedish.ngettext})
