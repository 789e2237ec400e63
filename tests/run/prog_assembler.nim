discard """
  output: '''
13 (op: jz, arg: 12) (op: halt, arg: 0)
out 6
@[1, 5, 6]
out 3
out 2
out 1
@[0]
stack empty at 1
too many steps
index 1 not in 0 .. 0
[2, 0, 1, 0, 1, 0, 1, 1, 1, 1]
Invalid enum value: bogus
'''
"""
# A stack machine assembled at compile time, run at run time.
import strutils, tables
type
  OpCode = enum push, add, sub, mul, dup, swap, jmp, jz, print, halt
  Instr = tuple[op: OpCode, arg: int]
proc assemble(src: string): seq[Instr] =
  var labels = initTable[string, int]()
  var lines: seq[seq[string]]
  for raw in src.splitLines:
    let line = raw.strip
    if line.len == 0 or line.startsWith("#"): continue
    if line.endsWith(":"): labels[line[0..^2]] = lines.len
    else: lines.add line.splitWhitespace
  for parts in lines:
    let op = parseEnum[OpCode](parts[0])
    let arg =
      if parts.len < 2: 0
      elif parts[1] in labels: labels[parts[1]]
      else: parseInt(parts[1])
    result.add (op, arg)
const factorial = assemble("""
  push 1
  push 6
loop:
  # acc n
  dup
  jz done
  dup
  push -1
  add
  swap
  jmp rot
rot:
  print
  jmp next
next:
  halt
done:
  halt
""")
static:
  doAssert factorial.len == 13
  doAssert factorial[0] == (push, 1)
echo factorial.len, " ", factorial[3], " ", factorial[^1]
proc run(code: openArray[Instr]): seq[int] =
  var stack: seq[int]
  var pc, steps = 0
  template pop(): int =
    if stack.len == 0: raise newException(IndexDefect, "stack empty at " & $pc)
    stack.pop
  while true:
    inc steps
    if steps > 100: raise newException(CatchableError, "too many steps")
    let (op, arg) = code[pc]
    inc pc
    case op
    of push: stack.add arg
    of add: stack.add(pop() + pop())
    of sub:
      let b = pop()
      stack.add(pop() - b)
    of mul: stack.add(pop() * pop())
    of dup: stack.add stack[^1]
    of swap: swap(stack[^1], stack[^2])
    of jmp: pc = arg
    of jz: (if pop() == 0: pc = arg)
    of print: echo "out ", stack[^1]
    of halt: return stack
echo run(factorial)
const countdown = assemble("""
  push 3
again:
  print
  push 1
  sub
  dup
  jz end
  jmp again
end:
  halt
""")
echo run(countdown)
try: echo run(@[(add, 0)])
except IndexDefect as e: echo e.msg
try: echo run(@[(jmp, 0)])
except CatchableError as e: echo e.msg
try: echo run(@[(push, 1)])
except IndexDefect as e: echo e.msg
const table = block:
  var r: array[OpCode, int]
  for i in countdown: inc r[i.op]
  r
echo table
try: discard assemble("bogus")
except ValueError as e: echo e.msg
