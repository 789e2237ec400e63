## More for sets.

import std/[enumutils, typetraits]

template element(iter: untyped): untyped =
  when compiles(items(iter)): typeof(items(iter)) else: typeof(iter)

template toSet*(iter: untyped): untyped =
  ## A set of what can be looped over.
  block:
    var made: set[element(iter)]
    for x in iter: incl(made, x)
    made

func fullSet*[T](U: typedesc[T]): set[T] {.inline.} =
  ## All values of the type.
  when T is HoleyEnum:
    for value in items(T): result.incl(value)
  else: {T.low .. T.high}

func complement*[T](s: set[T]): set[T] {.inline.} = fullSet(T) - s
  ## All values that are not in it.

func `[]=`*[T](t: var set[T], key: T, val: bool) {.inline.} =
  ## Puts a value in or takes it out.
  if val: t.incl(key) else: t.excl(key)

func symmetricDifference*[T](x, y: set[T]): set[T] = (x - y) + (y - x)
  ## What is in one of both.
func `-+-`*[T](x, y: set[T]): set[T] = symmetricDifference(x, y)
func toggle*[T](x: var set[T], y: set[T]) = x = symmetricDifference(x, y)
  ## Puts those of `y` in that are not in, and takes the others out.
