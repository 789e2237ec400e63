## Regular expressions with captures by name, matched by the C library PCRE, which is loaded when a program uses them.

import std/[options, strutils, tables]

export options

const PcreLib = "libpcre.so(.3|.1|)"

type
  RegexDesc = object
    code: pointer
  RegexObj = object
    desc: ref RegexDesc
    pattern: string
    names: OrderedTable[string, int]
    groups: int
    isUtf8: bool
  Regex* = ref RegexObj ## A pattern that was compiled.
  RegexMatch* = object
    ## A match in a text.
    pattern*: Regex ## What was matched.
    str*: string ## In which text.
    bounds: seq[cint]
  Captures* = distinct RegexMatch ## What its groups matched.
  CaptureBounds* = distinct RegexMatch ## Where they did.
  RegexError* = ref object of CatchableError
  RegexInternalError* = ref object of RegexError ## PCRE failed.
  InvalidUnicodeError* = ref object of RegexError
    ## A text that is not UTF-8.
    pos*: int
  SyntaxError* = ref object of RegexError
    ## The pattern is wrong.
    pos*: int
    pattern*: string
  StudyError* = ref object of RegexError

{.push dynlib: PcreLib, cdecl, gcsafe, noSideEffect.}
proc pcreCompile(pattern: cstring, options: cint, error: ptr cstring, offset: ptr cint, tables: pointer): pointer {.
  importc: "pcre_compile".}
proc pcreExec(code, extra: pointer, subject: cstring, length, start, options: cint, vector: ptr cint, size: cint): cint {.
  importc: "pcre_exec".}
proc pcreInfo(code, extra: pointer, what: cint, where: pointer): cint {.importc: "pcre_fullinfo".}
{.pop.}
proc free(p: pointer) {.importc, header: "<stdlib.h>".}

const
  infoCaptures = 2.cint
  infoNameSize = 7.cint
  infoNameCount = 8.cint
  infoNames = 9.cint
  utf8 = 0x800
  anchored = 0x10.cint
  notEmptyHere = 0x10000000.cint
  # What may stand before a pattern: `(*NAME)`.
  settings = {"NEVER_UTF": 0x10000, "ANCHORED": 0x10, "DOLLAR_ENDONLY": 0x20, "FIRSTLINE": 0x40000,
    "NO_AUTO_CAPTURE": 0x1000, "JAVASCRIPT_COMPAT": 0x2000000, "U": utf8 or 0x20000000, "UTF8": utf8,
    "NO_STUDY": 0}.toTable

proc `=destroy`(x: var RegexDesc) =
  if not x.code.isNil: free(x.code)

proc pattern*(pattern: Regex): string = pattern.pattern
  ## The text that was compiled.
proc captureCount*(pattern: Regex): int = pattern.groups
  ## How many groups it has.
proc captureNameId*(pattern: Regex): OrderedTable[string, int] = pattern.names
  ## The numbers of the groups that have names.

proc readNames(r: Regex) =
  var count, size: cint
  var entries: pointer
  discard pcreInfo(r.desc.code, nil, infoNameCount, addr count)
  discard pcreInfo(r.desc.code, nil, infoNameSize, addr size)
  discard pcreInfo(r.desc.code, nil, infoNames, addr entries)
  for i in 0 ..< int(count):
    let entry = cast[ptr UncheckedArray[uint8]](cast[int](entries) + i * int(size))
    r.names[$cast[cstring](addr entry[2])] = (int(entry[0]) shl 8 or int(entry[1])) - 1

proc re*(pattern: string): Regex =
  ## Compiles a pattern, which may begin with settings: `(?i)abc`, `(*UTF8)ä`.
  var
    options = 0
    start = 0
  while pattern.continuesWith("(*", start):
    let close = pattern.find(')', start)
    if close < 0: break
    let name = pattern[start + 2 ..< close]
    if name notin settings: break
    options = options or settings[name]
    start = close + 1
  var
    error: cstring
    offset: cint
  let code = pcreCompile(cstring(pattern[start .. ^1]), cint(options), addr error, addr offset, nil)
  if code.isNil:
    raise SyntaxError(msg: $error, pos: int(offset), pattern: pattern)
  result = Regex(pattern: pattern, isUtf8: (options and utf8) != 0)
  new(result.desc)
  result.desc.code = code
  var groups: cint
  discard pcreInfo(code, nil, infoCaptures, addr groups)
  result.groups = int(groups)
  readNames(result)

proc matchImpl(str: string, pattern: Regex, start, endpos: int, flags: cint): Option[RegexMatch] =
  var match = RegexMatch(pattern: pattern, str: str)
  match.bounds = newSeq[cint]((pattern.groups + 1) * 3)
  let last = if endpos == int.high: str.len else: endpos + 1
  let found = pcreExec(pattern.desc.code, nil, cstring(str), cint(last), cint(start), flags, addr match.bounds[0],
    cint(match.bounds.len))
  if found >= 0:
    for i in max(int(found), 1) .. pattern.groups:
      match.bounds[2 * i] = -1
      match.bounds[2 * i + 1] = -1
    return some(match)
  case int(found)
  of -1: none(RegexMatch)
  of -10: raise InvalidUnicodeError(msg: "Invalid unicode byte sequence", pos: int(match.bounds[0]))
  of -11: raise InvalidUnicodeError(msg: "Invalid unicode offset", pos: start)
  else: raise RegexInternalError(msg: "Unknown internal error: " & $found)

# What a match tells

func boundsOf(m: RegexMatch, i: int): Option[HSlice[int, int]] =
  # Group `i`, or all with -1.
  if i > m.pattern.groups - 1: raise newException(IndexDefect, "index " & $i & " not in 0 .. " & $(m.pattern.groups - 1))
  let at = 2 * (i + 1)
  if m.bounds[at] < 0: none(HSlice[int, int]) else: some(int(m.bounds[at]) .. int(m.bounds[at + 1]) - 1)

func numberOf(m: RegexMatch, name: string): int =
  if name notin m.pattern.names: raise newException(KeyError, "key not found: " & name)
  m.pattern.names[name]

func captureBounds*(pattern: RegexMatch): CaptureBounds = CaptureBounds(pattern)
  ## Where its groups matched.
func captures*(pattern: RegexMatch): Captures = Captures(pattern)
  ## What its groups matched.

func contains*(pattern: CaptureBounds, i: int): bool = i < RegexMatch(pattern).pattern.groups and
    RegexMatch(pattern).boundsOf(i).isSome
func contains*(pattern: Captures, i: int): bool = i in CaptureBounds(pattern)
func `[]`*(pattern: CaptureBounds, i: int): HSlice[int, int] =
  ## Where a group matched. IndexDefect when it did not.
  let found = RegexMatch(pattern).boundsOf(i)
  if found.isNone: raise newException(IndexDefect, "Group '" & $i & "' was not captured")
  found.get
func `[]`*(pattern: Captures, i: int): string = RegexMatch(pattern).str[CaptureBounds(pattern)[i]]
  ## What a group matched. IndexDefect when it did not.
func contains*(pattern: CaptureBounds, name: string): bool =
  name in RegexMatch(pattern).pattern.names and RegexMatch(pattern).pattern.names[name] in pattern
func contains*(pattern: Captures, name: string): bool = name in CaptureBounds(pattern)
func `[]`*(pattern: CaptureBounds, name: string): HSlice[int, int] =
  ## Where the group of that name matched. KeyError when it did not.
  let i = RegexMatch(pattern).numberOf(name)
  if i notin pattern: raise newException(KeyError, "Group '" & name & "' was not captured")
  pattern[i]
func `[]`*(pattern: Captures, name: string): string = RegexMatch(pattern).str[CaptureBounds(pattern)[name]]
  ## What the group of that name matched. KeyError when it did not.

func match*(m: RegexMatch): string = m.str[m.boundsOf(-1).get]
  ## What was matched.
func matchBounds*(m: RegexMatch): HSlice[int, int] = m.boundsOf(-1).get
  ## Where it was.
func len*(pattern: CaptureBounds): int = RegexMatch(pattern).pattern.groups
func len*(pattern: Captures): int = RegexMatch(pattern).pattern.groups

func toTable*(pattern: Captures): Table[string, string] =
  ## What the groups with names matched.
  for name, i in RegexMatch(pattern).pattern.names:
    if i in pattern: result[name] = pattern[i]
func toTable*(pattern: CaptureBounds): Table[string, HSlice[int, int]] =
  ## Where the groups with names matched.
  for name, i in RegexMatch(pattern).pattern.names:
    if i in pattern: result[name] = pattern[i]

iterator items*(pattern: CaptureBounds, default = none(HSlice[int, int])): Option[HSlice[int, int]] =
  ## Where each group matched.
  for i in 0 ..< pattern.len: yield (if i in pattern: some(pattern[i]) else: default)
iterator items*(pattern: Captures, default: Option[string] = none(string)): Option[string] =
  ## What each group matched.
  for i in 0 ..< pattern.len: yield (if i in pattern: some(pattern[i]) else: default)
func toSeq*(pattern: CaptureBounds, default = none(HSlice[int, int])): seq[Option[HSlice[int, int]]] =
  ## Where each group matched.
  for it in items(pattern, default): result.add it
func toSeq*(pattern: Captures, default: Option[string] = none(string)): seq[Option[string]] =
  ## What each group matched.
  for it in items(pattern, default): result.add it

func `$`*(pattern: RegexMatch): string = pattern.match
func `==`*(a, b: RegexMatch): bool = a.pattern == b.pattern and a.str == b.str and a.bounds == b.bounds

# Finding

proc match*(str: string, pattern: Regex, start = 0, endpos = int.high): Option[RegexMatch] =
  ## The match that begins at `start`, if there is one.
  matchImpl(str, pattern, start, endpos, anchored)

proc find*(str: string, pattern: Regex, start = 0, endpos = int.high): Option[RegexMatch] =
  ## The first match from `start`, if there is one.
  matchImpl(str, pattern, start, endpos, 0)

proc contains*(str: string, pattern: Regex, start = 0, endpos = int.high): bool = isSome(str.find(pattern, start, endpos))
  ## Does it match anywhere?

proc afterOf(pattern: Regex, str: string, at: int): int =
  # The character behind the one at `at`.
  result = at + 1
  while pattern.isUtf8 and result < str.len and (ord(str[result]) and 0xc0) == 0x80: inc result

iterator findIter*(str: string, pattern: Regex, start = 0, endpos = int.high): RegexMatch =
  ## All matches that do not overlap.
  let last = if endpos == int.high: str.len else: endpos + 1
  var
    at = start
    flags = 0.cint
  while at <= last:
    let found = matchImpl(str, pattern, at, endpos, flags)
    if found.isNone:
      # After an empty match the next one is looked for behind the next character.
      if flags == 0: break
      at = pattern.afterOf(str, at)
      flags = 0
      continue
    let bounds = found.get.matchBounds
    at = bounds.b + 1
    flags = if bounds.a > bounds.b: notEmptyHere or anchored else: 0
    yield found.get

proc findAll*(str: string, pattern: Regex, start = 0, endpos = int.high): seq[string] =
  ## What all matches are.
  for found in str.findIter(pattern, start, endpos): result.add found.match

proc split*(str: string, pattern: Regex, maxSplit = -1, start = 0): seq[string] =
  ## The parts between the matches; groups of the pattern are parts too.
  var
    last = start
    count = 1
  for found in str.findIter(pattern, start):
    if maxSplit > 0 and count >= maxSplit: break
    let bounds = found.matchBounds
    # An empty match splits between characters only.
    if bounds.a > bounds.b and (bounds.a == start or bounds.a >= str.len): continue
    result.add str[last ..< bounds.a]
    for part in found.captures:
      if part.isSome: result.add part.get
    last = bounds.b + 1
    inc count
  result.add str[last .. ^1]

proc replaceWith(str: string, pattern: Regex, sub: proc (m: RegexMatch): string): string =
  var last = 0
  for found in str.findIter(pattern):
    let bounds = found.matchBounds
    result.add str[last ..< bounds.a]
    result.add sub(found)
    last = bounds.b + 1
  result.add str[last .. ^1]

proc replace*(str: string, pattern: Regex, subproc: proc (match: RegexMatch): string): string =
  ## The text with what `subproc` gives in the place of each match.
  replaceWith(str, pattern, subproc)

proc replace*(str: string, pattern: Regex, subproc: proc (match: string): string): string =
  ## As above, of the match's text.
  replaceWith(str, pattern, proc (m: RegexMatch): string = subproc(m.match))

proc substituted(m: RegexMatch, sub: string): string =
  # `$1`, `$#`, `$name` and `${name}` are groups, `$0` is all, `$$` a dollar.
  var
    i = 0
    next = 0
  while i < sub.len:
    if sub[i] != '$' or i == sub.high:
      result.add sub[i]
      inc i
      continue
    inc i
    var name = ""
    case sub[i]
    of '$':
      result.add '$'
      inc i
      continue
    of '#':
      result.add m.captures[next]
      inc next
      inc i
      continue
    of '{':
      let close = sub.find('}', i)
      if close < 0: raise newException(ValueError, "invalid substitution: " & sub)
      name = sub[i + 1 ..< close]
      i = close + 1
    of '0' .. '9', '-':
      let first = i
      inc i
      while i < sub.len and sub[i] in Digits: inc i
      name = sub[first ..< i]
    else:
      let first = i
      while i < sub.len and sub[i] in IdentChars: inc i
      name = sub[first ..< i]
    if name.len > 0 and name[0] in Digits + {'-'}:
      let number = parseInt(name)
      if number == 0: result.add m.match
      elif number > 0: result.add m.captures[number - 1]
      else: result.add m.captures[m.captures.len + number]
    else: result.add m.captures[name]

proc replace*(str: string, pattern: Regex, sub: string): string =
  ## The text with `sub` in the place of each match: `$1`, `$name` and `${name}` are its groups, `$0` all of it.
  replaceWith(str, pattern, proc (m: RegexMatch): string = substituted(m, sub))

proc escapeRe*(str: string): string =
  ## A pattern that matches `str` and nothing else.
  for c in str:
    if c in {'\\', '+', '*', '[', '^', ']', '$', '(', ')', '{', '}', '=', '!', '<', '>', '|', ':', '-'}: result.add '\\'
    result.add c
