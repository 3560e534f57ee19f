"""What an agreement is called: a noun phrase in the article's words, short enough for the heading of a page.

A heading begins with the instrument and its modifiers and goes on with whole parts ("on fish", "to supply gas"); it
ends where the phrase ends or where the next part would make it too long, never in the middle of a part.
"""

from collections.abc import Iterator, Sequence

from generator.extract.mentions import Form, Mention, link_of
from generator.extract.numbers import read_rows
from generator.extract.wordlists import Word
from generator.model import Instrument

LONGEST = 90  # characters
_SAMPLES = 12  # mentions of one agreement that are compared
_TAIL_WORDS = 40

_LISTS: dict[str, frozenset[str]] = {}
for _word, _list in read_rows("title_words.tsv"):
    _LISTS[_list] = _LISTS.get(_list, frozenset()) | {_word}
_START, _END, _DROP, _WEAK = _LISTS["start"], _LISTS["end"], _LISTS["drop"], _LISTS["weak"]
_NUMERALS = frozenset(row[0] for row in read_rows("number_words.tsv") if row[1] != "letter")
_MONTHS = frozenset(row[0].lower() for row in read_rows("date_words.tsv") if row[1] == "month")
_WORTH = frozenset(("worth", "valued"))
_OCCASIONS = frozenset(("sidelines", "margins", "eve", "day", "week", "month", "year", "presence", "course"))
_PERIODS = frozenset(("decade", "decades", "years", "year", "months"))
_VAGUE = _LISTS["vague"]
_CONTENT_WORDS = 8  # more of them do not make a better heading

_Part = list[Word]


def title_of(mentions: Sequence[Mention], parties: Sequence[str]) -> str:
    """The heading of the agreement that the mentions speak of; never empty.

    Args:
        mentions: At least one, in the order of the article.
        parties: Names as running text has them; they complete a heading that would say no more than "agreement".
    """
    sampled = mentions[:_SAMPLES]
    best = max(sampled, key=lambda mention: _worth(mention, _phrase(mention)))
    if best.is_verbal and best.head > best.left:
        return _deed(best)
    parts = _phrase(best)
    text = _text_of(best, parts)
    if not _is_told(best, parts) and 1 < len(parties) < 4:
        text = f"{text} between {', '.join(parties[:-1])} and {parties[-1]}"
    return text


def _deed(mention: Mention) -> str:
    """ "Borrowed $90 million from China" is a loan of that, "ordered 12 jets from Italy" a contract for them."""
    words = mention.words[mention.left + 1 : mention.last]
    sentence = mention.sentence
    text = sentence.text[words[0].start - sentence.start : words[-1].end - sentence.start]
    return f"{mention.instrument} {'of' if mention.instrument is Instrument.LOAN else 'for'} {' '.join(text.split())}"


def _worth(mention: Mention, parts: Sequence[_Part]) -> int:
    words = [word for part in parts for word in part]
    content = sum(len(word.low) > 3 and word.low not in _START and word.low not in _WEAK for word in words)
    score = min(content, _CONTENT_WORDS) + 4 * (mention.form is Form.NAMED)
    if mention.sentence.is_title or words[-1].text.isupper():
        score -= 5
    return score - 3 * any(word.low in ("our", "my", "your") for word in words)


def _is_told(mention: Mention, parts: Sequence[_Part]) -> bool:
    """The heading says more than the instrument, its number or year, and a word like "trade"."""
    if mention.is_verbal:
        return parts[0][0].low in _START
    if len(parts) > 1:
        return True
    own = [word for word in mention.words[mention.left : mention.head] if word.low not in _DROP | _WEAK]
    is_name = mention.form is Form.NAMED and mention.words[mention.head].text.isupper()
    telling = [word for word in own if word.text[0].isalpha() and word.low not in _VAGUE and not _is_number(word)]
    return is_name or len(telling) > 1 or any(not word.text.islower() or "-" in word.text for word in telling)


def _is_number(word: Word) -> bool:
    return word.low[0].isdigit() or word.low in _NUMERALS


def _text_of(mention: Mention, parts: Sequence[_Part]) -> str:
    """The words as the article has them, blanks made even."""
    sentence = mention.sentence
    pieces = [sentence.text[part[0].start - sentence.start : part[-1].end - sentence.start] for part in parts]
    text = " ".join(" ".join(pieces).split())
    if mention.is_verbal:
        return f"agreement {text}" if parts[0][0].low in _START else "agreement"
    return text.lower() if text.isupper() and " " in text else text


def _phrase(mention: Mention) -> list[_Part]:
    """The noun with its modifiers, then as many parts of its tail as a heading holds."""
    tail = list(_parts(mention))
    head = [] if mention.is_verbal else [_head(mention)]
    kept = head
    for part in tail:
        longer = [*kept, part]
        if len(_text_of(mention, longer)) > LONGEST:
            kept = (
                [_shortened(mention, part)] if not kept else kept[:-1] if len(kept) > 2 and _is_thin(kept[-1]) else kept
            )
            break
        kept = longer
    if len(kept) > 1 and mention.form is not Form.NAMED and _is_place(kept[-1]):
        kept = kept[:-1]
    while len(kept) > 1 and not (bare := _without_weak_end(kept[-1])):
        kept = kept[:-1]
    if kept and (bare := _without_weak_end(kept[-1])):
        kept = [*kept[:-1], bare]
    return kept or [list(mention.words[mention.left : mention.last + 1])]


def _is_thin(part: _Part) -> bool:
    """ "at a plant", "in exchange": says nothing without the part that follows."""
    return sum(word.low not in _START and word.low not in _WEAK for word in part) < 2 and part[0].low in ("at", "in")


def _is_term(part: _Part) -> bool:
    return part[0].low in ("for", "over", "through", "from") and not _PERIODS.isdisjoint(word.low for word in part)


def _is_place(part: _Part) -> bool:
    return part[0].low in ("in", "at") and all(word.text[0].isupper() or word.low == "the" for word in part[1:])


def _head(mention: Mention) -> _Part:
    """The noun phrase, without what only praises it, with the number of a bundle."""
    words = mention.words
    left = mention.left
    while left < mention.head and words[left].text in _DROP | _WEAK:
        left += 1
    if mention.count and left == mention.left and left and _is_number(words[left - 1]):
        return list(words[left - 1 : mention.last + 1])
    while len(_text_of(mention, [list(words[left : mention.last + 1])])) > LONGEST and left < mention.head:
        left += 1
    return list(words[left : mention.last + 1])


def _parts(mention: Mention) -> Iterator[_Part]:
    """The tail cut before each preposition but "of"; sums, days and the place of the report are left out."""
    part: _Part = []
    for word in _tail(mention):
        is_within = bool(part) and part[0].low in _WORTH and word.low in ("over", "of", "about", "under", "between")
        if part and word.low in _START and word.low != "of" and not is_within and not _binds(part):
            if not _is_left_out(part):
                yield part
            part = []
        part.append(word)
    if part and not _is_left_out(part):
        yield part


def _is_left_out(part: _Part) -> bool:
    """Sums and terms have fields of their own."""
    return part[0].low in _WORTH or _is_term(part)


def _binds(part: _Part) -> bool:
    """ "in cooperation with" must not end after its first word: a part is more than a preposition."""
    return all(word.low in _START or word.low in _WEAK for word in part)


def _tail(mention: Mention) -> list[Word]:
    """The words after the noun that belong to its phrase."""
    words, first = mention.words, mention.last + 1
    if mention.is_verbal and mention.head == mention.left:
        first = link_of(words, mention.last) or mention.last
        first += words[first].low in ("terms", "that")
    stop = min(len(words), first + _TAIL_WORDS)
    cue = mention.cue
    if cue is not None and cue.is_verb and first < cue.first < stop and words[cue.first - 1].low not in _START:
        stop = cue.first
    if first >= stop or words[first].low not in _START or _is_of_the_report(words, first):
        return []
    found: list[Word] = []
    at = first
    while at < stop:
        word = words[at]
        if word.low in _MONTHS and word.text[0].isupper():
            return _without_last_part(found)
        if word.low.isdigit() and len(word.low) == 4 and found and found[-1].low in ("in", "since", "by"):
            return found[:-1]
        if word.text == ",":
            more = _list_after(words, at, stop)
            if not more:
                break
            found.extend(words[at:more])
            at = more
            continue
        if word.text == "(" and (after := _after_brackets(words, at, stop)):
            at = after
            continue
        if not _goes_on(words, at):
            break
        found.append(word)
        at += 1
    return found


def _after_brackets(words: Sequence[Word], opening: int, stop: int) -> int:
    """Behind "(£78bn)" where the phrase goes on; 0 where it ends."""
    closing = next((at for at in range(opening + 1, min(opening + 9, stop)) if words[at].text == ")"), stop)
    return closing + 1 if closing + 1 < stop and words[closing + 1].text[0].isalpha() else 0


def _goes_on(words: Sequence[Word], at: int) -> bool:
    word, before = words[at], words[at - 1]
    if word.low in _END:
        return word.low == "than" and before.low in ("more", "less")
    is_inner = word.text in "-–’'/" and word.start == before.end
    return is_inner or word.text[0].isalnum() or word.text in "$€£₹¥&%"


def _is_of_the_report(words: Sequence[Word], first: int) -> bool:
    """ "signed a pact in Geneva", "a memorandum on the sidelines of the summit": not what it is about."""
    after = words[first + 1] if first + 1 < len(words) else None
    if after is None or words[first].low not in ("in", "at", "on", "by", "under"):
        return False
    later = words[first + 2].low if first + 2 < len(words) else ""
    if words[first].low != "on" and words[first].low != "by" and after.text[0].isupper():
        return True
    return after.low in _END or later in _OCCASIONS


def _without_last_part(found: list[Word]) -> list[Word]:
    for place in range(len(found) - 1, -1, -1):
        if found[place].low in _START:
            return found[:place]
    return []


def _list_after(words: Sequence[Word], comma: int, stop: int) -> int:
    """Where the list ends that goes on at a comma ("helicopters, weapons, and space"); 0 if none does."""
    at = comma
    while at < stop and words[at].text == ",":
        at += 1
        if at < stop and words[at].low == "and":
            if at == comma + 1:
                return 0
            break
        begin = at
        while at < stop and at - begin < 4 and _may_be_listed(words[at]):
            at += 1
        if at == begin:
            return 0
    if at >= stop or words[at].low != "and":
        return 0
    last = at + 1
    while last < stop and last - at < 4 and _may_be_listed(words[last]):
        last += 1
    return last if last > at + 1 else 0


def _may_be_listed(word: Word) -> bool:
    return word.text[0].isalpha() and word.low not in _START | _END | _WEAK


def _shortened(mention: Mention, part: _Part) -> _Part:
    """A part that is too long by itself, cut where a new thing begins."""
    for count in range(len(part) - 1, 1, -1):
        if part[count].low in ("and", ",", "of") and len(_text_of(mention, [part[:count]])) <= LONGEST:
            return part[:count]
    return part[:8]


def _without_weak_end(part: _Part) -> _Part:
    end = len(part)
    while end and (part[end - 1].low in _START or part[end - 1].low in _WEAK or not part[end - 1].text[0].isalnum()):
        end -= 1
    return part[:end]
