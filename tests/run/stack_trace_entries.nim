discard """
  output: '''
stack_trace_entries 22
a 18
b 16
c 15
stack_trace_entries 26
f 25
'''
"""
# The calls of an exception, and those that are running, one by one.



proc c() = raise newException(ValueError, "bad")
proc b() = c()
proc a() =
  b()


try:
  a()
except ValueError as e:
  for entry in e.getStackTraceEntries: echo entry.procname, " ", entry.line
proc f() = (for entry in getStackTraceEntries(): echo entry.procname, " ", entry.line)
f()
