type
  Animal = ref object of RootObj
    name: string
  Dog = ref object of Animal
    bones: seq[string]
    age: int
  Cat = ref object of Animal
    lives: int

var animals: seq[Animal]
var favourite: Animal

proc show*() =
  for a in animals:
    if a of Dog: echo "dog ", a.name, " ", Dog(a).age, " ", Dog(a).bones
    elif a of Cat: echo "cat ", a.name, " ", Cat(a).lives
    else: echo a.name
  echo favourite == animals[0]
