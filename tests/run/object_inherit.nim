discard """
  output: '''
it
Rex knows 3
Tom sleeps
Rex knows 4 false true
invalid object conversion
'''
"""
# Objects of `ref object of`, checked with `of`, converted up and down.
type
  Animal = ref object of RootObj
    name: string
  Dog = ref object of Animal
    tricks: int
  Cat = ref object of Animal
proc describe(a: Animal): string =
  if a of Dog: a.name & " knows " & $Dog(a).tricks
  elif a of Cat: a.name & " sleeps"
  else: a.name
let zoo = @[Animal(name: "it"), Dog(name: "Rex", tricks: 3), Cat(name: "Tom")]
for a in zoo: echo describe(a)
let d = Dog(zoo[1])
d.tricks = 4
echo describe(zoo[1]), " ", zoo[2] of Dog, " ", zoo[1] of Animal
try:
  discard Dog(zoo[2])
except ObjectConversionDefect as e:
  echo e.msg
