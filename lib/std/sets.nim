## Sets of any values: `HashSet` in the order of the hashes, `OrderedSet` in the order of insertion.
##
## For sets of small ordinal values the language's own `set` is faster.

import std/hashes
export hashes

type
  HashSet*[A] = object
    ## A set.
    data: seq[tuple[hcode: Hash, key: A]]
    counter: int
  OrderedSet*[A] = object
    ## A set that keeps the order in which its elements came.
    entries: seq[tuple[hcode: Hash, key: A]]
    slots: seq[int] # The place in `entries` plus one; 0 is free.
  SomeSet*[A] = HashSet[A] | OrderedSet[A]
  Relaid = not (SomeInteger | SomeFloat | bool | char | string | cstring)
    ## Types whose hashes can become others when a reload lays them out differently.

const defaultInitialSize* = 64

proc slotsFor(count: int): int =
  let wanted = count * 3 div 2 + 4
  result = 1
  while result < wanted: result = result * 2

proc crowded(slots, count: int): bool = slots * 2 < count * 3 or slots - count < 4

proc hashOf[A](key: A): Hash =
  # 0 marks what is free.
  mixin hash
  result = hash(key)
  if result == 0: result = 314159265

proc missing[A](key: A) =
  when compiles($key): raise newException(KeyError, "key not found: " & $key)
  else: raise newException(KeyError, "key not found")

# HashSet

proc slotOf[A](s: HashSet[A], key: A, hc: Hash): int =
  # Where the element is, or -1 minus the free place where it belongs.
  mixin `==`
  if s.data.len == 0: return -1
  let mask = s.data.len - 1
  var h = hc and mask
  while s.data[h].hcode != 0:
    if s.data[h].hcode == hc and s.data[h].key == key: return h
    h = (h + 1) and mask
  -1 - h

proc spread[A](s: var HashSet[A], slots: int) =
  # Puts everything where it belongs by its `hcode` in so many slots.
  var old = newSeq[tuple[hcode: Hash, key: A]](slots)
  swap(s.data, old)
  let mask = s.data.len - 1
  for i in 0 ..< old.len:
    if old[i].hcode != 0:
      var h = old[i].hcode and mask
      while s.data[h].hcode != 0: h = (h + 1) and mask
      s.data[h] = move(old[i])

proc enlarge[A](s: var HashSet[A]) = spread(s, s.data.len * 2)

proc migrated[A: Relaid](value: var HashSet[A]) =
  # A reload has converted what is in it.
  var moved = false
  for i in 0 ..< value.data.len:
    if value.data[i].hcode != 0:
      let hc = hashOf(value.data[i].key)
      if hc != value.data[i].hcode:
        value.data[i].hcode = hc
        moved = true
  if moved: spread(value, value.data.len)

proc init*[A](s: var HashSet[A], initialSize = defaultInitialSize) =
  ## Makes the set empty, with room for so many elements.
  s.counter = 0
  s.data = newSeq[tuple[hcode: Hash, key: A]](slotsFor(initialSize))

proc initHashSet*[A](initialSize = defaultInitialSize): HashSet[A] =
  ## An empty set.
  init(result, initialSize)

proc len*[A](s: HashSet[A]): int = s.counter
  ## The number of elements.
proc card*[A](s: HashSet[A]): int = s.counter
  ## The number of elements.

proc contains*[A](s: HashSet[A], key: A): bool = slotOf(s, key, hashOf(key)) >= 0
  ## Is it an element? For `in`.

proc `[]`*[A](s: var HashSet[A], key: A): var A =
  ## The element that equals `key`. KeyError when there is none.
  let at = slotOf(s, key, hashOf(key))
  if at < 0: missing(key)
  return s.data[at].key

proc containsOrIncl*[A](s: var HashSet[A], key: A): bool =
  ## Was it an element? It is one afterwards.
  if s.data.len == 0: init(s)
  let hc = hashOf(key)
  var at = slotOf(s, key, hc)
  if at >= 0: return true
  if crowded(s.data.len, s.counter):
    enlarge(s)
    at = slotOf(s, key, hc)
  s.data[-1 - at].key = key
  s.data[-1 - at].hcode = hc # Only now is it there: the key may not have had memory.
  inc s.counter
  false

proc incl*[A](s: var HashSet[A], key: A) = discard containsOrIncl(s, key)
  ## Puts an element in.

proc missingOrExcl*[A](s: var HashSet[A], key: A): bool =
  ## Was it no element? It is none afterwards.
  let at = slotOf(s, key, hashOf(key))
  if at < 0: return true
  let mask = s.data.len - 1
  var hole = at
  s.data[hole] = default(tuple[hcode: Hash, key: A])
  dec s.counter
  var i = hole
  while true:
    i = (i + 1) and mask
    if s.data[i].hcode == 0: break
    let home = s.data[i].hcode and mask
    # May it move into the hole: is its home not between the hole and where it is?
    if ((i - home) and mask) >= ((i - hole) and mask):
      s.data[hole] = move(s.data[i])
      s.data[i].hcode = 0
      hole = i
  false

proc excl*[A](s: var HashSet[A], key: A) = discard missingOrExcl(s, key)
  ## Takes an element out.

iterator items*[A](s: HashSet[A]): A =
  ## Each element. The set must not change meanwhile.
  let n = s.len
  for i in 0 ..< s.data.len:
    if s.data[i].hcode != 0:
      yield s.data[i].key
      assert(s.len == n, "the length of the HashSet changed while iterating over it")

proc incl*[A](s: var HashSet[A], other: HashSet[A]) =
  ## Puts all elements of the other set in.
  for item in other: incl(s, item)

proc excl*[A](s: var HashSet[A], other: HashSet[A]) =
  ## Takes all elements of the other set out.
  for item in other: excl(s, item)

proc toHashSet*[A](keys: openArray[A]): HashSet[A] =
  ## A set of these.
  result = initHashSet[A](keys.len)
  for key in keys: incl(result, key)

proc pop*[A](s: var HashSet[A]): A =
  ## Takes any element out. KeyError when there is none.
  for i in 0 ..< s.data.len:
    if s.data[i].hcode != 0:
      result = s.data[i].key
      excl(s, result)
      return result
  raise newException(KeyError, "set is empty")

proc clear*[A](s: var HashSet[A]) =
  ## Takes all elements out.
  s.counter = 0
  for i in 0 ..< s.data.len: s.data[i] = default(tuple[hcode: Hash, key: A])

proc union*[A](s1, s2: HashSet[A]): HashSet[A] =
  ## What is in one or both.
  result = s1
  incl(result, s2)

proc intersection*[A](s1, s2: HashSet[A]): HashSet[A] =
  ## What is in both.
  result = initHashSet[A](max(min(s1.data.len, s2.data.len), 2))
  if s1.data.len < s2.data.len:
    for item in s1:
      if item in s2: incl(result, item)
  else:
    for item in s2:
      if item in s1: incl(result, item)

proc difference*[A](s1, s2: HashSet[A]): HashSet[A] =
  ## What is in the first only.
  result = initHashSet[A]()
  for item in s1:
    if not contains(s2, item): incl(result, item)

proc symmetricDifference*[A](s1, s2: HashSet[A]): HashSet[A] =
  ## What is in exactly one.
  result = s1
  for item in s2:
    if containsOrIncl(result, item): excl(result, item)

proc `+`*[A](s1, s2: HashSet[A]): HashSet[A] = union(s1, s2)
proc `*`*[A](s1, s2: HashSet[A]): HashSet[A] = intersection(s1, s2)
proc `-`*[A](s1, s2: HashSet[A]): HashSet[A] = difference(s1, s2)
proc `-+-`*[A](s1, s2: HashSet[A]): HashSet[A] = symmetricDifference(s1, s2)

proc disjoint*[A](s1, s2: HashSet[A]): bool =
  ## Have they nothing in common?
  for item in s1:
    if item in s2: return false
  true

proc `<=`*[A](s, t: HashSet[A]): bool =
  ## Is all of `s` in `t`?
  if s.counter > t.counter: return false
  for item in s:
    if not (item in t): return false
  true

proc `<`*[A](s, t: HashSet[A]): bool = s.counter != t.counter and s <= t
  ## Is all of `s`, and not only that, in `t`?

proc `==`*[A](s, t: HashSet[A]): bool = s.counter == t.counter and s <= t
  ## The same elements.

proc map*[A, B](data: HashSet[A], op: proc (x: A): B): HashSet[B] =
  ## A set of what `op` makes of each.
  result = initHashSet[B]()
  for item in data: incl(result, op(item))

proc hash*[A](s: HashSet[A]): Hash =
  for i in 0 ..< s.data.len: result = result xor s.data[i].hcode
  result = !$result

proc `$`*[A](s: HashSet[A]): string =
  result = "{"
  for key in items(s):
    if result.len > 1: result.add(", ")
    result.addQuoted(key)
  result.add("}")

# OrderedSet

proc entryOf[A](s: OrderedSet[A], key: A, hc: Hash): int =
  mixin `==`
  if s.slots.len == 0: return -1
  let mask = s.slots.len - 1
  var h = hc and mask
  while s.slots[h] != 0:
    let at = s.slots[h] - 1
    if s.entries[at].hcode == hc and s.entries[at].key == key: return at
    h = (h + 1) and mask
  -1

proc index[A](s: var OrderedSet[A], slots: int) =
  s.slots = newSeq[int](slots)
  for i in 0 ..< s.entries.len:
    var h = s.entries[i].hcode and (slots - 1)
    while s.slots[h] != 0: h = (h + 1) and (slots - 1)
    s.slots[h] = i + 1

proc migrated[A: Relaid](value: var OrderedSet[A]) =
  # A reload has converted what is in it.
  for i in 0 ..< value.entries.len: value.entries[i].hcode = hashOf(value.entries[i].key)
  if value.slots.len > 0: index(value, value.slots.len)

proc init*[A](s: var OrderedSet[A], initialSize = defaultInitialSize) =
  ## Makes the set empty, with room for so many elements.
  s.entries.setLen(0)
  index(s, slotsFor(initialSize))

proc initOrderedSet*[A](initialSize = defaultInitialSize): OrderedSet[A] =
  ## An empty set.
  init(result, initialSize)

proc len*[A](s: OrderedSet[A]): int = s.entries.len
  ## The number of elements.
proc card*[A](s: OrderedSet[A]): int = s.entries.len
  ## The number of elements.

proc contains*[A](s: OrderedSet[A], key: A): bool = entryOf(s, key, hashOf(key)) >= 0
  ## Is it an element? For `in`.

proc containsOrIncl*[A](s: var OrderedSet[A], key: A): bool =
  ## Was it an element? It is one afterwards.
  let hc = hashOf(key)
  if entryOf(s, key, hc) >= 0: return true
  if s.slots.len == 0: index(s, slotsFor(defaultInitialSize))
  elif crowded(s.slots.len, s.entries.len): index(s, s.slots.len * 2)
  s.entries.add((hcode: hc, key: key))
  let mask = s.slots.len - 1
  var h = hc and mask
  while s.slots[h] != 0: h = (h + 1) and mask
  s.slots[h] = s.entries.len
  false

proc incl*[A](s: var OrderedSet[A], key: A) = discard containsOrIncl(s, key)
  ## Puts an element in; a new one comes last.

proc missingOrExcl*[A](s: var OrderedSet[A], key: A): bool =
  ## Was it no element? It is none afterwards. Slow: the elements after it move up.
  let at = entryOf(s, key, hashOf(key))
  if at < 0: return true
  s.entries.delete(at)
  index(s, s.slots.len)
  false

proc excl*[A](s: var OrderedSet[A], key: A) = discard missingOrExcl(s, key)
  ## Takes an element out.

iterator items*[A](s: OrderedSet[A]): A =
  ## Each element, in order. The set must not change meanwhile.
  let n = s.len
  for i in 0 ..< n:
    yield s.entries[i].key
    assert(s.len == n, "the length of the OrderedSet changed while iterating over it")

iterator pairs*[A](s: OrderedSet[A]): tuple[a: int, b: A] =
  ## Each element with its number.
  let n = s.len
  for i in 0 ..< n:
    yield (a: i, b: s.entries[i].key)
    assert(s.len == n, "the length of the OrderedSet changed while iterating over it")

proc incl*[A](s: var HashSet[A], other: OrderedSet[A]) =
  ## Puts all elements of the other set in.
  for item in other: incl(s, item)

proc toOrderedSet*[A](keys: openArray[A]): OrderedSet[A] =
  ## A set of these, in their order.
  result = initOrderedSet[A](keys.len)
  for key in keys: incl(result, key)

proc clear*[A](s: var OrderedSet[A]) =
  ## Takes all elements out.
  init(s, s.entries.len)

proc `==`*[A](s, t: OrderedSet[A]): bool =
  ## The same elements in the same order.
  if s.len != t.len: return false
  for i in 0 ..< s.entries.len:
    if s.entries[i].key != t.entries[i].key: return false
  true

proc hash*[A](s: OrderedSet[A]): Hash =
  for i in 0 ..< s.entries.len: result = result !& s.entries[i].hcode
  result = !$result

proc `$`*[A](s: OrderedSet[A]): string =
  result = "{"
  for key in items(s):
    if result.len > 1: result.add(", ")
    result.addQuoted(key)
  result.add("}")

proc initSet*[A](initialSize = defaultInitialSize): HashSet[A] {.deprecated: "Deprecated since v0.20, use 'initHashSet'".} =
  ## The older name of `initHashSet`.
  initHashSet[A](initialSize)

proc toSet*[A](keys: openArray[A]): HashSet[A] {.deprecated: "Deprecated since v0.20, use 'toHashSet'".} =
  ## The older name of `toHashSet`.
  toHashSet(keys)
