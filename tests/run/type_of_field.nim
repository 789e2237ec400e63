discard """
  output: '''
int true seq[int] true
true seq[uint64] true true
8
whole none
large string Plain
false
'''
"""
# `Type.field` is the type of the field.
import std/typetraits
type
  Kind = enum small, large
  Plain = object
    name: string
    n: int
  Parts = tuple[first: float32, rest: seq[int]]
  Variant = object
    case kind: Kind
    of small: byteOf: uint8
    of large: words: seq[uint64]
  Box[T] = object
    content: seq[T]

echo typeof(Plain.n), " ", Plain.name is string, " ", typeof(Parts.rest), " ", Parts.first is float32
echo Variant.kind is Kind, " ", typeof(Variant.words), " ", Box[char].content is seq[char], " ", Box[char].T is char
proc sizeOfN(): int = sizeof(Plain.n)
echo sizeOfN()
proc same[T](x: T): string =
  when compiles(T.n): (if T.n is int: "whole" else: "other") else: "none"
echo same(Plain()), " ", same(Variant(kind: small))
# What is no field is looked for as ever.
echo Kind.large, " ", Plain.name, " ", name(Plain)
echo compiles(Plain.missing)
