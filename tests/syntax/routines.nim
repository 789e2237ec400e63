proc f
proc f()
proc f*(a, b: int; c = 5, d: string = "x"): int {.inline, raises: [].} =
  ## A comment.
  a
proc `+=`*(x: var int; y: openArray[int]) = discard
func g[T, U: int | float; V](x: T): U
method m(x: A) {.base.} =
  discard
iterator i(): int = yield 1
converter c(x: int): string = $x
template t*(body: untyped) {.dirty.} =
  body
template t{a + b}(a, b: int): int = a
macro m(x: varargs[untyped]): untyped =
  x
proc f[T: static int](x: array[T, int]): auto =
  proc g(y: int): int = y
  g x[0]
proc forward(x: int): int
proc f(x: int): int
  {.importc, nodecl.}
proc f(x: typedesc[int], y: sink string,
       z: ref object | nil)
proc f(a: proc (x: int): int {.closure.} = nil)
proc `[]`(x: A; i: int): var int = x.d[i]
