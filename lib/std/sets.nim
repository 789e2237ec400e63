## Sets of any values: `HashSet` in the order of the hashes, `OrderedSet` in the order of insertion.
##
## For sets of small ordinal values the language's own `set` is faster.

import std/hashes
import private/hashing
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

const defaultInitialSize* = 64

proc rightSize*(count: Natural): int {.deprecated: "Deprecated since 1.4.0".} = slotsFor(count)
  ## How many places a set for so many elements has.

# HashSet

proc migrated[A: Relaid](value: var HashSet[A]): string = rehash(value.data)
  # A reload has converted what is in it, or changed what hashes and compares its elements.

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

proc contains*[A](s: HashSet[A], key: A): bool = slotOf(s.data, key, hashOf(key)) >= 0
  ## Is it an element? For `in`.

proc `[]`*[A](s: var HashSet[A], key: A): var A =
  ## The element that equals `key`. KeyError when there is none.
  let at = slotOf(s.data, key, hashOf(key))
  if at < 0: missing(key)
  return s.data[at].key

proc containsOrIncl*[A](s: var HashSet[A], key: A): bool =
  ## Was it an element? It is one afterwards.
  if s.data.len == 0: init(s)
  let hc = hashOf(key)
  var at = slotOf(s.data, key, hc)
  if at >= 0: return true
  if crowded(s.data.len, s.counter):
    spread(s.data, s.data.len * 2)
    at = slotOf(s.data, key, hc)
  s.data[-1 - at].key = key
  s.data[-1 - at].hcode = hc # Only now is it there: the key may not have had memory.
  inc s.counter
  false

proc incl*[A](s: var HashSet[A], key: A) = discard containsOrIncl(s, key)
  ## Puts an element in.

proc missingOrExcl*[A](s: var HashSet[A], key: A): bool =
  ## Was it no element? It is none afterwards.
  let at = slotOf(s.data, key, hashOf(key))
  if at < 0: return true
  free(s.data, at)
  dec s.counter
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

proc migrated[A: Relaid](value: var OrderedSet[A]): string = reindex(value.entries, value.slots)
  # A reload has converted what is in it, or changed what hashes and compares its elements.

proc init*[A](s: var OrderedSet[A], initialSize = defaultInitialSize) =
  ## Makes the set empty, with room for so many elements.
  s.entries.setLen(0)
  index(s.entries, s.slots, slotsFor(initialSize))

proc initOrderedSet*[A](initialSize = defaultInitialSize): OrderedSet[A] =
  ## An empty set.
  init(result, initialSize)

proc len*[A](s: OrderedSet[A]): int = s.entries.len
  ## The number of elements.
proc card*[A](s: OrderedSet[A]): int = s.entries.len
  ## The number of elements.

proc contains*[A](s: OrderedSet[A], key: A): bool = entryOf(s.entries, s.slots, key, hashOf(key)) >= 0
  ## Is it an element? For `in`.

proc containsOrIncl*[A](s: var OrderedSet[A], key: A): bool =
  ## Was it an element? It is one afterwards.
  let hc = hashOf(key)
  if entryOf(s.entries, s.slots, key, hc) >= 0: return true
  append(s.entries, s.slots, (hcode: hc, key: key), defaultInitialSize)
  false

proc incl*[A](s: var OrderedSet[A], key: A) = discard containsOrIncl(s, key)
  ## Puts an element in; a new one comes last.

proc missingOrExcl*[A](s: var OrderedSet[A], key: A): bool =
  ## Was it no element? It is none afterwards. Slow: the elements after it move up.
  let at = entryOf(s.entries, s.slots, key, hashOf(key))
  if at < 0: return true
  remove(s.entries, s.slots, at)
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

proc isValid*[A](s: HashSet[A]): bool {.deprecated: "Deprecated since v0.20; sets are initialized by default".} =
  ## Has it room?
  s.data.len > 0
