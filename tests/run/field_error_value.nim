discard """
  output: '''
field 'text' is not accessible for type 'Value' using 'kind = 1'
field 'number' is not accessible for type 'Value' using 'kind = 2'
field 'number' is not accessible for type 'Value' using 'kind = 0'
field 'b' is not accessible for type 'Flag' using 'on = 1'
field 'first' is not accessible for type 'Letter' using 'c = 120'
field 'odd' is not accessible for type 'Part' using 'n = 7'
'''
"""
# The message of a field that is not there tells the discriminator's ordinal.
type
  Kind = enum kNone, kNumber = "number", kText
  Value = ref object
    case kind: Kind
    of kNone: discard
    of kNumber: number: int
    of kText: text: string
  Flag = object
    case on: bool
    of true: a: int
    of false: b: int
  Letter = object
    case c: char
    of '\0': first: int
    else: other: int
  Part = object
    case n: range[0..9]
    of 1, 3..5: odd: int
    else: rest: int
template shown(access: untyped) =
  try: discard access
  except FieldDefect as e: echo e.msg
let value = Value(kind: kNumber)
shown value.text
shown Value(kind: kText, text: "x").number
shown Value().number
let flag = Flag(on: true)
shown flag.b
let letter = Letter(c: 'x', other: 2)
shown letter.first
let part = Part(n: 7)
shown part.odd
