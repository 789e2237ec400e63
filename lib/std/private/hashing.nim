## What hash tables and sets have in common: places by hash, with linear probing. A removal moves what follows back, so there
## are no graves.
##
## An entry is a tuple with `hcode`, the key's hash, or 0 where nothing is, and `key`. Entries lie either where their hashes
## say, or in the order in which they came, with `slots` beside them that hold an entry's place plus one, or 0.

import std/hashes
import relaid
export relaid

proc slotsFor*(count: int): int =
  ## How many places so many entries need.
  let wanted = count * 3 div 2 + 4
  result = 1
  while result < wanted: result = result * 2

proc crowded*(slots, count: int): bool = slots * 2 < count * 3 or slots - count < 4
  ## Does another entry need more places?

proc hashOf*[A](key: A): Hash =
  ## The hash of a key; not 0, which marks what is free.
  mixin hash
  result = hash(key)
  if result == 0: result = 314159265

proc missing*[A](key: A) =
  ## Raises for a key that is not in.
  when compiles($key): raise newException(KeyError, "key not found: " & $key)
  else: raise newException(KeyError, "key not found")

# Entries that lie where their hashes say.

proc slotOf*[E, A](data: seq[E], key: A, hc: Hash): int =
  ## Where the key is, or -1 minus the free place where it belongs.
  mixin `==`
  if data.len == 0: return -1
  let mask = data.len - 1
  var h = hc and mask
  while data[h].hcode != 0:
    if data[h].hcode == hc and data[h].key == key: return h
    h = (h + 1) and mask
  -1 - h

proc spread*[E](data: var seq[E], slots: int) =
  ## Puts everything where it belongs by its `hcode` in so many places.
  var old = newSeq[E](slots)
  swap(data, old)
  let mask = data.len - 1
  for i in 0 ..< old.len:
    if old[i].hcode != 0:
      var h = old[i].hcode and mask
      while data[h].hcode != 0: h = (h + 1) and mask
      data[h] = move(old[i])

proc equalKeys*(count: int): string =
  ## What to say of so many keys that nothing finds.
  if count == 1: "a key equals another one, and a look-up finds only one of them"
  elif count > 1: $count & " keys equal others, and a look-up finds only one of each"
  else: ""

proc tidy*[E](data: var seq[E]) =
  ## Leaves nothing where nothing is, after a reload has converted what there was.
  for i in 0 ..< data.len:
    if data[i].hcode == 0: data[i] = default(E)

proc rehash*[E](data: var seq[E]): string =
  ## Takes the hashes again, after a reload has converted keys or changed `hash` or `==`. Gives what is worth a warning.
  tidy(data)
  var moved = false
  for i in 0 ..< data.len:
    if data[i].hcode != 0:
      let hc = hashOf(data[i].key)
      if hc != data[i].hcode:
        data[i].hcode = hc
        moved = true
  if moved: spread(data, data.len)
  var hidden = 0
  for i in 0 ..< data.len:
    if data[i].hcode != 0 and slotOf(data, data[i].key, data[i].hcode) != i: inc hidden
  equalKeys(hidden)

proc free*[E](data: var seq[E], at: int) =
  ## Takes an entry out.
  let mask = data.len - 1
  var hole = at
  data[hole] = default(E)
  var i = hole
  while true:
    i = (i + 1) and mask
    if data[i].hcode == 0: break
    let home = data[i].hcode and mask
    # May it move into the hole: is its home not between the hole and where it is?
    if ((i - home) and mask) >= ((i - hole) and mask):
      data[hole] = move(data[i])
      data[i].hcode = 0
      hole = i

# Entries in the order in which they came.

proc entryOf*[E, A](entries: seq[E], slots: seq[int], key: A, hc: Hash): int =
  ## The place of the key's entry, or -1.
  mixin `==`
  if slots.len == 0: return -1
  let mask = slots.len - 1
  var h = hc and mask
  while slots[h] != 0:
    let at = slots[h] - 1
    if entries[at].hcode == hc and entries[at].key == key: return at
    h = (h + 1) and mask
  -1

proc note*(slots: var seq[int], hc: Hash, at: int) =
  ## Notes in the slots that the entry with this hash is at `at`.
  let mask = slots.len - 1
  var h = hc and mask
  while slots[h] != 0: h = (h + 1) and mask
  slots[h] = at + 1

proc index*[E](entries: seq[E], slots: var seq[int], count: int) =
  ## Fills so many slots anew from the entries.
  slots = newSeq[int](count)
  for i in 0 ..< entries.len: note(slots, entries[i].hcode, i)

proc append*[E](entries: var seq[E], slots: var seq[int], entry: sink E, least: int) =
  ## Adds an entry whose key is not in, with room for `least` from the start.
  if slots.len == 0: index(entries, slots, slotsFor(least))
  elif crowded(slots.len, entries.len): index(entries, slots, slots.len * 2)
  let hc = entry.hcode
  entries.add(entry)
  note(slots, hc, entries.len - 1)

proc remove*[E](entries: var seq[E], slots: var seq[int], at: int) =
  ## Takes an entry out. Slow: those after it move up.
  entries.delete(at)
  index(entries, slots, slots.len)

proc reindex*[E](entries: var seq[E], slots: var seq[int]): string =
  ## Takes the hashes again, after a reload has converted keys or changed `hash` or `==`. Gives what is worth a warning.
  for i in 0 ..< entries.len: entries[i].hcode = hashOf(entries[i].key)
  if slots.len > 0: index(entries, slots, slots.len)
  var hidden = 0
  for i in 0 ..< entries.len:
    if entryOf(entries, slots, entries[i].key, entries[i].hcode) != i: inc hidden
  result = equalKeys(hidden)
