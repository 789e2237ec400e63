a + b * c - d
a ^ b ^ c
a & b == c and d or not e
a => b -> c
x += y = z
a in b notin c
a is int isnot string
x of T
x as y
1 .. 5
1 ..< a.len
x[1 .. ^2]
-x.y
@x.y
$a.b & "c"
not f x
a +
  b
a.b(c)[d]{e}.f
a
  .b(1)
  .c
f(x = 1, y = 2)
Foo(x: 1, y: 2)
f x, y = 1
f x.y z
f addr x
f(g h)
echo -x
echo a -x
x{.y.}
p[]
p[][1].z = 7
x.y[:int](3)
cast[ptr int](addr x)
(1, 2)
(1,)
()
(a: 1, b: 2)
(x)
(a; b; c)
(var x = 1; x)
(x = 1; y)
(if a: b else: c)
(discard; 1)
{1, 2 .. 3}
{:}
{}
{a: b, "c": d}
[1, 2]
[(1, "a"), (2, "b")]
@[1, 2]
let v = if a: b elif c: d else: e
let w = when a: b else: c
let c = case x
  of 1, 2: a
  of 3 .. 4: b
  else: c
let t = try: a except: b
let b = block:
  1
let f = proc (x: int): int = x
let g = func (x: int): int {.inline.} = x
let h = iterator (): int = yield 1
f x do (a: int) -> int:
  a + 1
f x do:
  b
f(x): b
f:
  a
  b
f x: a
let r = f do (x): x
m x:
of 1: a
of 2: b
elif c: d
else: e
t:
  a
except A:
  b
finally:
  c
f(x):
  a
do:
  b
x = f y:
  a
a.b = c
result.add if a: b else: c
