# Objects made before a reload dispatch to the new methods, also to one that their type did not have.
import zoo, std/hotcodereloading

proc step*() =
  performCodeReload()
  for a in animals:
    echo a.speak()
    if a of Dog: echo Dog(a).count

for a in animals: echo a.speak()
