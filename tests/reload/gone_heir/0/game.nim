import base
type Hero = ref object of Unit
  hp: int
method speak(hero: Hero): string = "hero " & $hero.hp
var all: seq[Unit] = @[Unit(n: 1), Hero(n: 2, hp: 7)]
proc show*() =
  for unit in all: echo unit.speak
