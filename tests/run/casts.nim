discard """
  output: '''
string to int: false
string to seq: true
string to pointer: false
seq to int: false
seq to string: true
string to cstring: false
string to float: false
string to object: false
object to string: true
int to string: true
object to int: true
int to object: true
closure to pointer: false
closure to int: true
int to closure: false
nil to closure: false
cstring to char: true
seq to openArray: false
eb true 1 -1
true true
'''
"""
# Which casts there are, by what they are made of: strings and sequences are no addresses, nor are closures.
import std/[os, strutils]
type
  D = distinct int
  E = enum ea, eb
  O = object
    x: int
var
  s = "abc"
  q = @[1]
  o: O
  closure: proc () {.closure.}
  cs: cstring = "x"
  i8 = 1'i8
template can(name: string, e: untyped) = echo name, ": ", compiles(e)
can("string to int", cast[int](s))
can("string to seq", cast[seq[int]](s))
can("string to pointer", cast[pointer](s))
can("seq to int", cast[int](q))
can("seq to string", cast[string](q))
can("string to cstring", cast[cstring](s))
can("string to float", cast[float](s))
can("string to object", cast[O](s))
can("object to string", cast[string](o))
can("int to string", cast[string](1))
can("object to int", cast[int](o))
can("int to object", cast[O](1))
can("closure to pointer", cast[pointer](closure))
can("closure to int", cast[int](closure))
can("int to closure", cast[proc ()](1))
can("nil to closure", cast[proc () {.closure.}](nil))
can("cstring to char", cast[char](cs))
can("seq to openArray", cast[openArray[int]](q))
echo cast[E](1), " ", int(cast[D](2.0)) != 0, " ", cast[uint8](i8), " ", cast[int16](-1'i8)
echo currentSourcePath().endsWith("casts.nim"), " ", currentSourcePath.isAbsolute
