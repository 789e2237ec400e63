type
  Animal = ref object of RootObj
    id: int
    name: string
  Dog = ref object of Animal
    age: int
  Cat = ref object of Animal
    lives: int

var animals: seq[Animal]
var favourite: Animal

proc show*() =
  for i, a in animals:
    a.id = i
    if a of Dog: echo a.id, " dog ", a.name, " ", Dog(a).age
    elif a of Cat: echo a.id, " cat ", a.name, " ", Cat(a).lives
    else: echo a.id, " ", a.name
  echo favourite == animals[0]
