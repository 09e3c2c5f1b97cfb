"""The characters that BuildKit, written in Go, takes for blanks."""

from __future__ import annotations

from dockgen.regexes import regex

# Go's unicode.IsSpace. Python's str.isspace adds U+001C to U+001F.
SPACES = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
# What separates the keyword and the arguments of most instructions.
BLANKS = regex(r"[\t\v\f\r ]+")
# What Go takes for a blank where it goes through a text byte by byte: two of these occur inside UTF-8.
BYTE_SPACES = "\t\n\v\f\r \x85\xa0"
