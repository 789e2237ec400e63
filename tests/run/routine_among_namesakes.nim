discard """
  output: '''
sent x
3
'''
"""
# Which routine of a name is passed on goes by the parameters, also where effects are asked for.
proc go[A](queue: var seq[A], f: proc (a: A) {.nimcall, gcsafe.}, a: A) = f(a)
proc send(a: int, b: string): int = 1
proc send(a: int, b: float): int = 2
proc send[T](queue: var seq[T], x: T) = discard
proc pass(f: proc (a: string): int {.raises: [].}, a: string): int = f(a)
proc send(s: string): int = s.len

block:
  proc send(c: string) {.gcsafe.} = echo "sent ", c
  var queue: seq[string]
  go(queue, send, "x")
echo pass(send, "abc")
