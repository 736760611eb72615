"""Bytes of a script, and its text by Python's own rules (BOM, PEP 263)."""
import binascii
import codecs
import os
import re
import stat

MAX_BYTES = 20 * 1024 * 1024
COOKIE = re.compile(br"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
BLANK = re.compile(br"^[ \t\f]*(?:#.*)?$")


class Unreadable(Exception):
    """The file can't be judged; `reason` is a sentence without its subject, `line` is 1-based."""

    def __init__(self, reason, line=1):
        Exception.__init__(self, reason)
        self.reason = reason
        self.line = line


def content_of(job):
    """The bytes to judge: those that came with the job, or its file's."""
    if "content" in job:
        return binascii.a2b_base64(job["content"])
    return read_bytes(job["path"])


def read_bytes(path):
    try:
        kind = os.stat(path)
        if stat.S_ISDIR(kind.st_mode):
            raise Unreadable("is a folder, not a script")
        if not stat.S_ISREG(kind.st_mode):
            raise Unreadable("is not a regular file")
        if kind.st_size > MAX_BYTES:
            raise Unreadable("has %d bytes; a script has at most %d" % (kind.st_size, MAX_BYTES))
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable("can't be read: %s" % (error.strerror or error))
    if len(data) > MAX_BYTES:
        raise Unreadable("grew past %d bytes while it was read" % MAX_BYTES)
    return data


def decode(data):
    """The text, its byte order mark dropped. Raises Unreadable, naming the line of the first bad byte."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable("is encoded in UTF-16; Python reads UTF-8")
    nul = data.find(b"\0")
    if nul >= 0:
        raise Unreadable("holds a nul byte: it is not text", _line_of(data, nul))
    marked = data.startswith(codecs.BOM_UTF8)
    body = data[len(codecs.BOM_UTF8) :] if marked else data
    declared = _declared_encoding(body)
    encoding = declared or "utf-8"
    try:
        codec = codecs.lookup(encoding)
        if not getattr(codec, "_is_text_encoding", True):
            raise Unreadable("declares the encoding %s, which is none for text" % encoding)
        if marked and codec.name != "utf-8":
            raise Unreadable("starts with a UTF-8 byte order mark but declares %s" % encoding)
        return codec.decode(body, "strict")[0]
    except LookupError:
        raise Unreadable("declares the encoding %s, which Python doesn't know" % encoding)
    except UnicodeDecodeError as error:
        saying = "is declared as" if declared else "is not"
        bad = "byte 0x%02x" % body[error.start]
        raise Unreadable("%s %s: %s can't be decoded" % (saying, encoding.upper(), bad), _line_of(body, error.start))
    except ValueError as error:  # codecs for special ends, such as idna, have errors of their own
        raise Unreadable("is declared as %s and can't be decoded: %s" % (encoding.upper(), error))


def _declared_encoding(body):
    for line in body[:4096].splitlines()[:2]:
        match = COOKIE.match(line)
        if match:
            return match.group(1).decode("ascii", "replace")
        if not BLANK.match(line):
            return None
    return None


def _line_of(data, offset):
    before = data[:offset].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1
