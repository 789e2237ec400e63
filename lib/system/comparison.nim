# Equality and order of composed values.

proc `==`*[T](x, y: openArray[T]): bool =
  ## Are there as many elements, and are they equal one by one?
  if x.len != y.len: return false
  for i in 0 ..< x.len:
    if x[i] != y[i]: return false
  true

proc `==`*[I, T](x, y: array[I, T]): bool =
  for i in low(x) .. high(x):
    if x[i] != y[i]: return false
  true

proc `==`*[T](x, y: seq[T]): bool =
  if x.len != y.len: return false
  for i in 0 ..< x.len:
    if x[i] != y[i]: return false
  true

proc `==`*[T: tuple | object](x, y: T): bool =
  ## Are all fields equal?
  for a, b in fields(x, y):
    if a != b: return false
  true

proc `<`*[T: tuple](x, y: T): bool =
  ## Compares the fields in order; the first that differs decides.
  for a, b in fields(x, y):
    if a < b: return true
    if b < a: return false
  false

proc `<=`*[T: tuple](x, y: T): bool =
  for a, b in fields(x, y):
    if a < b: return true
    if b < a: return false
  true

proc contains*[T](a: openArray[T], item: T): bool =
  ## Is an element equal to `item`?
  for i in 0 ..< a.len:
    if a[i] == item: return true
  false

proc find*[T, S](a: T, item: S): int =
  ## The number of the first element that is equal to `item`, or -1.
  for x in items(a):
    if x == item: return
    inc result
  result = -1

proc max*[T](x: openArray[T]): T =
  ## The largest element.
  result = x[0]
  for i in 1 .. high(x):
    if result < x[i]: result = x[i]

proc min*[T](x: openArray[T]): T =
  ## The smallest element.
  result = x[0]
  for i in 1 .. high(x):
    if x[i] < result: result = x[i]
