discard """
  output: '''
{name:'a',age:3}{a:1,b:[2;]}{id:1,k:true,x:5}{id:0,k:false,y:'z'}{q:'w',p:1}
(name: "n!", age: 11)
truefalse
namen!q
age110
(2, "a", 5.0)
x=1
y=b
230
(name: "", age: 0)
name age 
truefalse
'''
"""
# Loops over fields, of several objects, of heirs and variants, at compile time.
type
  Person = object
    name: string
    age: int
  Gen[T] = object
    a: T
    b: seq[T]
  Case = object
    id: int
    case k: bool
    of true: x: int
    else: y: string
  Inh = object of RootObj
    p: int
  Inh2 = object of Inh
    q: string
proc toStr[T](x: T): string =
  when T is object:
    result = "{"
    for k, v in fieldPairs(x):
      if result.len > 1: result.add ","
      result.add k & ":" & toStr(v)
    result.add "}"
  elif T is seq:
    result = "["
    for v in x: result.add toStr(v) & ";"
    result.add "]"
  elif T is string: result = "'" & x & "'"
  else: result = $x
echo toStr(Person(name: "a", age: 3)), toStr(Gen[int](a: 1, b: @[2])), toStr(Case(id: 1, k: true, x: 5)), toStr(Case(k: false, y: "z")), toStr(Inh2(p: 1, q: "w"))
var p = Person(name: "n", age: 1)
for f in fields(p):
  when f is int: f += 10
  elif f is string: f.add "!"
echo p
proc same[T: object](a, b: T): bool =
  result = true
  for x, y in fields(a, b):
    if x != y: return false
echo same(p, p), same(p, Person())
for n, a, b in fieldPairs(p, Person(name: "q")): echo n, a, b
var t = (1, "a", 2.5)
for f in t.fields:
  when f is SomeNumber: f = f * 2
echo t
for n, f in (x: 1, y: "b").fieldPairs: echo n, "=", f
proc count[T](x: T): int =
  for f in fields(x): inc result
echo count(p), count(t), count(())
template each(o: typed, body: untyped) =
  for k, v in fieldPairs(o):
    body
proc zero[T](x: var T) =
  for f in fields(x): f = default(typeof(f))
zero(p)
echo p
iterator names[T](x: T): string =
  for k, v in fieldPairs(x): yield k
for n in names(p): stdout.write n, " "
echo ""
const cp = Person(name: "c", age: 9)
static:
  var s = ""
  for k, v in fieldPairs(cp): s.add k & $v
  doAssert s == "namecage9"
proc hasField[T](x: T, name: static string): bool =
  for k, v in fieldPairs(x):
    when k == name: return true
echo hasField(p, "age"), hasField(p, "zip")
