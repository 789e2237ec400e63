discard """
  output: '''
a says nothing
d barks
p barks softly
'''
"""
type
  Animal = ref object of RootObj
    name: string
  Dog = ref object of Animal
  Puppy = ref object of Dog
method speak(a: Animal): string {.base.} = a.name & " says nothing"
method speak(d: Dog): string = d.name & " barks"
method speak(p: Puppy): string = procCall(speak(Dog(p))) & " softly"
let all = @[Animal(name: "a"), Dog(name: "d"), Puppy(name: "p")]
for a in all: echo a.speak()
