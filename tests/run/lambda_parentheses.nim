discard """
  output: '''
50
'''
"""
# An arrow in parentheses takes its parameters' types from the routine that it is given to.
import std/sugar
type Pipe[T] = object
  steps: seq[T -> T]
proc `|`[T](p: Pipe[T], step: T -> T): Pipe[T] =
  result = p
  result.steps.add step
proc run[T](p: Pipe[T], x: T): T =
  result = x
  for step in p.steps: result = step(result)
echo (Pipe[int]() | (x => x + 1) | (x => x * 10)).run(4)
