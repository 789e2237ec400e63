type
  Animal* = ref object of RootObj
    name*: string
  Dog* = ref object of Animal
    tricks*: seq[string]
  Cat* = ref object of Animal

method speak*(a: Animal): string {.base.} = a.name & " is silent"
method speak*(d: Dog): string = d.name & " barks"

proc count*(d: Dog): int = d.tricks.len

var animals*: seq[Animal] = @[Animal(name: "Ape"), Dog(name: "Dog", tricks: @["sit"]), Cat(name: "Cat")]
