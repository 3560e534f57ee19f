"""Cut the fonts of the printed briefings out of Debian's packages fonts-noto-core and fonts-noto-cjk.

    python .ci/fonts.py NOTO_FOLDER NOTO_CJK_REGULAR templates/print/fonts

Needs fonttools. Only what text in a script needs is kept, hints are dropped, and the list of characters that some font
has is written beside the fonts as covered.txt: ranges of code points in hexadecimal. Noto reserves no font name, so
that the cut fonts may keep theirs.
"""

import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TEXT = [  # Latin, Greek, Cyrillic with all that belongs to them
    *range(0x20, 0x0590),
    *range(0x1C80, 0x1C90),
    *range(0x1D00, 0x2000),
    *range(0x2000, 0x2190),
    0x2190,
    0x2191,
    0x2192,
    0x2193,
    *range(0x2200, 0x2270),
    0x25CC,
    *range(0x2C60, 0x2C80),
    *range(0x2DE0, 0x2E60),
    *range(0xA640, 0xA6A0),
    *range(0xA700, 0xA800),
    *range(0xAB30, 0xAB70),
    *range(0xFB00, 0xFB07),
    0xFFFD,
]
FACES = {
    "NotoSans-Regular": TEXT,
    "NotoSans-Bold": TEXT,
    "NotoSans-Italic": TEXT,
    "NotoSans-BoldItalic": TEXT,
    "NotoSerif-Regular": TEXT,
    "NotoSerif-Bold": TEXT,
    "NotoSerif-Italic": TEXT,
}
SCRIPTS = (
    *("Arabic", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Hebrew"),
    *("Kannada", "Khmer", "Lao", "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Thaana", "Thai"),
    *("Math", "Symbols", "Symbols2"),
)
SIGNS = [*range(0x2190, 0x2C00), *range(0x1F100, 0x1F200)]  # arrows, mathematics, shapes, dingbats, boxed letters
LIMITED = {"Math": SIGNS, "Symbols": SIGNS, "Symbols2": SIGNS}


def main(noto: str, cjk: str, target: str) -> None:
    """Write the fonts and the list of what they cover."""
    folder = Path(target)
    folder.mkdir(parents=True, exist_ok=True)
    covered: set[int] = set()
    for name, points in FACES.items():
        covered |= cut(TTFont(Path(noto, f"{name}.ttf")), points, folder / f"{name}.ttf")
    for script in SCRIPTS:
        font = TTFont(Path(noto, f"NotoSans{script}-Regular.ttf"))
        points = LIMITED.get(script) or list(font.getBestCmap())
        covered |= cut(font, points, folder / f"NotoSans{script}-Regular.ttf")
    covered |= cut(TTFont(cjk, fontNumber=2), east_asian(), folder / "NotoSansCJKsc-Regular.otf")
    words = (f"{first:X}" if first == last else f"{first:X}-{last:X}" for first, last in ranges(covered))
    (folder / "covered.txt").write_text(textwrap.fill(" ".join(words), 120, break_on_hyphens=False) + "\n", "ascii")


def cut(font: TTFont, points: Iterable[int], path: Path) -> set[int]:
    """Write a font that has these characters; returns those that it has."""
    options = Options()
    options.hinting = False
    options.desubroutinize = False
    options.layout_features = [*Options().layout_features, "locl", "ccmp", "mark", "mkmk"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.drop_tables += ["STAT", "vhea", "vmtx", "VORG", "BASE"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=set(points))
    subsetter.subset(font)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(path)
    return set(font.getBestCmap())


def east_asian() -> set[int]:
    """What the national standards of China, Taiwan, Japan and Korea hold; all syllables of Korean."""
    found = set(range(0x3000, 0x3130)) | set(range(0xAC00, 0xD7A4)) | set(range(0xFF00, 0xFFF0))
    for point in range(0x3400, 0xA000):
        if any(encodable(chr(point), name) for name in ("gb2312", "shift_jis", "euc_kr")) or is_common(chr(point)):
            found.add(point)
    return found


def encodable(text: str, name: str) -> bool:
    """Whether an encoding has the text."""
    try:
        text.encode(name)
    except UnicodeEncodeError:
        return False
    return True


def is_common(text: str) -> bool:
    """Whether Big5 has the character among those in common use, its first level."""
    return encodable(text, "big5") and text.encode("big5")[0] < 0xC9


def ranges(points: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Runs of numbers, first and last."""
    ordered = sorted(points)
    first = last = ordered[0]
    for point in ordered[1:]:
        if point != last + 1:
            yield first, last
            first = point
        last = point
    yield first, last


if __name__ == "__main__":
    main(*sys.argv[1:])
