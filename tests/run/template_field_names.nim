discard """
  output: '''
97 4 -1
(fuzz: 7)
3
'''
"""
# What follows a dot in a template is no variable of the template, and a parameter there stands for the argument's name.
type
  Kind = enum character, number, other
  Part = object
    case kind: Kind
    of character: ch: char
    of number: index: int
    of other: discard
  Noise = object
    fuzz: int32

template define(name: untyped) =
  proc name(p: Part): int =
    case p.kind
    of character:
      let ch = p.ch
      result = ch.ord
    of number:
      var index = p.index
      result = index
    of other: result = -1
define(value)
echo value(Part(kind: character, ch: 'a')), " ", value(Part(kind: number, index: 4)), " ", value(Part(kind: other))

let fuzz = 7'i32
template fill(result: var Noise, fuzz: int32) =
  result.fuzz = fuzz
proc filled(): Noise = fill(result, fuzz)
echo filled()

template mark(level: int) {.pragma.}
type Marked {.mark(3).} = object
  field {.mark: 1.}: int
echo Marked(field: 3).field
