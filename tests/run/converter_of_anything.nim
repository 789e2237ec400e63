discard """
  output: '''
some(5)
int
((1, 2), [3, 4])
'''
"""
# A converter that takes anything is not tried on types, nor on what is lent.
import std/options
converter toOption[T](x: T): Option[T] = some(x)
proc shown(o: Option[int]): string = $o
proc name(T: typedesc): string = $T
echo shown(5)
echo name(int)
echo ((1, 2), [3, 4])
