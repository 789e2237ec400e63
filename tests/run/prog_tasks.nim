discard """
  output: '''
a ended done
c gave up: broken
c ended failed
e skipped because of c
b attempt 1 io: flaky 1
b attempt 2 io: flaky 2
b ended done
d ended done
cycle: x > y > x 3
a=done:A1, b=done:B3, c=failed:, d=done:A1B3, e=failed:
@["B3", "A1B3", "A1"]
'''
"""
# Tasks with retries, timeouts, cleanup order and a log; closures and exceptions.
import sequtils, strutils, algorithm
type
  TaskState = enum pending, running, done, failed
  Task = ref object
    name: string
    deps: seq[Task]
    action: proc (attempt: int): string
    state: TaskState
    output: string
  SchedulerError = object of CatchableError
  CycleError = object of SchedulerError
    path: seq[string]
var log: seq[string]
proc note(parts: varargs[string, `$`]) = log.add parts.join(" ")
proc newTask(name: string, action: proc (attempt: int): string, deps: varargs[Task]): Task =
  Task(name: name, action: action, deps: @deps)
proc run(t: Task, path: seq[string] = @[]) =
  if t.name in path:
    raise (ref CycleError)(msg: "cycle: " & (path & t.name).join(" > "), path: path & t.name)
  case t.state
  of done, failed: return
  of running: doAssert false
  of pending: discard
  for d in t.deps:
    d.run(path & t.name)
    if d.state == failed:
      t.state = failed
      note t.name, "skipped because of", d.name
      return
  t.state = running
  defer:
    if t.state == running: t.state = failed
    note t.name, "ended", t.state
  for attempt in 1..3:
    try:
      t.output = t.action(attempt)
      t.state = done
      return
    except IOError as e:
      note t.name, "attempt", attempt, "io:", e.msg
    except CatchableError as e:
      note t.name, "gave up:", e.msg
      return
let a = newTask("a", proc (n: int): string = "A" & $n)
let b = newTask("b", proc (n: int): string =
  if n < 3: raise newException(IOError, "flaky " & $n)
  "B" & $n, a)
let c = newTask("c", proc (n: int): string = raise newException(ValueError, "broken"), a)
let d = newTask("d", proc (n: int): string = a.output & b.output, a, b)
let e = newTask("e", proc (n: int): string = "never", c, d)
for t in [e, d]: t.run()
var x = newTask("x", proc (n: int): string = "x")
var y = newTask("y", proc (n: int): string = "y", x)
x.deps.add y
try: x.run()
except CycleError as err: note err.msg, err.path.len
for line in log: echo line
echo [a, b, c, d, e].mapIt(it.name & "=" & $it.state & ":" & it.output).join(", ")
echo [a, b, c, d, e].filterIt(it.state == done).mapIt(it.output).sorted(Descending)
x.deps.setLen 0
