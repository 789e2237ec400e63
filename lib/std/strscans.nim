## Taking strings apart by a pattern.
##
## In it `$i`, `$f`, `$w`, `$c`, `$b`, `$o`, `$h` read an integer, a float, a word, a character, a binary, octal or
## hexadecimal number into the next result; `$*` and `$+` all up to what follows in the pattern (`$+` something); `$s` skips
## white space, `$.` is the end, `$$` a dollar sign; `${p}` calls a proc that reads into the next result and `$[p]` one that skips.

import std/[parseutils, strutils, private/scanp]
export scanp

macro scanf*(input: string, pattern: static string, results: varargs[untyped]): bool {.magic: "Macro".}
  ## Does the input fit the pattern? Sets the results that come before what does not fit.
macro scanTuple*(input: untyped, pattern: static string, matcherTypes: varargs[untyped]): untyped {.magic: "Macro".}
  ## Success, and the results, as a tuple. The types of `${p}` results are given.

# What the two are made of: each takes what it can at `at`, moves it on and tells whether it fits.

proc scanTaken(at: var int, taken: int, least: int): bool =
  at += taken
  taken >= least

proc scanText(s: string, at: var int, text: string): bool =
  scanTaken(at, (if s.continuesWith(text, at): text.len else: 0), text.len)

proc scanInt[T](s: string, at: var int, x: var T): bool = scanTaken(at, parseInt(s, x, at), 1)
proc scanFloat[T](s: string, at: var int, x: var T): bool = scanTaken(at, parseFloat(s, x, at), 1)
proc scanBinary[T](s: string, at: var int, x: var T): bool = scanTaken(at, parseBin(s, x, at), 1)
proc scanOctal[T](s: string, at: var int, x: var T): bool = scanTaken(at, parseOct(s, x, at), 1)
proc scanHex[T](s: string, at: var int, x: var T): bool = scanTaken(at, parseHex(s, x, at), 1)
proc scanWord(s: string, at: var int, x: var string): bool = scanTaken(at, parseIdent(s, x, at), 1)

proc scanChar(s: string, at: var int, x: var char): bool =
  if at >= s.len: return false
  x = s[at]
  inc at
  true

proc scanSpaces(s: string, at: var int): bool = scanTaken(at, skipWhitespace(s, at), 0)
proc scanEnd(s: string, at: var int): bool = at == s.len

proc upTo(s: string, at: var int, x: var string, follow: string, least: int): bool =
  scanTaken(at, parseUntil(s, x, follow, at), least)

proc scanUntil(s: string, at: var int, x: var string, follow: string): bool = upTo(s, at, x, follow, 0)
proc scanSomeUntil(s: string, at: var int, x: var string, follow: string): bool = upTo(s, at, x, follow, 1)
