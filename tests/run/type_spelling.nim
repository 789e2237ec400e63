discard """
  output: '''
literal: float64 float64 float64 float64
given: float float float float
negative: float64 float64 float64 float64
constant: float64 float64 float64 float64
typed: Id Id Id Id
literal + given: float float float float
5 / 2: float float float float
float(3): float float float float
3.float64: float64 float64 float64 float64
byte(3): byte byte byte byte
(1.5, literal, given): (float64, float64, float) (float64, float64, float) (float64, float64, float) (float64, float64, float)
[1.5, given]: array[0..1, float64] array[0..1, float64] array[0..1, float64] array[0..1, float64]
octet: byte byte byte byte
id: Id Id Id Id
ids: Ids Ids Ids Ids
callback: Callback Callback Callback Callback
little: Little Little Little Little
box: IntBox IntBox IntBox IntBox
pair: (byte, Name) (byte, Name) (byte, Name) (byte, Name)
pair[0]: byte byte byte byte
grid: array[0..1, seq[byte]] array[0..1, seq[byte]] array[0..1, seq[byte]] array[0..1, seq[byte]]
grid[0][0]: byte byte byte byte
addr octet: ptr byte ptr byte ptr byte ptr byte
copied: byte byte byte byte
id + 1: int int int int
true Id byte seq[Id] cint IntBox
record.plain: float float float float
record.wide: float64 float64 float64 float64
record.octet: byte byte byte byte
record.many: seq[float64] seq[float64] seq[float64] seq[float64]
record.many[0]: float64 float64 float64 float64
known(1, text): Name Name Name Name
halved: float64 float64 float64 float64
x: byte byte byte byte
first(octets, 4): byte byte byte byte
first([1'u8], 4'u8): byte byte byte byte
first([2.5], 1.5): float64 float64 float64 float64
octet: byte byte byte byte
number: float64 float64 float64 float64
'''
"""
# A type has the name under which it was given: `typeof`, `$` and `name` show that, though the types are the same.
import std/typetraits

type
  Id = int
  Ids = seq[Id]
  Name = string
  Callback = proc (x: int): int
  Small = range[1 .. 3]
  Little = Small
  Box[T] = object
    content: T
  IntBox = Box[int]
  Record = object
    plain: float
    wide: float64
    octet: byte
    many: seq[float64]

template show(value: untyped) =
  echo astToStr(value), ": ", typeof(value), " ", $typeof(value), " ", name(typeof(value)), " ", value.type

block literals:
  let literal = 2.5
  let given: float = 2.5
  let negative = -1.5
  const constant = 2.5
  const typed: Id = 3
  show literal
  show given
  show negative
  show constant
  show typed
  show literal + given
  show 5 / 2
  show float(3)
  show 3.float64
  show byte(3)
  show (1.5, literal, given)
  show [1.5, given]

block declared:
  var octet: byte
  var id: Id
  var ids: Ids
  var callback: Callback
  var little: Little
  var box: IntBox
  var pair: (byte, Name)
  var grid: array[2, seq[byte]]
  let copied = octet
  show octet
  show id
  show ids
  show callback
  show little
  show box
  show pair
  show pair[0]
  show grid
  show grid[0][0]
  show addr octet
  show copied
  show id + 1
  echo Id is int, " ", Id, " ", byte, " ", seq[Id], " ", cint, " ", IntBox

block fields:
  var record: Record
  show record.plain
  show record.wide
  show record.octet
  show record.many
  show record.many[0]

proc known(x: Id, y: var Name): Name =
  show x
  show y
  show result
  y

proc half(x: float): float64 = x / 2

block routines:
  var text = "x"
  show known(1, text)
  let halved = half(3)
  show halved
  let inner = proc (x: byte): Id =
    show x
    Id(x)
  discard inner(1)

proc first[T](items: openArray[T], other: T): T =
  show other
  echo T
  items[0]

block generics:
  # The first call of an instance names its type arguments.
  var octets: seq[byte]
  octets.add 3
  show first(octets, 4)
  show first([1'u8], 4'u8)
  show first([2.5], 1.5)
  for octet in octets: show octet
  for number in @[1.5]: show number
