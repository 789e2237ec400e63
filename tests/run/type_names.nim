discard """
  output: '''
Box[system.int] Box[system.string] Box[type_names.Shape] Box[type_names.Colour] Box[Named[type_names.Shape]]
Box[seq[int]] Box[(int, Shape)] Box[ref Shape] seq[Box[system.bool]] Box[Box[system.char]]
Table[system.string, system.int] Option[system.int] Box[system.Natural]
'''
"""
# Arguments of a generic type are named with their modules.
import std/[tables, options]
type
  Box[T] = object
  Shape = object
  Colour = enum red
  Named[T] = ref object
echo Box[int], " ", Box[string], " ", Box[Shape], " ", Box[Colour], " ", Box[Named[Shape]]
echo Box[seq[int]], " ", Box[(int, Shape)], " ", Box[ref Shape], " ", seq[Box[bool]], " ", Box[Box[char]]
echo typeof(initTable[string, int]()), " ", typeof(some(3)), " ", Box[Natural]
