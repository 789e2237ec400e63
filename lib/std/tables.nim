## Hash tables: `Table` in the order of the hashes, `OrderedTable` in the order of insertion, `CountTable` for counting,
## and `TableRef`, `OrderedTableRef`, `CountTableRef` for sharing one.

import std/[algorithm, hashes]
import private/hashing
export hashes

type
  Table*[A, B] = object
    ## A value for each key.
    data: seq[tuple[hcode: Hash, key: A, val: B]]
    counter: int
  TableRef*[A, B] = ref Table[A, B]
  OrderedTable*[A, B] = object
    ## A value for each key, in the order in which the keys came.
    entries: seq[tuple[hcode: Hash, key: A, val: B]]
    slots: seq[int] # The place in `entries` plus one; 0 is free.
  OrderedTableRef*[A, B] = ref OrderedTable[A, B]
  CountTable*[A] = object
    ## A count for each key; 0 for all others.
    data: seq[tuple[key: A, val: int]]
    counter: int
    isSorted: bool
  CountTableRef*[A] = ref CountTable[A]

const defaultInitialSize* = 32

proc rightSize*(count: Natural): int {.deprecated: "Deprecated since 1.4.0".} = slotsFor(count)
  ## How many places a table for so many keys has.

# Table

proc place[A, B](t: var Table[A, B], key: A): int =
  # Where the key is, put there with no value if it was not in.
  let hc = hashOf(key)
  if t.data.len == 0: newSeq(t.data, slotsFor(defaultInitialSize))
  result = slotOf(t.data, key, hc)
  if result < 0:
    if crowded(t.data.len, t.counter):
      spread(t.data, t.data.len * 2)
      result = slotOf(t.data, key, hc)
    result = -1 - result
    t.data[result].key = key
    t.data[result].hcode = hc # Only now is it there: the key may not have had memory.
    inc t.counter

proc vacate[A, B](t: var Table[A, B], at: int) =
  free(t.data, at)
  dec t.counter

proc initTable*[A, B](initialSize = defaultInitialSize): Table[A, B] =
  ## An empty table with room for so many keys.
  newSeq(result.data, slotsFor(initialSize))

proc len*[A, B](t: Table[A, B]): int = t.counter
  ## The number of keys.

proc `[]=`*[A, B](t: var Table[A, B], key: A, val: sink B) =
  ## Sets the value of a key.
  let at = place(t, key)
  t.data[at].val = val

proc toTable*[A, B](pairs: openArray[(A, B)]): Table[A, B] =
  ## A table of these pairs.
  result = initTable[A, B](pairs.len)
  for pair in pairs: result[pair[0]] = pair[1]

proc `[]`*[A, B](t: Table[A, B], key: A): B =
  ## The value of a key. KeyError when it is not in.
  let at = slotOf(t.data, key, hashOf(key))
  if at < 0 or t.data.len == 0: missing(key)
  result = t.data[at].val

proc `[]`*[A, B](t: var Table[A, B], key: A): var B =
  ## The value of a key, to be changed in place.
  let at = slotOf(t.data, key, hashOf(key))
  if at < 0: missing(key)
  return t.data[at].val

proc hasKey*[A, B](t: Table[A, B], key: A): bool = slotOf(t.data, key, hashOf(key)) >= 0
  ## Is the key in?

proc contains*[A, B](t: Table[A, B], key: A): bool = slotOf(t.data, key, hashOf(key)) >= 0
  ## Is the key in? For `in`.

proc hasKeyOrPut*[A, B](t: var Table[A, B], key: A, val: B): bool =
  ## Is the key in? If not, it is put in.
  result = hasKey(t, key)
  if not result: t[key] = val

proc getOrDefault*[A, B](t: Table[A, B], key: A): B =
  ## The value of a key, or the zero of the type.
  let at = slotOf(t.data, key, hashOf(key))
  if at >= 0: result = t.data[at].val

proc getOrDefault*[A, B](t: Table[A, B], key: A, default: B): B =
  ## The value of a key, or `default`.
  let at = slotOf(t.data, key, hashOf(key))
  if at >= 0: t.data[at].val else: default

proc mgetOrPut*[A, B](t: var Table[A, B], key: A, val: B): var B =
  ## The value of a key, to be changed in place; `val` is put in if there is none.
  if not hasKey(t, key): t[key] = val
  let at = place(t, key)
  return t.data[at].val
proc mgetOrPut*[A, B](t: var Table[A, B], key: A): var B = mgetOrPut(t, key, default(B))
  ## The same, and what is put in is the zero of the type.

proc del*[A, B](t: var Table[A, B], key: A) =
  ## Takes a key out, if it is in.
  let at = slotOf(t.data, key, hashOf(key))
  if at >= 0: vacate(t, at)

proc add*[A, B](t: var Table[A, B], key: A, val: sink B) {.deprecated: "Deprecated since v1.4; it was more confusing than useful, use `[]=`".} =
  ## Puts in another value of a key, whether or not it has one.
  if t.data.len == 0: newSeq(t.data, slotsFor(defaultInitialSize))
  if crowded(t.data.len, t.counter): spread(t.data, t.data.len * 2)
  let hc = hashOf(key)
  let mask = t.data.len - 1
  var h = hc and mask
  while t.data[h].hcode != 0: h = (h + 1) and mask
  t.data[h] = (hcode: hc, key: key, val: val)
  inc t.counter

iterator allValues*[A, B](t: Table[A, B], key: A): B {.deprecated: "Deprecated since v1.4; tables with duplicated keys are deprecated".} =
  ## All values of a key.
  if t.data.len > 0:
    let hc = hashOf(key)
    let mask = t.data.len - 1
    var h = hc and mask
    while t.data[h].hcode != 0:
      if t.data[h].hcode == hc and t.data[h].key == key: yield t.data[h].val
      h = (h + 1) and mask

proc pop*[A, B](t: var Table[A, B], key: A, val: var B): bool =
  ## Takes a key out and gives its value; false when it is not in.
  let at = slotOf(t.data, key, hashOf(key))
  result = at >= 0
  if result:
    val = move(t.data[at].val)
    vacate(t, at)

proc take*[A, B](t: var Table[A, B], key: A, val: var B): bool = pop(t, key, val)

proc clear*[A, B](t: var Table[A, B]) =
  ## Takes all keys out.
  for i in 0 ..< t.data.len: t.data[i] = default(tuple[hcode: Hash, key: A, val: B])
  t.counter = 0

iterator pairs*[A, B](t: Table[A, B]): (A, B) =
  ## Each key with its value. The table must not change meanwhile.
  let n = t.len
  for i in 0 ..< t.data.len:
    if t.data[i].hcode != 0:
      yield (t.data[i].key, t.data[i].val)
      assert(t.len == n, "the length of the table changed while iterating over it")

iterator mpairs*[A, B](t: var Table[A, B]): (A, var B) =
  ## As `pairs`, the values to be changed in place.
  let n = t.len
  for i in 0 ..< t.data.len:
    if t.data[i].hcode != 0:
      yield (t.data[i].key, t.data[i].val)
      assert(t.len == n, "the length of the table changed while iterating over it")

iterator keys*[A, B](t: Table[A, B]): A =
  ## Each key.
  let n = t.len
  for i in 0 ..< t.data.len:
    if t.data[i].hcode != 0:
      yield t.data[i].key
      assert(t.len == n, "the length of the table changed while iterating over it")

iterator values*[A, B](t: Table[A, B]): B =
  ## Each value.
  let n = t.len
  for i in 0 ..< t.data.len:
    if t.data[i].hcode != 0:
      yield t.data[i].val
      assert(t.len == n, "the length of the table changed while iterating over it")

iterator mvalues*[A, B](t: var Table[A, B]): var B =
  ## Each value, to be changed in place.
  let n = t.len
  for i in 0 ..< t.data.len:
    if t.data[i].hcode != 0:
      yield t.data[i].val
      assert(t.len == n, "the length of the table changed while iterating over it")

proc `$`*[A, B](t: Table[A, B]): string =
  if t.len == 0: return "{:}"
  result = "{"
  for key, val in pairs(t):
    if result.len > 1: result.add(", ")
    result.addQuoted(key)
    result.add(": ")
    result.addQuoted(val)
  result.add("}")

proc `==`*[A, B](s, t: Table[A, B]): bool =
  ## The same keys with equal values.
  if s.len != t.len: return false
  for key, val in pairs(s):
    if not t.hasKey(key) or t.getOrDefault(key) != val: return false
  true

proc indexBy*[A, B, C](collection: A, index: proc (x: B): C): Table[C, B] =
  ## A table of the elements by what `index` makes of them.
  for item in items(collection): result[index(item)] = item

template withValue*[A, B](t: var Table[A, B], key: A, value, body: untyped) =
  ## Runs `body` with a pointer to the key's value, if it is in.
  block:
    if hasKey(t, key):
      let value {.inject.} = addr(t[key])
      body

template withValue*[A, B](t: var Table[A, B], key: A, value, body1, body2: untyped) =
  ## As above, `body2` if it is not in.
  block:
    if hasKey(t, key):
      let value {.inject.} = addr(t[key])
      body1
    else:
      body2

proc migrated[A: Relaid, B](value: var Table[A, B]): string = rehash(value.data)
  # A reload has converted what is in it, or changed what hashes and compares its keys.
proc migrated[A: Plain, B: Relaid](value: var Table[A, B]) = tidy(value.data)

# TableRef

proc newTable*[A, B](initialSize = defaultInitialSize): TableRef[A, B] =
  ## An empty table.
  new(result)
  result[] = initTable[A, B](initialSize)

proc newTable*[A, B](pairs: openArray[(A, B)]): TableRef[A, B] =
  ## A table of these pairs.
  new(result)
  result[] = toTable[A, B](pairs)

proc len*[A, B](t: TableRef[A, B]): int = t[].counter
proc `[]=`*[A, B](t: TableRef[A, B], key: A, val: sink B) = t[][key] = val
proc `[]`*[A, B](t: TableRef[A, B], key: A): var B =
  let at = slotOf(t[].data, key, hashOf(key))
  if at < 0: missing(key)
  return t[].data[at].val
proc hasKey*[A, B](t: TableRef[A, B], key: A): bool = hasKey(t[], key)
proc contains*[A, B](t: TableRef[A, B], key: A): bool = hasKey(t[], key)
proc hasKeyOrPut*[A, B](t: TableRef[A, B], key: A, val: B): bool = hasKeyOrPut(t[], key, val)
proc getOrDefault*[A, B](t: TableRef[A, B], key: A): B = getOrDefault(t[], key)
proc getOrDefault*[A, B](t: TableRef[A, B], key: A, default: B): B = getOrDefault(t[], key, default)
proc mgetOrPut*[A, B](t: TableRef[A, B], key: A, val: B): var B =
  if not hasKey(t[], key): t[][key] = val
  let at = place(t[], key)
  return t[].data[at].val
proc mgetOrPut*[A, B](t: TableRef[A, B], key: A): var B = mgetOrPut(t, key, default(B))
proc del*[A, B](t: TableRef[A, B], key: A) = del(t[], key)
proc add*[A, B](t: TableRef[A, B], key: A, val: sink B) {.deprecated: "Deprecated since v1.4; it was more confusing than useful, use `[]=`".} =
  t[].add(key, val)
proc pop*[A, B](t: TableRef[A, B], key: A, val: var B): bool = pop(t[], key, val)
proc take*[A, B](t: TableRef[A, B], key: A, val: var B): bool = pop(t[], key, val)
proc clear*[A, B](t: TableRef[A, B]) = clear(t[])
proc `$`*[A, B](t: TableRef[A, B]): string = $t[]
proc `==`*[A, B](s, t: TableRef[A, B]): bool =
  if isNil(s) or isNil(t): isNil(s) and isNil(t)
  else: s[] == t[]
iterator pairs*[A, B](t: TableRef[A, B]): (A, B) =
  for key, val in pairs(t[]): yield (key, val)
iterator mpairs*[A, B](t: TableRef[A, B]): (A, var B) =
  for i in 0 ..< t[].data.len:
    if t[].data[i].hcode != 0: yield (t[].data[i].key, t[].data[i].val)
iterator keys*[A, B](t: TableRef[A, B]): A =
  for key in keys(t[]): yield key
iterator values*[A, B](t: TableRef[A, B]): B =
  for val in values(t[]): yield val
iterator mvalues*[A, B](t: TableRef[A, B]): var B =
  for i in 0 ..< t[].data.len:
    if t[].data[i].hcode != 0: yield t[].data[i].val

# OrderedTable

proc migrated[A: Relaid, B](value: var OrderedTable[A, B]): string = reindex(value.entries, value.slots)
  # A reload has converted what is in it, or changed what hashes and compares its keys.

proc initOrderedTable*[A, B](initialSize = defaultInitialSize): OrderedTable[A, B] =
  ## An empty table with room for so many keys.
  newSeq(result.slots, slotsFor(initialSize))

proc len*[A, B](t: OrderedTable[A, B]): int = t.entries.len
  ## The number of keys.

proc place[A, B](t: var OrderedTable[A, B], key: A): int =
  let hc = hashOf(key)
  result = entryOf(t.entries, t.slots, key, hc)
  if result < 0:
    var entry: tuple[hcode: Hash, key: A, val: B]
    entry.hcode = hc
    entry.key = key
    append(t.entries, t.slots, entry, defaultInitialSize)
    result = t.entries.len - 1

proc `[]=`*[A, B](t: var OrderedTable[A, B], key: A, val: sink B) =
  ## Sets the value of a key; a new key comes last.
  let at = place(t, key)
  t.entries[at].val = val

proc toOrderedTable*[A, B](pairs: openArray[(A, B)]): OrderedTable[A, B] =
  ## A table of these pairs, in their order.
  result = initOrderedTable[A, B](pairs.len)
  for pair in pairs: result[pair[0]] = pair[1]

proc `[]`*[A, B](t: OrderedTable[A, B], key: A): B =
  ## The value of a key. KeyError when it is not in.
  let at = entryOf(t.entries, t.slots, key, hashOf(key))
  if at < 0: missing(key)
  result = t.entries[at].val

proc `[]`*[A, B](t: var OrderedTable[A, B], key: A): var B =
  let at = entryOf(t.entries, t.slots, key, hashOf(key))
  if at < 0: missing(key)
  return t.entries[at].val

proc hasKey*[A, B](t: OrderedTable[A, B], key: A): bool = entryOf(t.entries, t.slots, key, hashOf(key)) >= 0
  ## Is the key in?
proc contains*[A, B](t: OrderedTable[A, B], key: A): bool = entryOf(t.entries, t.slots, key, hashOf(key)) >= 0
  ## Is the key in? For `in`.

proc hasKeyOrPut*[A, B](t: var OrderedTable[A, B], key: A, val: B): bool =
  ## Is the key in? If not, it is put in.
  result = hasKey(t, key)
  if not result: t[key] = val

proc getOrDefault*[A, B](t: OrderedTable[A, B], key: A): B =
  ## The value of a key, or the zero of the type.
  let at = entryOf(t.entries, t.slots, key, hashOf(key))
  if at >= 0: result = t.entries[at].val

proc getOrDefault*[A, B](t: OrderedTable[A, B], key: A, default: B): B =
  ## The value of a key, or `default`.
  let at = entryOf(t.entries, t.slots, key, hashOf(key))
  if at >= 0: t.entries[at].val else: default

proc mgetOrPut*[A, B](t: var OrderedTable[A, B], key: A, val: B): var B =
  ## The value of a key, to be changed in place; `val` is put in if there is none.
  if not hasKey(t, key): t[key] = val
  let at = place(t, key)
  return t.entries[at].val
proc mgetOrPut*[A, B](t: var OrderedTable[A, B], key: A): var B = mgetOrPut(t, key, default(B))
  ## The same, and what is put in is the zero of the type.

proc del*[A, B](t: var OrderedTable[A, B], key: A) =
  ## Takes a key out, if it is in. Slow: the keys after it move up.
  let at = entryOf(t.entries, t.slots, key, hashOf(key))
  if at >= 0: remove(t.entries, t.slots, at)

proc pop*[A, B](t: var OrderedTable[A, B], key: A, val: var B): bool =
  ## Takes a key out and gives its value; false when it is not in.
  let at = entryOf(t.entries, t.slots, key, hashOf(key))
  result = at >= 0
  if result:
    val = t.entries[at].val
    del(t, key)

proc clear*[A, B](t: var OrderedTable[A, B]) =
  ## Takes all keys out.
  t.entries.setLen(0)
  index(t.entries, t.slots, t.slots.len)

proc sort*[A, B](t: var OrderedTable[A, B], cmp: proc (x, y: (A, B)): int, order = SortOrder.Ascending) =
  ## Puts the pairs in the order of `cmp`.
  t.entries.sort(proc (x, y: tuple[hcode: Hash, key: A, val: B]): int = cmp((x.key, x.val), (y.key, y.val)), order)
  index(t.entries, t.slots, t.slots.len)

iterator pairs*[A, B](t: OrderedTable[A, B]): (A, B) =
  ## Each key with its value. The table must not change meanwhile.
  let n = t.len
  for i in 0 ..< n:
    yield (t.entries[i].key, t.entries[i].val)
    assert(t.len == n, "the length of the table changed while iterating over it")

iterator mpairs*[A, B](t: var OrderedTable[A, B]): (A, var B) =
  ## As `pairs`, the values to be changed in place.
  let n = t.len
  for i in 0 ..< n:
    yield (t.entries[i].key, t.entries[i].val)
    assert(t.len == n, "the length of the table changed while iterating over it")

iterator keys*[A, B](t: OrderedTable[A, B]): A =
  ## Each key.
  let n = t.len
  for i in 0 ..< n:
    yield t.entries[i].key
    assert(t.len == n, "the length of the table changed while iterating over it")

iterator values*[A, B](t: OrderedTable[A, B]): B =
  ## Each value.
  let n = t.len
  for i in 0 ..< n:
    yield t.entries[i].val
    assert(t.len == n, "the length of the table changed while iterating over it")

iterator mvalues*[A, B](t: var OrderedTable[A, B]): var B =
  ## Each value, to be changed in place.
  let n = t.len
  for i in 0 ..< n:
    yield t.entries[i].val
    assert(t.len == n, "the length of the table changed while iterating over it")

proc `$`*[A, B](t: OrderedTable[A, B]): string =
  if t.len == 0: return "{:}"
  result = "{"
  for key, val in pairs(t):
    if result.len > 1: result.add(", ")
    result.addQuoted(key)
    result.add(": ")
    result.addQuoted(val)
  result.add("}")

proc `==`*[A, B](s, t: OrderedTable[A, B]): bool =
  ## The same keys with equal values in the same order.
  if s.len != t.len: return false
  for i in 0 ..< s.entries.len:
    if s.entries[i].key != t.entries[i].key or s.entries[i].val != t.entries[i].val: return false
  true

# OrderedTableRef

proc newOrderedTable*[A, B](initialSize = defaultInitialSize): OrderedTableRef[A, B] =
  ## An empty table.
  new(result)
  result[] = initOrderedTable[A, B](initialSize)

proc newOrderedTable*[A, B](pairs: openArray[(A, B)]): OrderedTableRef[A, B] =
  ## A table of these pairs.
  new(result)
  result[] = toOrderedTable[A, B](pairs)

proc len*[A, B](t: OrderedTableRef[A, B]): int = t[].entries.len
proc `[]=`*[A, B](t: OrderedTableRef[A, B], key: A, val: sink B) = t[][key] = val
proc `[]`*[A, B](t: OrderedTableRef[A, B], key: A): var B =
  let at = entryOf(t[].entries, t[].slots, key, hashOf(key))
  if at < 0: missing(key)
  return t[].entries[at].val
proc hasKey*[A, B](t: OrderedTableRef[A, B], key: A): bool = hasKey(t[], key)
proc contains*[A, B](t: OrderedTableRef[A, B], key: A): bool = hasKey(t[], key)
proc hasKeyOrPut*[A, B](t: OrderedTableRef[A, B], key: A, val: B): bool = hasKeyOrPut(t[], key, val)
proc getOrDefault*[A, B](t: OrderedTableRef[A, B], key: A): B = getOrDefault(t[], key)
proc getOrDefault*[A, B](t: OrderedTableRef[A, B], key: A, default: B): B = getOrDefault(t[], key, default)
proc mgetOrPut*[A, B](t: OrderedTableRef[A, B], key: A, val: B): var B =
  if not hasKey(t[], key): t[][key] = val
  let at = place(t[], key)
  return t[].entries[at].val
proc mgetOrPut*[A, B](t: OrderedTableRef[A, B], key: A): var B = mgetOrPut(t, key, default(B))
proc del*[A, B](t: OrderedTableRef[A, B], key: A) = del(t[], key)
proc pop*[A, B](t: OrderedTableRef[A, B], key: A, val: var B): bool = pop(t[], key, val)
proc sort*[A, B](t: OrderedTableRef[A, B], cmp: proc (x, y: (A, B)): int, order = SortOrder.Ascending) = sort(t[], cmp, order)
proc `==`*[A, B](s, t: OrderedTableRef[A, B]): bool =
  if isNil(s) or isNil(t): isNil(s) and isNil(t)
  else: s[] == t[]
iterator mpairs*[A, B](t: OrderedTableRef[A, B]): (A, var B) =
  for i in 0 ..< t[].entries.len: yield (t[].entries[i].key, t[].entries[i].val)
proc clear*[A, B](t: OrderedTableRef[A, B]) = clear(t[])
proc `$`*[A, B](t: OrderedTableRef[A, B]): string = $t[]
iterator pairs*[A, B](t: OrderedTableRef[A, B]): (A, B) =
  for key, val in pairs(t[]): yield (key, val)
iterator keys*[A, B](t: OrderedTableRef[A, B]): A =
  for key in keys(t[]): yield key
iterator values*[A, B](t: OrderedTableRef[A, B]): B =
  for val in values(t[]): yield val
iterator mvalues*[A, B](t: OrderedTableRef[A, B]): var B =
  for i in 0 ..< t[].entries.len: yield t[].entries[i].val

# CountTable

proc countSlot[A](t: CountTable[A], key: A): int =
  mixin hash, `==`
  if t.data.len == 0: return -1
  let mask = t.data.len - 1
  var h = hash(key) and mask
  while t.data[h].val != 0:
    if t.data[h].key == key: return h
    h = (h + 1) and mask
  -1 - h

proc spread[A](t: var CountTable[A], slots: int) =
  # Puts everything where it belongs in so many slots.
  mixin hash
  var old = newSeq[tuple[key: A, val: int]](slots)
  swap(t.data, old)
  let mask = t.data.len - 1
  for i in 0 ..< old.len:
    if old[i].val != 0:
      var h = hash(old[i].key) and mask
      while t.data[h].val != 0: h = (h + 1) and mask
      t.data[h] = move(old[i])

proc migrated[A: Relaid](value: var CountTable[A]): string =
  # A reload has converted what is in it, or changed what hashes and compares its keys. One that is sorted is not looked up in.
  for i in 0 ..< value.data.len:
    if value.data[i].val == 0: value.data[i] = default(tuple[key: A, val: int])
  if value.isSorted or value.data.len == 0: return
  spread(value, value.data.len)
  var hidden = 0
  for i in 0 ..< value.data.len:
    if value.data[i].val != 0 and countSlot(value, value.data[i].key) != i: inc hidden
  equalKeys(hidden)

proc insert[A](t: var CountTable[A], key: A, val: int) =
  mixin hash
  if t.data.len == 0: newSeq(t.data, slotsFor(defaultInitialSize))
  if crowded(t.data.len, t.counter): spread(t, t.data.len * 2)
  let mask = t.data.len - 1
  var h = hash(key) and mask
  while t.data[h].val != 0: h = (h + 1) and mask
  t.data[h].key = key
  t.data[h].val = val
  inc t.counter

proc free[A](t: var CountTable[A], at: int) =
  mixin hash
  let mask = t.data.len - 1
  var hole = at
  t.data[hole] = default(tuple[key: A, val: int])
  dec t.counter
  var i = hole
  while true:
    i = (i + 1) and mask
    if t.data[i].val == 0: break
    let home = hash(t.data[i].key) and mask
    if ((i - home) and mask) >= ((i - hole) and mask):
      t.data[hole] = move(t.data[i])
      t.data[i].val = 0
      hole = i

proc initCountTable*[A](initialSize = defaultInitialSize): CountTable[A] =
  ## An empty table.
  newSeq(result.data, slotsFor(initialSize))

proc len*[A](t: CountTable[A]): int = t.counter
  ## The number of keys whose count is not 0.

proc `[]`*[A](t: CountTable[A], key: A): int =
  ## The count of a key.
  assert(not t.isSorted, "CountTable must not be used after sorting")
  let at = countSlot(t, key)
  if at >= 0: t.data[at].val else: 0

proc `[]=`*[A](t: var CountTable[A], key: A, val: int) =
  ## Sets the count of a key.
  assert(not t.isSorted, "CountTable must not be used after sorting")
  assert val >= 0
  let at = countSlot(t, key)
  if val == 0:
    if at >= 0 and t.data.len > 0: free(t, at)
  elif at >= 0: t.data[at].val = val
  else: insert(t, key, val)

proc inc*[A](t: var CountTable[A], key: A, val = 1) =
  ## Adds to the count of a key.
  assert(not t.isSorted, "CountTable must not be used after sorting")
  let at = countSlot(t, key)
  if at >= 0:
    t.data[at].val += val
    if t.data[at].val == 0: free(t, at)
  elif val != 0: insert(t, key, val)

proc toCountTable*[A](keys: openArray[A]): CountTable[A] =
  ## How often each is in `keys`.
  result = initCountTable[A](keys.len)
  for key in keys: inc(result, key)

proc hasKey*[A](t: CountTable[A], key: A): bool = countSlot(t, key) >= 0
proc contains*[A](t: CountTable[A], key: A): bool = countSlot(t, key) >= 0

proc getOrDefault*[A](t: CountTable[A], key: A, default: int = 0): int =
  let at = countSlot(t, key)
  if at >= 0: t.data[at].val else: default

proc smallest*[A](t: CountTable[A]): tuple[key: A, val: int] =
  ## The key with the smallest count.
  assert t.len > 0, "counttable is empty"
  var at = -1
  for h in 0 ..< t.data.len:
    if t.data[h].val > 0 and (at < 0 or t.data[at].val > t.data[h].val): at = h
  result.key = t.data[at].key
  result.val = t.data[at].val

proc largest*[A](t: CountTable[A]): tuple[key: A, val: int] =
  ## The key with the largest count.
  assert t.len > 0, "counttable is empty"
  var at = 0
  for h in 1 ..< t.data.len:
    if t.data[at].val < t.data[h].val: at = h
  result.key = t.data[at].key
  result.val = t.data[at].val

proc del*[A](t: var CountTable[A], key: A) =
  ## Takes a key out, if it is in.
  let at = countSlot(t, key)
  if at >= 0: free(t, at)

proc pop*[A](t: var CountTable[A], key: A, val: var int): bool =
  ## Takes a key out and gives its count; false when it is not in.
  let at = countSlot(t, key)
  result = at >= 0
  if result:
    val = t.data[at].val
    free(t, at)

proc clear*[A](t: var CountTable[A]) =
  ## Takes all keys out.
  for i in 0 ..< t.data.len: t.data[i] = default(tuple[key: A, val: int])
  t.counter = 0
  t.isSorted = false

proc sort*[A](t: var CountTable[A], order = SortOrder.Descending) =
  ## Puts the largest counts first. After that the table can only be walked through.
  t.data.sort(proc (a, b: tuple[key: A, val: int]): int = system.cmp(a.val, b.val), order)
  t.isSorted = true

proc merge*[A](s: var CountTable[A], t: CountTable[A]) =
  ## Adds the counts of `t`.
  assert(not s.isSorted, "CountTable must not be used after sorting")
  for i in 0 ..< t.data.len:
    if t.data[i].val != 0: inc(s, t.data[i].key, t.data[i].val)

iterator pairs*[A](t: CountTable[A]): (A, int) =
  ## Each key with its count.
  let n = t.len
  for i in 0 ..< t.data.len:
    if t.data[i].val != 0:
      yield (t.data[i].key, t.data[i].val)
      assert(t.len == n, "the length of the table changed while iterating over it")

iterator keys*[A](t: CountTable[A]): A =
  for i in 0 ..< t.data.len:
    if t.data[i].val != 0: yield t.data[i].key

iterator values*[A](t: CountTable[A]): int =
  for i in 0 ..< t.data.len:
    if t.data[i].val != 0: yield t.data[i].val

iterator mpairs*[A](t: var CountTable[A]): (A, var int) =
  ## As `pairs`, the counts to be changed in place.
  for i in 0 ..< t.data.len:
    if t.data[i].val != 0: yield (t.data[i].key, t.data[i].val)

iterator mvalues*[A](t: var CountTable[A]): var int =
  ## Each count, to be changed in place.
  for i in 0 ..< t.data.len:
    if t.data[i].val != 0: yield t.data[i].val

proc `$`*[A](t: CountTable[A]): string =
  if t.len == 0: return "{:}"
  result = "{"
  for key, val in pairs(t):
    if result.len > 1: result.add(", ")
    result.addQuoted(key)
    result.add(": ")
    result.addQuoted(val)
  result.add("}")

proc `==`*[A](s, t: CountTable[A]): bool =
  ## The same counts.
  if s.len != t.len: return false
  for key, val in pairs(s):
    if getOrDefault(t, key) != val: return false
  true

# CountTableRef

proc newCountTable*[A](initialSize = defaultInitialSize): CountTableRef[A] =
  ## An empty table.
  new(result)
  result[] = initCountTable[A](initialSize)

proc newCountTable*[A](keys: openArray[A]): CountTableRef[A] =
  ## How often each is in `keys`.
  new(result)
  result[] = toCountTable[A](keys)

proc len*[A](t: CountTableRef[A]): int = t[].counter
proc `[]`*[A](t: CountTableRef[A], key: A): int = t[][key]
proc `[]=`*[A](t: CountTableRef[A], key: A, val: int) = t[][key] = val
proc inc*[A](t: CountTableRef[A], key: A, val = 1) = inc(t[], key, val)
proc hasKey*[A](t: CountTableRef[A], key: A): bool = hasKey(t[], key)
proc contains*[A](t: CountTableRef[A], key: A): bool = hasKey(t[], key)
proc getOrDefault*[A](t: CountTableRef[A], key: A, default: int = 0): int = getOrDefault(t[], key, default)
proc largest*[A](t: CountTableRef[A]): tuple[key: A, val: int] = largest(t[])
proc smallest*[A](t: CountTableRef[A]): tuple[key: A, val: int] = smallest(t[])
proc sort*[A](t: CountTableRef[A], order = SortOrder.Descending) = sort(t[], order)
proc `$`*[A](t: CountTableRef[A]): string = $t[]
iterator pairs*[A](t: CountTableRef[A]): (A, int) =
  for key, val in pairs(t[]): yield (key, val)
iterator keys*[A](t: CountTableRef[A]): A =
  for key in keys(t[]): yield key
iterator values*[A](t: CountTableRef[A]): int =
  for val in values(t[]): yield val
iterator mpairs*[A](t: CountTableRef[A]): (A, var int) =
  for i in 0 ..< t[].data.len:
    if t[].data[i].val != 0: yield (t[].data[i].key, t[].data[i].val)
iterator mvalues*[A](t: CountTableRef[A]): var int =
  for i in 0 ..< t[].data.len:
    if t[].data[i].val != 0: yield t[].data[i].val
proc del*[A](t: CountTableRef[A], key: A) = del(t[], key)
proc pop*[A](t: CountTableRef[A], key: A, val: var int): bool = pop(t[], key, val)
proc clear*[A](t: CountTableRef[A]) = clear(t[])
proc merge*[A](s, t: CountTableRef[A]) = merge(s[], t[])
proc `==`*[A](s, t: CountTableRef[A]): bool =
  if isNil(s) or isNil(t): isNil(s) and isNil(t)
  else: s[] == t[]
