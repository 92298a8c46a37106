"""WebVTT and SubRip transcripts: the words as running text, 'NAME:' where another person begins, a time for each cue.

The labels stand in capitals at the beginning of a line, so that `quotations.comparison.turns` reads each of them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from cryptonewshub.sources.documents.plain import decode_utf8, one_line_end
from cryptonewshub.sources.extracted import About, ExtractedText, ExtractionError

_TIME = r"(?:(?P<{0}h>\d{{1,3}}):)?(?P<{0}m>\d{{1,2}}):(?P<{0}s>\d{{1,2}})(?:[.,]\d{{1,3}})?"
_CUE = re.compile(rf"[ \t]*{_TIME.format('from')}[ \t]+-->[ \t]+{_TIME.format('to')}(?:[ \t].*)?")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]{1,120})>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:[bicuv]|lang|ruby|rt|font)(?:[.\s][^>]{0,200})?>|<\d[\d:.]{3,14}>", re.IGNORECASE)
_CHEVRONS = re.compile(r"\A(?:>>|»)[ \t]*")
_LABEL = re.compile(r"[-–—]?[ \t]*(?P<name>[^\W\d_][^:\n]{0,60}):[ \t]+(?=\S)")
_SMALL = frozenset({"of", "the", "de", "van", "von"})
_PAUSE = 4  # seconds without a word, after which a new paragraph begins


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a cue: when the cue begins and ends, in seconds, and who speaks, where that is told."""

    start: int
    end: int
    voice: str
    text: str


def read_vtt(content: bytes, name: str) -> ExtractedText:
    """Raises ExtractionError where the file has no cues, or is not UTF-8."""
    return _read(content, name, "text/vtt")


def read_srt(content: bytes, name: str) -> ExtractedText:
    """Raises ExtractionError where the file has no cues, or is not UTF-8."""
    return _read(content, name, "application/x-subrip")


def _read(content: bytes, name: str, media_type: str) -> ExtractedText:
    lines = list(_without_repeats(_lines(one_line_end(decode_utf8(content, name)))))
    if not lines:
        raise ExtractionError(f"{name} holds no lines with times; if it is a plain transcript, save it as .txt.")
    text, times = _running_text(lines)
    voices = list(dict.fromkeys(line.voice for line in lines))
    speaker = voices[0] if len(voices) == 1 else ""
    return ExtractedText(text, media_type, times=times, about=About(speaker=speaker))


def _lines(text: str) -> Iterator[_Line]:
    """The lines of every cue. A cue is a line with two times, and the lines up to the next empty one."""
    for block in re.split(r"\n[ \t]*\n", text):
        rows = block.split("\n")
        for number, row in enumerate(rows):
            if "-->" in row and (times := _CUE.fullmatch(row)):
                yield from _cue(times, rows[number + 1 :])
                break


def _cue(times: re.Match[str], rows: list[str]) -> Iterator[_Line]:
    start, end = (_seconds(times, which) for which in ("from", "to"))
    voice = ""
    for row in rows:
        for part in re.split(r"(?=<v[ .])", row):
            said = _VOICE.match(part.strip())
            voice = " ".join(html.unescape(said[1]).split()) if said else voice
            words = " ".join(html.unescape(_TAG.sub("", _VOICE.sub("", part))).split())
            if words:
                yield _Line(start, end, *_spoken(voice, words))


def _spoken(voice: str, words: str) -> tuple[str, str]:
    """Who speaks, and the words. A label in the words themselves ('JANE: Yes', '>> Jane: Yes') counts as a voice."""
    words = _CHEVRONS.sub("", words)
    label = _LABEL.match(words)
    if voice or label is None or not _is_name(label["name"]):
        return voice, words
    return label["name"].strip(), words[label.end() :]


def _is_name(label: str) -> bool:
    """Capitals throughout, or every word with a capital: 'REPORTER', 'Petra Lind', and not 'There are two ways'."""
    words = label.replace("(", " ").split()
    return bool(words) and len(words) <= 6 and all(word[0].isupper() or word in _SMALL for word in words)


def _without_repeats(lines: Iterator[_Line]) -> Iterator[_Line]:
    """Rolling captions show each line again while the next appears: the repetition is not said twice."""
    last = ""
    for line in lines:
        if line.text != last:
            yield line
        last = line.text


def _running_text(lines: list[_Line]) -> tuple[str, tuple[tuple[int, str], ...]]:
    pieces: list[str] = []
    times: list[tuple[int, str]] = []
    length = 0
    speaker = ""
    for before, line in pairwise([None, *lines]):
        assert line is not None
        is_new_voice = bool(line.voice) and line.voice != speaker
        joint = _joint(before, line, is_new_voice) + (f"{line.voice.upper()}: " if is_new_voice else "")
        speaker = line.voice or speaker
        label = f"{line.start // 3600:02}:{line.start // 60 % 60:02}:{line.start % 60:02}"
        if not times or times[-1][1] != label:
            times.append((length + len(joint) if times else 0, label))
        pieces += [joint, line.text]
        length += len(joint) + len(line.text)
    return "".join(pieces), tuple(times)


def _joint(before: _Line | None, line: _Line, is_new_voice: bool) -> str:
    if before is None:
        return ""
    return "\n\n" if is_new_voice or line.start - before.end >= _PAUSE else " "


def _seconds(times: re.Match[str], which: str) -> int:
    return int(times[f"{which}h"] or 0) * 3600 + int(times[f"{which}m"]) * 60 + int(times[f"{which}s"])
