discard """
  output: '''
11
0
10
20
30
0
1
2
3
6
120
11
true
5
8
@["hi", "hi!"]
k=2
k=2
k=2
6
2
truetrue
'''
"""
# Closures share what they capture; nested routines call each other before they are defined.
proc mk(): (proc (): int, proc (x: int)) =
  var n = 0
  result = (proc (): int = n, proc (x: int) = n += x)
let (g, a) = mk()
a(5); a(6)
echo g()
var fs: seq[proc (): int]
for i in 0..3:
  closureScope:
    let j = i
    fs.add proc (): int = j * 10
for f in fs: echo f()
var fs2: seq[proc (): int]
proc run() =
  for i in 0..3:
    let j = i
    closureScope:
      let q = j
      fs2.add proc (): int = q
  for f in fs2: echo f()
run()
proc outer(x: int): proc (y: int): proc (z: int): int =
  return proc (y: int): proc (z: int): int =
    return proc (z: int): int = x + y + z
echo outer(1)(2)(3)
proc fact(): int =
  proc go(n: int): int =
    if n <= 1: 1 else: n * go(n-1)
  go(5)
echo fact()
proc mutual(n: int): bool =
  var depth = 0
  proc odd(n: int): bool
  proc even(n: int): bool =
    inc depth
    if n == 0: true else: odd(n-1)
  proc odd(n: int): bool =
    inc depth
    if n == 0: false else: even(n-1)
  result = even(n)
  echo depth
echo mutual(10)
proc compose[A,B,C](f: proc (x: A): B, g: proc (x: B): C): proc (x: A): C =
  (proc (x: A): C = g(f(x)))
let inc1 = proc (x: int): int = x + 1
echo compose(inc1, proc (x: int): string = $x)(4)
proc apply(f: proc (x: int): int {.closure.}, x: int): int = f(x)
proc plain(x: int): int = x * 2
echo apply(plain, 4)
type Handler = proc (s: string) {.closure.}
var hs: seq[Handler]
proc reg(h: Handler) = hs.add h
proc main =
  var log: seq[string]
  reg(proc (s: string) = log.add s)
  reg do (s: string):
    log.add s & "!"
  for h in hs: h("hi")
  echo log
main()
proc loopcap =
  var procs: seq[proc ()]
  var i = 0
  while i < 3:
    let k = i
    procs.add(proc () = echo "k=", k)
    inc i
  for p in procs: p()
loopcap()
proc param(s: seq[int]): proc (): int =
  result = proc (): int =
    for x in s: result += x
echo param(@[1,2,3])()
proc nest =
  var x = 1
  proc a =
    proc b =
      proc c = x += 1
      c()
    b()
  a()
  echo x
nest()
var nilp: proc (x: int)
echo nilp == nil, nilp.isNil
