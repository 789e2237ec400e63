# Forms that Nim 1.6 does not know.
let (a, (b, c)) = (1, (2, 3))
let (a, b): (int, string) = c
const (a, b): (int, int) = (1, 2)
for (a, (b, c)) in d: e
proc f(x: out int; y: lent string)
type A = foo int, string
type B = object
  x: out int
type C = foo:
  bar
