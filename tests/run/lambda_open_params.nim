discard """
  output: '''
@["a", "ccc"]
@[3, 1]
@["ccc"]
6
'''
"""
# Parameters of type `auto` of an anonymous proc take their types from where it goes.
import std/[algorithm, sequtils]

let words = @["ccc", "a"]
echo sorted(words, proc (x, y: auto): auto = cmp(x.len, y.len))
echo words.map(proc (x: auto): auto = x.len)
echo words.filter(proc (x: auto): bool = x.len > 1)
proc applied(f: proc (x: int): int): int = f(3)
echo applied(proc (x: auto): auto = x * 2)
