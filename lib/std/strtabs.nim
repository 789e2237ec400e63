## Tables from strings to strings, whose keys may differ in case or style.

import std/[hashes, strutils, os]

type
  StringTableMode* = enum
    ## Which keys are the same.
    modeCaseSensitive, modeCaseInsensitive, modeStyleInsensitive
  Slot = object
    key, val: string
    used: bool
  StringTableObj* = object of RootObj
    count: int
    slots: seq[Slot]
    mode: StringTableMode
  StringTableRef* = ref StringTableObj ## A table.
  FormatFlag* = enum
    ## What stands for a key that the table has not.
    useEnvironment, ## The variable of the environment.
    useEmpty, ## Nothing.
    useKey ## The key with its dollar.

const startSize = 64

iterator pairs*(t: StringTableRef): tuple[key, value: string] =
  ## The entries, in no particular order.
  for slot in t.slots:
    if slot.used: yield (slot.key, slot.val)

iterator keys*(t: StringTableRef): string =
  ## The keys.
  for slot in t.slots:
    if slot.used: yield slot.key

iterator values*(t: StringTableRef): string =
  ## The values.
  for slot in t.slots:
    if slot.used: yield slot.val

proc home(t: StringTableRef, key: string): int =
  let h = case t.mode
    of modeCaseSensitive: hash(key)
    of modeCaseInsensitive: hashIgnoreCase(key)
    of modeStyleInsensitive: hashIgnoreStyle(key)
  h and t.slots.high

proc same(t: StringTableRef, a, b: string): bool =
  case t.mode
  of modeCaseSensitive: a == b
  of modeCaseInsensitive: cmpIgnoreCase(a, b) == 0
  of modeStyleInsensitive: cmpIgnoreStyle(a, b) == 0

proc place(t: StringTableRef, key: string): int =
  # The slot of the key, or the free one where it would go, as a negative number.
  result = t.home(key)
  while t.slots[result].used:
    if t.same(t.slots[result].key, key): return
    result = (result + 1) and t.slots.high
  result = -1 - result

proc grow(t: StringTableRef) =
  var old = newSeq[Slot](t.slots.len * 2)
  swap(old, t.slots)
  for slot in old:
    if slot.used: t.slots[-1 - t.place(slot.key)] = slot

proc len*(t: StringTableRef): int = t.count
  ## How many entries there are.

proc `[]`*(t: StringTableRef, key: string): var string =
  ## The value of a key, to be changed as well; KeyError when there is none.
  let at = t.place(key)
  if at < 0: raise newException(KeyError, "key not found: " & key)
  t.slots[at].val

proc getOrDefault*(t: StringTableRef, key: string, default: string = ""): string =
  ## The value of a key, or `default`.
  let at = t.place(key)
  if at < 0: default else: t.slots[at].val

proc hasKey*(t: StringTableRef, key: string): bool = t.place(key) >= 0
  ## Is there a value for the key?
proc contains*(t: StringTableRef, key: string): bool = t.place(key) >= 0
  ## The same, for `in`.

proc `[]=`*(t: StringTableRef, key, val: string) =
  ## Sets the value of a key.
  var at = t.place(key)
  if at >= 0:
    t.slots[at].val = val
    return
  if t.slots.len * 2 < t.count * 3 or t.slots.len - t.count < 4:
    t.grow()
    at = t.place(key)
  t.slots[-1 - at] = Slot(key: key, val: val, used: true)
  inc t.count

proc newStringTable*(mode: StringTableMode): owned(StringTableRef) {.noSideEffect.} =
  ## An empty table.
  StringTableRef(mode: mode, slots: newSeq[Slot](startSize))

proc newStringTable*(keyValuePairs: varargs[string], mode: StringTableMode): owned(StringTableRef) {.noSideEffect.} =
  ## A table of keys that are each followed by their value.
  result = newStringTable(mode)
  for i in countup(0, keyValuePairs.high - 1, 2):
    {.cast(noSideEffect).}: result[keyValuePairs[i]] = keyValuePairs[i + 1]

proc newStringTable*(keyValuePairs: varargs[tuple[key, val: string]], mode: StringTableMode = modeCaseSensitive): owned(
    StringTableRef) {.noSideEffect.} =
  ## A table of pairs.
  result = newStringTable(mode)
  for (key, val) in items(keyValuePairs):
    {.cast(noSideEffect).}: result[key] = val

proc clear*(s: StringTableRef, mode: StringTableMode) =
  ## Takes all entries out, and sets the mode.
  s.mode = mode
  s.count = 0
  s.slots = newSeq[Slot](startSize)

proc clear*(s: StringTableRef) = clear(s, s.mode)
  ## Takes all entries out.

proc del*(t: StringTableRef, key: string) =
  ## Takes an entry out, if it is there. Those that it had pushed on move up.
  var hole = t.place(key)
  if hole < 0: return
  dec t.count
  t.slots[hole] = Slot()
  var i = hole
  while true:
    i = (i + 1) and t.slots.high
    if not t.slots[i].used: break
    let r = t.home(t.slots[i].key)
    let stays = if hole <= i: hole < r and r <= i else: hole < r or r <= i
    if not stays:
      t.slots[hole] = t.slots[i]
      t.slots[i] = Slot()
      hole = i

proc `$`*(t: StringTableRef): string =
  ## The entries in braces.
  if t.len == 0: return "{:}"
  result = "{"
  for key, val in pairs(t):
    if result.len > 1: result.add(", ")
    result.add(key & ": " & val)
  result.add('}')

proc valueFor(t: StringTableRef, flags: set[FormatFlag], key: string): string =
  if hasKey(t, key): return t.getOrDefault(key)
  if useEnvironment in flags: result = getEnv(key)
  if result.len == 0:
    if useKey in flags: result = '$' & key
    elif useEmpty notin flags: raise newException(ValueError, "format string: key not found: " & key)

proc `%`*(f: string, t: StringTableRef, flags: set[FormatFlag] = {}): string =
  ## The text with the table's values for `$key` and `${key}`; `$$` is a dollar.
  const nameChars = {'a'..'z', 'A'..'Z', '0'..'9', '_', '\x80'..'\xFF'}
  var i = 0
  while i < f.len:
    let next = if f[i] == '$' and i + 1 < f.len: f[i + 1] else: '\0'
    case next
    of '$':
      result.add('$')
      inc i, 2
    of '{':
      var j = i + 2
      while j < f.len and f[j] != '}': inc j
      result.add(valueFor(t, flags, substr(f, i + 2, j - 1)))
      i = j + 1
    of 'a'..'z', 'A'..'Z', '_', '\x80'..'\xFF':
      var j = i + 1
      while j < f.len and f[j] in nameChars: inc j
      result.add(valueFor(t, flags, substr(f, i + 1, j - 1)))
      i = j
    else:
      result.add(f[i])
      inc i

proc mode*(t: StringTableRef): StringTableMode = t.mode
  ## Which keys are the same.
