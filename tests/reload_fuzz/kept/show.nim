import std/[tables, sets, packedsets, options, deques, heapqueue, algorithm, strutils]
var depth = 0
proc show*(x: SomeInteger): string = $x
proc show*(x: SomeFloat): string = $x
proc show*(x: string): string = "'" & x & "'"
proc show*(x: enum): string = $x
proc show*[T](xs: set[T]): string =
  for x in xs: result.add (if result.len > 0: " " else: "") & show(x)
  result = "{" & result & "}"
proc show*[T: enum](xs: PackedSet[T]): string =
  for x in T:
    if x in xs: result.add (if result.len > 0: " " else: "") & show(x)
  result = "{" & result & "}"
proc show*[T: tuple](x: T): string
proc show*[T: object](x: T): string
proc show*[T](x: ref T): string
proc show*[T](xs: seq[T]): string
proc show*[I, T](xs: array[I, T]): string
proc show*[T](x: Option[T]): string =
  mixin show
  if x.isSome: "?" & show(x.get) else: "?"
proc joined(xs: seq[string]): string = xs.join(" ")
proc show*[T](xs: seq[T]): string =
  mixin show
  var all: seq[string]
  for x in xs: all.add show(x)
  "[" & joined(all) & "]"
proc show*[T](xs: Deque[T]): string =
  mixin show
  var all: seq[string]
  for x in xs: all.add show(x)
  "[" & joined(all) & "]"
proc show*[I, T](xs: array[I, T]): string =
  mixin show
  var all: seq[string]
  for x in xs: all.add show(x)
  "[" & joined(all) & "]"
proc show*[K, V](t: Table[K, V]): string =
  mixin show, hash, `==`
  var all: seq[string]
  for k, v in t:
    all.add show(k) & ":" & (if k in t: show(t.getOrDefault(k)) else: "(lost)")
  sort all
  result = "{" & joined(all) & "}"
  if all.len != t.len: result.add "(len " & $t.len & ")"
proc show*[K](t: HashSet[K]): string =
  mixin show, hash, `==`
  var all: seq[string]
  for k in t: all.add show(k) & (if k in t: "" else: "(lost)")
  sort all
  result = "{" & joined(all) & "}"
  if all.len != t.len: result.add "(len " & $t.len & ")"
proc show*[K](t: HeapQueue[K]): string =
  mixin show, `<`
  var all: seq[string]
  var rest = t
  while rest.len > 0: all.add show(rest.pop)
  "<" & joined(all) & ">"
proc show*(x: proc (): string): string = (if x == nil: "nil" else: x())
proc show*[T: tuple](x: T): string =
  mixin show
  var all: seq[string]
  for part in fields(x): all.add show(part)
  "(" & joined(all) & ")"
proc show*[T: object](x: T): string =
  mixin show
  for name, part in fieldPairs(x): result.add name & "=" & show(part) & ";"
  result = "(" & result & ")"
proc show*[T](x: ref T): string =
  mixin show, more
  if x == nil: return "nil"
  if depth >= 3: return "~"
  inc depth
  result = "^" & show(x[]) & more(x)
  dec depth
