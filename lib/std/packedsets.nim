## Sets of ordinals, of any size. A few values stand in a list; many, as bits in trunks of 512.

import std/[algorithm, hashes, tables]

const fewValues = 34

type
  Trunk = object
    key: int
    bits: array[8, uint64]
  PackedSet*[A: Ordinal] = object
    ## A set. Values that are near to each other share a trunk.
    when A is enum:
      few: seq[A] # All of them: their numbers may change when the program is reloaded.
    else:
      few: seq[int]
    trunks: seq[Trunk]
    places: Table[int, int] # of trunks, by key; empty while there are few values

func initPackedSet*[A](): PackedSet[A] = discard
  ## An empty set.

func bitOf(key: int): uint64 = 1'u64 shl (key and 63)
func wordOf(key: int): int = key shr 6 and 7

func contains*[A](s: PackedSet[A], key: A): bool =
  ## Is it in?
  when A is enum: key in s.few
  else:
    let key = ord(key)
    if s.trunks.len == 0: return key in s.few
    let at = s.places.getOrDefault(key shr 9, -1)
    at >= 0 and (s.trunks[at].bits[wordOf(key)] and bitOf(key)) != 0'u64

func setBit[A](s: var PackedSet[A], key: int) =
  var at = s.places.getOrDefault(key shr 9, -1)
  if at < 0:
    at = s.trunks.len
    s.places[key shr 9] = at
    s.trunks.add(Trunk(key: key shr 9))
  s.trunks[at].bits[wordOf(key)] = s.trunks[at].bits[wordOf(key)] or bitOf(key)

func takeOut[T](few: var seq[T], key: T) =
  let at = few.find(key)
  if at >= 0: few.del(at)

func incl*[A](s: var PackedSet[A], key: A) =
  ## Puts it in.
  when A is enum:
    if key in s.few: return
    s.few.add(key)
    # Many are in the order of their numbers, as those in trunks.
    if s.few.len > fewValues: sort(s.few)
  else:
    let key = ord(key)
    if s.trunks.len == 0:
      if key in s.few: return
      if s.few.len < fewValues:
        s.few.add(key)
        return
      for x in s.few: setBit(s, x)
      s.few.setLen(0)
    setBit(s, key)

func excl*[A](s: var PackedSet[A], key: A) =
  ## Takes it out.
  when A is enum: takeOut(s.few, key)
  else:
    let key = ord(key)
    if s.trunks.len == 0: takeOut(s.few, key)
    else:
      let at = s.places.getOrDefault(key shr 9, -1)
      if at >= 0: s.trunks[at].bits[wordOf(key)] = s.trunks[at].bits[wordOf(key)] and not bitOf(key)

iterator items*[A](s: PackedSet[A]): A =
  ## The values. In no order that matters.
  for x in s.few: yield A(x)
  for at in countdown(s.trunks.len - 1, 0):
    for i in 0 .. 7:
      let word = s.trunks[at].bits[i]
      if word != 0'u64:
        for bit in 0 .. 63:
          if (word shr bit and 1'u64) != 0'u64: yield A(s.trunks[at].key * 512 + i * 64 + bit)

func incl*[A](s: var PackedSet[A], other: PackedSet[A]) =
  ## Puts all of `other` in.
  for x in items(other): incl(s, x)
func excl*[A](s: var PackedSet[A], other: PackedSet[A]) =
  ## Takes all of `other` out.
  for x in items(other): excl(s, x)

func toPackedSet*[A](x: openArray[A]): PackedSet[A] =
  ## A set of these.
  for item in x: result.incl(item)

func containsOrIncl*[A](s: var PackedSet[A], key: A): bool =
  ## Puts it in. Was it in?
  result = key in s
  if not result: s.incl(key)

func missingOrExcl*[A](s: var PackedSet[A], key: A): bool =
  ## Takes it out. Was it not in?
  result = key notin s
  if not result: s.excl(key)

func len*[A](s: PackedSet[A]): int =
  ## How many there are.
  for x in items(s): inc result
func card*[A](s: PackedSet[A]): int = len(s)
  ## How many there are.
func clear*[A](result: var PackedSet[A]) = result = PackedSet[A]()
  ## Takes all out.
func isNil*[A](x: PackedSet[A]): bool = x.few.len == 0 and x.trunks.len == 0
  ## Is it empty?
func assign*[A](dest: var PackedSet[A], src: PackedSet[A]) = dest = src
  ## Makes `dest` the same.

func union*[A](s1, s2: PackedSet[A]): PackedSet[A] =
  ## What is in one or both.
  result = s1
  result.incl(s2)
func intersection*[A](s1, s2: PackedSet[A]): PackedSet[A] =
  ## What is in both.
  for x in items(s1):
    if x in s2: result.incl(x)
func difference*[A](s1, s2: PackedSet[A]): PackedSet[A] =
  ## What is in `s1` only.
  for x in items(s1):
    if x notin s2: result.incl(x)
func symmetricDifference*[A](s1, s2: PackedSet[A]): PackedSet[A] = union(difference(s1, s2), difference(s2, s1))
  ## What is in one of both.
func `+`*[A](s1, s2: PackedSet[A]): PackedSet[A] = union(s1, s2)
func `*`*[A](s1, s2: PackedSet[A]): PackedSet[A] = intersection(s1, s2)
func `-`*[A](s1, s2: PackedSet[A]): PackedSet[A] = difference(s1, s2)
func disjoint*[A](s1, s2: PackedSet[A]): bool =
  ## Is nothing in both?
  for x in items(s1):
    if x in s2: return false
  true
func `<=`*[A](s1, s2: PackedSet[A]): bool =
  ## Is all of `s1` in `s2`?
  for x in items(s1):
    if x notin s2: return false
  true
func `<`*[A](s1, s2: PackedSet[A]): bool = s1 <= s2 and not (s2 <= s1)
func `==`*[A](s1, s2: PackedSet[A]): bool = s1 <= s2 and s2 <= s1
func hash*[A](s: PackedSet[A]): Hash =
  ## Equal sets have equal hashes.
  for x in items(s): result = result xor hash(ord(x))
  result = !$result
func `$`*[A](s: PackedSet[A]): string =
  ## `{value, …}`
  result = "{"
  for x in items(s):
    if result.len > 1: result.add(", ")
    result.add($x)
  result.add("}")
