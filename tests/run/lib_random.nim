discard """
  output: '''
13223559681708962501 7229677234260823147
6 9 f true x
@[5, 3, 1, 4, 2]
6 929 3
10
'''
"""
import std/random
var r = initRand(2019)
echo r.next(), " ", r.next()
echo r.rand(100), " ", r.rand(5..9), " ", r.rand('a'..'f'), " ", r.rand(1.0) < 1.0, " ", r.sample(["x", "y", "z"])
var cards = @[1, 2, 3, 4, 5]
r.shuffle(cards)
echo cards
randomize(42)
echo rand(10), " ", rand(1000), " ", rand(3..4)
randomize()
var seen: set[0..9]
for _ in 1..1000: seen.incl(range[0..9](rand(9)))
echo seen.card
