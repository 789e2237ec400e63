discard """
  output: '''
a b c d 
changed b!! c d 
5 4
30
696
5
free 6
free 5
5
m2 end
free 9
free 8
free 7
2
1hello
0
freed
freed
'''
"""
# Hooks of generic containers, of types that cannot be copied, and of counted pointers.
# generic container with hooks
type
  MySeq[T] = object
    len, cap: int
    data: ptr UncheckedArray[T]
proc `=destroy`*[T](x: var MySeq[T]) =
  if x.data != nil:
    for i in 0..<x.len: `=destroy`(x.data[i])
    dealloc(x.data)
    x.data = nil
proc `=copy`*[T](a: var MySeq[T], b: MySeq[T]) =
  if a.data == b.data: return
  `=destroy`(a)
  wasMoved(a)
  a.len = b.len
  a.cap = b.cap
  if b.data != nil:
    a.data = cast[typeof(a.data)](alloc0(a.cap * sizeof(T)))
    for i in 0..<a.len: a.data[i] = b.data[i]
proc `=sink`*[T](a: var MySeq[T], b: MySeq[T]) =
  `=destroy`(a)
  wasMoved(a)
  a.len = b.len
  a.cap = b.cap
  a.data = b.data
proc add*[T](x: var MySeq[T], y: sink T) =
  if x.len >= x.cap:
    x.cap = max(x.len + 1, x.cap * 2)
    x.data = cast[typeof(x.data)](realloc0(x.data, x.len * sizeof(T), x.cap * sizeof(T)))
  x.data[x.len] = y
  inc x.len
proc `[]`*[T](x: MySeq[T], i: Natural): lent T = x.data[i]
proc `[]`*[T](x: var MySeq[T], i: Natural): var T = x.data[i]
proc `[]=`*[T](x: var MySeq[T], i: Natural, y: sink T) = x.data[i] = y
proc len*[T](x: MySeq[T]): int = x.len
iterator items*[T](x: MySeq[T]): lent T =
  for i in 0..<x.len: yield x.data[i]
proc createSeq*[T](elems: varargs[T]): MySeq[T] =
  for e in elems: result.add e
proc main =
  var s = createSeq("a", "b", "c")
  s.add "d"
  var t = s
  t[0] = "changed"
  t[1].add "!!"
  for x in s: stdout.write x, " "
  echo ""
  for x in t: stdout.write x, " "
  echo ""
  var nested: MySeq[MySeq[string]]
  nested.add s
  nested.add t
  nested[0].add "deep"
  echo nested[0].len, " ", s.len
  var ints = createSeq(1, 2, 3)
  let mv = move ints
  echo mv.len, ints.len
  var q: seq[MySeq[int]]
  for i in 0..5: q.add createSeq(i, i*2)
  q.delete(2)
  q.insert(createSeq(9), 0)
  echo q.len, q[0][0], q[3][1]
main()
# no-copy type
type Unique = object
  p: ptr int
proc `=destroy`(u: var Unique) =
  if u.p != nil:
    echo "free ", u.p[]
    dealloc u.p
proc `=copy`(a: var Unique, b: Unique) {.error.}
proc newUnique(i: int): Unique =
  result.p = create(int)
  result.p[] = i
proc consume(u: sink Unique): int = u.p[]
proc m2 =
  var u = newUnique(5)
  var v = move u
  echo v.p[]
  var w = newUnique(6)
  w = newUnique(7)
  echo consume(v)
  var us: seq[Unique]
  us.add newUnique(8)
  us.add newUnique(9)
  discard us.pop()
  echo "m2 end"
m2()
# shared ptr with refcount
type SP[T] = object
  p: ptr tuple[val: T, rc: int]
proc `=destroy`[T](s: var SP[T]) =
  if s.p != nil:
    if s.p.rc == 0:
      `=destroy`(s.p[].val)
      dealloc s.p
      echo "freed"
    else: dec s.p.rc
proc `=copy`[T](a: var SP[T], b: SP[T]) =
  if b.p != nil: inc b.p.rc
  `=destroy`(a)
  a.p = b.p
proc newSP[T](x: sink T): SP[T] =
  result.p = cast[typeof(result.p)](alloc0(sizeof(result.p[])))
  result.p.val = x
proc m3 =
  let a = newSP("hello")
  var b = a
  block:
    let c = b
    echo c.p.rc
  echo b.p.rc, b.p.val
  b = newSP("other")
  echo a.p.rc
m3()
