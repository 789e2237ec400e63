## Tables and sets of strings in the order of the strings, which can be asked for all that begin alike.

import std/algorithm

type CritBitTree*[T] = object
  ## Strings in ascending order, each with a value unless `T` is `void`.
  words: seq[string]
  when T isnot void:
    vals: seq[T]

proc place[T](c: CritBitTree[T], key: string): tuple[at: int, found: bool] =
  let at = lowerBound(c.words, key)
  (at, at < c.words.len and c.words[at] == key)

func len*[T](c: CritBitTree[T]): int = c.words.len
  ## How many strings there are.
proc contains*[T](c: CritBitTree[T], key: string): bool = place(c, key).found
  ## Is the string in?
proc hasKey*[T](c: CritBitTree[T], key: string): bool = place(c, key).found
  ## Is the string in?

proc reserve[T](c: var CritBitTree[T], key: string): int =
  let (at, found) = place(c, key)
  if not found:
    c.words.insert(key, at)
    when T isnot void: c.vals.insert(default(T), at)
  at

proc missing(key: string) = raise newException(KeyError, "key not found: " & key)

proc excl*[T](c: var CritBitTree[T], key: string) =
  ## Takes the string out.
  let (at, found) = place(c, key)
  if found:
    c.words.delete(at)
    when T isnot void: c.vals.delete(at)

proc missingOrExcl*[T](c: var CritBitTree[T], key: string): bool =
  ## Takes the string out. Was it not in?
  result = key notin c
  c.excl(key)

proc containsOrIncl*[T](c: var CritBitTree[T], key: string, val: sink T): bool =
  ## Puts the string in with a value, if it was not in.
  result = key in c
  if not result:
    let at = reserve(c, key)
    c.vals[at] = val

proc containsOrIncl*(c: var CritBitTree[void], key: string): bool =
  ## Puts the string in. Was it in?
  result = key in c
  discard reserve(c, key)

proc inc*(c: var CritBitTree[int], key: string, val: int = 1) =
  ## Adds to a string's value.
  let at = reserve(c, key)
  c.vals[at] += val

proc incl*(c: var CritBitTree[void], key: string) = discard reserve(c, key)
  ## Puts the string in.

proc incl*[T](c: var CritBitTree[T], key: string, val: sink T) =
  ## Sets a string's value.
  let at = reserve(c, key)
  c.vals[at] = val

proc `[]=`*[T](c: var CritBitTree[T], key: string, val: sink T) =
  ## Sets a string's value.
  let at = reserve(c, key)
  c.vals[at] = val

proc `[]`*[T](c: CritBitTree[T], key: string): lent T =
  ## A string's value. KeyError when it is not in.
  let (at, found) = place(c, key)
  if not found: missing(key)
  c.vals[at]

proc `[]`*[T](c: var CritBitTree[T], key: string): var T =
  ## A string's value, to be changed.
  let (at, found) = place(c, key)
  if not found: missing(key)
  c.vals[at]

iterator keys*[T](c: CritBitTree[T]): string =
  ## The strings in order.
  for word in c.words: yield word
iterator items*[T](c: CritBitTree[T]): string =
  ## The strings in order.
  for word in c.words: yield word
iterator values*[T](c: CritBitTree[T]): lent T =
  ## The values in the order of the strings.
  for i in 0 ..< c.vals.len: yield c.vals[i]
iterator mvalues*[T](c: var CritBitTree[T]): var T =
  ## The values, to be changed.
  for i in 0 ..< c.vals.len: yield c.vals[i]
iterator pairs*[T](c: CritBitTree[T]): tuple[key: string, val: T] =
  ## Strings and values in order.
  for i in 0 ..< c.words.len: yield (c.words[i], c.vals[i])
iterator mpairs*[T](c: var CritBitTree[T]): tuple[key: string, val: var T] =
  ## Strings and values, these to be changed.
  for i in 0 ..< c.words.len: yield (c.words[i], c.vals[i])

proc begins(word, prefix: string): bool =
  word.len >= prefix.len and substr(word, 0, prefix.len - 1) == prefix

iterator keysWithPrefix*[T](c: CritBitTree[T], prefix: string): string =
  ## Those that begin so.
  var i = lowerBound(c.words, prefix)
  while i < c.words.len and begins(c.words[i], prefix):
    yield c.words[i]
    inc i
iterator itemsWithPrefix*[T](c: CritBitTree[T], prefix: string): string =
  ## Those that begin so.
  for word in keysWithPrefix(c, prefix): yield word
iterator valuesWithPrefix*[T](c: CritBitTree[T], prefix: string): T =
  ## The values of those that begin so.
  var i = lowerBound(c.words, prefix)
  while i < c.words.len and begins(c.words[i], prefix):
    yield c.vals[i]
    inc i
iterator pairsWithPrefix*[T](c: CritBitTree[T], prefix: string): tuple[key: string, val: T] =
  ## Those that begin so, with their values.
  var i = lowerBound(c.words, prefix)
  while i < c.words.len and begins(c.words[i], prefix):
    yield (c.words[i], c.vals[i])
    inc i
iterator mvaluesWithPrefix*[T](c: var CritBitTree[T], prefix: string): var T =
  ## The values of those that begin so, to be changed.
  var i = lowerBound(c.words, prefix)
  while i < c.words.len and begins(c.words[i], prefix):
    yield c.vals[i]
    inc i
iterator mpairsWithPrefix*[T](c: var CritBitTree[T], prefix: string): tuple[key: string, val: var T] =
  ## Those that begin so, with their values, these to be changed.
  var i = lowerBound(c.words, prefix)
  while i < c.words.len and begins(c.words[i], prefix):
    yield (c.words[i], c.vals[i])
    inc i

func commonPrefixLen*[T](c: CritBitTree[T]): int =
  ## How many bytes all strings begin alike with.
  if c.words.len == 0: return 0
  let (first, last) = (c.words[0], c.words[^1])
  while result < min(first.len, last.len) and first[result] == last[result]: inc result

proc toCritBitTree*[T](pairs: openArray[(string, T)]): CritBitTree[T] =
  ## Of these pairs.
  for pair in pairs: result[pair[0]] = pair[1]
proc toCritBitTree*(items: openArray[string]): CritBitTree[void] =
  ## Of these strings.
  for item in items: result.incl(item)

func `$`*[T](c: CritBitTree[T]): string =
  ## `{"key", …}` or `{"key": value, …}`
  if c.len == 0:
    return when T is void: "{}" else: "{:}"
  result = "{"
  for i in 0 ..< c.words.len:
    if i > 0: result.add(", ")
    result.addQuoted(c.words[i])
    when T isnot void:
      result.add(": ")
      result.addQuoted(c.vals[i])
  result.add("}")
