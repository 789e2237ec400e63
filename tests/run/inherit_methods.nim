discard """
  output: '''
A makes a sound
A eats food
falsefalsefalsetrue
D barks
D eats food
woof
truefalsefalsetrue
P barks squeakily
P eats food
woof
truetruefalsetrue
meow C makes a sound
C eats food
falsefalsetruetrue
P 1
invalid object conversion
invalid object conversion
false
puppy 0
1
(x: 4)
true 4
true 4
(y: "k", x: 77)
knone
der k base
tt
'''
"""
# Methods find the dynamic type, of and conversions look at it, procCall does not.
type
  Animal = ref object of RootObj
    name: string
  Dog = ref object of Animal
    tricks: seq[string]
  Puppy = ref object of Dog
    age: int
  Cat = ref object of Animal
method speak(a: Animal): string {.base.} = a.name & " makes a sound"
method speak(d: Dog): string = d.name & " barks"
method speak(p: Puppy): string = procCall(speak(Dog(p))) & " squeakily"
method speak(c: Cat): string = "meow " & procCall speak(Animal(c))
method eat(a: Animal, what: string) {.base.} = echo a.name, " eats ", what
method eat(d: Dog, what: string) =
  procCall eat(Animal(d), what)
  echo "woof"
let zoo = @[Animal(name: "A"), Dog(name: "D"), Puppy(name: "P", age: 1), Cat(name: "C")]
for z in zoo:
  echo z.speak()
  z.eat("food")
  echo z of Dog, z of Puppy, z of Cat, z of Animal
let d: Animal = zoo[2]
echo Dog(d).name, " ", Puppy(d).age
try:
  discard Cat(d)
except ObjectConversionDefect as e:
  echo e.msg
try:
  let c = Dog(zoo[3])
  echo c.name
except ObjectConversionDefect as e:
  echo e.msg
var nn: Animal = nil
echo nn of Dog
if d of Puppy: echo "puppy ", Puppy(d).tricks.len
# object values
type
  Base = object of RootObj
    x: int
  Der = object of Base
    y: string
var b: Base = Der(x: 1, y: "yy")
echo b.x
var dd = Der(x: 4, y: "k")
b = dd
echo b
proc f(b: Base) = echo b of Der, " ", b.x
f(dd)
f(Base(dd))
proc g(b: var Base) = b.x = 77
g(dd)
echo dd
proc h(b: Base): string =
  if b of Der: Der(b).y else: "none"
echo h(dd), h(Base(x: 2))
method mm(b: Base): string {.base.} = "base"
method mm(b: Der): string = "der " & b.y
proc call(b: Base): string = b.mm
echo call(dd), " ", call(Base(x: 1))
type
  Thing = ref object of RootObj
  Unit = ref object of Thing
    u: int
method collide(a, b: Thing) {.base.} = echo "tt"
method collide(a: Thing, b: Unit) = echo "tu"
method collide(a: Unit, b: Thing) = echo "ut"
var a1, b1: Thing
a1 = Thing(); b1 = Unit(u: 1)
collide(a1, b1)
