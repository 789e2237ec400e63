discard """
  output: '''
["0: 1242", "1: 1242", "2: 1242"]
'''
"""
# Exceptions, destructors and `finally` on threads, at the same time.
type R = object
  n: int
proc `=destroy`(r: var R) =
  if r.n > 0: r.n = 0
var results: Channel[string]
results.open()
proc deep(n, at: int): int =
  let r = R(n: n)
  try:
    if n == at: raise newException(IOError, "at " & $at)
    result = deep(n + 1, at) + r.n
  finally:
    if n == 0: result = -1
proc works(id: int) {.thread.} =
  var caught = 0
  for i in 1 .. 100:
    try: discard deep(0, i mod 20)
    except IOError as e:
      caught += e.msg.len
      try: raise newException(ValueError, "inner " & $i)
      except ValueError: caught += getCurrentExceptionMsg().len
    doAssert getCurrentException() == nil
  results.send($id & ": " & $caught)
var ts: array[3, Thread[int]]
for i, t in ts.mpairs: createThread(t, works, i)
joinThreads ts
var lines: array[3, string]
for i in 0 .. 2:
  let line = results.recv()
  lines[ord(line[0]) - ord('0')] = line
echo lines
results.close()
