## Regular expressions, matched by the C library PCRE, which is loaded when a program uses them.

import std/strutils

const
  MaxSubpatterns* = 20 ## How many groups the procs with `matches` know.
  PcreLib = "libpcre.so(.3|.1|)"

type
  RegexFlag* = enum ## How a pattern is read.
    reIgnoreCase = 0, reMultiLine = 1, reDotAll = 2, reExtended = 3, reStudy = 4
  RegexDesc = object
    code: pointer
  Regex* = ref RegexDesc ## A pattern that was compiled.
  RegexError* = object of ValueError ## The pattern is wrong.

{.push dynlib: PcreLib, cdecl, gcsafe, noSideEffect.}
proc pcreCompile(pattern: cstring, options: cint, error: ptr cstring, offset: ptr cint, tables: pointer): pointer {.
  importc: "pcre_compile".}
proc pcreExec(code, extra: pointer, subject: cstring, length, start, options: cint, vector: ptr cint, size: cint): cint {.
  importc: "pcre_exec".}
{.pop.}

proc free(p: pointer) {.importc, header: "<stdlib.h>".}

proc `=destroy`(x: var RegexDesc) =
  if not x.code.isNil: free(x.code)

proc re*(s: string, flags = {reStudy}): Regex =
  ## Compiles a pattern. `re"…"` needs no double backslashes.
  var
    options = 0.cint
    error: cstring
    offset: cint
  if reIgnoreCase in flags: options = options or 1
  if reMultiLine in flags: options = options or 2
  if reDotAll in flags: options = options or 4
  if reExtended in flags: options = options or 8
  let code = pcreCompile(s, options, addr error, addr offset, nil)
  if code.isNil:
    let at = offset.int
    raise newException(RegexError, $error & "\n" & s & "\n" & spaces(at) & "^\n")
  result = Regex(code: code)

proc rex*(s: string, flags = {reStudy, reExtended}): Regex =
  ## As `re`, where white space and comments in the pattern mean nothing.
  re(s, flags)

type Groups = array[(MaxSubpatterns + 1) * 3, cint]

proc exec(text: cstring, length: int, pattern: Regex, start: int, anchored: bool, groups: var Groups): int =
  # Number of groups that were set, or below 0.
  let options = if anchored: 0x10.cint else: 0.cint
  pcreExec(pattern.code, nil, text, length.cint, start.cint, options, addr groups[0], groups.len.cint).int

proc bounds(groups: Groups, i: int): tuple[first, last: int] =
  (groups[2 * i].int, groups[2 * i + 1].int - 1)

proc text(s: string, groups: Groups, i: int): string =
  let (first, last) = bounds(groups, i)
  if first >= 0: s[first .. last] else: ""

proc fill(matches: var openArray[string], s: string, groups: Groups, count: int) =
  for i in 1 ..< count:
    if i - 1 < matches.len: matches[i - 1] = text(s, groups, i)
  for i in max(count, 1) - 1 ..< matches.len: matches[i] = ""

proc fill(matches: var openArray[tuple[first, last: int]], groups: Groups, count: int) =
  for i in 1 ..< count:
    if i - 1 < matches.len: matches[i - 1] = bounds(groups, i)
  for i in max(count, 1) - 1 ..< matches.len: matches[i] = (-1, 0)

proc findBounds*(s: string, pattern: Regex, matches: var openArray[string], start = 0): tuple[first, last: int] =
  ## First and last position of the first match from `start`, and its groups. `(-1, 0)` where there is none.
  var groups: Groups
  let count = exec(s, s.len, pattern, start, false, groups)
  if count < 0: return (-1, 0)
  fill(matches, s, groups, count)
  bounds(groups, 0)

proc findBounds*(s: string, pattern: Regex, matches: var openArray[tuple[first, last: int]],
    start = 0): tuple[first, last: int] =
  ## The same, with the bounds of the groups.
  var groups: Groups
  let count = exec(s, s.len, pattern, start, false, groups)
  if count < 0: return (-1, 0)
  fill(matches, groups, count)
  bounds(groups, 0)

proc findBounds*(s: string, pattern: Regex, start = 0): tuple[first, last: int] =
  ## The same without groups.
  var groups: Groups
  if exec(s, s.len, pattern, start, false, groups) < 0: (-1, 0) else: bounds(groups, 0)

proc matchLen*(s: string, pattern: Regex, matches: var openArray[string], start = 0): int =
  ## Length of the match that begins at `start`, or -1.
  var groups: Groups
  let count = exec(s, s.len, pattern, start, true, groups)
  if count < 0: return -1
  fill(matches, s, groups, count)
  int(groups[1] - groups[0])

proc matchLen*(s: string, pattern: Regex, start = 0): int =
  ## Length of the match that begins at `start`, or -1.
  var groups: Groups
  if exec(s, s.len, pattern, start, true, groups) < 0: -1 else: int(groups[1] - groups[0])

proc match*(s: string, pattern: Regex, start = 0): bool =
  ## Does a match begin at `start`?
  matchLen(s, pattern, start) != -1

proc match*(s: string, pattern: Regex, matches: var openArray[string], start = 0): bool =
  ## Does a match begin at `start`? Gives its groups.
  matchLen(s, pattern, matches, start) != -1

proc find*(s: string, pattern: Regex, matches: var openArray[string], start = 0): int =
  ## Position of the first match from `start`, or -1, and its groups.
  findBounds(s, pattern, matches, start).first

proc find*(s: string, pattern: Regex, start = 0): int =
  ## Position of the first match from `start`, or -1.
  findBounds(s, pattern, start).first

proc contains*(s: string, pattern: Regex, start = 0): bool =
  ## Is there a match?
  find(s, pattern, start) >= 0

proc contains*(s: string, pattern: Regex, matches: var openArray[string], start = 0): bool =
  ## Is there a match? Gives its groups.
  find(s, pattern, matches, start) >= 0

proc startsWith*(s: string, prefix: Regex): bool =
  ## Does it begin with a match?
  matchLen(s, prefix) >= 0

proc endsWith*(s: string, suffix: Regex): bool =
  ## Does it end with a match?
  for i in 0 ..< s.len:
    if matchLen(s, suffix, i) == s.len - i: return true

iterator findAll*(s: string, pattern: Regex, start = 0): string =
  ## All matches that do not overlap.
  var
    groups: Groups
    i = start
  while true:
    if exec(s, s.len, pattern, i, false, groups) < 0: break
    let (first, last) = bounds(groups, 0)
    if first == last + 1 and first >= s.len: break
    yield s[first .. last]
    i = max(last + 1, first + 1)

proc findAll*(s: string, pattern: Regex, start = 0): seq[string] =
  ## All matches that do not overlap.
  for found in findAll(s, pattern, start): result.add(found)

template `=~`*(s: string, pattern: Regex): untyped =
  ## Does it match from the start? The groups are in `matches`, which it declares.
  when not declaredInScope(matches):
    var matches {.inject.}: array[MaxSubpatterns, string]
  match(s, pattern, matches)

iterator split*(s: string, sep: Regex; maxsplit = -1): string =
  ## The parts between matches.
  var
    last = 0
    splits = maxsplit
    length = -1
  if s.len == 0: last = 1
  if matchLen(s, sep, 0) == 0 and s.len > 0:
    # Empty matches: each character by itself.
    length = 0
  while last <= s.len:
    var first = last
    var sepLen = 1
    if length == 0: inc(last)
    while last < s.len:
      length = matchLen(s, sep, last)
      if length >= 0:
        sepLen = length
        break
      inc(last)
    if length == 0 and last >= s.len: 
      yield s[first ..< s.len]
      break
    if splits == 0: last = s.len
    yield s[first ..< last]
    if splits == 0: break
    dec(splits)
    inc(last, sepLen)

proc split*(s: string, sep: Regex, maxsplit = -1): seq[string] =
  ## The parts between matches.
  for part in split(s, sep, maxsplit): result.add(part)

proc replace*(s: string, sub: Regex, by = ""): string =
  ## All matches replaced by a text, in which nothing has a meaning.
  var
    groups: Groups
    at = 0
  while at < s.len:
    if exec(s, s.len, sub, at, false, groups) < 0: break
    let (first, last) = bounds(groups, 0)
    if last < first:
      # An empty match stands before the character that follows.
      result.add(s[at ..< first])
      result.add(by)
      if first < s.len: result.add(s[first])
      at = first + 1
    else:
      result.add(s[at ..< first])
      result.add(by)
      at = last + 1
  if at < s.len: result.add(s[at .. ^1])

proc replacef*(s: string, sub: Regex, by: string): string =
  ## All matches replaced; `$1` and `$#` in `by` are groups, as in `strutils.%`.
  var
    groups: Groups
    at = 0
  while at < s.len:
    let count = exec(s, s.len, sub, at, false, groups)
    if count < 0: break
    let (first, last) = bounds(groups, 0)
    if first == last + 1 and first >= s.len: break
    result.add(s[at ..< first])
    var texts: array[MaxSubpatterns, string]
    fill(texts, s, groups, count)
    result.addf(by, texts)
    if last < first:
      if first < s.len: result.add(s[first])
      at = first + 1
    else:
      at = last + 1
  if at < s.len: result.add(s[at .. ^1])

proc replace*(s: string, sub: Regex, by: proc (match: int, matches: openArray[string]): string): string =
  ## All matches replaced by what `by` makes of their number and groups.
  var
    groups: Groups
    at = 0
    number = 0
  while at < s.len:
    let count = exec(s, s.len, sub, at, false, groups)
    if count < 0: break
    let (first, last) = bounds(groups, 0)
    if first == last + 1 and first >= s.len: break
    result.add(s[at ..< first])
    var texts: array[MaxSubpatterns, string]
    fill(texts, s, groups, count)
    result.add(by(number, texts))
    inc(number)
    if last < first:
      if first < s.len: result.add(s[first])
      at = first + 1
    else:
      at = last + 1
  if at < s.len: result.add(s[at .. ^1])

proc multiReplace*(s: string, subs: openArray[tuple[pattern: Regex, repl: string]]): string =
  ## At each position the first pattern that matches is replaced; `repl` is as in `replacef`.
  var i = 0
  while i < s.len:
    var replaced = false
    for (pattern, repl) in subs:
      var texts: array[MaxSubpatterns, string]
      let length = matchLen(s, pattern, texts, i)
      if length > 0:
        result.addf(repl, texts)
        inc(i, length)
        replaced = true
        break
    if not replaced:
      result.add(s[i])
      inc(i)

proc transformFile*(infile, outfile: string, subs: openArray[tuple[pattern: Regex, repl: string]]) =
  ## `multiReplace` of a file's content.
  writeFile(outfile, readFile(infile).multiReplace(subs))

proc escapeRe*(s: string): string =
  ## A pattern that matches exactly `s`.
  for c in s:
    case c
    of 'a'..'z', 'A'..'Z', '0'..'9', '_': result.add(c)
    else:
      result.add("\\x")
      result.add(toHex(ord(c), 2))
