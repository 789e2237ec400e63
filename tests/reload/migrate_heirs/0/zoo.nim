type
  Animal = ref object of RootObj
    name: string
  Dog = ref object of Animal
    age: int8
  Cat = ref object of Animal
    lives: int

var animals: seq[Animal] = @[Dog(name: "Rex", age: 3), Cat(name: "Tom", lives: 9), Animal(name: "?")]
var favourite = animals[0]

proc show*() =
  for a in animals:
    if a of Dog: echo "dog ", a.name, " ", Dog(a).age
    elif a of Cat: echo "cat ", a.name, " ", Cat(a).lives
    else: echo a.name
  echo favourite == animals[0]
